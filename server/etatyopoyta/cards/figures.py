"""The figures of a part of the card, as grids with their charts."""

from collections.abc import Iterator, Sequence

from etatyopoyta.cards.charts import AGE_SERIES
from etatyopoyta.cards.facts import PARTS_OF_A_WHOLE
from etatyopoyta.cards.model import CardPart, Chart, FigureRow, SumCheck
from etatyopoyta.cards.pages import Entry, Grid, Picture
from etatyopoyta.cards.table import headed
from etatyopoyta.cards.words import Words

CHART_OF_GROUP = {AGE_SERIES[-1]: "age_structure", PARTS_OF_A_WHOLE: PARTS_OF_A_WHOLE}
"""The chart that stands beside a group of figures: that of the ages beside the newest."""
FIRST_GROUPS = (AGE_SERIES[-1], AGE_SERIES[0])
"""Groups that come first, in this order: what is newest before what was."""
COLUMNS = (
    ("figure", 29),
    ("value", 14),
    ("as_of", 20),
    ("figure_source", 14),
    ("figure_status", 23),
)


def figure_grids(words: Words, part: CardPart, checks: Sequence[SumCheck]) -> Iterator[Grid]:
    """A grid per group of figures; what does not add up is said under the parts of the whole."""
    charts = {chart.key: chart for chart in part.charts}
    groups: dict[str | None, list[FigureRow]] = {
        key: [] for key in FIRST_GROUPS if any(row.group_key == key for row in part.figures)
    }
    for row in part.figures:
        groups.setdefault(row.group_key, []).append(row)
    for key, rows in groups.items():
        chart = charts.get(CHART_OF_GROUP.get(key or "", ""))
        yield Grid(
            caption=rows[0].group or (words("chapter.other_figures") if len(groups) > 1 else ""),
            columns=headed(words, COLUMNS),
            rows=tuple(_row(words, row) for row in rows),
            behind=tuple(_behind(words, row) for row in rows),
            picture=_picture(words, chart) if chart else None,
            remarks=tuple(check.text for check in checks) if key == PARTS_OF_A_WHOLE else (),
        )


def _row(words: Words, row: FigureRow) -> tuple[Entry, ...]:
    return (
        "\n".join(filter(None, (row.label, row.remark))),
        value_of(words, row.value, row.unit),
        words.as_of(row.as_of) if row.as_of else None,
        row.source,
        row.status,
    )


def value_of(words: Words, value: float | None, unit: str | None) -> str | None:
    """A number with its unit, which does not go to the next line; None when it is missing."""
    if value is None:
        return None
    return "\u00a0".join(filter(None, (words.number(value), unit)))


def _behind(words: Words, row: FigureRow) -> str:
    missing = words("missing")
    return words(
        "behind.figure",
        figure=row.label,
        value=value_of(words, row.value, row.unit) or missing,
        as_of=words.as_of(row.as_of) if row.as_of else missing,
        source=", ".join(filter(None, (row.source, row.source_ref))) or missing,
        status=row.status,
    )


def _picture(words: Words, chart: Chart) -> Picture:
    values = tuple(
        tuple(value_of(words, value, chart.unit) or "" for value in series.values)
        for series in chart.series
    )
    told = (
        f"{series.name}: "
        + "; ".join(
            f"{category} {text or words('missing')}"
            for category, text in zip(chart.categories, texts, strict=True)
        )
        for series, texts in zip(chart.series, values, strict=True)
    )
    alternative = words("chart.alternative", title=chart.title, values=". ".join(told))
    return Picture(chart=chart, alternative=alternative, values=values)
