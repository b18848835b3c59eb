"""Changing a wording that somebody else may have changed meanwhile (L9)."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec.structs import replace

from etatyopoyta.domain.records import (
    CardText,
    Figure,
    Goal,
    Measure,
    MemoRow,
    MinutesText,
    Note,
)
from etatyopoyta.domain.refused import Refused

Worded = TypeVar("Worded", Note, Measure, Goal, CardText, Figure, MemoRow, MinutesText)


def edit(there: Worded, edited: Worded, base: int, text: object) -> Iterator[Worded]:
    """`edited` as the next version of what is there; nothing when they are equal.

    Raises Refused("text.changed", id, text, version) when the edit was made on another version
    than the one that is there: `text` is what it says now.
    """
    if edited == there:
        return
    if base != there.version:
        raise Refused("text.changed", id=there.id, text=text, version=there.version)
    yield replace(edited, version=there.version + 1)
