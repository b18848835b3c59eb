"""Follow-up: what was reached of measures year by year, what was aimed at, the words for it."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from etatyopoyta.domain.calendar import AsOf, must_be_in_calendar, years_of
from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import clean_text
from etatyopoyta.domain.permissions import LEADING
from etatyopoyta.domain.records import (
    Actual,
    ActualId,
    Choice,
    Goal,
    May,
    Measure,
    MeasureId,
    Organisation,
    OrganisationId,
    Person,
    Record,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean, clean_or_none

MAX_ACTUALS_AT_ONCE = 500
MAX_ACTUAL_CHARACTERS = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years of values and targets where the card's period says no others."""
"""States of a measure that values are entered for."""
MIN_STATUSES, MAX_STATUSES = 2, 8

Year = Annotated[int, Meta(ge=FIRST_YEAR, le=LAST_YEAR)]
Place = tuple[str, int, str | None]
"""What a value stands for: a measure, a year, an organisation or all."""


class ActualGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was reached of a measure in a year, by one organisation or by all together."""

    id: ActualId
    """Of the value if it is a new one; the one that is there keeps its own."""
    measure: MeasureId
    year: Year
    organisation: OrganisationId | None = None
    value: float | None = None
    text: str | None = None
    as_of: AsOf
    source: str
    base: int | None = None
    """Version of the value that this one replaces; None where there was none."""

    @property
    def place(self) -> Place:
        """What it stands for."""
        return self.measure, self.year, self.organisation


class SetActual(Command, frozen=True, tag="actual.set"):
    """Enter what was reached of a measure in a year, with its date and source.

    W1  A measure in use, a year and an organisation, or all together, have one value.
    W2  It is a number, or words, or both.
    W3  A value that is there is replaced only by who names its version: else refused with it.
    W4  The same value once more changes nothing.
    W5  Participants and reporters enter values of their own organisation only.
    W6  The year is one of the card's period, where that is known.
    W7  Its date is a day, month or year of the calendar, and it has a source.
    """

    may = May.REPORT

    given: ActualGiven

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        there = actuals_by_place(desk).get(self.given.place)
        yield from _entered(desk, asked, self.given, there)


class ImportActuals(Command, frozen=True, tag="actuals.import"):
    """Enter many values at once: all of them, or none.

    W8  Those that would replace a value unseen are refused together, each with what is there.
    W9  No two of them stand for the same.
    """

    may = May.REPORT

    rows: Annotated[tuple[ActualGiven, ...], Meta(min_length=1, max_length=MAX_ACTUALS_AT_ONCE)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        known = actuals_by_place(desk)
        seen: set[Place] = set()
        ids: set[str] = set()
        conflicts: list[dict[str, object]] = []
        for number, row in enumerate(self.rows, 1):
            if row.place in seen:
                raise Refused("actuals.twice", row=number, measure=row.measure, year=row.year)
            there = known.get(row.place)
            if there is None and row.id in ids:
                raise Refused("id.taken", id=row.id)
            seen.add(row.place)
            ids.add(row.id)
            try:
                yield from _entered(desk, asked, row, there)
            except Refused as refused:
                if refused.code not in {"actual.exists", "actual.changed"}:
                    raise Refused(refused.code, **{**refused.details, "row": number}) from None
                conflicts.append({**refused.details, "row": number})
        if conflicts:
            raise Refused("actuals.conflicts", count=len(conflicts), rows=conflicts)


class RemoveActual(Command, frozen=True, tag="actual.remove"):
    """Take a value back that was entered by mistake. It stays in the history (W5).

    W10  The value that is taken back must still be the same: else refused with it.
    """

    may = May.REPORT

    id: ActualId
    base: int

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        actual = desk.get(Actual, self.id)
        _must_report_for(desk, asked, actual.organisation)
        if self.base != actual.version:
            raise Refused("actual.changed", **_present(actual))
        yield Gone(actual.id)


class SetStatuses(Command, frozen=True, tag="desk.statuses"):
    """Choose the words for how an action stands.

    X1  There are 2 to 8 of them, each with a key and a word of its own.
    X2  A status that a goal has stays; its word may change.
    """

    may = May.EDIT_DESK

    statuses: Annotated[tuple[Choice, ...], Meta(min_length=MIN_STATUSES, max_length=MAX_STATUSES)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        kept = tuple(replace(each, name=clean_text(each.name, "status")) for each in self.statuses)
        for words in ([each.key for each in kept], [each.name.fi.casefold() for each in kept]):
            twice = next((word for word in words if words.count(word) > 1), None)
            if twice is not None:
                raise Refused("status.twice", status=twice)
        keys = {each.key for each in kept}
        for goal in desk.of(Goal):
            if goal.status is not None and goal.status not in keys:
                raise Refused("status.in_use", status=goal.status, goal=goal.text)
        yield replace(desk.info, statuses=kept)


def actuals_by_place(desk: Desk) -> dict[Place, Actual]:
    """All values by what they stand for."""
    return {(each.measure, each.year, each.organisation): each for each in desk.of(Actual)}


def _entered(
    desk: Desk, asked: Asked, given: ActualGiven, there: Actual | None
) -> Iterator[Actual]:
    """The value as it becomes; nothing when it is there already."""
    _must_report_for(desk, asked, given.organisation)
    measure = desk.get(Measure, given.measure)
    if not measure.is_in_use:
        raise Refused("measure.withdrawn", id=measure.id)
    years = years_of(desk.card.period)
    if years is not None and given.year not in years:
        raise Refused("actual.other_year", year=given.year, first=years[0], last=years[-1])
    must_be_in_calendar(given.as_of, Refused("actual.no_such_day", as_of=given.as_of))
    text = clean_or_none(given.text, MAX_ACTUAL_CHARACTERS, "actual")
    if given.value is None and text is None:
        raise Refused("actual.empty")
    said = {
        "value": given.value,
        "text": text,
        "as_of": given.as_of,
        "source": clean(given.source, MAX_TITLE_CHARACTERS, "actual.source"),
    }
    if there is None:
        if given.base is not None:
            raise Refused("actual.gone", id=given.id)
        must_be_new(desk, given.id)
        yield Actual(
            id=given.id,
            measure=measure.id,
            year=given.year,
            organisation=given.organisation,
            by=asked.by,
            created_ms=asked.at_ms,
            **said,  # type: ignore[arg-type]  # msgspec checks none
        )
        return
    if all(getattr(there, field) == value for field, value in said.items()):
        return
    if given.base != there.version:
        code = "actual.exists" if given.base is None else "actual.changed"
        raise Refused(code, **_present(there))
    yield replace(there, by=asked.by, version=there.version + 1, **said)


def _must_report_for(desk: Desk, asked: Asked, organisation: str | None) -> None:
    if organisation is not None:
        desk.get(Organisation, organisation)
    if asked.role in LEADING:
        return
    person = desk.find(asked.by)
    own = person.organisation if isinstance(person, Person) else None
    if own is None or organisation != own:
        raise Refused("actual.not_yours", organisation=organisation)


def _present(actual: Actual) -> dict[str, object]:
    """What a refusal says of the value that is there."""
    shown = actual.text if actual.value is None else actual.value
    return {"id": actual.id, "text": shown, "version": actual.version}
