"""The hall: what its projector shows, and what is said to everybody."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    BOARD_EDGE,
    Area,
    AreaId,
    Cluster,
    ClusterId,
    Gathering,
    May,
    Point,
    Record,
    Screen,
)
from etatyopoyta.domain.text import clean_or_none

MAX_ANNOUNCEMENT_CHARACTERS = 280


class ShowOnScreen(Command, frozen=True, tag="screen.show"):
    """Choose what the projector shows: its board fitted to an area, where one is named.

    H1  All projectors of the desk show the same.
    H3  What is frozen goes on when something else is chosen.
    """

    may = May.RUN_AGENDA

    screen: Screen
    area: AreaId | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        area = self.area and desk.get(Area, self.area).id
        yield replace(desk.info, screen=self.screen, screen_area=area, is_frozen=None)


class FreezeScreen(Command, frozen=True, tag="screen.freeze"):
    """Let the projector go on showing what it shows now, whatever happens on the desk."""

    may = May.RUN_AGENDA

    is_frozen: bool

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, is_frozen=self.is_frozen or None)


class GatherAll(Command, frozen=True, tag="desk.gather"):
    """Bring everybody to a view, and to a part of the board.

    H4  Who comes later is brought there, too. Each may go elsewhere and come back.
    """

    may = May.RUN_AGENDA

    view: Literal["board", "list", "card", "results"]
    at: Point | None = None
    width: Annotated[int, Meta(ge=1, le=2 * BOARD_EDGE)] | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        there = Gathering(view=self.view, at=self.at, width=self.width, since_ms=asked.at_ms)
        yield replace(desk.info, gathering=there)


class LetGo(Command, frozen=True, tag="desk.let_go"):
    """Let everybody go where they like."""

    may = May.RUN_AGENDA

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, gathering=None)


class Spotlight(Command, frozen=True, tag="cluster.spotlight"):
    """Let everybody look at a cluster, on every board and on the projector; None at no one.

    H5  One at a time.
    """

    may = May.RUN_AGENDA

    cluster: ClusterId | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        cluster = self.cluster and desk.get(Cluster, self.cluster).id
        yield replace(desk.info, spotlight=cluster)


class Announce(Command, frozen=True, tag="desk.announce"):
    """Say something to everybody, on every page and on the projector.

    H2  It stays until it is taken away or something else is said; blank takes it away.
    """

    may = May.RUN_AGENDA

    text: str | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        text = clean_or_none(self.text, MAX_ANNOUNCEMENT_CHARACTERS, "announcement")
        yield replace(desk.info, announcement=text)
