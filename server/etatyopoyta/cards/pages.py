"""What a printed card consists of: chapters of lines and grids, the same for every format."""

from msgspec import Struct

from etatyopoyta.cards.model import Chart
from etatyopoyta.cards.table import Column

Entry = str | None
"""What stands in a cell; None is missing and printed as a word, never as a number."""


class Line(Struct, frozen=True, kw_only=True):
    """A bullet."""

    text: str
    remark: str | None = None
    """What stands below it."""
    behind: str | None = None
    """What to know about it: its kind and source."""


class Lines(Struct, frozen=True, kw_only=True, tag="lines"):
    """Bullets; none at all are printed as missing."""

    lines: tuple[Line, ...]


class Picture(Struct, frozen=True, kw_only=True):
    """A chart, and the same in words."""

    chart: Chart
    alternative: str
    values: tuple[tuple[str, ...], ...]
    """The values as they are printed, by series; empty where one is missing."""


class Grid(Struct, frozen=True, kw_only=True, tag="grid"):
    """Rows under headings, with a chart of them where there is one."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry, ...], ...]
    behind: tuple[str, ...] = ()
    """Where each row comes from; empty, or one text per row."""
    picture: Picture | None = None
    remarks: tuple[str, ...] = ()
    """Sentences that belong under the rows."""


Block = Lines | Grid


class Chapter(Struct, frozen=True, kw_only=True):
    """A heading of the printed card and what stands under it."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    is_appendix: bool = False
    """Too long for slides."""
