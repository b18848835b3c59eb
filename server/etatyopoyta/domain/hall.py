"""The hall: what its projector shows, and what is said to everybody."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import May, Record, Screen
from etatyopoyta.domain.text import clean_or_none

MAX_ANNOUNCEMENT_CHARACTERS = 280


class ShowOnScreen(Command, frozen=True, tag="screen.show"):
    """Choose what the projector shows.

    H1  All projectors of the desk show the same.
    """

    may = May.RUN_AGENDA

    screen: Screen

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, screen=self.screen)


class Announce(Command, frozen=True, tag="desk.announce"):
    """Say something to everybody, on every page and on the projector.

    H2  It stays until it is taken away or something else is said; blank takes it away.
    """

    may = May.RUN_AGENDA

    text: str | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        text = clean_or_none(self.text, MAX_ANNOUNCEMENT_CHARACTERS, "announcement")
        yield replace(desk.info, announcement=text)
