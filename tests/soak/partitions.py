"""Partitions between servers and their store (F9), and processes that stand still (F20)."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.soak.figures import Figures
from tests.soak.kills import progress
from tests.soak.outside import Outside, outside
from tests.soak.part import promise
from tests.soak.proxy import Line

KINDS = [Line.DROPPED, Line.HANGING, Line.DEAF, Line.MUTE, Line.DRIPPING] * 4 + [Line.HALF_OPEN]
"""A half-open connection is noticed when a command times out, after ten seconds: fewer of these."""
GROWTH = 1.05
JUDGED = 100
"""With fewer, nothing is said of memory."""


async def part_from_store(count: int, seed: int, folder: Path) -> Figures:
    """Part one server or both from the store, so often.

    Where memory is judged, each server begins with what needs most of it: taking thousands of
    entries at once that the other one wrote meanwhile. The process keeps what that took once.
    """
    kinds: Counter[str] = Counter()
    worst = iter((0, 1) if count >= JUDGED else ())

    async def part(place: Outside, chance: random.Random) -> None:
        line = chance.choice(KINDS)
        parted = chance.choice([place.proxies, place.proxies[:1], place.proxies[1:]])
        if (alone := next(worst, None)) is not None:
            line, parted = Line.HALF_OPEN, [place.proxies[alone]]
        kinds[f"of them {line.value}"] += 1
        for proxy in parted:
            proxy.become(line)
        await asyncio.sleep(chance.uniform(0.05, 0.8))  # how long it is so
        for proxy in parted:
            proxy.become(Line.WHOLE)

    figures = await _harm(count, seed, folder, part)
    figures.add(Figures(dict(sorted(kinds.items()))))
    return figures


async def stand_still(count: int, seed: int, folder: Path) -> Figures:
    """SIGSTOP for the store or a server, for up to two seconds, so often."""

    async def stop(place: Outside, chance: random.Random) -> None:
        pid = chance.choice([place.store.pid, *(server.pid for server in place.servers)])
        os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(chance.uniform(0.05, 2.0))  # as above
        os.kill(pid, signal.SIGCONT)

    return await _harm(count, seed, folder, stop)


async def _harm(
    count: int, seed: int, folder: Path, harm: Callable[[Outside, random.Random], Awaitable[None]]
) -> Figures:
    """Do harm again and again while people write on both servers."""
    chance = random.Random(seed)
    stop = asyncio.Event()
    back_s: list[float] = []
    rss_warm: list[int] = []
    async with outside(folder) as place:
        async with asyncio.TaskGroup() as tasks:
            for writer in place.writers:
                tasks.create_task(writer.write(stop))
            for number in range(count):
                await progress(place.writers)
                if number == count // 4:
                    rss_warm = place.rss()
                await harm(place, chance)
                healed_at = time.monotonic()
                await progress(place.writers)
                back_s.append(time.monotonic() - healed_at)
            growth = [now / warm for now, warm in zip(place.rss(), rss_warm, strict=True)]
            stop.set()
        figures = await place.check()
    figures.add(Figures({}, {"back in": back_s}, {"times the memory": max(growth)}))
    promise(count < JUDGED or max(growth) < GROWTH, figures.told())
    return figures
