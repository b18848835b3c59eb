"""The published card as HTML: organisations and counts, never persons or what notes say."""

from collections.abc import Iterable, Sequence

from etatyopoyta.cards.facts import figure_sources
from etatyopoyta.cards.model import (
    ActualRow,
    CardModel,
    CardPart,
    FigureRow,
    FocusTable,
    GoalRow,
    MeasureRow,
    NetworkRow,
    TextLine,
)
from etatyopoyta.cards.table import measured
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.bars import bars
from etatyopoyta.exports.markup import Html, Part, joined, tag
from etatyopoyta.exports.page import listing, paragraphs


def card_body(card: CardModel) -> Html:
    """The card's head and all its parts; what frames a version is the page's."""
    words = Words(card.edition.language)
    return joined(*(_part(part, words) for part in card.parts), _sources(card, words))


def card_head(card: CardModel) -> Html:
    """What card it is, of whom, and when it was published."""
    words = Words(card.edition.language)
    counts = card.coverage
    return joined(
        tag("p", card.council, class_="council"),
        tag("h1", card.title),
        tag("p", card.report),
        tag("p", card.period) if card.period else None,
        tag(
            "p",
            words(
                "public.version",
                number=card.version,
                moment=words.moment(card.made_at),
            ),
            class_="version",
        ),
        tag(
            "p",
            words(
                "public.behind",
                notes=counts.notes_behind_goals,
                organisations=counts.organisations_behind_goals,
            ),
        ),
    )


def _part(part: CardPart, words: Words) -> Html:
    anchor = f"osa-{part.key}"
    return tag(
        "section",
        tag("h2", part.title, id=anchor),
        listing([_line(line, words) for line in part.texts], "lines") if part.texts else None,
        *(_figures(part.title, group, words) for group in _groups(part.figures)),
        *(bars(chart, words) for chart in part.charts),
        None if part.table is None else _goals(part.table, words),
        _measures(part.title, part.measures, words) if part.measures else None,
        tag("p", words("public.nothing")) if _is_empty(part) else None,
    )


def _is_empty(part: CardPart) -> bool:
    return not (part.texts or part.figures or part.table or part.measures)


def _line(line: TextLine, words: Words) -> Html:
    return joined(
        paragraphs(line.text),
        tag("small", f" ({line.kind})") if line.kind else None,
        tag("small", " " + words("public.source", source=line.source)) if line.source else None,
    )


def _groups(figures: Sequence[FigureRow]) -> list[list[FigureRow]]:
    groups: dict[str | None, list[FigureRow]] = {}
    for figure in figures:
        groups.setdefault(figure.group_key, []).append(figure)
    return list(groups.values())


def _figures(title: str, figures: list[FigureRow], words: Words) -> Html:
    names = ("figure", "value", "as_of", "figure_source", "figure_status")
    heads = [words(f"column.{name}") for name in names]
    rows = [
        _row(
            heads,
            _head(figure.label),
            _value(figure, words),
            words.as_of(figure.as_of) if figure.as_of else None,
            joined(figure.source, tag("small", f" {figure.remark}") if figure.remark else None),
            figure.status,
        )
        for figure in figures
    ]
    return _table(figures[0].group or title, heads, rows)


def _value(figure: FigureRow, words: Words) -> Html:
    if figure.value is None:
        return tag("em", words("missing"))
    unit = f" {figure.unit}" if figure.unit else ""
    return tag("span", words.number(figure.value) + unit, class_="number")


def _goals(table: FocusTable, words: Words) -> Html:
    names = ("network", "goals", "actual", "status", "measures", "organisations")
    heads = [words(f"column.{name}") for name in names]
    return _table(table.title, heads, *(_network(heads, row, words) for row in table.rows))


def _network(heads: Sequence[str], network: NetworkRow, words: Words) -> Iterable[Html]:
    name = words("network.example", name=network.name) if network.is_example else network.name
    if not network.goals:
        none = tag("td", tag("em", words("public.no_goal")), colspan=5, role="cell")
        yield tag("tr", _head(name), none, role="row")
    for index, goal in enumerate(network.goals):
        head = _head(name, len(network.goals)) if index == 0 else None
        yield _row(heads, head, *_goal(goal, words))


