"""The card's figures and texts, and what to know about the edition, as rows."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.cards.facts import figure_sources
from etatyopoyta.cards.introduced import focus_lines
from etatyopoyta.cards.model import CardModel, FocusCoverage
from etatyopoyta.cards.table import MISSING, Cell, Row, Table, lines, table, when, whole
from etatyopoyta.cards.words import Words

PUBLIC_COUNTS = ("notes_behind_goals", "organisations_behind_goals", "measures_on_card")
"""What everybody is told of what lies behind the card."""


def appendix_tables(card: CardModel) -> Iterator[Table]:
    """Agenda, figures, texts and, last, the facts about the edition itself."""
    words = Words(card.edition.language)
    if card.introduction.agenda:
        yield _agenda(card, words)
    yield _figures(card, words)
    yield _texts(card, words)
    yield about(card, words)


def _agenda(card: CardModel, words: Words) -> Table:
    known = card.introduction
    first = known.workshops[0]
    rows: list[Row] = [(first.title, row.time, row.title, row.instruction) for row in known.agenda]
    columns = (("workshop", 28), ("time", 14), ("agenda_item", 44), ("instruction", 70))
    return table(words, "agenda", columns, rows)


def _figures(card: CardModel, words: Words) -> Table:
    rows: list[Row] = [
        (
            part.title,
            figure.group,
            figure.label,
            MISSING if figure.value is None else whole(figure.value),
            figure.unit,
            when(figure.as_of) or MISSING,
            figure.region,
            figure.source or MISSING,
            figure.source_ref,
            figure.status,
            figure.remark,
            figure.id,
        )
        for part in card.parts
        for figure in part.figures
    ]
    columns = (
        ("section", 26),
        ("group", 28),
        ("figure", 36),
        ("value", 10),
        ("unit", 8),
        ("as_of", 12),
        ("region", 14),
        ("figure_source", 14),
        ("source_ref", 18),
        ("figure_status", 15),
        ("remark", 32),
        ("figure_id", 24),
    )
    remarks = tuple(check.text for check in card.checks)
    return replace(table(words, "figures", columns, rows), remarks=remarks)


def _texts(card: CardModel, words: Words) -> Table:
    # Only a draft asks for sources: an approved card is not to be annotated by its export.
    missing: Cell = MISSING if card.mark else None
    title = words("chapter.focus_areas")
    rows: list[Row] = [
        (title, order, lines(filter(None, (line.text, line.remark))), None, None, None)
        for order, line in enumerate(focus_lines(card, words), 1)
    ]
    rows += [
        (part.title, order, line.text, line.kind, line.source or missing, line.id)
        for part in card.parts
        for order, line in enumerate(part.texts, 1)
    ]
    columns = (
        ("section", 40),
        ("order", 10),
        ("text", 70),
        ("text_kind", 18),
        ("text_source", 30),
        ("text_id", 18),
    )
    return table(words, "texts", columns, rows)


def about(card: CardModel, words: Words) -> Table:
    """What to know about the edition: its state, counts, checks and sources."""
    count = card.coverage
    rows: list[Row] = [
        (words("about.card"), card.title),
        (words("about.report"), card.report),
        (words("about.council"), card.council),
        *([(words("about.desk"), card.desk_title)] if card.desk_title else []),
        (words("about.period"), card.period or MISSING),
        (words("about.state"), card.state),
    ]
    if card.version is not None:
        rows.append((words("about.version"), card.version))
    if card.mark:
        rows.append((card.mark, words("about.draft")))
    rows += [
        (words("about.made_at"), card.made_at),
        (words("about.n"), card.edition.n),
        *_counts(words, card),
        *(_filled(words, area) for area in count.focus_areas),
        (words("about.figures"), count.figures),
        (words("about.figures_missing"), count.figures_missing),
        *((words("about.check"), check.text) for check in card.checks),
    ]
    figures = [figure for part in card.parts for figure in part.figures if figure.value is not None]
    sources = dict.fromkeys(words.licensed(name) for name in figure_sources(figures))
    rows += [(words("about.source"), source) for source in sources]
    rows.append((words("about.missing", missing=words("missing")), words("about.missing_text")))
    columns = (("subject", 46), ("value_of", 92))
    return replace(table(words, "about", columns, rows), is_list=True)


def _counts(words: Words, card: CardModel) -> Iterator[Row]:
    count = card.coverage
    counts = {
        "notes": count.notes,
        "notes_hidden": count.notes_hidden,
        "notes_in_clusters": count.notes_in_clusters,
        "notes_behind_measures": count.notes_behind_measures,
        "notes_behind_goals": count.notes_behind_goals,
        "organisations": count.organisations,
        "organisations_behind_goals": count.organisations_behind_goals,
        "clusters": count.clusters,
        "measures": count.measures,
        "measures_on_card": count.measures_on_card,
    }
    for name, number in counts.items():
        if name in PUBLIC_COUNTS or not card.edition.is_public:
            yield words(f"about.{name}"), number


def _filled(words: Words, area: FocusCoverage) -> Row:
    counts = words(
        "about.filled",
        goals=area.goals,
        networks_with_goals=area.networks_with_goals,
        networks=area.networks,
    )
    return area.short, counts
