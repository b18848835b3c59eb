"""How often a desk sends: at once while it is calm, several entries a frame under load."""

import asyncio
from functools import partial

import pytest
from tests.room.hall import AINO, BO, StillChance, come_in, hall, until
from tests.room.test_room import note

from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.room import drafting, pace, tail
from etatyopoyta.room.pace import LONGEST_S, Pace
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio


def busy(per_s: int, until_s: float) -> Pace:
    """The pace of so many deliveries a second, a hundred times a second."""
    found = Pace()
    for number in range(int(until_s * 100)):
        found.sent(per_s // 100, number / 100)
    return found


def test_the_first_change_of_a_calm_desk_does_not_wait() -> None:
    assert Pace().wait_s(0.0) == 0.0
    assert busy(50, 5).wait_s(5.0) == 0.0


def test_a_busy_desk_gathers_and_the_more_the_busier_it_is() -> None:
    some, much = busy(1_000, 5), busy(10_000, 5)
    assert 0 < some.wait_s(4.99) < much.wait_s(4.99) < LONGEST_S


def test_a_desk_that_was_busy_is_calm_again() -> None:
    was_busy = busy(100_000, 5)
    was_busy.sent(1, 60.0)
    assert was_busy.wait_s(60.0) < 0.0001


async def test_batches_of_others_go_out_in_one_frame_when_the_desk_is_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "LONGEST_S", 0.5)
    monkeypatch.setattr(pace, "HALF_AT_PER_S", 0.001)
    log = MemoryLog()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "build") as others:
        page = await come_in(await others.get(room.desk_id), BO)
        writer = await come_in(room, AINO)
        monkeypatch.setattr(room._sending, "wait_s", lambda: 0.0)
        for number in range(4):
            writer.ask(note(number))
            await room.at_rest()
        await until(lambda: page.n == 5)
        assert 1 <= len(page.of(frames.Entries)) < 4


async def test_a_process_stores_its_own_when_it_hears_that_another_has_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = MemoryLog()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "build") as others:
        other = await others.get(room.desk_id)
        first, second = await come_in(room, AINO), await come_in(other, BO)
        for each, wait_s in ((room, 0.0), (other, 3_600.0)):
            monkeypatch.setattr(each._sending, "wait_s", partial(float, wait_s))
        rid = second.ask(note(1))
        for _ in range(10):
            await asyncio.sleep(0)
        assert other.waiting == 1
        first.ask(note(2))
        await other.at_rest()
        assert second.outcome(rid) == 3


async def test_what_is_too_much_for_one_batch_and_frame_takes_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drafting, "MAX_BATCH_BYTES", 2_000)
    monkeypatch.setattr(tail, "MAX_FRAME_BYTES", 500)
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        rids = [page.ask(note(number)) for number in range(20)]
        await room.at_rest()
        assert [page.outcome(rid) for rid in rids] == list(range(2, 22))
        assert len(await log.read(room.desk_id, 1)) > 2
        assert len(page.of(frames.Entries)) > len(await log.read(room.desk_id, 1))
