"""What two editions of a card differ in, row by row and in words. Both are in one language."""

from collections.abc import Iterator

from msgspec import Struct

from etatyopoyta.cards.model import ActualRow, CardModel, FigureRow, GoalRow, MeasureRow, TextLine
from etatyopoyta.cards.table import measured
from etatyopoyta.cards.words import Words

Fields = tuple[tuple[str, str], ...]
"""Names of what is said of a row, in words, with what is said."""


class ChangedField(Struct, frozen=True, kw_only=True):
    """One thing that is said of a row; None is what was not, or is not, said."""

    name: str
    old: str | None
    new: str | None


class ChangedRow(Struct, frozen=True, kw_only=True):
    """A row that came, went or is otherwise than before."""

    id: str
    place: str
    """The heading that it stands under."""
    title: str
    fields: tuple[ChangedField, ...]
    reason: str | None = None
    """Why it went, where somebody said so."""


class Comparison(Struct, frozen=True, kw_only=True):
    """All differences, in the order of the newer card; what went, in that of the older."""

    added: tuple[ChangedRow, ...]
    changed: tuple[ChangedRow, ...]
    removed: tuple[ChangedRow, ...]
    unchanged: int
    """How many rows are as before."""


class _Row(Struct, frozen=True):
    id: str
    place: str
    title: str
    fields: Fields


def compare(old: CardModel, new: CardModel) -> Comparison:
    """What became of the older card's title, texts, figures, goals and measures in the newer."""
    before = {row.id: row for row in _rows(old)}
    after = {row.id: row for row in _rows(new)}
    reasons = {goal.place.id: goal.reason for goal in new.parked}
    changed = [
        ChangedRow(id=row.id, place=row.place, title=row.title, fields=fields)
        for row in after.values()
        if row.id in before and (fields := _between(before[row.id].fields, row.fields))
    ]
    kept = sum(row_id in before for row_id in after)
    return Comparison(
        added=tuple(
            ChangedRow(id=row.id, place=row.place, title=row.title, fields=_between((), row.fields))
            for row in after.values()
            if row.id not in before
        ),
        changed=tuple(changed),
        removed=tuple(
            ChangedRow(
                id=row.id,
                place=row.place,
                title=row.title,
                fields=_between(row.fields, ()),
                reason=reasons.get(row.id),
            )
            for row in before.values()
            if row.id not in after
        ),
        unchanged=kept - len(changed),
    )


def _between(old: Fields, new: Fields) -> tuple[ChangedField, ...]:
    before, after = dict(old), dict(new)
    return tuple(
        ChangedField(name=name, old=before.get(name), new=after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )


def _rows(card: CardModel) -> Iterator[_Row]:
    words = Words(card.edition.language)
    yield _Row("card", words("about.card"), card.title, _of_card(card, words))
    for part in card.parts:
        for line in part.texts:
            yield _Row(line.id, part.title, line.text, _of_line(line, words))
        for figure in part.figures:
            yield _Row(figure.id, part.title, figure.label, _of_figure(figure, words))
    for table in card.tables:
        for row in table.rows:
            for goal in row.goals:
                place = f"{table.short}, {row.name}"
                yield _Row(goal.place.id, place, goal.text, _of_goal(goal, place, words))
    for measure in card.measures:
        yield _Row(measure.id, words("table.measures"), measure.name, _of_measure(measure, words))


def _of_card(card: CardModel, words: Words) -> Fields:
    return _said(
        (words("about.card"), card.title),
        (words("about.report"), card.report),
        (words("about.period"), card.period),
    )


def _of_line(line: TextLine, words: Words) -> Fields:
    return _said(
        (words("column.text"), line.text),
        (words("column.text_kind"), line.kind),
        (words("column.text_source"), line.source),
    )


def _of_figure(figure: FigureRow, words: Words) -> Fields:
    value = None if figure.value is None else words.number(figure.value)
    return _said(
        (words("column.value"), value and (f"{value} {figure.unit}" if figure.unit else value)),
        (words("column.as_of"), figure.as_of and words.as_of(figure.as_of)),
        (words("column.figure_source"), figure.source),
    )


def _of_goal(goal: GoalRow, place: str, words: Words) -> Fields:
    return _said(
        (words("column.goal"), goal.text),
        (words("column.place"), place),
        (words("column.actual"), goal.actual),
        (words("column.status"), goal.status),
        (
            words("column.measures"),
            "; ".join(measured(words, m.name, m.unit) for m in goal.measures),
        ),
        (words("column.organisations"), "; ".join(goal.organisations)),
    )


def _of_measure(measure: MeasureRow, words: Words) -> Fields:
    return _said(
        (words("column.measure"), measured(words, measure.name, measure.unit)),
        (words("column.data_source"), measure.source),
        (words("column.interval"), measure.interval),
        (words("public.baseline"), _number(measure.baseline, words)),
        (words("public.target"), _number(measure.target, words)),
        (words("column.actual"), "; ".join(_actual(each, words) for each in measure.actuals)),
        (words("column.organisations"), "; ".join(measure.organisations)),
    )


def _number(value: float | None, words: Words) -> str | None:
    return None if value is None else words.number(value)


def _actual(actual: ActualRow, words: Words) -> str:
    said = _number(actual.value, words) or actual.text or words("missing")
    return f"{actual.year}: {said}" + (f" ({actual.organisation})" if actual.organisation else "")


def _said(*fields: tuple[str, str | None]) -> Fields:
    return tuple((name, text) for name, text in fields if text)
