"""What minutes print. Strings are in one language, nothing is left to look up.

Never in it: names and ids of people, hidden notes, votes of an open round, who voted for what.
"""

from datetime import datetime

from msgspec import Struct

from etatyopoyta.cards.words import Language


class Presence(Struct, frozen=True, kw_only=True):
    """How many people of an organisation had joined."""

    organisation: str
    people: int


class Fact(Struct, frozen=True, kw_only=True):
    """Something that was done, in one sentence."""

    text: str
    organisations: tuple[str, ...] = ()
    """Whose notes lie behind it."""
    reason: str | None = None
    when: str | None = None
    """The time of the day, outside of sections with the day, or from when to when."""


class VoteLine(Struct, frozen=True, kw_only=True):
    """What one target got."""

    target: str
    result: str


class VoteResult(Struct, frozen=True, kw_only=True):
    """A round of voting that is over."""

    title: str
    about: str
    """How it was held, how many voted, and when it ended."""
    lines: tuple[VoteLine, ...]


class Chapter(Struct, frozen=True, kw_only=True):
    """A section of the agenda, whenever it was open; without an id, what happened outside of all:
    between sections, or after the last one.
    """

    section: str | None
    title: str
    planned: str | None
    held: str
    """When it was, or that it was not."""
    was_held: bool
    text: str | None
    joined: str | None
    """How many people had joined, in a sentence."""
    presence: tuple[Presence, ...]
    facts: tuple[Fact, ...]
    votes: tuple[VoteResult, ...]


class Minutes(Struct, frozen=True, kw_only=True):
    """The minutes of one workshop."""

    language: Language
    title: str
    workshop: str
    council: str
    desk: str
    day: str | None
    made: str
    """When they were printed, and from how much of the log."""
    made_at: datetime
    text: str | None
    chapters: tuple[Chapter, ...]
    parked: tuple[Fact, ...]
