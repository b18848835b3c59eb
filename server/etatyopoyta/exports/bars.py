"""A chart as horizontal bars in SVG; the numbers stand beside them and in the tables."""

from etatyopoyta.cards.model import Chart
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.markup import Html, joined, tag

WIDTH, LABEL, BAR, GAP, CHARACTER = 640, 220, 18, 12, 8
LEGEND = 22


def bars(chart: Chart, words: Words) -> Html:
    """The chart with its title; what is missing has no bar, and says so."""
    most = max((v for s in chart.series for v in s.values if v is not None), default=0) or 1
    top = LEGEND * len(chart.series) if len(chart.series) > 1 else 0
    row = BAR * len(chart.series) + GAP
    height = top + row * len(chart.categories)
    drawn = [
        _bar(chart, category, series, top + category * row + series * BAR, most, words)
        for category in range(len(chart.categories))
        for series in range(len(chart.series))
    ]
    labels = [
        tag("text", name, x=LABEL - 10, y=top + i * row + row / 2, text_anchor="end")
        for i, name in enumerate(chart.categories)
    ]
    svg = tag(
        "svg",
        *(_legend(chart, i) for i in range(len(chart.series) if top else 0)),
        *labels,
        *drawn,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=words("public.chart", title=chart.title),
    )
    unit = f" ({chart.unit})" if chart.unit and chart.unit not in chart.title else ""
    return tag("figure", tag("figcaption", chart.title + unit), svg)


def _legend(chart: Chart, series: int) -> Html:
    y = series * LEGEND
    square = tag("rect", x=LABEL, y=y, width=14, height=14, class_=f"bar s{series}")
    return joined(square, tag("text", chart.series[series].name, x=LABEL + 22, y=y + 12))


def _bar(chart: Chart, category: int, series: int, y: float, most: float, words: Words) -> Html:
    value = chart.series[series].values[category]
    room = WIDTH - LABEL - 10 * CHARACTER
    width = 0 if value is None else round(max(value, 0) / most * room, 1)
    said = words("missing") if value is None else words.number(value)
    return joined(
        tag("rect", x=LABEL, y=y, width=width, height=BAR - 3, class_=f"bar s{series}"),
        tag("text", said, x=LABEL + width + 6, y=y + BAR - 6),
    )
