"""What every log keeps to: one suite for all of them, the real store included."""

import asyncio
from collections.abc import AsyncIterator
from functools import cache

import pytest
from msgspec import Raw

from etatyopoyta.domain.records import Role
from etatyopoyta.log.batch import (
    NO_BATCH_HASH,
    VERSION,
    Batch,
    Entry,
    Newer,
    Unreadable,
    make_batch,
)
from etatyopoyta.log.contract import Behind, Conflict, Log

DESK, OTHER = "deskA", "deskB"


@cache
def batch_of(
    number: int, first: int = 0, count: int = 1, prev: str | None = None, v: int = VERSION
) -> Batch:
    """A batch of so many entries, chained to the batch of one entry before it."""
    first = first or number
    if prev is None:
        prev = batch_of(number - 1).hash if number > 1 else NO_BATCH_HASH
    entries = tuple(
        Entry(
            n=first + i,
            v=v,
            at_ms=1,
            by="person_1",
            role=Role.SYSTEM,
            rid=f"outbox00:{first + i}",
            cmd=Raw(b'{"t":"person.leave"}'),
            patch={"note_1": {"text": f"ä{first + i}"}},
            was={"note_1": None},
        )
        for i in range(count)
    )
    return make_batch(number, prev, entries, mark=f"mark{number}", salt=b"salt")


