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
    rows = [
        tag(
            "tr",
            tag("th", figure.label, scope="row"),
            _value(figure, words),
            tag("td", words.as_of(figure.as_of) if figure.as_of else None),
            tag("td", figure.source, tag("small", f" {figure.remark}") if figure.remark else None),
            tag("td", figure.status),
        )
        for figure in figures
    ]
    heads = ("figure", "value", "as_of", "figure_source", "figure_status")
    return _table(figures[0].group or title, [words(f"column.{head}") for head in heads], rows)


def _value(figure: FigureRow, words: Words) -> Html:
    if figure.value is None:
        return tag("td", tag("em", words("missing")))
    unit = f" {figure.unit}" if figure.unit else ""
    return tag("td", words.number(figure.value) + unit, class_="number")


def _goals(table: FocusTable, words: Words) -> Html:
    heads = ("network", "goals", "actual", "status", "measures", "organisations")
    return _table(
        table.title,
        [words(f"column.{head}") for head in heads],
        *(_network(network, words) for network in table.rows),
    )


def _network(network: NetworkRow, words: Words) -> Iterable[Html]:
    name = words("network.example", name=network.name) if network.is_example else network.name
    if not network.goals:
        none = tag("td", tag("em", words("public.no_goal")), colspan=5)
        yield tag("tr", tag("th", name, scope="row"), none)
    for index, goal in enumerate(network.goals):
        spans = len(network.goals)
        head = tag("th", name, scope="rowgroup" if spans > 1 else "row", rowspan=spans)
        yield tag("tr", head if index == 0 else None, *_goal(goal, words))


def _goal(goal: GoalRow, words: Words) -> Iterable[Html]:
    notes = words("public.notes", notes=len(goal.sources))
    yield tag(
        "td",
        paragraphs(goal.text),
        _small(", ".join(goal.age_groups)),
        _small(goal.owner and words("public.owner", owner=goal.owner)),
    )
    yield tag("td", paragraphs(goal.actual) if goal.actual else None)
    sign = tag("span", goal.sign, " ", aria_hidden="true") if goal.sign else None
    yield tag("td", sign, goal.status)
    measures = [_measure_name(measure, words) for measure in goal.measures]
    yield tag("td", listing(measures) if measures else None)
    yield tag("td", "; ".join(goal.organisations) or None, _small(notes))


def _measure_name(measure: MeasureRow, words: Words) -> Html:
    return joined(measured(words, measure.name, measure.unit))


def _measures(title: str, measures: Sequence[MeasureRow], words: Words) -> Html:
    rows = [
        tag(
            "tr",
            tag("th", _measure_name(each, words), _small(each.meaning), scope="row"),
            tag("td", each.source, _small(each.interval)),
            tag("td", _number(each.baseline, each, words), _small(each.baseline_as_of)),
            tag("td", _number(each.target, each, words), _small(_year(each.target_year))),
            tag("td", _actuals(each, words)),
            tag(
                "td",
                "; ".join(each.organisations) or None,
                _small(words("public.notes", notes=len(each.sources))),
            ),
        )
        for each in measures
    ]
    heads = [
        words("column.measure"),
        words("column.data_source"),
        words("public.baseline"),
        words("public.target"),
        words("column.actual"),
        words("column.organisations"),
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
        listing([joined(words.known(f"licence.{name.lower()}", name)) for name in names]),
    )


def _small(text: Part) -> Html | None:
    return tag("small", text, class_="under") if text else None


def _table(caption: str, heads: list[str], *groups: Iterable[Html]) -> Html:
    """Groups of rows. The table scrolls by itself where the page is too narrow for it."""
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
            *(tag("tbody", *rows) for rows in groups),
        ),
        class_="scroll",
        role="region",
        tabindex="0",
        aria_label=caption,
    )
