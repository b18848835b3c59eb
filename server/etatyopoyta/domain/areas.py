"""Areas: titled zones of the board, and who may put something into them."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Area, AreaId, May, Point, Record, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean

MAX_AREAS = 30
Side = Annotated[int, Meta(ge=100, le=20_000)]


class AddArea(Command, frozen=True, tag="area.add"):
    """Mark an area of the current board.

    Z1  A desk has at most 30 areas.
    """

    may = May.EDIT_DESK

    id: AreaId
    title: str
    at: Point
    width: Side
    height: Side

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        if desk.count(Area) >= MAX_AREAS:
            raise Refused("area.too_many", limit=MAX_AREAS)
        yield Area(
            id=self.id,
            workshop=desk.info.workshop,
            title=clean(self.title, MAX_TITLE_CHARACTERS, "area"),
            at=self.at,
            width=self.width,
            height=self.height,
        )


class EditArea(Command, frozen=True, tag="area.edit"):
    """Change an area's title, place and size, and whether it is closed to participants.

    Z2  What lies in it stays where it is: it lies in an area by its place alone.
    """

    may = May.EDIT_DESK

    id: AreaId
    title: str
    at: Point
    width: Side
    height: Side
    is_closed: bool

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(
            desk.get(Area, self.id),
            title=clean(self.title, MAX_TITLE_CHARACTERS, "area"),
            at=self.at,
            width=self.width,
            height=self.height,
            is_closed=self.is_closed or None,
        )


class RemoveArea(Command, frozen=True, tag="area.remove"):
    """Take an area's frame away (Z2)."""

    may = May.EDIT_DESK

    id: AreaId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        yield Gone(desk.get(Area, self.id).id)


def must_be_open(desk: Desk, asked: Asked, *points: Point) -> None:
    """Pass when all points are where somebody may write; Refused("area.closed", id, title).

    Z3  Participants put nothing into an area, and take nothing out of it, that is closed or that
        the open section leaves out. An act that is taken late is not asked where.
    """
    if asked.role is not Role.PARTICIPANT or asked.late is not None or not desk.count(Area):
        return
    for area in _closed(desk):
        if any(_holds(area, point) for point in points):
            raise Refused("area.closed", id=area.id, title=area.title)


def _closed(desk: Desk) -> Iterable[Area]:
    section = desk.open_section()
    opened = None if section is None else section.areas
    for area in desk.of(Area):
        is_left_out = opened is not None and area.id not in opened
        if area.workshop == desk.info.workshop and (area.is_closed or is_left_out):
            yield area


def _holds(area: Area, point: Point) -> bool:
    return (
        area.at.x <= point.x < area.at.x + area.width
        and area.at.y <= point.y < area.at.y + area.height
    )
