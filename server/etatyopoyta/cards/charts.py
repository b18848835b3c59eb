"""The charts of the card, out of its figures."""

from collections.abc import Iterator, Sequence
from itertools import chain

from etatyopoyta.cards.facts import figure_sources
from etatyopoyta.cards.model import Chart, FigureRow, Series
from etatyopoyta.cards.words import Words

AGE_SERIES = ("age_earlier", "age_latest")
"""Groups of figures over the same age bands."""
SINGLE = {"by_municipality": "by_municipality", "purpose_class": "by_purpose"}
"""Groups of figures that are one series each, with the chart's key."""
KEYS = ("age_structure", *SINGLE.values())
"""The charts that a card may have."""
FEWEST = {"purpose_class": 3}
"""Known values below which a group is no chart: two classes of many would look like all."""


def charts(words: Words, figures: Sequence[FigureRow]) -> Iterator[Chart]:
    """A section's charts; a series of which nothing is known is none, and so is a chart."""
    ages = [group for key in AGE_SERIES if (group := _group(figures, key))]
    if ages:
        bands = tuple(figure.label for figure in ages[-1])
        yield from _chart(words, "age_structure", bands, ages)
    for group_key, key in SINGLE.items():
        group = _group(figures, group_key)
        if group:
            yield from _chart(words, key, tuple(figure.label for figure in group), [group])


def _group(figures: Sequence[FigureRow], key: str) -> list[FigureRow]:
    """The figures of a group, when enough of their values are known."""
    group = [figure for figure in figures if figure.group_key == key]
    known = sum(figure.value is not None for figure in group)
    return group if known >= FEWEST.get(key, 1) else []


def _chart(
    words: Words, key: str, categories: tuple[str, ...], groups: Sequence[Sequence[FigureRow]]
) -> Iterator[Chart]:
    series = []
    for group in groups:
        by_label = {figure.label: figure for figure in group}
        values = tuple(by_label[c].value if c in by_label else None for c in categories)
        series.append(Series(name=_named(words, group), values=values))
    yield Chart(
        key=key,
        title=words(f"chart.{key}"),
        unit=groups[-1][0].unit,
        categories=categories,
        series=tuple(series),
        sources=tuple(figure_sources(f for f in chain(*groups) if f.value is not None)),
    )


def _named(words: Words, group: Sequence[FigureRow]) -> str:
    """The group's name with its date, where all of it has the same."""
    name = group[0].group or ""
    days = {figure.as_of for figure in group if figure.value is not None}
    day = days.pop() if len(days) == 1 else None
    return f"{name} {words.as_of(day)}" if day else name
