"""Nothing counts as stored before the replicas have it (L12)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from tests.log.contract import DESK, OTHER, batch_of
from tests.log.pair import Pair, pair
from tests.room.hall import AINO, BO, Page, StillChance, come_in, found, until
from tests.room.test_room import note

from etatyopoyta.domain.records import Role
from etatyopoyta.log.contract import Away
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.log.soundness import EMBEDDED_FLOOR, check_store
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.opening import open_state
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as both:
        yield both


@pytest.fixture
async def log(stores: Pair) -> AsyncIterator[RedisLog]:
    opened = RedisLog(stores.url, replicas=1)
    yield opened
    await opened.close()


def kept(stores: Pair, desk_id: str = DESK) -> int:
    """How many batches the replica has."""
    return stores.replica.client.xlen(f"desk:{{{desk_id}}}:log")


async def test_what_is_stored_is_on_the_replica(stores: Pair, log: RedisLog) -> None:
    for number in range(1, 50):
        await log.append(DESK, batch_of(number))
        assert kept(stores) == number


async def test_many_desks_wait_together(stores: Pair, log: RedisLog) -> None:
    desks = [f"desk{number}" for number in range(50)]
    before = stores.primary.client.info("commandstats")
    await asyncio.gather(*(log.append(desk, batch_of(1)) for desk in desks))
    assert all(kept(stores, desk) == 1 for desk in desks)
    after = stores.primary.client.info("commandstats")
    assert "cmdstat_wait" not in before
    assert after["cmdstat_wait"]["calls"] < len(desks) / 2


async def test_without_the_replica_it_is_in_doubt_until_it_is_back(
    stores: Pair, log: RedisLog
) -> None:
    await log.append(DESK, batch_of(1))
    stores.replica.stand_still()
    with pytest.raises(Away):
        await log.append(DESK, batch_of(2))
    assert len(await log.read(DESK, 0)) == 2  # others may see it already
    with pytest.raises(Away):
        await log.read_settled(DESK, 1)
    stores.replica.go_on()
    assert await log.read_settled(DESK, 1) == [batch_of(2)]
    assert kept(stores) == 2


async def test_a_new_connection_does_not_vouch_for_what_it_has_not_written(
    stores: Pair, log: RedisLog
) -> None:
    await log.append(OTHER, batch_of(1))
    stores.replica.stand_still()
    other = RedisLog(stores.url, replicas=1)
    with pytest.raises(Away):
        await other.read_settled(OTHER, 0)
    stores.replica.go_on()
    await other.close()


async def test_requests_do_not_stand_behind_the_wait(stores: Pair, log: RedisLog) -> None:
    stores.replica.stand_still()
    appending = asyncio.ensure_future(log.append(DESK, batch_of(1)))
    await until(lambda: stores.primary.client.info("clients")["blocked_clients"])
    assert await log.get("shelf", "key") is None
    assert not appending.done()
    with pytest.raises(Away):
        await appending
    stores.replica.go_on()


async def test_a_store_that_lacks_its_replicas_is_told_of_and_used(stores: Pair) -> None:
    stores.part()
    log = RedisLog(stores.url, replicas=2)
    with capture_logs() as lines:
        await check_store(log, EMBEDDED_FLOOR)
    await log.close()
    assert "replicas are missing" in [line["event"] for line in lines]


async def test_while_the_replica_is_away_nothing_is_acknowledged_by_any_process(
    stores: Pair, log: RedisLog
) -> None:
    desk_id = await found(log)
    second = RedisLog(stores.url, replicas=1)
    async with (
        open_rooms(log, StillChance(), "build") as rooms,
        open_rooms(second, StillChance(), "build") as others,
    ):
        room, other = await rooms.get(desk_id), await others.get(desk_id)
        page, there = await come_in(room, AINO), await come_in(other, AINO)
        bystander = await come_in(other, BO)
        stores.replica.stand_still()
        rid = page.ask(note(1))
        await until(lambda: page.of(frames.Saving))
        await until(lambda: bystander.n == 2)  # it is in the log
        there.ask(note(1), rid)  # the page lost its line and asks again elsewhere
        await until(lambda: there.of(frames.Saving))
        assert not page.of(frames.Settled)
        assert not there.of(frames.Settled)
        stores.replica.go_on()
        await room.at_rest()
        await other.at_rest()
        assert page.outcome(rid) == there.outcome(rid) == 2
        assert not page.of(frames.Saving)[-1].is_paused
    await second.close()
    assert kept(stores, desk_id) == 2


async def test_what_was_acknowledged_outlives_the_primary(stores: Pair, log: RedisLog) -> None:
    desk_id = await found(log)
    async with open_rooms(log, StillChance(), "build") as rooms:
        room = await rooms.get(desk_id)
        page = await come_in(room, AINO)
        rids = [page.ask(note(number)) for number in range(5)]
        await room.at_rest()
        stores.part()
        rids += [page.ask(note(number)) for number in range(5, 10)]
        await until(lambda: room.pausing.is_away)
        acknowledged = {done.rid for frame in page.of(frames.Settled) for done in frame.list}
        assert acknowledged == set(rids[:5])
        stores.fail_over()
        after = RedisLog(stores.url)
        state = await open_state(after, desk_id)
        assert all(state.results.find(AINO, rid) for rid in acknowledged)
        await after.close()


async def test_what_a_failover_lost_without_the_wait_is_put_back(stores: Pair) -> None:
    log = RedisLog(stores.url)
    desk_id, idle = await found(log), await found(log, number=1)
    async with open_rooms(log, StillChance(), "build") as rooms:
        room, other = await rooms.get(desk_id), await rooms.get(idle)
        page, bystander = await come_in(room, AINO), await come_in(other, BO)
        page.ask(note(0))
        await room.at_rest()
        stores.part()
        for number in range(1, 5):
            page.ask(note(number))
            bystander.ask(note(number))
            await room.at_rest()
            await other.at_rest()
        stores.fail_over()
        page.ask(note(9))
        await room.at_rest()
        await until(lambda: kept(stores, idle) == other.state.batch)
        assert page.closed is bystander.closed is None
        after = await open_state(log, desk_id)
        assert after.n == page.n == 7
        assert after.desk.state_hash() == room.state.desk.state_hash()
    await log.close()


async def test_what_a_failover_lost_is_told_when_nobody_has_it_any_more(stores: Pair) -> None:
    log = RedisLog(stores.url)
    desk_id = await found(log)
    async with open_rooms(log, StillChance(), "build") as rooms:
        page = await come_in(await rooms.get(desk_id), AINO)
        stores.part()
        page.ask(note(1))
        await until(lambda: page.n == 2)
        rooms._fail(await rooms.get(desk_id), "as if the server were killed")
        back = await come_in(await rooms.get(desk_id), BO)  # opened with what will be lost
        stores.fail_over()
        back.ask(note(2))
        await until(lambda: back.closed is Closing.OUR_FAULT)
        late = Page(await rooms.get(desk_id), AINO, Role.PARTICIPANT)
        late.n, late.mark = page.n, page.mark
        late.hello()
        assert late.of(frames.Resync)
    await log.close()


async def test_after_a_planned_change_of_primary_everything_goes_on_without_a_hand(
    stores: Pair, log: RedisLog
) -> None:
    other = RedisLog(stores.url, replicas=1)
    try:
        for each in (log, other):
            await each.watch(DESK, 0)
        await log.append(DESK, batch_of(1))
        told = await anext(aiter(other.follow()))
        assert told[1] == batch_of(1)
        await log.put("a", "x", b"1")
        stores.hand_over()
        second = batch_of(2)
        async with asyncio.timeout(30):
            await _sooner_or_later(lambda: log.append(DESK, second))
            await _sooner_or_later(lambda: log.put("a", "x", b"2"))
            await _sooner_or_later(lambda: other.watch(OTHER, 0))
            await _sooner_or_later(lambda: anext(aiter(other.follow())))
        assert stores.replica.client.xlen(f"desk:{{{DESK}}}:log") == 2
        assert stores.replica.client.hget("a", "x") == b"2"
    finally:
        await other.close()


async def _sooner_or_later(call) -> None:
    while True:
        try:
            await call()
        except Away:
            await asyncio.sleep(0.01)  # as a room does
        else:
            return
