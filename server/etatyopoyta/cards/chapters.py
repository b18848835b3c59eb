"""The card as it is printed, chapter by chapter, in the order of the council's own slides."""

from etatyopoyta.cards.appendix import about
from etatyopoyta.cards.figures import figure_grids
from etatyopoyta.cards.introduced import agenda, focus_areas, workshops
from etatyopoyta.cards.model import CardModel, CardPart, FocusTable, GoalRow, MeasureRow, TextLine
from etatyopoyta.cards.pages import Chapter, Entry, Grid, Line, Lines
from etatyopoyta.cards.printing import measure_grid, shown, sources_of
from etatyopoyta.cards.table import headed, lines, listed, measured, numbers, placed
from etatyopoyta.cards.words import Words


def chapters(card: CardModel) -> tuple[Chapter, ...]:
    """The agenda, the card's parts, sources and checks, and the evidence as an appendix."""
    words = Words(card.edition.language)
    parts = [_part(card, words, part) for part in card.parts]
    at = max((n for n, part in enumerate(card.parts, 1) if part.kind == "figures"), default=0)
    introduced = [focus_areas(card, words), workshops(card, words)]
    all_of_them = [
        agenda(card, words),
        *parts[:at],
        *introduced,
        *parts[at:],
        _sources(card, words),
        _evidence(card, words),
    ]
    return tuple(chapter for chapter in all_of_them if chapter is not None)


def _part(card: CardModel, words: Words, part: CardPart) -> Chapter:
    blocks: list[Lines | Grid] = []
    if part.texts or part.kind == "texts":
        asks = card.mark is not None
        blocks.append(Lines(lines=tuple(_line(words, line, asks) for line in part.texts)))
    blocks += figure_grids(words, part, card.checks)
    if part.table is not None:
        blocks.append(_goals(words, part.table))
    if part.kind == "measures":
        blocks.append(measure_grid(words, part.measures))
    return Chapter(key=part.key, title=part.title, blocks=tuple(blocks))


def _line(words: Words, line: TextLine, asks_for_source: bool) -> Line:
    # Only a draft asks for sources: an approved card is not to be annotated by its export.
    source = line.source or (words("missing") if asks_for_source else None)
    about_source = words("line.source", source=source) if source else None
    behind = " · ".join(filter(None, (line.kind, about_source)))
    return Line(text=line.text, behind=behind or None)


def _goals(words: Words, table: FocusTable) -> Grid:
    rows: list[tuple[Entry, ...]] = []
    behind: list[str] = []
    for network in table.rows:
        name = words("network.example", name=network.name) if network.is_example else network.name
        if not network.goals:
            rows.append((name, None, None, None))
            behind.append(f"{name}: {words('missing')}")
        for goal in network.goals:
            rows.append((name, _goal(words, goal), goal.actual, goal.signed_status))
            behind.append(f"{name}: {goal.text}\n{sources_of(words, goal)}")
    return Grid(
        caption="",
        columns=headed(words, (("network", 23), ("goals", 38), ("actual", 21), ("status", 18))),
        rows=tuple(rows),
        behind=tuple(behind),
    )


def _goal(words: Words, goal: GoalRow) -> str:
    return "\n".join(
        (
            goal.text,
            *((words("goal.ages", names=", ".join(goal.age_groups)),) if goal.age_groups else ()),
            *((words("goal.owner", owner=goal.owner),) if goal.owner else ()),
        )
    )


def _sources(card: CardModel, words: Words) -> Chapter:
    facts = about(card, words)
    grid = Grid(
        caption="",
        columns=facts.columns,
        rows=tuple(tuple(shown(words, cell) for cell in row) for row in facts.rows),
    )
    return Chapter(key="sources", title=words("chapter.sources"), blocks=(grid,))


def _evidence(card: CardModel, words: Words) -> Chapter:
    if card.edition.is_public:
        return _grown_from(card, words)
    used = {source.id for measure in card.measures for source in measure.sources}
    measure_columns = (
        ("measure", 23),
        ("goals", 27),
        ("organisations", 25),
        ("source_notes", 12),
        ("note_numbers", 13),
    )
    note_columns = (("number", 10), ("note", 42), ("organisation", 24), ("measures", 24))
    blocks = (
        Grid(
            caption=words("table.measures"),
            columns=headed(words, measure_columns),
            rows=tuple(_grown(words, measure) for measure in card.measures),
        ),
        Grid(
            caption=words("table.notes"),
            columns=headed(words, note_columns),
            rows=tuple(
                (str(note.number), note.text, note.organisation or "", lines(note.measures) or "")
                for note in card.notes
                if note.id in used
            ),
        ),
    )
    return Chapter(key="notes", title=words("chapter.notes"), blocks=blocks, is_appendix=True)


def _grown_from(card: CardModel, words: Words) -> Chapter:
    """The measures with the organisations and so many notes behind each, for everybody."""
    columns = (("measure", 26), ("goals", 30), ("organisations", 30), ("source_notes", 14))
    grid = Grid(
        caption="",
        columns=headed(words, columns),
        rows=tuple(_grown(words, measure)[: len(columns)] for measure in card.measures),
    )
    return Chapter(key="notes", title=words("table.measures"), blocks=(grid,), is_appendix=True)


def _grown(words: Words, measure: MeasureRow) -> tuple[Entry, ...]:
    return (
        measured(words, measure.name, measure.unit),
        lines(placed(words, goal) for goal in measure.goals) or "",
        listed(measure.organisations) or "",
        str(len(measure.sources)),
        numbers(measure.sources) or "",
    )
