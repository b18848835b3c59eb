"""Running the agenda: one open section at a time, and rights that follow it at once."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from etatyopoyta.domain.calendar import Day, must_be_in_calendar
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.privacy import reveal_at_end
from etatyopoyta.domain.records import (
    Advance,
    May,
    Record,
    Section,
    SectionId,
    SectionState,
    Workshop,
    WorkshopId,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.voting import follow_agenda

MINUTE_MS = 60_000
MAX_EXTENSION_MINUTES = 120
GRACE_S = 30
"""Where nobody has said: for the sentence that is being written."""


class OpenSection(Command, frozen=True, tag="section.open"):
    """Start a section, or start it again.

    A1  The section that was open is closed with it: one is open at a time, on the whole desk.
    A2  The minutes that it gets run from now; the plan itself stays as it was.
    A17  A private section that is started again hides what is written from then on.
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
            yield from _closed(desk, before, asked)
        yield _opened(section, asked)
        yield from follow_agenda(desk, before, section, asked)
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
            yield from _closed(desk, section, asked)
            yield from follow_agenda(desk, section, None, asked)


class ExtendSection(Command, frozen=True, tag="section.extend"):
    """Move the end of the open section by minutes; fewer minutes shorten it.

    A5  After the time has run out, the minutes count from now: +5 always gives five.
    A6  A section does not end in the past: the earliest end is now.
    A7  Only the open section has an end to move.
    A12  While its clock stands still, what is left of its time grows or shrinks.
    """

    may = May.RUN_AGENDA

    section: SectionId
    minutes: Annotated[int, Meta(ge=-MAX_EXTENSION_MINUTES, le=MAX_EXTENSION_MINUTES)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = _running(desk, self.section)
        more_ms = self.minutes * MINUTE_MS
        if section.left_ms is not None:
            yield replace(section, left_ms=max(0, section.left_ms + more_ms))
        elif section.ends_ms is not None:
            ends_ms = max(asked.at_ms, max(section.ends_ms, asked.at_ms) + more_ms)
            yield replace(section, ends_ms=ends_ms)


class PauseSection(Command, frozen=True, tag="section.pause"):
    """Stop the clock of the open section. Its rights go on: people may finish what they write.

    A13  What was left of its time is kept; time that has run out leaves nothing.
    A14  Only the open section has a clock; one that stands still is not stopped again.
    """

    may = May.RUN_AGENDA

    section: SectionId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = _running(desk, self.section)
        if section.ends_ms is not None:
            left_ms = max(0, section.ends_ms - asked.at_ms)
            yield replace(section, ends_ms=None, left_ms=left_ms)


class ResumeSection(Command, frozen=True, tag="section.resume"):
    """Let the clock of the open section go on.

    A15  It ends after what was left of its time; a clock that runs already goes on as it does.
    """

    may = May.RUN_AGENDA

    section: SectionId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = _running(desk, self.section)
        if section.left_ms is not None:
            yield replace(section, ends_ms=asked.at_ms + section.left_ms, left_ms=None)


class AdvanceAgenda(Command, frozen=True, tag="section.advance"):
    """Go on to what comes after the open section.

    A9   The next section of the workshop that is planned and not skipped is opened; after the last
         one nothing is open.
    A10  It is for the end that the section had when this was asked: when it has another one by
         now, or is closed, nothing changes.
    """

    may = May.RUN_AGENDA

    section: SectionId
    ends_ms: int

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = desk.open_section()
        if section is None or (section.id, section.ends_ms) != (self.section, self.ends_ms):
            return
        yield from _closed(desk, section, asked)
        following = next_planned(desk, section)
        if following is not None:
            yield _opened(following, asked)
        yield from follow_agenda(desk, section, following, asked)


class SetAdvance(Command, frozen=True, tag="desk.advance"):
    """Say who goes on to the next section: facilitators by hand, or the clock after a grace.

    A16  The grace is the time after the end in which people may finish what they write.
    """

    may = May.RUN_AGENDA

    advance: Advance
    grace_s: Annotated[int, Meta(ge=0, le=600)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, advance=self.advance, grace_s=self.grace_s)


class SetWorkshopDate(Command, frozen=True, tag="workshop.date"):
    """Say on which day a workshop is held; None while it is not known.

    A8  The day is one of the calendar.
    """

    may = May.RUN_AGENDA

    workshop: WorkshopId
    date: Day | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_in_calendar(self.date, Refused("workshop.no_such_day", date=self.date))
        yield replace(desk.get(Workshop, self.workshop), date=self.date)


def sections_of(desk: Desk, workshop: str) -> list[Section]:
    """The sections of a workshop in their order."""
    found = (section for section in desk.of(Section) if section.workshop == workshop)
    return sorted(found, key=lambda section: (section.order, section.id))


def next_planned(desk: Desk, after: Section) -> Section | None:
    """The section that the agenda goes on to after this one."""
    for section in sections_of(desk, after.workshop):
        if section.order > after.order and section.state is SectionState.PLANNED:
            return section
    return None


def _running(desk: Desk, section_id: str) -> Section:
    section = desk.get(Section, section_id)
    if section.state is not SectionState.OPEN:
        raise Refused("section.not_open", id=section.id)
    return section


def _opened(section: Section, asked: Asked) -> Section:
    return replace(
        section,
        state=SectionState.OPEN,
        started_ms=asked.at_ms,
        ends_ms=asked.at_ms + section.lasts * MINUTE_MS,
        closed_ms=None,
        revealed_ms=None,
        left_ms=None,
    )


def _closed(desk: Desk, section: Section, asked: Asked) -> Iterator[Record]:
    """The section as it ends, and what is revealed with it (R3)."""
    yield replace(
        section,
        state=SectionState.CLOSED,
        closed_ms=asked.at_ms,
        left_ms=None,
        revealed_ms=asked.at_ms if section.reveals_at_end else section.revealed_ms,
    )
    yield from reveal_at_end(desk, section)
