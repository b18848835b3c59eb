"""What goes wrong on one desk, or for one person, stays there."""

import asyncio
from collections.abc import Sequence

import msgspec
import pytest
from tests.room.hall import AINO, BO, CEO, Page, StillChance, come_in, found, hall, until
from tests.room.test_room import note

from etatyopoyta.domain.desks import SetAnonymity
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import Join
from etatyopoyta.domain.records import Role, Shows
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Batch, Damaged, make_batch
from etatyopoyta.log.contract import Away
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room import queue
from etatyopoyta.room import rooms as rooms_module
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio


async def test_one_person_leaves_room_for_the_others() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        hasty, calm = await come_in(room, AINO), await come_in(room, BO)
        log.is_away = True
        for number in range(2 * queue.MAX_WAITING_OF_ONE):
            hasty.ask(note(number))
        rid = calm.ask(note(9_999))
        log.is_away = False
        await room.at_rest()
        assert isinstance(calm.outcome(rid), int)


async def test_a_damaged_batch_on_one_desk_leaves_the_others_working() -> None:
    log = MemoryLog()
    async with hall(log) as (rooms, room):
        other = await rooms.get(await found(log, number=2))
        page, bystander = await come_in(room, AINO), await come_in(other, BO)
        last = (await log.read(room.desk_id, 0))[-1]
        wrong = make_batch(2, "of another chain", last.entries, mark="m", salt=b"s")
        log._streams[room.desk_id].append(wrong)  # no log of ours takes it
        log._news.set()
        await until(lambda: page.closed is Closing.OUR_FAULT)
        rid = bystander.ask(note(1))
        await other.at_rest()
        assert bystander.outcome(rid) == 2
        with pytest.raises(Damaged):
            await rooms.get(room.desk_id)


async def test_what_waits_when_a_desk_fails_is_answered() -> None:
    log = MemoryLog()
    async with hall(log) as (rooms, room):
        log.is_away = True
        command = Join(id="person_new", role=Role.PARTICIPANT)
        joining = asyncio.ensure_future(rooms.ask(room.desk_id, command, "serverbox:1"))
        await until(lambda: room.pausing.is_away)
        rooms._fail(room, "as if")
        with pytest.raises(Refused, match=r"desk\.not_saving"):
            await joining
        log.is_away = False
        assert await rooms.get(room.desk_id) is not room


async def test_a_conflict_and_then_no_store_is_waited_out() -> None:
    class Rival(MemoryLog):
        rival: Batch | None = None
        goes = False

        async def append(self, desk_id: str, batch: Batch) -> None:
            if self.rival is not None:
                rival, self.rival = self.rival, None
                await super().append(desk_id, rival)
                self.goes = True
            await super().append(desk_id, batch)

        async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
            if self.goes:
                self.goes = False
                raise Away("gone for a moment")
            return await super().read(desk_id, after, limit)

    log = Rival()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        last = (await log.read(room.desk_id, 0))[-1]
        entry = msgspec.structs.replace(last.entries[0], n=2, rid="another0:1", patch={}, was={})
        log.rival = make_batch(2, last.hash, (entry,), mark="m", salt=b"s")
        rid = page.ask(note(1))
        await room.at_rest()
        assert page.outcome(rid) == 3
        assert not room.pausing.is_away


async def test_who_has_missed_a_lot_starts_from_a_snapshot() -> None:
    async with hall(MemoryLog()) as (_, room):
        page = await come_in(room, AINO)
        since, mark = page.n, page.mark
        for number in range(500):
            page.ask(note(number, "ä" * 1_500))
        await room.at_rest()
        late = Page(room, BO, Role.PARTICIPANT)
        room.handle(late.seat, frames.Hello("ticket", since, mark))
        assert [type(frame) for frame in late.got] == [frames.Resync]
        await late.fetch()
        late.hello()
        assert late.n == room.state.n
        assert late.of(frames.Welcome)


async def test_our_own_mistake_in_one_command_stops_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def mistaken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(AddNote, "decide", mistaken)
    async with hall(MemoryLog()) as (_, room):
        page = await come_in(room, CEO, Role.FACILITATOR)
        wrong, right = page.ask(note(1)), page.ask(SetAnonymity(shows=Shows.NAME))
        await room.at_rest()
        assert page.outcome(wrong) == "server.fault"
        assert page.outcome(right) == 2


async def test_a_desk_that_the_store_does_not_let_be_put_away_is_followed_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Leaving(MemoryLog):
        tries = 0

        async def unwatch(self, desk_id: str) -> None:
            await super().unwatch(desk_id)
            self.tries += 1
            raise Away

    monkeypatch.setattr(rooms_module, "IDLE_S", 0.0)
    monkeypatch.setattr(rooms_module, "TIDY_S", 0.001)
    log = Leaving()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "build") as others:
        await until(lambda: log.tries > 0)
        other = await others.get(room.desk_id)
        (await come_in(other, AINO)).ask(note(1))
        await until(lambda: room.state.n == 2)


async def test_a_desk_that_fails_while_it_is_opened_is_away() -> None:
    class Telling(MemoryLog):
        """Tells of something unreadable as soon as a desk is watched."""

        async def watch(self, desk_id: str, after: int) -> None:
            await super().watch(desk_id, after)
            await until(lambda: not rooms.opened())

        async def follow(self):
            await until(lambda: bool(self._watched))
            yield next(iter(self._watched)), Damaged("as if")
            await asyncio.Event().wait()

    log = Telling()
    desk_id = await found(log)
    async with open_rooms(log, StillChance(), "build") as rooms:
        with pytest.raises(Away):
            await rooms.get(desk_id)
