"""A long day in the hall, ten times as fast: neither memory nor descriptors grow (F13)."""

import asyncio
import os
import random
import time
from pathlib import Path
from statistics import median

import msgspec
from tests.soak.figures import Figures
from tests.soak.hall import EDGE, PAGES_EACH, Guest, Hall, full_hall
from tests.soak.light import LightClient
from tests.soak.outside import rss_of
from tests.soak.part import promise

from etatyopoyta.domain.records import Point
from etatyopoyta.protocol.frames import PresenceMoved

PAGES = 200
MINUTE_S = 6.0
"""A minute of the day takes that long."""
CHANGES = 1
POINTS = 10
"""Of each page in a minute of the day."""
COMERS = 4
"""Pages in a minute that are closed and opened again."""
WARM_SHARE = 0.2
GROWTH = 1.05
SAMPLE_S = 1.0


async def live_through(count: int, seed: int, folder: Path) -> Figures:
    """So many minutes of a day with 200 open pages."""
    chance = random.Random(seed)
    stop = asyncio.Event()
    samples: list[tuple[int, int]] = []
    async with full_hall(folder, -(-PAGES // PAGES_EACH)) as hall:
        guests = [guest for guest in hall.guests for _ in range(PAGES_EACH)][:PAGES]
        pages = [await guest.open_page() for guest in guests]
        done = Figures({"changes": 0, "pointers": 0, "comings and goings": 0})
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_act(guests, pages, done, stop, chance))
            tasks.create_task(_come_and_go(guests, pages, done, stop, chance))
            for _ in range(int(count * MINUTE_S / SAMPLE_S)):
                await asyncio.sleep(SAMPLE_S)
                samples.append((rss_of(hall.server.pid), _descriptors(hall)))
            stop.set()
        async with asyncio.timeout(30):
            while any(page.unanswered for page in pages):  # noqa: ASYNC110  the server answers
                await asyncio.sleep(0.05)
        seen = {page.entries > 0 for page in pages}
        for page in pages:
            page.close()
    promise(seen == {True}, "a page was told nothing")
    warm = samples[int(len(samples) * WARM_SHARE) :]
    tenth = max(1, len(warm) // 10)
    rss = [median(size for size, _ in part) for part in (warm[:tenth], warm[-tenth:])]
    open_files = [median(files for _, files in part) for part in (warm[:tenth], warm[-tenth:])]
    growth = rss[1] / rss[0]
    figures = {"MB of memory": rss[1] / 1e6, "times that of before": growth}
    done.add(Figures({}, {}, {**figures, "more descriptors": open_files[1] - open_files[0]}))
    promise(growth < GROWTH and abs(open_files[1] - open_files[0]) <= COMERS, done.told())
    return done


async def _act(
    guests: list[Guest],
    pages: list[LightClient],
    done: Figures,
    stop: asyncio.Event,
    chance: random.Random,
) -> None:
    """Changes and pointers of random pages, as evenly as people are."""
    per_s = PAGES * (CHANGES + POINTS) / MINUTE_S
    started_at, acts = time.monotonic(), 0
    while not stop.is_set():
        while acts < (time.monotonic() - started_at) * per_s:
            acts += 1
            number = chance.randrange(PAGES)
            page = pages[number]
            if not page.welcomed.done():
                continue
            if chance.random() < CHANGES / (CHANGES + POINTS):
                page.ask(guests[number].move(chance))
                done.counts["changes"] += 1
            else:
                at = Point(chance.randrange(-EDGE, EDGE), chance.randrange(-EDGE, EDGE))
                page.send(msgspec.json.encode(PresenceMoved(at)))
                done.counts["pointers"] += 1
        await asyncio.sleep(0.01)


async def _come_and_go(
    guests: list[Guest],
    pages: list[LightClient],
    done: Figures,
    stop: asyncio.Event,
    chance: random.Random,
) -> None:
    while not stop.is_set():
        number = chance.randrange(PAGES)
        if not pages[number].unanswered:
            pages[number].close()
            pages[number] = await guests[number].open_page()
            done.counts["comings and goings"] += 1
        await asyncio.sleep(MINUTE_S / COMERS)


def _descriptors(hall: Hall) -> int:
    return len(os.listdir(f"/proc/{hall.server.pid}/fd"))