def _goal(goal: GoalRow, words: Words) -> Iterable[Part]:
    notes = words("public.notes", notes=len(goal.sources))
    yield joined(
        paragraphs(goal.text),
        _small(", ".join(goal.age_groups)),
        _small(goal.owner and words("public.owner", owner=goal.owner)),
    )
    yield paragraphs(goal.actual) if goal.actual else None
    sign = tag("span", goal.sign, " ", aria_hidden="true") if goal.sign else None
    yield joined(sign, goal.status)
    measures = [_measure_name(measure, words) for measure in goal.measures]
    yield listing(measures) if measures else None
    yield joined("; ".join(goal.organisations) or None, _small(notes))


def _measure_name(measure: MeasureRow, words: Words) -> Html:
    return joined(measured(words, measure.name, measure.unit))


def _measures(title: str, measures: Sequence[MeasureRow], words: Words) -> Html:
    heads = [
        words("column.measure"),
        words("column.data_source"),
        words("public.baseline"),
        words("public.target"),
        words("column.actual"),
        words("column.organisations"),
    ]
    rows = [
        _row(
            heads,
            _head(joined(_measure_name(each, words), _small(each.meaning))),
            joined(each.source, _small(each.interval)),
            joined(_number(each.baseline, each, words), _small(each.baseline_as_of)),
            joined(_number(each.target, each, words), _small(_year(each.target_year))),
            _actuals(each, words),
            joined(
                "; ".join(each.organisations) or None,
                _small(words("public.notes", notes=len(each.sources))),
            ),
        )
        for each in measures
    ]
    return _table(title, heads, rows)


def _actuals(measure: MeasureRow, words: Words) -> Html | None:
    if not measure.actuals:
        return None
    return listing([_actual(actual, measure, words) for actual in measure.actuals])


def _actual(actual: ActualRow, measure: MeasureRow, words: Words) -> Html:
    said = _number(actual.value, measure, words) or actual.text or words("missing")
    return joined(f"{actual.year}: {said}", _small(actual.organisation))


def _number(value: float | None, measure: MeasureRow, words: Words) -> str | None:
    if value is None:
        return None
    return f"{words.number(value)} {measure.unit}" if measure.unit else words.number(value)


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)


def _sources(card: CardModel, words: Words) -> Html | None:
    names = figure_sources(figure for part in card.parts for figure in part.figures)
    if not names:
        return None
    return tag(
        "section",
        tag("h2", words("public.sources"), id="lahteet"),
        listing([joined(words.licensed(name)) for name in names]),
    )


def _small(text: Part) -> Html | None:
    return tag("small", text, class_="under") if text else None


def _head(text: Part, rows: int = 1) -> Html:
    scope = "rowgroup" if rows > 1 else "row"
    return tag("th", text, scope=scope, rowspan=rows if rows > 1 else None, role="rowheader")


def _row(heads: Sequence[str], head: Html | None, *cells: Part) -> Html:
    """A row; without a head, one that the head above spans. Cells repeat their column's name."""
    named = zip(heads[1:], cells, strict=True)
    written = (tag("td", cell or None, data_column=name, role="cell") for name, cell in named)
    return tag("tr", head, *written, role="row")


def _table(caption: str, heads: Sequence[str], *groups: Iterable[Html]) -> Html:
    """Groups of rows. On a phone the cells stand one below the other, each under its column's name.

    The roles say what is meant where a browser takes what is laid out otherwise for no table.
    """
    columns = (tag("th", head, scope="col", role="columnheader") for head in heads)
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", *columns, role="row"), role="rowgroup"),
            *(tag("tbody", *rows, role="rowgroup") for rows in groups),
            role="table",
        ),
        class_="scroll",
        role="region",
        tabindex="0",
        aria_label=caption,
    )
