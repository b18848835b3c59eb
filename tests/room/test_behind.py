"""A store that comes back without what it had acknowledged is told of, and not written on (F8)."""

import pytest
from tests.room.hall import AINO, Page, come_in, hall, until
from tests.room.test_room import note

from etatyopoyta.domain.records import Role
from etatyopoyta.log.batch import Batch, Damaged
from etatyopoyta.log.contract import Away
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.opening import open_state

pytestmark = pytest.mark.anyio


class Forgetful(MemoryLog):
    """As Redis, it takes any number above the last one. Away once; then the tail is gone."""

    forgets = 0

    async def append(self, desk_id: str, batch: Batch) -> None:
        stream = self._streams.setdefault(desk_id, [])
        if self.forgets:
            del stream[-self.forgets :]
            self.forgets = 0
            raise Away("it failed over")
        stream.append(batch)


@pytest.mark.parametrize("forgets", [1, 2, 3])
async def test_a_store_that_is_behind_closes_the_desk_and_stores_nothing(forgets: int) -> None:
    log = Forgetful()
    async with hall(log) as (rooms, room):
        page = await come_in(room, AINO)
        for number in range(3):
            page.ask(note(number))
            await room.at_rest()
        log.forgets = forgets
        page.ask(note(9))
        await until(lambda: page.closed is Closing.OUR_FAULT)
        again = await rooms.get(room.desk_id)
        assert again.state.n == page.n - forgets
        late = Page(again, AINO, Role.PARTICIPANT)
        again.handle(late.seat, frames.Hello("ticket", page.n, page.mark))
        assert late.of(frames.Resync)


async def test_a_gap_that_was_written_nevertheless_is_told_by_whoever_reads() -> None:
    log = Forgetful()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        for number in range(3):
            page.ask(note(number))
            await room.at_rest()
        del log._streams[room.desk_id][-1:]
        page.ask(note(9))
        await room.at_rest()
        with pytest.raises(Damaged):
            await open_state(log, room.desk_id)
