"""What a goal's measures have reached: the newest values, as people entered them.

Values of several organisations are never added up: whether a sum means something depends on the
measure. Who knows that it does enters one value for all.
"""

from collections.abc import Iterable

from etatyopoyta.cards.model import ActualRow, MeasureRow
from etatyopoyta.cards.words import Words


def reached(words: Words, measures: Iterable[MeasureRow]) -> str | None:
    """A line per measure that has values, with its name where there are several of them."""
    with_values = [measure for measure in measures if measure.actuals]
    lines = [_newest(words, measure) for measure in with_values]
    if len(lines) > 1:
        lines = [
            words("reached.named", measure=measure.name, reached=line)
            for measure, line in zip(with_values, lines, strict=True)
        ]
    return "\n".join(lines) or None


def _newest(words: Words, measure: MeasureRow) -> str:
    year = max(actual.year for actual in measure.actuals)
    of_year = [actual for actual in measure.actuals if actual.year == year]
    of_all = next((actual for actual in of_year if actual.organisation is None), None)
    if of_all is not None:
        return words("reached.of_all", value=_said(words, measure, of_all), year=year)
    first = of_year[0]
    if len(of_year) == 1:
        said = _said(words, measure, first)
        return words("reached.of_one", value=said, year=year, organisation=first.organisation)
    values = [actual.value for actual in of_year if actual.value is not None]
    said = _range(words, measure, values) if values else _said(words, measure, first)
    return words("reached.of_several", value=said, year=year, count=len(of_year))


def _said(words: Words, measure: MeasureRow, actual: ActualRow) -> str:
    if actual.value is None:
        return actual.text or ""
    return _united(words.number(actual.value), measure.unit)


def _range(words: Words, measure: MeasureRow, values: list[float]) -> str:
    low, high = min(values), max(values)
    if low == high:
        return _united(words.number(low), measure.unit)
    span = words("reached.range", low=words.number(low), high=words.number(high))
    return _united(span, measure.unit)


def _united(number: str, unit: str | None) -> str:
    return f"{number}\u00a0{unit}" if unit else number
