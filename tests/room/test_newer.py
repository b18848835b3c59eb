"""Servers of two versions on one log, as while they are restarted one after the other (L6)."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from tests.room.hall import AINO, BO, StillChance, come_in, found, hall, until
from tests.room.test_room import note

from etatyopoyta import cli
from etatyopoyta.domain.patch import Patch
from etatyopoyta.domain.records import Note
from etatyopoyta.log.batch import VERSION, Newer, Stored, make_batch
from etatyopoyta.log.contract import Log
from etatyopoyta.log.embedded import EmbeddedStore
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio

OF_LATER: dict[str, Patch] = {
    "a new kind": {"poll_1": {"t": "poll", "id": "poll_1", "secret": "of later"}},
    "a new field": {"note_1": {"mood": "of later"}},
    "a new value": {"section_board": {"grants": {"polls.open": "all"}}},
    "nothing new": {"note_1": {"text": "of later"}},
}


async def write_later(log: Log, desk_id: str, patch: Patch, role: str = "system") -> None:
    """What a server of the next version would append."""
    last = (await log.read(desk_id, 0))[-1]
    entry = msgspec.structs.replace(
        last.entries[-1],
        n=last.entries[-1].n + 1,
        v=VERSION + 1,
        role=role,
        rid="laterbox:1",
        patch=patch,
    )
    batch = make_batch(last.number + 1, last.hash, (entry,), mark="later", salt=b"s")
    await log.append(desk_id, batch)


def stored(log: MemoryLog, desk_id: str) -> Iterable[Stored]:
    return [batch.stored for batch in log._streams[desk_id]]


@pytest.mark.parametrize("role", ["system", "jury"])
@pytest.mark.parametrize("patch", OF_LATER.values(), ids=OF_LATER)
async def test_who_meets_a_later_version_shows_nothing_of_it_and_sends_people_on(
    patch: Patch, role: str
) -> None:
    log = MemoryLog()
    async with hall(log) as (rooms, room):
        page = await come_in(room, AINO)
        page.ask(note(1))
        await room.at_rest()
        await write_later(log.another(), room.desk_id, patch, role)
        await until(lambda: page.closed is Closing.GOING_AWAY)
        assert page.of(frames.Bye)
        assert page.n == 2
        assert b"of later" not in page.bytes
        with pytest.raises(Newer):
            await rooms.get(room.desk_id)


async def test_it_neither_decides_nor_keeps_a_snapshot_of_what_it_does_not_know() -> None:
    log = MemoryLog()
    async with hall(log) as (rooms, room):
        page = await come_in(room, AINO)
        page.ask(note(1))
        await room.at_rest()
        log.is_away = True  # so that the ask meets the later version at its append
        rid = page.ask(note(2))
        await until(lambda: room.pausing.is_away)
        log.is_away = False
        await write_later(log, room.desk_id, OF_LATER["a new kind"])
        before = stored(log, room.desk_id)
        await until(lambda: page.closed is Closing.GOING_AWAY)
        await rooms.close()
        assert stored(log, room.desk_id) == before
        assert all(number < 3 for number in log._snapshots.get(room.desk_id, {}))
        assert rid not in [done.rid for frame in page.of(frames.Settled) for done in frame.list]


async def test_other_desks_of_the_process_go_on() -> None:
    log = MemoryLog()
    async with hall(log) as (rooms, room):
        other = await rooms.get(await found(log, number=2))
        page, bystander = await come_in(room, AINO), await come_in(other, BO)
        await write_later(log.another(), room.desk_id, OF_LATER["a new kind"])
        await until(lambda: page.closed)
        rid = bystander.ask(note(1))
        await other.at_rest()
        assert bystander.outcome(rid) == 2


async def test_the_log_is_read_once_for_all_who_come_to_the_wrong_process() -> None:
    class Counting(MemoryLog):
        reads = 0

        async def read(self, desk_id, after, limit=1000):
            self.reads += 1
            return await super().read(desk_id, after, limit)

    log = Counting()
    async with hall(log) as (_, room), open_rooms(log, StillChance(), "build") as late:
        await write_later(log, room.desk_id, OF_LATER["a new kind"])
        for _ in range(3):
            with pytest.raises(Newer):
                await late.get(room.desk_id)
        before = log.reads
        with pytest.raises(Newer):
            await late.get(room.desk_id)
        assert log.reads == before


async def test_who_comes_back_to_the_later_version_has_lost_nothing(monkeypatch) -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        page.ask(note(1))
        await room.at_rest()
        await write_later(log.another(), room.desk_id, OF_LATER["nothing new"])
        await until(lambda: page.closed)
        monkeypatch.setattr("etatyopoyta.log.batch.VERSION", VERSION + 1)
        async with open_rooms(log.another(), StillChance(), "later build") as later:
            there = await later.get(room.desk_id)
            back = await come_in(there, AINO)
            back.ask(note(2))
            await there.at_rest()
            assert back.desk.get(Note, "note_1").text == "of later"
            assert back.n == 4


async def test_the_command_line_says_that_a_desk_is_of_a_later_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EmbeddedStore(tmp_path)
    store.start()
    log = RedisLog(store.url)
    desk_id = await found(log)
    await write_later(log, desk_id, OF_LATER["a new kind"])
    await log.close()
    monkeypatch.setenv("ETATYOPOYTA_DATA_DIR", str(tmp_path))
    shown = await asyncio.to_thread(CliRunner().invoke, cli.main, ["desk", "show", desk_id])
    store.stop()
    assert shown.exit_code == 1
    assert "later version" in shown.output
