"""What fits on a slide: rows and bullets cut to pages, by how tall they will be."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from etatyopoyta.cards.pages import Entry, Grid, Line
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.slides.measuring import LINE_HEIGHT, height, wrapped
from etatyopoyta.exports.slides.template import BODY_BOX, Box

CELL_MARGIN_X, CELL_MARGIN_Y = 5, 3
"""Points on each side of a cell's text."""
BULLET_SIZE, REMARK_SIZE = 18, 14
BULLET_INDENT = 16
BULLET_GAP = 5


class Page(Struct, frozen=True, kw_only=True):
    """Rows of a grid that fit on one slide, and where they come from."""

    grid: Grid
    rows: tuple[tuple[Entry, ...], ...]
    behind: tuple[str, ...]
    size: int
    """Points of its font."""
    widths: tuple[float, ...]
    """Points of its columns."""
    heights: tuple[float, ...]
    """Points of its rows, the heading first."""
    is_last: bool


def pages(grid: Grid, box: Box, size: int, missing: str) -> list[Page]:
    """The grid in boxes of that size; a row that is taller than a box goes on in the next."""
    whole = sum(column.width for column in grid.columns)
    widths = tuple(box.width * column.width / whole for column in grid.columns)
    heading = _tall([column.heading for column in grid.columns], widths, size, missing)
    room = box.height - heading
    found: list[tuple[list[tuple[Entry, ...]], list[str], list[float]]] = []
    left = 0.0
    for number, whole_row in enumerate(grid.rows):
        for part, row in enumerate(_pieces(whole_row, widths, size, room, missing)):
            needs = _tall(row, widths, size, missing)
            if needs > left or not found:
                found.append(([], [], [heading]))
                left = room
            rows, behind, heights = found[-1]
            rows.append(row)
            heights.append(needs)
            if grid.behind and part == 0:
                behind.append(grid.behind[number])
            left -= needs
    return [
        Page(
            grid=grid,
            rows=tuple(rows),
            behind=tuple(behind),
            size=size,
            widths=widths,
            heights=tuple(heights),
            is_last=number == len(found),
        )
        for number, (rows, behind, heights) in enumerate(found, 1)
    ]


def _tall(row: Iterable[Entry], widths: Sequence[float], size: int, missing: str) -> float:
    pairs = zip(row, widths, strict=True)
    lines = (
        height(missing if entry is None else plain(entry), width - 2 * CELL_MARGIN_X, size)
        for entry, width in pairs
    )
    return max(lines) + 2 * CELL_MARGIN_Y


def _pieces(
    row: tuple[Entry, ...], widths: Sequence[float], size: int, room: float, missing: str
) -> Iterator[tuple[Entry, ...]]:
    if _tall(row, widths, size, missing) <= room:
        yield row
        return
    most = int((room - 2 * CELL_MARGIN_Y) / (size * LINE_HEIGHT))
    cut = [
        [None] if entry is None else list(_cut(plain(entry), width, size, most))
        for entry, width in zip(row, widths, strict=True)
    ]
    if len(cut[0]) == 1:
        cut[0] *= max(len(parts) for parts in cut)  # what the row is about, on each slide
    for at in range(max(len(parts) for parts in cut)):
        yield tuple(parts[at] if at < len(parts) else "" for parts in cut)


def _cut(text: str, width: float, size: int, most: int) -> Iterator[str]:
    lines = wrapped(text, width - 2 * CELL_MARGIN_X, size)
    for at in range(0, len(lines), most):
        yield "".join(lines[at : at + most]).strip()


def bullet_pages(lines: Iterable[Line]) -> list[list[Line]]:
    """The bullets by slide; one that is taller than a slide goes on in the next."""
    found: list[list[Line]] = []
    left = 0.0
    for whole in lines:
        for line in _bullet_pieces(whole):
            needs = _bullet_height(line)
            if needs > left or not found:
                found.append([])
                left = BODY_BOX.height
            found[-1].append(line)
            left -= needs
    return found


def _bullet_height(line: Line) -> float:
    room = BODY_BOX.width - BULLET_INDENT
    tall = height(plain(line.text), room, BULLET_SIZE) + BULLET_GAP
    if line.remark:
        tall += height(plain(line.remark), room, REMARK_SIZE) + BULLET_GAP
    return tall


def _bullet_pieces(line: Line) -> Iterator[Line]:
    if _bullet_height(line) <= BODY_BOX.height:
        yield line
        return
    most = int(BODY_BOX.height / 2 / (BULLET_SIZE * LINE_HEIGHT))
    lines = wrapped(plain(line.text), BODY_BOX.width - BULLET_INDENT, BULLET_SIZE)
    for at in range(0, len(lines), most):
        is_first = at == 0
        yield Line(
            text="".join(lines[at : at + most]).strip(),
            remark=line.remark if is_first else None,
            behind=line.behind if is_first else None,
        )
