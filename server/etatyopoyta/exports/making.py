"""What a worker is asked for and what it answers. One line of JSON each, then the file."""

from msgspec import Struct

from etatyopoyta.cards.minutes_model import Minutes
from etatyopoyta.cards.model import Edition


class Task(Struct, frozen=True):
    """The first line to the worker. The desk's records follow, some on each line."""

    format: str
    edition: Edition
    minutes: Minutes | None = None
    """To be printed; then no records follow."""


class Makes(Struct, frozen=True, tag="makes"):
    """The file is being made: how much of the work is done, from 0 to 1."""

    share: float


class Made(Struct, frozen=True, tag="made"):
    """The file is ready and follows."""

    size: int
    """In bytes."""


class NotMade(Struct, frozen=True, tag="not_made"):
    """Why there is no file: the code and the details of a Refused."""

    code: str
    details: dict[str, int | str] = {}
    where: str | None = None
    """Of an accident of ours: its kind and the line of code, never what it was about."""