class LogContract:
    """Subclasses give a `log` fixture."""

    @pytest.mark.anyio
    async def test_what_was_appended_is_read_in_order(self, log: Log) -> None:
        batches = [batch_of(number) for number in (1, 2, 3)]
        for batch in batches:
            await log.append(DESK, batch)
        assert list(await log.read(DESK, 0)) == batches
        assert list(await log.read(DESK, 2)) == batches[2:]
        assert list(await log.read(DESK, 3)) == []

    @pytest.mark.anyio
    async def test_reading_stops_at_the_limit(self, log: Log) -> None:
        for number in (1, 2, 3):
            await log.append(DESK, batch_of(number))
        assert [batch.number for batch in await log.read(DESK, 0, 2)] == [1, 2]

    @pytest.mark.anyio
    async def test_a_desk_that_is_not_there_is_empty(self, log: Log) -> None:
        assert list(await log.read("nowhere", 0)) == []
        assert list(await log.snapshots("nowhere")) == []

    @pytest.mark.anyio
    async def test_a_number_that_is_taken_is_a_conflict(self, log: Log) -> None:
        await log.append(DESK, batch_of(1))
        await log.append(DESK, batch_of(2))
        for number in (1, 2):
            with pytest.raises(Conflict):
                await log.append(DESK, batch_of(number, count=2))
        assert [batch.head.count for batch in await log.read(DESK, 0)] == [1, 1]

    @pytest.mark.anyio
    async def test_of_many_that_append_at_once_one_wins(self, log: Log) -> None:
        tries = (log.append(DESK, batch_of(1, count=i + 1)) for i in range(10))
        results = await asyncio.gather(*tries, return_exceptions=True)
        assert sum(result is None for result in results) == 1
        assert sum(isinstance(result, Conflict) for result in results) == 9

    @pytest.mark.anyio
    async def test_desks_do_not_mix(self, log: Log) -> None:
        await log.append(DESK, batch_of(1))
        await log.append(OTHER, batch_of(1, count=2))
        assert [batch.head.count for batch in await log.read(DESK, 0)] == [1]
        assert [batch.head.count for batch in await log.read(OTHER, 0)] == [2]

    @pytest.mark.anyio
    async def test_following_tells_what_others_append(self, log: Log, other: Log) -> None:
        await log.append(DESK, batch_of(1))
        await log.watch(DESK, 1)
        followed = log.follow()
        await other.append(DESK, batch_of(2))
        assert (await _next(followed))[1].number == 2
        await other.watch(DESK, 2)
        await other.append(DESK, batch_of(3))
        assert (await _next(followed))[1].number == 3

    @pytest.mark.anyio
    async def test_following_passes_over_what_was_appended_here(self, log: Log, other: Log) -> None:
        await log.watch(DESK, 0)
        followed = log.follow()
        for number in (1, 2, 3):
            await log.append(DESK, batch_of(number))
        await other.append(DESK, batch_of(4))
        assert (await _next(followed))[1].number == 4

    @pytest.mark.anyio
    async def test_following_wakes_for_a_desk_that_is_watched_later(
        self, log: Log, other: Log
    ) -> None:
        await log.watch(DESK, 0)
        followed = log.follow()
        await other.append(DESK, batch_of(1))
        await _next(followed)
        waiting = asyncio.ensure_future(_next(followed))
        await other.append(OTHER, batch_of(1))
        await log.watch(OTHER, 0)
        assert (await waiting)[0] == OTHER

    @pytest.mark.anyio
    async def test_a_desk_that_was_ours_alone_is_followed_as_soon_as_another_opens_it(
        self, log: Log, other: Log
    ) -> None:
        await log.watch(DESK, 0)
        followed = log.follow()
        waiting = asyncio.ensure_future(_next(followed))
        for number in (1, 2, 3):  # alone: the reader sleeps through these
            await log.append(DESK, batch_of(number))
        await other.watch(DESK, 3)
        await other.append(DESK, batch_of(4))
        async with asyncio.timeout(2):  # at once, not when it looks round
            assert (await waiting)[1].number == 4

    @pytest.mark.anyio
    async def test_a_whisper_reaches_who_has_the_desk_open_and_nobody_else(
        self, log: Log, other: Log
    ) -> None:
        assert await log.get("a", "x") is None  # who was never connected is not heard
        hearing = asyncio.ensure_future(anext(other.hear()))
        await log.watch(DESK, 0)
        log.whisper(DESK, b"nobody is there")
        await other.watch(OTHER, 0)
        await other.watch(DESK, 0)
        following = asyncio.ensure_future(_next(log.follow()))  # learns who is there
        async with asyncio.timeout(5):
            while not hearing.done():
                log.whisper(OTHER, b"not open here")
                log.whisper(DESK, b"a\nb")
                await asyncio.sleep(0.01)  # until it listens
        told = hearing.result()
        assert (told.desk_id, told.body) == (DESK, b"a\nb")
        following.cancel()

    @pytest.mark.anyio
    async def test_calling_out_reaches_everybody_at_the_desk_this_process_too(
        self, log: Log, other: Log
    ) -> None:
        hearing = [asyncio.ensure_future(anext(each.hear())) for each in (log, other)]
        for each in (log, other):
            await each.watch(DESK, 0)
        async with asyncio.timeout(5):
            while not all(each.done() for each in hearing):
                await log.call_out(DESK, b"all")
                await asyncio.sleep(0.01)  # until both listen
        assert [each.result().body for each in hearing] == [b"all", b"all"]
        assert hearing[0].result().process == hearing[1].result().process

    @pytest.mark.anyio
    async def test_a_store_that_lacks_what_comes_before_takes_nothing(
        self, log: Log, other: Log
    ) -> None:
        await log.append(DESK, batch_of(1))
        await log.append(DESK, batch_of(2))
        for lost in (batch_of(4), batch_of(3, prev="of another chain")):
            with pytest.raises(Behind):
                await other.append(DESK, lost)
        with pytest.raises(Behind):  # though it stored the last one itself
            await log.append(DESK, batch_of(4))
        assert [batch.number for batch in await log.read_settled(DESK, 0)] == [1, 2]
        await other.append(DESK, batch_of(3))

    @pytest.mark.anyio
    async def test_a_batch_of_a_later_version_is_told_and_not_given(self, log: Log) -> None:
        await log.append(DESK, batch_of(1, v=VERSION + 1))
        with pytest.raises(Newer):
            await log.read(DESK, 0)
        await log.watch(DESK, 0)
        desk_id, told = await anext(log.follow())
        assert (desk_id, type(told)) == (DESK, Newer)

    @pytest.mark.anyio
    async def test_the_two_newest_snapshots_are_kept(self, log: Log) -> None:
        for number in (9, 10, 11):
            await log.save_snapshot(DESK, number, b"%d" % number)
        assert list(await log.snapshots(DESK)) == [b"11", b"10"]

    @pytest.mark.anyio
    async def test_values_are_kept_by_shelf_and_key(self, log: Log) -> None:
        await log.put("a", "x", b"1")
        await log.put("a", "ä", b"\x00\xff")
        await log.put("b", "x", b"3")
        assert await log.get("a", "x") == b"1"
        assert await log.all("a") == {"x": b"1", "ä": b"\x00\xff"}
        await log.drop("a", "x", "never")
        assert await log.get("a", "x") is None
        assert await log.get("b", "x") == b"3"

    @pytest.mark.anyio
    async def test_a_desk_that_is_erased_leaves_nothing_and_no_other_one_is_touched(
        self, log: Log
    ) -> None:
        other = DESK + "x"
        for desk in (DESK, other):
            await log.append(desk, batch_of(1))
            await log.save_snapshot(desk, 1, b"1")
            await log.put(f"desk:{{{desk}}}:people", "x", b"1")
        await log.erase(DESK, f"desk:{{{DESK}}}:people")
        assert list(await log.read(DESK, 0)) == []
        assert list(await log.snapshots(DESK)) == []
        assert await log.all(f"desk:{{{DESK}}}:people") == {}
        assert len(await log.read(other, 0)) == len(await log.snapshots(other)) == 1
        assert await log.all(f"desk:{{{other}}}:people") == {"x": b"1"}

    @pytest.mark.anyio
    async def test_a_new_value_does_not_overwrite(self, log: Log) -> None:
        assert await log.put_new("a", "x", b"1")
        assert not await log.put_new("a", "x", b"2")
        assert await log.get("a", "x") == b"1"


async def _next(followed: AsyncIterator[tuple[str, Batch | Unreadable]]) -> tuple[str, Batch]:
    async with asyncio.timeout(10):
        desk_id, batch = await anext(followed)
    assert isinstance(batch, Batch)
    return desk_id, batch
