"""A store that comes back without what it had acknowledged: it is put back, or told of (F8)."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.room.hall import AINO, BO, Page, StillChance, come_in, hall, until
from tests.room.test_room import note

from etatyopoyta.domain.records import Note
from etatyopoyta.log.batch import Batch, Unreadable, make_batch
from etatyopoyta.log.contract import Away
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room import mending
from etatyopoyta.room.opening import open_state
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio


class Forgetful(MemoryLog):
    """It goes away at the next append, and has lost its tail when it is back."""

    async def append(self, desk_id: str, batch: Batch) -> None:
        if forgets := self.forgets.pop(desk_id, 0):
            del self._streams[desk_id][-forgets:]
            raise Away("it failed over")
        await super().append(desk_id, batch)

    def __init__(self) -> None:
        super().__init__()
        self.forgets: dict[str, int] = {}

    def lose(self, desk_id: str, count: int) -> None:
        """Quietly."""
        del self._streams[desk_id][-count:]


async def write(room: Room, page: Page, *numbers: int) -> None:
    for number in numbers:
        page.ask(note(number))
        await room.at_rest()


@pytest.mark.parametrize("forgets", [1, 2, 3])
async def test_what_was_lost_in_a_failover_is_put_back_before_the_next_change(forgets: int) -> None:
    log = Forgetful()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        await write(room, page, 0, 1, 2)
        log.forgets[room.desk_id] = forgets
        await write(room, page, 9)
        assert page.closed is None
        assert page.n == 5
        opened = await open_state(log, room.desk_id)
        assert opened.desk.state_hash() == room.state.desk.state_hash()


@pytest.mark.parametrize("forgets", [1, 3])
async def test_a_store_that_was_never_away_is_not_written_on_above_a_gap(forgets: int) -> None:
    log = Forgetful()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        await write(room, page, 0, 1, 2)
        log.lose(room.desk_id, forgets)
        await write(room, page, 9)
        assert (await open_state(log, room.desk_id)).n == page.n == 5


async def test_a_desk_at_which_nobody_works_gets_back_what_was_lost() -> None:
    class Breaking(Forgetful):
        breaks = asyncio.Event()

        async def follow(self) -> AsyncIterator[tuple[str, Batch | Unreadable]]:
            if not self.breaks.is_set():
                await self.breaks.wait()
                raise Away("the connection broke")
            async for told in super().follow():
                yield told

    log = Breaking()
    async with hall(log) as (_, room):
        await write(room, await come_in(room, AINO), 0, 1)
        log.lose(room.desk_id, 2)
        log.breaks.set()
        await until(lambda: len(log._streams[room.desk_id]) == 3)


async def test_two_processes_put_it_back_once() -> None:
    log = Forgetful()
    second = log.another()
    async with hall(log) as (_, room), open_rooms(second, StillChance(), "build") as others:
        other = await others.get(room.desk_id)
        page, there = await come_in(room, AINO), await come_in(other, BO)
        await write(room, page, 0, 1, 2)
        await until(lambda: there.n == 4)
        log.lose(room.desk_id, 2)
        page.ask(note(8))
        there.ask(note(9))
        await room.at_rest()
        await other.at_rest()
        await until(lambda: page.n == there.n == 6)
        assert (await open_state(log, room.desk_id)).desk.count(Note) == 5


@pytest.mark.parametrize("harm", ["kept too little", "opened too late", "somebody wrote on it"])
async def test_what_cannot_be_put_back_closes_the_desk_and_is_told(
    harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Forgetful()
    async with hall(log) as (rooms, room):
        early = await come_in(room, AINO)
        if harm == "kept too little":
            monkeypatch.setattr(mending, "KEPT_BYTES", 1)
        await write(room, early, 0, 1, 2)
        if harm == "opened too late":
            rooms._fail(room, "as if")
            room = await rooms.get(room.desk_id)
        page = await come_in(room, AINO)
        log.lose(room.desk_id, 2)
        if harm == "somebody wrote on it":
            last = log._streams[room.desk_id][-1]
            entry = last.entries[-1]
            log._streams[room.desk_id].append(
                make_batch(last.number + 1, last.hash, (entry,), mark="m", salt=b"s")
            )
        before = len(log._streams[room.desk_id])
        page.ask(note(9))
        await until(lambda: page.closed is Closing.OUR_FAULT)
        assert len(log._streams[room.desk_id]) == before
