"""Tables: rows under headings, the same for every format that knows only rows."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

from msgspec import Struct

from etatyopoyta.cards.model import GoalPlace, SourceNote
from etatyopoyta.cards.words import Words, day_of
from etatyopoyta.domain.records import GoalState


class Missing(Enum):
    """A value that is known to be missing; printed as a word, never as a number."""

    MISSING = "missing"


MISSING = Missing.MISSING
Cell = str | int | float | date | datetime | Missing | None
Row = tuple[Cell, ...]


class Column(Struct, frozen=True):
    """A column's heading and its width in characters."""

    heading: str
    width: int


class Table(Struct, frozen=True, kw_only=True):
    """Rows under headings. `name` is short enough for a sheet's tab, `title` is complete."""

    key: str
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_list: bool = False
    """Pairs of a subject and its value: nothing to sort or filter."""
    remarks: tuple[str, ...] = ()
    """Sentences that belong under the table."""


def placed(words: Words, goal: GoalPlace) -> str:
    """A goal with its focus area and network; off the card, it says so."""
    key = "goal_placed" if goal.state is GoalState.ON_CARD else "goal_not_placed"
    return words(
        key,
        focus_area=goal.focus_area,
        network=goal.network,
        goal=goal.text,
        state=words(f"goal_state.{goal.state}"),
    )


def lines(parts: Iterable[str]) -> str | None:
    """One below the other; None when there are none."""
    return "\n".join(parts) or None


def listed(parts: Iterable[str]) -> str | None:
    """One after the other; None when there are none."""
    return "; ".join(parts) or None


def numbers(sources: Iterable[SourceNote]) -> str | None:
    """The numbers of the notes, to look them up in the table of notes."""
    return ", ".join(str(source.number) for source in sources if source.number) or None


def measured(words: Words, name: str, unit: str | None) -> str:
    """A measure's name, with its unit when it has one."""
    return words("measure_with_unit", name=name, unit=unit) if unit else name


def whole(value: float | None) -> Cell:
    """A number without a fraction that it does not have; None stays absent."""
    return int(value) if value is not None and value == int(value) else value


def when(as_of: str | None) -> Cell:
    """A day as a day, a year as a number, anything else as it was written."""
    if as_of is None:
        return None
    is_year = len(as_of) == len("2024") and as_of.isdecimal()
    return day_of(as_of) or (int(as_of) if is_year else as_of)


def table(words: Words, key: str, columns: Iterable[tuple[str, int]], rows: Iterable[Row]) -> Table:
    """A table under its usual name, with the headings of these columns."""
    name = words(f"table.{key}")
    return Table(key=key, name=name, title=name, columns=headed(words, columns), rows=tuple(rows))


def headed(words: Words, columns: Iterable[tuple[str, int]]) -> tuple[Column, ...]:
    """The columns with their headings in words."""
    return tuple(Column(words(f"column.{heading}"), width) for heading, width in columns)
