"""Kills of the server and of the store while people write (F3, F4, F19)."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.faults.rig import Server, Writer, check_ledger, start_board
from tests.soak.figures import Figures
from tests.soak.part import promise

WRITERS = 6
PATIENCE_S = 120.0


async def kill_servers(count: int, seed: int, folder: Path) -> Figures:
    """SIGKILL for the server; its store ends with it."""

    async def kill(server: Server) -> None:
        server.kill()
        await asyncio.to_thread(server.start)

    return await under_load(count, seed, Server(folder / "data"), kill)


async def kill_stores(count: int, seed: int, folder: Path) -> Figures:
    """SIGKILL for the store below a server that goes on."""

    async def kill(server: Server) -> None:
        before = server.store_pid()
        server.kill_store()
        async with asyncio.timeout(PATIENCE_S):
            while server.store_pid() == before:  # noqa: ASYNC110  another process does it
                await asyncio.sleep(0.01)

    return await under_load(count, seed, Server(folder / "data"), kill)


async def under_load(
    count: int, seed: int, server: Server, kill: Callable[[Server], Awaitable[None]]
) -> Figures:
    """Kill again and again while people write; nobody's acknowledged change is lost or doubled."""
    chance = random.Random(seed)
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    desk_id, _ = await start_board(server, links)
    writers = [Writer(server, links["code"], f"Kirjoittaja {i}") for i in range(WRITERS)]
    stop = asyncio.Event()
    back_s: list[float] = []
    async with asyncio.TaskGroup() as tasks:
        for writer in writers:
            tasks.create_task(writer.write(stop))
        for _ in range(count):
            await progress(writers)
            await asyncio.sleep(chance.uniform(0, 0.15))  # when it happens, not a wait for anything
            killed_at = time.monotonic()
            acknowledged = sum(len(writer.acknowledged) for writer in writers)
            await kill(server)
            await _more(writers, acknowledged + len(writers))  # what was on its way does not count
            back_s.append(time.monotonic() - killed_at)
        await progress(writers)
        stop.set()
    promise(await asyncio.to_thread(server.stop) == 0, "the server did not end in order")
    interrupted_s = [each for writer in writers for each in writer.interrupted_s]
    times = {"back in": back_s, "people interrupted for": interrupted_s}
    return await counted(server, writers, desk_id, Figures({}, times))


async def counted(server: Server, writers: list[Writer], desk_id: str, figures: Figures) -> Figures:
    """The ledger of what was acknowledged against what the stopped server left."""
    async with server.left() as log:
        acknowledged, lost, doubled = await check_ledger(writers, log, desk_id)
    figures.add(Figures({"acknowledged": acknowledged, "lost": lost, "doubled": doubled}))
    promise((lost, doubled) == (0, 0), figures.told())
    check_refusals(writers)
    promise("Traceback" not in server.output(), server.output()[-4000:])
    return figures


def check_refusals(writers: list[Writer]) -> None:
    """Nobody was told no: what is asked again gets the answer that it had."""
    refused = [code for writer in writers for code in writer.refused]
    promise(not refused, f"refused: {refused[:10]}")


async def progress(writers: list[Writer]) -> None:
    """Wait until every writer was acknowledged once more."""
    before = [len(writer.acknowledged) for writer in writers]
    async with asyncio.timeout(PATIENCE_S):
        while any(len(w.acknowledged) <= b for w, b in zip(writers, before, strict=True)):  # noqa: ASYNC110  as above
            await asyncio.sleep(0.005)


async def _more(writers: list[Writer], than: int) -> None:
    """Wait until something new was acknowledged."""
    async with asyncio.timeout(PATIENCE_S):
        while sum(len(writer.acknowledged) for writer in writers) <= than:  # noqa: ASYNC110  as above
            await asyncio.sleep(0.005)
