"""What lies where on a workshop's board, as the browser lays it (web/src/lib/desk/layout.ts)."""

from collections import defaultdict
from collections.abc import Iterable
from math import ceil, sqrt

from msgspec import Struct

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Area, Cluster, Note, Point

NOTE_WIDTH = 200
NOTE_HEIGHT = 140
GAP = 12
PADDING = 14
HEADER = 60
FEWEST_COLUMNS = 2
WIDER = 1.3


class Rect(Struct, frozen=True):
    """A rectangle in CSS pixels at zoom 1."""

    x: int
    y: int
    width: int
    height: int


class Board(Struct, frozen=True):
    """Areas lie under clusters, clusters under notes."""

    areas: tuple[tuple[Area, Rect], ...]
    clusters: tuple[tuple[Cluster, Rect, int], ...]
    """With the number of notes that are seen in it."""
    notes: tuple[tuple[Note, Rect], ...]

    def around(self) -> Rect:
        """The smallest rectangle around everything; of nothing, one note's."""
        rects = [place for _, place in self.areas] + [place for _, place in self.notes]
        rects += [place for _, place, _ in self.clusters]
        rects = rects or [Rect(0, 0, NOTE_WIDTH, NOTE_HEIGHT)]
        left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
        right = max(rect.x + rect.width for rect in rects)
        bottom = max(rect.y + rect.height for rect in rects)
        return Rect(left, top, right - left, bottom - top)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies on it."""
        return not (self.areas or self.clusters or self.notes)


def lay(desk: Desk, workshop: str) -> Board:
    """The board without what is hidden, and without notes that were put aside.

    Of a hidden note not even the place leaves: nobody else on the desk is told it.
    """
    inside: defaultdict[str | None, list[Note]] = defaultdict(list)
    for note in desk.of(Note):
        if not note.is_hidden and note.parked_ms is None:
            inside[note.cluster].append(note)
    clusters, notes = (
        [],
        [(note, _note_at(note.at)) for note in inside[None] if note.workshop == workshop],
    )
    for cluster in desk.of(Cluster):
        if cluster.workshop != workshop:
            continue
        members = sorted(inside[cluster.id], key=lambda note: (note.created_ms, note.id))
        clusters.append((cluster, _cluster_box(cluster.at, len(members)), len(members)))
        notes += zip(members, _cells(cluster.at, len(members)), strict=True)
    areas = tuple(
        (area, Rect(area.at.x, area.at.y, area.width, area.height))
        for area in desk.of(Area)
        if area.workshop == workshop
    )
    return Board(areas, tuple(clusters), tuple(notes))


def _note_at(at: Point) -> Rect:
    return Rect(at.x, at.y, NOTE_WIDTH, NOTE_HEIGHT)


def _columns(count: int) -> int:
    square = sqrt(count * NOTE_HEIGHT * WIDER / NOTE_WIDTH)
    return max(FEWEST_COLUMNS, ceil(square))


def _cluster_box(at: Point, count: int) -> Rect:
    columns = _columns(count)
    rows = max(1, ceil(count / columns))
    width = 2 * PADDING + columns * NOTE_WIDTH + (columns - 1) * GAP
    height = HEADER + PADDING + rows * NOTE_HEIGHT + (rows - 1) * GAP
    return Rect(at.x, at.y, width, height)


def _cells(at: Point, count: int) -> Iterable[Rect]:
    columns = _columns(count)
    for number in range(count):
        row, column = divmod(number, columns)
        yield Rect(
            at.x + PADDING + column * (NOTE_WIDTH + GAP),
            at.y + HEADER + row * (NOTE_HEIGHT + GAP),
            NOTE_WIDTH,
            NOTE_HEIGHT,
        )
