"""The clock of the agenda: what the server does by itself when the time has come (T1).

Every process with the desk open asks; the id of the ask makes the log do it once.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from etatyopoyta.domain.agenda import (
    GRACE_S,
    MINUTE_MS,
    AdvanceAgenda,
    CloseSection,
    OpenSection,
    sections_of,
)
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Advance, DeskInfo, SectionState, Workshop
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.frames import Done
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.drafting import Waiting
from etatyopoyta.room.queue import asked_here

ABANDONED_MS = 60 * MINUTE_MS
"""So long after its time nobody waits for the next section: the open one is only closed."""
AGAIN_MS = 2_000
"""After a refusal: the store may be back by then."""


class Due(Struct, frozen=True):
    """What is to be done at a moment, under an id that makes it happen once."""

    at_ms: int
    command: Command
    rid: str
    until_ms: int | None = None
    """After that it is too late for it."""
    afterwards: Command | None = None
    """What is done when it is too late."""


class Clock:
    """Of one desk. `tick` often."""

    def __init__(self, desk: Desk, submit: Callable[[Waiting], None], chance: Chance) -> None:
        self._desk = desk
        self._submit = submit
        self._chance = chance
        self._asked: str | None = None
        self._again_ms = 0

    def tick(self) -> None:
        """Ask for what is due, unless it was asked for."""
        due, now_ms = what_is_due(self._desk), self._chance.now_ms()
        if due is None or now_ms < due.at_ms:
            return
        if due.rid == self._asked and now_ms < self._again_ms:
            return
        is_late = due.until_ms is not None and now_ms > due.until_ms
        command = due.afterwards if is_late else due.command
        if command is None:
            return
        self._asked, self._again_ms = due.rid, now_ms + AGAIN_MS
        try:
            self._submit(asked_here(command, due.rid, _nobody_waits))
        except Refused:  # nothing is stored just now
            return


def what_is_due(desk: Desk) -> Due | None:
    """What the clock does next on this desk, if anything."""
    info = desk.info
    if info.advance is not Advance.CLOCK:
        return None
    section = desk.open_section()
    if section is None:
        return _start(desk, info)
    if section.ends_ms is None:
        return None
    grace_s = GRACE_S if info.grace_s is None else info.grace_s
    return Due(
        at_ms=section.ends_ms + 1000 * grace_s,
        command=AdvanceAgenda(section=section.id, ends_ms=section.ends_ms),
        rid=f"clock:{section.id}:{section.ends_ms}",
        until_ms=section.ends_ms + ABANDONED_MS,
        afterwards=CloseSection(section=section.id),
    )


def _start(desk: Desk, info: DeskInfo) -> Due | None:
    """A workshop of which nothing has been held starts at its planned time."""
    workshop = desk.find(info.workshop)
    sections = sections_of(desk, info.workshop)
    first = next((s for s in sections if s.state is SectionState.PLANNED), None)
    if not isinstance(workshop, Workshop) or workshop.date is None or first is None:
        return None
    if any(section.started_ms is not None for section in sections):
        return None
    at_ms = moment_ms(workshop.date, first.starts_at, info.timezone)
    return Due(
        at_ms=at_ms,
        command=OpenSection(section=first.id),
        rid=f"clock:{first.id}:{at_ms}",
        until_ms=at_ms + first.lasts * MINUTE_MS,
    )


def moment_ms(date: str, minutes: int, timezone: str) -> int:
    """When it is so many minutes past midnight on a day (ISO 8601) in a time zone."""
    midnight = datetime.combine(datetime.fromisoformat(date), time(), ZoneInfo(timezone))
    return round((midnight + timedelta(minutes=minutes)).timestamp() * 1000)


def _nobody_waits(_outcome: Done | Refused) -> None:
    """The desk shows what became of it."""
