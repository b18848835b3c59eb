"""Which slides a chapter becomes."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from etatyopoyta.cards.pages import Chapter, Grid, Line, Picture
from etatyopoyta.exports.slides.paging import Page, bullet_pages, pages
from etatyopoyta.exports.slides.template import HALF_TABLE_BOX, TABLE_BOX, TALL_TABLE_BOX

TABLE_SIZE, HALF_TABLE_SIZE = 12, 11
"""Points of the font."""


class Bullets(Struct, frozen=True):
    """A slide of bullets; none at all are missing."""

    lines: tuple[Line, ...]


class Whole(Struct, frozen=True):
    """A table over the whole slide."""

    page: Page


class Pair(Struct, frozen=True):
    """A chart or a table, and a table beside it."""

    left: Picture | Page
    caption: str
    right: Page


Content = Bullets | Whole | Pair


def planned(chapter: Chapter, missing: str) -> Iterator[Content]:
    """The chapter's slides in their order."""
    waiting: list[Page | tuple[Picture, Page]] = []
    for block in chapter.blocks:
        halves = list(_halves(block, missing)) if isinstance(block, Grid) else []
        if halves:
            waiting += halves
            continue
        yield from _paired(waiting, missing)
        waiting = []
        if isinstance(block, Grid):
            whole = _whole(block, missing)
            yield from map(Whole, whole)
            if not whole:
                yield Bullets(())
        else:
            yield from (Bullets(tuple(lines)) for lines in bullet_pages(block.lines) or [[]])
    yield from _paired(waiting, missing)


def _halves(grid: Grid, missing: str) -> Iterator[Page | tuple[Picture, Page]]:
    """Tables that fit in half a slide, and those that have a chart beside them."""
    parts = pages(grid, HALF_TABLE_BOX, HALF_TABLE_SIZE, missing)
    if grid.picture is not None and parts:
        yield grid.picture, parts[0]
        yield from parts[1:]
    elif len(parts) == 1:
        yield parts[0]


def _paired(halves: Sequence[Page | tuple[Picture, Page]], missing: str) -> Iterator[Content]:
    before: Page | None = None
    for half in halves:
        if isinstance(half, tuple):
            yield from _alone(before, missing)
            before = None
            picture, page = half
            yield Pair(picture, picture.chart.title, page)
        elif before is None:
            before = half
        else:
            yield Pair(before, before.grid.caption, half)
            before = None
    yield from _alone(before, missing)


def _alone(page: Page | None, missing: str) -> Iterator[Content]:
    """A table with nothing beside it has the whole slide."""
    if page is not None:
        rest = replace(page.grid, rows=page.rows, behind=page.behind, picture=None)
        yield from map(Whole, _whole(rest, missing))


def _whole(grid: Grid, missing: str) -> list[Page]:
    return pages(grid, TABLE_BOX if grid.remarks else TALL_TABLE_BOX, TABLE_SIZE, missing)
