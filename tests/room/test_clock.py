"""What any process may do by the clock, the log makes happen once (T1)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.room.hall import CEO, RECORDS, StillChance, come_in, found, until

from etatyopoyta.domain.agenda import GRACE_S, MINUTE_MS, AdvanceAgenda, ExtendSection
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    Advance,
    DeskInfo,
    Record,
    Section,
    SectionState,
    Text,
    Workshop,
)
from etatyopoyta.log.contract import Log
from etatyopoyta.log.embedded import EmbeddedStore
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.room.clock import ABANDONED_MS, moment_ms, what_is_due
from etatyopoyta.room.opening import open_state
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio
PROCESSES = 4
FIVE_MORE = ExtendSection(section="section_board", minutes=5)
"""Done twice it would count twice."""
ENDS_MS = 1_764_000_000_000
RID = f"clock:section_board:{ENDS_MS}"
RUNNING = tuple(
    replace(record, ends_ms=ENDS_MS) if isinstance(record, Section) else record
    for record in RECORDS
)


@pytest.fixture(params=["memory", "a real store"])
async def logs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[list[Log]]:
    """One log as several processes have it."""
    if request.param == "memory":
        log = MemoryLog()
        yield [log, *(log.another() for _ in range(PROCESSES - 1))]
        return
    store = EmbeddedStore(tmp_path)
    store.start()
    opened = [RedisLog(store.url) for _ in range(PROCESSES)]
    yield list(opened)
    for each in opened:
        await each.close()
    store.stop()


async def test_several_processes_at_once_bring_about_one_entry(logs: list[Log]) -> None:
    desk_id = await found(logs[0], RUNNING)
    async with AsyncExitStack() as stack:
        chances = [StillChance(1_000 * number) for number in range(PROCESSES)]
        processes = [
            await stack.enter_async_context(open_rooms(log, chance, "build"))
            for log, chance in zip(logs, chances, strict=True)
        ]
        asked = [rooms.ask(desk_id, FIVE_MORE, RID) for rooms in processes for _ in range(3)]
        answers = await asyncio.gather(*asked)
        assert {done.n for done in answers} == {2}
        later = await processes[-1].ask(desk_id, FIVE_MORE, RID)
        assert later.n == 2
    after = await open_state(logs[0], desk_id)
    assert after.n == 2
    ends_ms = after.desk.get(Section, "section_board").ends_ms
    assert ends_ms == ENDS_MS + 5 * 60_000


async def test_a_process_that_was_started_since_does_it_no_more(logs: list[Log]) -> None:
    desk_id = await found(logs[0], RUNNING)
    for log in logs:  # one after the other, each from the snapshot of the one before
        async with open_rooms(log, StillChance(), "build") as rooms:
            assert (await rooms.ask(desk_id, FIVE_MORE, RID)).n == 2
    assert (await open_state(logs[0], desk_id)).n == 2


# --- by the clock ---------------------------------------------------------------------------

GRACE_MS = 1_000 * GRACE_S
NEXT = Section(
    id="section_next",
    workshop="workshop_1",
    order=9,
    title=Text(fi="Koonti"),
    kind="talk",
    starts_at=900,
    minutes=20,
)


def by_the_clock(*records: Record) -> tuple[Record, ...]:
    """The desk whose board section runs until ENDS_MS, with a next section, run by the clock."""
    return tuple(
        replace(record, advance=Advance.CLOCK) if isinstance(record, DeskInfo) else record
        for record in (*RUNNING, NEXT, *records)
    )


async def test_when_the_grace_is_over_the_next_section_opens_by_itself() -> None:
    log, chance = MemoryLog(), StillChance()
    desk_id = await found(log, by_the_clock())
    async with open_rooms(log, chance, "build") as rooms:
        page = await come_in(await rooms.get(desk_id), CEO)
        chance.at_ms = ENDS_MS + GRACE_MS - 1
        page.room.tick()
        await page.room.at_rest()
        assert page.desk.get(Section, "section_board").state is SectionState.OPEN
        chance.at_ms += 1
        await until(lambda: page.desk.open_section() is not None and page.n == 2)
        opened = page.desk.get(Section, NEXT.id)
        assert opened.state is SectionState.OPEN
        assert opened.ends_ms == chance.at_ms + 20 * MINUTE_MS
        chance.at_ms = opened.ends_ms + GRACE_MS
        await until(lambda: page.n == 3)
        assert page.desk.open_section() is None
        for _ in range(5):
            page.room.tick()
        await page.room.at_rest()
        assert page.n == 3


async def test_processes_that_hear_the_clock_together_open_it_once() -> None:
    first = MemoryLog()
    desk_id = await found(first, by_the_clock())
    chance = StillChance()
    async with (
        open_rooms(first, chance, "build") as rooms,
        open_rooms(first.another(), chance, "build") as others,
    ):
        pages = [await come_in(await each.get(desk_id), CEO) for each in (rooms, others)]
        chance.at_ms = ENDS_MS + GRACE_MS
        await until(lambda: all(page.n == 2 for page in pages))
        for page in pages:
            page.room.tick()
        await asyncio.gather(*(page.room.at_rest() for page in pages))
    assert (await open_state(first, desk_id)).n == 2


async def test_a_desk_that_nobody_had_open_catches_up_when_it_is_opened() -> None:
    log, chance = MemoryLog(), StillChance()
    desk_id = await found(log, by_the_clock())
    chance.at_ms = ENDS_MS + ABANDONED_MS
    async with open_rooms(log, chance, "build") as rooms:
        page = await come_in(await rooms.get(desk_id), CEO)
        await until(lambda: page.n == 2)
        assert page.desk.get(Section, NEXT.id).state is SectionState.OPEN


async def test_a_workshop_that_everybody_left_long_ago_is_only_closed() -> None:
    log, chance = MemoryLog(), StillChance()
    desk_id = await found(log, by_the_clock())
    chance.at_ms = ENDS_MS + ABANDONED_MS + 1
    async with open_rooms(log, chance, "build") as rooms:
        page = await come_in(await rooms.get(desk_id), CEO)
        await until(lambda: page.n == 2)
        assert page.desk.get(Section, "section_board").state is SectionState.CLOSED
        assert page.desk.open_section() is None


def due_on(**changes: object) -> object:
    section = next(r for r in RUNNING if isinstance(r, Section))
    return what_is_due(Desk(by_the_clock(replace(section, **changes))))


def test_the_clock_keeps_to_the_end_of_the_open_section() -> None:
    due = what_is_due(Desk(by_the_clock()))
    assert due is not None
    assert due.at_ms == ENDS_MS + GRACE_MS
    assert due.command == AdvanceAgenda(section="section_board", ends_ms=ENDS_MS)
    assert due.rid == RID
    assert due_on(ends_ms=None, left_ms=1) is None


def test_by_hand_the_clock_does_nothing() -> None:
    assert what_is_due(Desk((*RUNNING, NEXT))) is None


def planned(date: str | None, *held: Record) -> Desk:
    """A desk whose first section is at 14.10 on that day."""
    sections = (
        replace(r, state=SectionState.PLANNED) if isinstance(r, Section) else r for r in RUNNING
    )
    workshop = Workshop(id="workshop_1", number=1, title=Text(fi="Työpaja 1"), date=date)
    return Desk(by_the_clock(*sections, workshop, *held))


@pytest.mark.parametrize(
    ("date", "hours"), [("2025-06-15", 3), ("2025-01-15", 2)], ids=["summer", "winter"]
)
def test_a_workshop_starts_at_its_planned_time(date: str, hours: int) -> None:
    due = what_is_due(planned(date))
    assert due is not None
    assert due.at_ms == moment_ms(date, 850 - 60 * hours, "UTC")
    assert due.until_ms == due.at_ms + 50 * MINUTE_MS
    assert due.afterwards is None


def test_without_a_day_or_once_it_has_begun_nothing_starts_by_itself() -> None:
    assert what_is_due(planned(None)) is None
    held = replace(NEXT, state=SectionState.CLOSED, started_ms=1, closed_ms=2)
    assert what_is_due(planned("2025-06-15", held)) is None
