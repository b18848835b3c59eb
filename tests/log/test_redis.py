import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.log.contract import DESK, OTHER, LogContract, batch_of
from tests.log.pair import Store
from tests.log.stores import programs
from tests.soak.proxy import Line, Proxy

from etatyopoyta.log import company
from etatyopoyta.log import redis as redis_module
from etatyopoyta.log.batch import Damaged
from etatyopoyta.log.contract import Away
from etatyopoyta.log.embedded import EmbeddedStore
from etatyopoyta.log.redis import RedisLog, _reach
from etatyopoyta.log.soundness import EMBEDDED_FLOOR, TooWeak, check_store


@pytest.fixture(scope="module", params=programs(), ids=lambda path: Path(path).name)
def store(request: Any, tmp_path_factory: Any) -> Iterator[EmbeddedStore]:
    embedded = EmbeddedStore(tmp_path_factory.mktemp("störe with blank"), request.param)
    embedded.start()
    yield embedded
    embedded.stop()


class TestRedisLog(LogContract):
    @pytest.fixture
    async def log(self, store: EmbeddedStore) -> AsyncIterator[RedisLog]:
        opened = RedisLog(store.url)
        keys = [
            b"desk:{deskA}:log",
            b"desk:{deskB}:log",
            b"desk:{deskA}:snapshots",
            b"desk:{deskA}:open",
            b"desk:{deskB}:open",
            b"a",
            b"b",
        ]
        await opened._store.delete(*keys)
        yield opened
        await opened.close()

    @pytest.fixture
    async def other(self, store: EmbeddedStore) -> AsyncIterator[RedisLog]:
        opened = RedisLog(store.url)
        yield opened
        await opened.close()

    @pytest.mark.anyio
    async def test_it_is_as_sound_as_we_need(self, log: RedisLog) -> None:
        await check_store(log, EMBEDDED_FLOOR)
        with pytest.raises(TooWeak):
            await check_store(log, (99, 0, 0))

    @pytest.mark.anyio
    async def test_a_process_that_has_to_read_all_the_time_shows_that_it_is_there(
        self, log: RedisLog, other: RedisLog, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(company, "LOOK_S", 0.05)
        monkeypatch.setattr(company, "GONE_S", 0.5)
        monkeypatch.setattr(redis_module, "BLOCK_MS", 50)
        third = RedisLog(store.url)
        for each, desk_id in ((other, DESK), (other, OTHER), (third, OTHER), (log, DESK)):
            await each.watch(desk_id, 0)
        async with _followed(log, other):
            for number in range(1, 101):  # a second and more, twice as long as one may be silent
                await third.append(OTHER, batch_of(number))
                await asyncio.sleep(0.01)  # `other` is never without something to read, `log` is
                assert log._company.channels(DESK)
        await third.close()

    @pytest.mark.anyio
    async def test_a_process_that_died_is_forgotten(
        self, log: RedisLog, other: RedisLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(company, "LOOK_S", 0.05)
        monkeypatch.setattr(company, "GONE_S", 0.5)
        monkeypatch.setattr(redis_module, "BLOCK_MS", 50)
        await other.watch(DESK, 0)
        await log.watch(DESK, 0)
        async with _followed(log):
            assert log._company.channels(DESK)
            async with asyncio.timeout(10):
                while log._company.channels(DESK):  # noqa: ASYNC110  time passes
                    await asyncio.sleep(0.01)
                while len(await log.all(f"desk:{{{DESK}}}:open")) > 1:  # noqa: ASYNC110  as above
                    await asyncio.sleep(0.01)

    @pytest.mark.anyio
    async def test_it_says_how_full_its_memory_is(self, log: RedisLog) -> None:
        before = await log.memory_used()
        await log.put("a", "much", bytes(50_000_000))
        after = await log.memory_used()
        assert 0 < before < after < 1
        assert after - before >= 50_000_000 / 2**30

    @pytest.mark.anyio
    async def test_its_user_may_not_weaken_or_wipe_it(self, log: RedisLog) -> None:
        for command in ("CONFIG SET appendfsync no", "FLUSHALL", "KEYS *",
                        "EVAL 1 0", "SHUTDOWN NOSAVE", "ACL LIST"):  # fmt: skip
            with pytest.raises(Exception, match=r"(?i)no permissions|NOPERM"):
                await log._store.execute_command(*command.split())

    @pytest.mark.anyio
    async def test_a_flipped_bit_is_told_and_not_served(self, log: RedisLog) -> None:
        stored = batch_of(1).stored
        body = bytearray(stored.body)
        body[10] ^= 1
        fields: dict[Any, Any] = {
            "head": stored.head,
            "salt": stored.salt,
            "body": bytes(body),
            "crc": stored.crc,
        }
        await log._store.xadd(f"desk:{{{DESK}}}:log", fields, id="1-0")
        with pytest.raises(Damaged):
            await log.read(DESK, 0)
        await log.watch(DESK, 0)
        desk_id, told = await anext(log.follow())
        assert (desk_id, type(told)) == (DESK, Damaged)


@pytest.mark.anyio
async def test_a_connection_that_closed_under_the_clients_hands_is_away() -> None:
    async def written_to_closed() -> None:
        raise RuntimeError("unable to perform operation on <UnixTransport closed=True …>")

    with pytest.raises(Away):
        await _reach(written_to_closed())


@pytest.mark.anyio
async def test_a_store_that_cannot_be_reached_is_away(tmp_path: Path) -> None:
    log = RedisLog(f"unix://{tmp_path}/nobody.sock")
    with pytest.raises(Away):
        await log.append(DESK, batch_of(1))
    with pytest.raises(Away):
        await anext(log.follow())
    await log.close()


@asynccontextmanager
async def _followed(*logs: RedisLog) -> AsyncIterator[None]:
    """Each is read from while the block runs, and closed after it."""
    reading = [asyncio.create_task(_read(log)) for log in logs]
    try:
        yield
    finally:
        for log in logs:
            await log.close()
        await asyncio.gather(*reading, return_exceptions=True)


async def _read(log: RedisLog) -> None:
    async for _ in log.follow():
        pass


@pytest.mark.anyio
async def test_who_waits_for_whispers_notices_that_the_line_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etatyopoyta.log.redis.QUIET_S", 0.1)
    store = Store(tmp_path / "store")
    proxy = Proxy(store.port)
    await proxy.start()
    log = RedisLog(f"redis://127.0.0.1:{proxy.port}")
    other = RedisLog(f"unix://{store.socket}")
    hearing = asyncio.ensure_future(anext(log.hear()))
    await log.watch(DESK, 0)
    async with asyncio.timeout(10):
        while not hearing.done():
            await other.call_out(DESK, b"all is well")
            await asyncio.sleep(0.3)  # pings come and go meanwhile
    hearing = asyncio.ensure_future(anext(log.hear()))
    await asyncio.sleep(0.3)  # as above
    proxy.become(Line.HALF_OPEN)
    with pytest.raises(Away):
        await asyncio.wait_for(hearing, 10)
    proxy.become(Line.WHOLE)
    for each in (log, other):
        await each.close()
    await proxy.close()
    store.kill()
