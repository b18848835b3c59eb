"""A native bar chart in its placeholder, with a workbook that holds its values as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no type marker

from etatyopoyta.cards.model import Chart
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.look import INK
from etatyopoyta.exports.xlsx import TYPED_AS_WRITTEN
from etatyopoyta.exports.zipped import made_at_utc

TEXT_SIZE = 11
MAX_NAME_CHARACTERS = 60
Element = Any  # what python-pptx makes of XML has no types


def put_chart(placeholder: Any, chart: Chart, made_at: datetime) -> Any:
    """Fill the placeholder; gives the frame that stands in its place."""
    bars = _Bars(made_at)
    bars.categories = [_short(name) for name in chart.categories]
    for series in chart.series:
        bars.add_series(_short(series.name), series.values)  # type: ignore[no-untyped-call]  # it has no types
    frame = placeholder.insert_chart(XL_CHART_TYPE.BAR_CLUSTERED, bars)
    _set_look(frame.chart, len(chart.series))
    return frame


def _short(name: str) -> str:
    """On one line beside a bar; the table has all of it."""
    shown = " ".join(plain(name).split())
    most = MAX_NAME_CHARACTERS
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


class _Bars(CategoryChartData):
    """Values whose workbook has no formula or link made of a text, and no time of its own."""

    def __init__(self, made_at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # as above
        self._writer = _Book(self, made_at)

    @property
    def _workbook_writer(self) -> "_Book":
        return self._writer


class _Book(CategoryWorkbookWriter):
    def __init__(self, bars: _Bars, made_at: datetime) -> None:
        super().__init__(bars)  # type: ignore[no-untyped-call]  # as above
        self._made_at = made_at

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        book = Workbook(xlsx_file, TYPED_AS_WRITTEN)
        book.set_properties({"created": made_at_utc(self._made_at)})
        yield book, book.add_worksheet()
        book.close()


def rgb(color: str) -> RGBColor:
    """A color as the library wants it."""
    red, green, blue = bytes.fromhex(color)
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]  # as above


def _set_look(drawn: Drawn, series: int) -> None:
    drawn.has_title = False
    drawn.font.size = Pt(TEXT_SIZE)
    drawn.font.color.rgb = rgb(INK)
    drawn.has_legend = series > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    names, values = drawn.category_axis, drawn.value_axis
    names.reverse_order = True  # the first category on top, as in the table
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = rgb(INK)
    values.has_major_gridlines = False
    values.visible = False
    values.minimum_scale = 0
    plot = drawn.plots[0]
    plot.gap_width = 45
    plot.overlap = -5
    plot.has_data_labels = True
    plot.data_labels.show_value = True
    plot.data_labels.font.size = Pt(TEXT_SIZE)
