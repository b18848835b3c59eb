"""Who is here and where they point. Never in the log, may be lost (O7)."""

from etatyopoyta.domain.records import Point
from etatyopoyta.protocol.frames import Presence

TICK_S = 0.1
"""Pointers are told at most ten times a second, all of them in one frame."""


class Presences:
    """People at a desk, by the number of their seats."""

    def __init__(self) -> None:
        self._seats: dict[str, int] = {}
        self._at: dict[str, Point | None] = {}
        self._news = Presence({})

    def come(self, person: str) -> None:
        """A seat of this person was taken."""
        self._seats[person] = self._seats.get(person, 0) + 1
        self._at.setdefault(person, None)
        self._tell(person)

    def go(self, person: str) -> None:
        """A seat of this person is free again; the last one means that they left."""
        self._seats[person] -= 1
        if self._seats[person] == 0:
            del self._seats[person], self._at[person]
            self._news.here.pop(person, None)
            self._news.left.append(person)

    def point(self, person: str, at: Point | None) -> None:
        """The person points there."""
        if self._at.get(person) != at:
            self._at[person] = at
            self._tell(person)

    def everybody(self) -> Presence:
        """All who are here."""
        return Presence(dict(self._at))

    def news(self) -> Presence | None:
        """What changed since the last news, if anything did."""
        if not self._news.here and not self._news.left:
            return None
        news, self._news = self._news, Presence({})
        return news

    def _tell(self, person: str) -> None:
        self._news.here[person] = self._at[person]
        if person in self._news.left:
            self._news.left.remove(person)
