"""A chart of the card as a picture: bars that lie, with every value in words beside them."""

from collections.abc import Iterator

from etatyopoyta.cards.model import CardModel, Chart
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.drawing import (
    BOLD,
    MARK,
    MUTED,
    SERIES,
    SURFACE,
    box,
    element,
    lines_of,
    one_line,
    picture,
    text,
    wrapped,
)

WIDTH = 960
MARGIN = 40
LABELS = 240
"""Width of the categories' names."""
VALUES = 110
"""Room for a value after the longest bar."""
BAR = 22
BETWEEN = 16
"""Between categories."""
TOP = 120
LINE = 24
FOOT = 60
"""For the sources, and for the edition below them."""


def chart_svg(card: CardModel, chart: Chart) -> bytes:
    """The chart; a missing value is the word for that, and no bar."""
    words = Words(card.edition.language)
    rows = len(chart.categories) * (BAR * len(chart.series) + BETWEEN)
    height = TOP + rows + FOOT + MARGIN
    title = f"{card.title} – {chart.title}"
    inside = [
        box(WIDTH, height, fill=SURFACE),
        *_heading(card, chart, title),
        *_bars(words, chart),
        *_foot(words, card, chart, height),
    ]
    return picture(WIDTH, height, title, _described(words, chart), inside)


def _heading(card: CardModel, chart: Chart, title: str) -> Iterator[str]:
    free = WIDTH - 2 * MARGIN - (160 if card.mark else 0)
    shown = one_line(title, 22.0, free, is_bold=True)
    yield element("text", text(shown), x=MARGIN, y=MARGIN + 14, font_size=22, font_weight=BOLD)
    if card.mark:
        at = {"x": WIDTH - MARGIN, "y": MARGIN + 14, "text_anchor": "end", "fill": MARK}
        yield element("text", text(card.mark), font_size=22, font_weight=BOLD, **at)
    for number, series in enumerate(chart.series):
        y = MARGIN + 28 + number * 22
        yield box(14, 14, x=MARGIN, y=y, fill=_colour(number))
        name = one_line(series.name, 15.0, WIDTH - 2 * MARGIN - 24)
        yield element("text", text(name), x=MARGIN + 22, y=y + 13, font_size=15)


def _bars(words: Words, chart: Chart) -> Iterator[str]:
    known = [value for series in chart.series for value in series.values if value is not None]
    longest = max((abs(value) for value in known), default=0) or 1
    room = WIDTH - 2 * MARGIN - LABELS - VALUES
    y: float = TOP
    for at, category in enumerate(chart.categories):
        middle = y + BAR * len(chart.series) / 2
        lines, _ = wrapped(category, 15.0, LABELS - 12, 2)
        yield lines_of(lines, MARGIN, middle + 3 - 9 * (len(lines) - 1), 15.0, 1.2)
        for number, series in enumerate(chart.series):
            value = series.values[at]
            length = 0.0 if value is None else abs(value) / longest * room
            start = MARGIN + LABELS
            if length:
                yield box(length, BAR - 4, x=start, y=y, rx=2, fill=_colour(number))
            said = _said(words, value)
            beside = {"x": start + length + 8, "y": y + BAR - 8, "font_size": 14}
            yield element("text", text(said), fill=MUTED if value is None else None, **beside)
            y += BAR
        y += BETWEEN


def _foot(words: Words, card: CardModel, chart: Chart, height: float) -> Iterator[str]:
    sources = ", ".join(dict.fromkeys(map(words.licensed, chart.sources))) or words("missing")
    made = (card.council, words.moment(card.made_at), words("printed.entry", n=card.edition.n))
    y = height - MARGIN / 2
    for said in (" · ".join(made), words("line.source", source=sources)):
        line = one_line(said, 16.0, WIDTH - 2 * MARGIN)
        yield element("text", text(line), x=MARGIN, y=y, fill=MUTED)
        y -= LINE


def _described(words: Words, chart: Chart) -> str:
    """Every value in words."""
    return ". ".join(
        f"{series.name}: "
        + "; ".join(
            f"{category} {_said(words, value)}"
            for category, value in zip(chart.categories, series.values, strict=True)
        )
        for series in chart.series
    )


def _said(words: Words, value: float | None) -> str:
    return words("missing") if value is None else words.number(value)


def _colour(number: int) -> str:
    return SERIES[number % len(SERIES)]
