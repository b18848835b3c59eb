"""Who is here and where they point. Never in the log, may be lost (O7)."""

from collections.abc import Iterable

from msgspec import Struct

from etatyopoyta.domain.records import Point
from etatyopoyta.protocol.frames import Presence
from etatyopoyta.room.whispers import Here

TICK_S = 0.1
"""Pointers are told at most ten times a second, all of them in one frame."""
SIGN_S = 2.0
"""So often a process tells the others everything, in case something was lost."""
SILENT_S = 7.0
"""A process that was not heard for so long is gone, and its people with it."""


class Elsewhere(Struct):
    """The people of another process."""

    at: dict[str, Point | None]
    heard_at: float
    writing: frozenset[str] = frozenset()


class Presences:
    """People at a desk: those with pages here, and those of other processes. Times in seconds."""

    def __init__(self) -> None:
        self._seats: dict[str, int] = {}
        self._at: dict[str, Point | None] = {}
        self._elsewhere: dict[str, Elsewhere] = {}
        self._news: dict[str, None] = {}
        self._own_news: dict[str, None] = {}
        self._writing: frozenset[str] = frozenset()
        self._told_writing = 0
        self._whispered_writing: frozenset[str] = frozenset()
        self._told_all_at = float("-inf")

    def come(self, person: str) -> None:
        """A seat of this person was taken."""
        self._seats[person] = self._seats.get(person, 0) + 1
        self._at.setdefault(person, None)
        self._changed(person)

    def go(self, person: str) -> None:
        """A seat of this person is free again; the last one means that they left."""
        self._seats[person] -= 1
        if self._seats[person] == 0:
            del self._seats[person], self._at[person]
            self._changed(person)

    def point(self, person: str, at: Point | None) -> None:
        """The person points there."""
        if self._at.get(person) != at:
            self._at[person] = at
            self._changed(person)

    def write(self, people: frozenset[str]) -> None:
        """These people write notes here just now."""
        self._writing = people

    def hear(self, process: str, told: Here, now: float) -> None:
        """Another process tells of its people."""
        there = self._elsewhere.setdefault(process, Elsewhere({}, now))
        there.heard_at = now
        there.writing = frozenset(told.writing)
        left = there.at.keys() - told.here.keys() if told.is_all else set(told.left)
        for person in sorted(left & there.at.keys()):
            del there.at[person]
            self._news[person] = None
        for person, at in told.here.items():
            if person not in there.at or there.at[person] != at:
                there.at[person] = at
                self._news[person] = None

    def forget_silent(self, now: float) -> None:
        """The people of processes that are gone are gone."""
        for process, there in list(self._elsewhere.items()):
            if now - there.heard_at > SILENT_S:
                del self._elsewhere[process]
                self._news.update(dict.fromkeys(there.at))

    def everybody(self) -> Presence:
        """All who are here."""
        here: dict[str, Point | None] = {}
        for there in self._elsewhere.values():
            here.update(there.at)
        return Presence({**here, **self._at}, writing=self._count_writing())

    def news(self) -> Presence | None:
        """What changed since the last news, if anything did."""
        writing = self._count_writing()
        if not self._news and writing == self._told_writing:
            return None
        self._told_writing = writing
        news, self._news = self._news, {}
        return Presence(*_here_and_left(news, self.everybody().here), writing=writing)

    def whisper(self, now: float) -> Here | None:
        """What other processes are to know of the people here; None when they know it."""
        if self._at and now - self._told_all_at >= SIGN_S:
            self._told_all_at = now
            self._own_news = {}
            self._whispered_writing = self._writing
            return Here(dict(self._at), is_all=True, writing=sorted(self._writing))
        if not self._own_news and self._writing == self._whispered_writing:
            return None
        news, self._own_news = self._own_news, {}
        self._whispered_writing = self._writing
        return Here(*_here_and_left(news, self._at), writing=sorted(self._writing))

    def _count_writing(self) -> int:
        """How many people write: who does so at two processes is one."""
        elsewhere = (there.writing for there in self._elsewhere.values())
        return len(self._writing.union(*elsewhere))

    def _changed(self, person: str) -> None:
        self._news[person] = None
        self._own_news[person] = None


def _here_and_left(
    news: Iterable[str], at: dict[str, Point | None]
) -> tuple[dict[str, Point | None], list[str]]:
    """Of these people, where those point who are here, and who is not."""
    here = {person: at[person] for person in news if person in at}
    return here, [person for person in news if person not in at]
