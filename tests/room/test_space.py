"""Desks become read-only before the store has nothing left to write to, and open by themselves."""

import asyncio
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from tests.room.hall import AINO, BO, StillChance, come_in, found, until
from tests.room.test_room import note

from etatyopoyta.log.batch import Batch
from etatyopoyta.log.contract import Away
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.frames import PauseReason, RefusedAsk, Saving
from etatyopoyta.room import pausing, storing
from etatyopoyta.room.rooms import open_rooms
from etatyopoyta.room.space import MB, READ_ONLY_RETRY_MS, DiskLimits, Space

pytestmark = pytest.mark.anyio
Usage = namedtuple("Usage", "total used free")


class Disk:
    """A disk of 1 GB that is as full as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free_mb = 900
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_000 * MB, 0, self.free_mb * MB))


@pytest.mark.parametrize(
    ("free_mb", "reason"),
    [(600, None), (499, None), (200, None), (199, PauseReason.DISK), (0, PauseReason.DISK)],
)
def test_less_free_disk_than_the_limit_closes(
    free_mb: int, reason: PauseReason | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    space = Space(DiskLimits(), Path("data"))
    disk.free_mb = free_mb
    space.look_at_disk()
    assert space.reason is reason


def test_somewhat_more_than_the_limit_must_be_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    space = Space(DiskLimits(), Path("data"))
    reasons = []
    for disk.free_mb in (201, 199, 201, 219, 221):
        space.look_at_disk()
        reasons.append(space.reason)
    assert reasons == [None, PauseReason.DISK, PauseReason.DISK, PauseReason.DISK, None]


@pytest.mark.parametrize(
    ("used", "reason"), [(0.0, None), (0.89, None), (0.91, PauseReason.MEMORY)]
)
def test_a_full_memory_closes(used: float, reason: PauseReason | None) -> None:
    space = Space()
    space.look_at_memory(used)
    assert space.reason is reason


async def test_a_full_disk_refuses_changes_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = Disk(monkeypatch)
    space = Space(DiskLimits(), Path("data"))
    log = MemoryLog()
    async with open_rooms(log, StillChance(), "build", space=space) as rooms:
        room = await rooms.get(await found(log))
        page = await come_in(room, AINO)
        disk.free_mb = 100
        space.look_at_disk()
        rid = page.ask(note(1))
        await until(lambda: page.of(Saving))
        assert page.of(RefusedAsk) == [
            RefusedAsk(rid, "desk.read_only", {}, retry_ms=READ_ONLY_RETRY_MS)
        ]
        late = await come_in(room, BO)
        assert late.of(Saving) == [Saving(is_paused=True, reason=PauseReason.DISK)]
        assert late.n == room.state.n
        disk.free_mb = 900
        space.look_at_disk()
        rid = page.ask(note(1))
        await room.at_rest()
        assert isinstance(page.outcome(rid), int)
        await until(lambda: len(page.of(Saving)) == 2)
        assert [frame.reason for frame in page.of(Saving)] == [PauseReason.DISK, None]


async def test_a_store_that_ended_of_a_full_disk_is_not_written_to_again_before_there_is_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(MemoryLog):
        tries = 0

        async def append(self, desk_id: str, batch: Batch) -> None:
            if disk.free_mb == 0:
                self.tries += 1
                raise Away("it ended")
            await super().append(desk_id, batch)

    monkeypatch.setattr(storing, "BACK_OFF_S", (0.0,))
    disk = Disk(monkeypatch)
    space = Space(DiskLimits(), Path("data"))
    log = Full()
    async with open_rooms(log, StillChance(), "build", space=space) as rooms:
        room = await rooms.get(await found(log))
        page = await come_in(room, AINO)
        disk.free_mb = 0
        rid = page.ask(note(1))
        await until(lambda: page.of(Saving))
        for _ in range(100):
            await asyncio.sleep(0)  # a turn, in which it would try again
        assert log.tries == 1
        disk.free_mb = 900
        space.look_at_disk()
        await room.at_rest()
        assert isinstance(page.outcome(rid), int)


async def test_a_slow_store_is_told_of_and_nothing_is_acknowledged_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(MemoryLog):
        goes_on = asyncio.Event()

        async def append(self, desk_id: str, batch: Batch) -> None:
            if batch.number > 1:
                await self.goes_on.wait()
            await super().append(desk_id, batch)

    monkeypatch.setattr(pausing, "SLOW_S", 0.02)
    log = Slow()
    async with open_rooms(log, StillChance(), "build") as rooms:
        room = await rooms.get(await found(log))
        page = await come_in(room, AINO)
        rid = page.ask(note(1))
        await until(lambda: page.of(Saving))
        with pytest.raises(AssertionError, match="not answered"):
            page.outcome(rid)
        log.goes_on.set()
        await room.at_rest()
        assert isinstance(page.outcome(rid), int)
        assert [frame.reason for frame in page.of(Saving)] == [PauseReason.STORE_AWAY, None]
