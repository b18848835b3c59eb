"""No acknowledged change is lost, none is doubled, whoever is killed (issue: the bars)."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.faults.rig import Server, Writer, check_ledger, read_log, start_board

pytestmark = pytest.mark.anyio
KILLS = 20
WRITERS = 6


async def test_20_kills_of_the_server_lose_and_double_nothing(tmp_path: Path) -> None:
    async def kill(server: Server) -> None:
        server.kill()
        await asyncio.to_thread(server.start)

    await _kill_under_load(tmp_path, kill, seed=20)


async def test_20_kills_of_the_store_lose_and_double_nothing(tmp_path: Path) -> None:
    async def kill(server: Server) -> None:
        before = server.store_pid()
        server.kill_store()
        async with asyncio.timeout(30):
            while server.store_pid() == before:  # noqa: ASYNC110  another process does it
                await asyncio.sleep(0.01)

    await _kill_under_load(tmp_path, kill, seed=21)


async def _kill_under_load(
    tmp_path: Path, kill: Callable[[Server], Awaitable[None]], seed: int
) -> None:
    chance = random.Random(seed)
    server = Server(tmp_path / "data")
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    desk_id, _ = await start_board(server, links)
    writers = [Writer(server, links["code"], f"Kirjoittaja {i}") for i in range(WRITERS)]
    stop = asyncio.Event()
    async with asyncio.timeout(240), asyncio.TaskGroup() as tasks:
        for writer in writers:
            tasks.create_task(writer.write(stop))
        for _ in range(KILLS):
            await _progress(writers)
            await asyncio.sleep(chance.uniform(0, 0.15))  # when it happens, not a wait for anything
            await kill(server)
        await _progress(writers)
        stop.set()
    assert await asyncio.to_thread(server.stop) == 0
    state, rids = await read_log(server.data_dir, desk_id)
    acknowledged, lost, doubled = check_ledger(writers, state, rids)
    print(f"{KILLS} kills: {acknowledged} acknowledged, {lost} lost, {doubled} doubled")
    assert acknowledged > KILLS * WRITERS
    assert (lost, doubled) == (0, 0)
    assert "Traceback" not in server.output()


async def _progress(writers: list[Writer]) -> None:
    """Wait until every writer was acknowledged once more."""
    before = [len(writer.acknowledged) for writer in writers]
    async with asyncio.timeout(30):
        while any(len(w.acknowledged) <= b for w, b in zip(writers, before, strict=True)):  # noqa: ASYNC110  as above
            await asyncio.sleep(0.005)
