"""The agenda: one open section at a time, and rights that follow it at once."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from etatyopoyta.domain.calendar import is_in_calendar
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    May,
    Record,
    Section,
    SectionId,
    SectionState,
    Workshop,
    WorkshopId,
)
from etatyopoyta.domain.refused import Refused

MINUTE_MS = 60_000
MAX_EXTENSION_MINUTES = 120


class OpenSection(Command, frozen=True, tag="section.open"):
    """Start a section, or start it again.

    A1  The section that was open is closed with it: one is open at a time, on the whole desk.
    A2  Its planned minutes run from now; the plan itself stays as it was.
    A3  The workshop of the section becomes the current one.
    """

    may = May.RUN_AGENDA

    section: SectionId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = desk.get(Section, self.section)
        if section.state is SectionState.OPEN:
            return
        before = desk.open_section()
        if before is not None:
            yield _closed(before, asked)
        yield replace(
            section,
            state=SectionState.OPEN,
            started_ms=asked.at_ms,
            ends_ms=asked.at_ms + section.minutes * MINUTE_MS,
            closed_ms=None,
        )
        yield replace(desk.info, workshop=section.workshop)


class CloseSection(Command, frozen=True, tag="section.close"):
    """End a section. Nothing is open after it until another one is opened.

    A4  Closing what is not open changes nothing.
    """

    may = May.RUN_AGENDA

    section: SectionId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = desk.get(Section, self.section)
        if section.state is SectionState.OPEN:
            yield _closed(section, asked)


class ExtendSection(Command, frozen=True, tag="section.extend"):
    """Move the end of the open section by minutes; fewer minutes shorten it.

    A5  After the time has run out, the minutes count from now: +5 always gives five.
    A6  A section does not end in the past: the earliest end is now.
    A7  Only the open section has an end to move.
    """

    may = May.RUN_AGENDA

    section: SectionId
    minutes: Annotated[int, Meta(ge=-MAX_EXTENSION_MINUTES, le=MAX_EXTENSION_MINUTES)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = desk.get(Section, self.section)
        if section.state is not SectionState.OPEN or section.ends_ms is None:
            raise Refused("section.not_open", id=section.id)
        counted_from = max(section.ends_ms, asked.at_ms)
        ends_ms = max(asked.at_ms, counted_from + self.minutes * MINUTE_MS)
        yield replace(section, ends_ms=ends_ms)


class SetWorkshopDate(Command, frozen=True, tag="workshop.date"):
    """Say on which day a workshop is held; None while it is not known.

    A8  The day is one of the calendar.
    """

    may = May.RUN_AGENDA

    workshop: WorkshopId
    date: (
        Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")] | None
    )

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        if self.date is not None and not is_in_calendar(self.date):
            raise Refused("workshop.no_such_day", date=self.date)
        yield replace(desk.get(Workshop, self.workshop), date=self.date)


def _closed(section: Section, asked: Asked) -> Section:
    return replace(section, state=SectionState.CLOSED, closed_ms=asked.at_ms)
