"""What any process may do by the clock, the log makes happen once (T1)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.room.hall import RECORDS, StillChance, found

from etatyopoyta.domain import permissions
from etatyopoyta.domain.agenda import ExtendSection
from etatyopoyta.domain.records import May, Role, Section, Whose
from etatyopoyta.log.contract import Log
from etatyopoyta.log.embedded import EmbeddedStore
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.log.redis import RedisLog
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


@pytest.fixture(autouse=True)
def the_server_runs_the_agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.ALWAYS[Role.SYSTEM], May.RUN_AGENDA, Whose.ALL)


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
