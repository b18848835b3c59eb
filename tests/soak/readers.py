"""Readers who stop: they are gone soon, and those who go on feel nothing of it (F11)."""

import asyncio
import random
import socket
import time
from pathlib import Path
from statistics import median

from tests.soak.figures import Figures
from tests.soak.hall import PAGES_EACH, Hall, full_hall
from tests.soak.light import LightClient
from tests.soak.outside import rss_of
from tests.soak.part import promise

HEALTHY_SHARE = 0.25
WRITERS = 10
TEXT = "ä" * 1_000
GONE_S = 25.0
MAX_BYTES = 1_000_000
SENT_BYTES = 2 * 64 * 1024
"""What the kernel keeps for each beside: SO_SNDBUF, doubled by Linux."""
MAX_RATIO = 1.1
ENOUGH = 100
"""Readers, from which on the ratio is a promise: a short look at few of them says nothing."""


async def stall(count: int, seed: int, folder: Path) -> Figures:
    """So many readers who stop at once, among a quarter as many who go on."""
    chance = random.Random(seed)
    changes_per_s, calm_s = (40, 10) if count >= ENOUGH else (150, 3)
    healthy_count = max(WRITERS, int(count * HEALTHY_SHARE))
    async with full_hall(folder, -(-(healthy_count + count) // PAGES_EACH)) as hall:
        guests = [guest for guest in hall.guests for _ in range(PAGES_EACH)]
        healthy = [await guest.open_page() for guest in guests[:healthy_count]]
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_write(hall, healthy, changes_per_s, stop, chance))
            calm_ms = await _p99_ms(healthy, calm_s)
            stalled = [
                await guest.open_page() for guest in guests[healthy_count : healthy_count + count]
            ]
            rss = rss_of(hall.server.pid)
            for page in stalled:
                _stop_reading(page)
            stalled_at = time.monotonic()
            measuring = tasks.create_task(_p99_ms(healthy, calm_s))
            most, gone_s = rss, 0.0
            while await asyncio.to_thread(hall.seats) > healthy_count:
                most = max(most, rss_of(hall.server.pid))
                gone_s = time.monotonic() - stalled_at
                promise(gone_s < 2 * GONE_S, f"still there after {gone_s:.0f} s")
                await asyncio.sleep(0.2)
            stalled_ms = await measuring
            stop.set()
        for page in (*healthy, *stalled):
            page.close()
    kept = (most - rss) / count + SENT_BYTES
    figures = Figures(
        {"healthy ones": healthy_count},
        {"all gone after": [gone_s]},
        {
            "kB kept for each": kept / 1000,
            "ms p99 of the healthy before": calm_ms,
            "ms meanwhile": stalled_ms,
            "times that of before": stalled_ms / calm_ms,
        },
    )
    promise(gone_s < GONE_S and kept < MAX_BYTES, figures.told())
    promise(count < ENOUGH or stalled_ms / calm_ms < MAX_RATIO, figures.told())
    return figures


async def _write(
    hall: Hall,
    pages: list[LightClient],
    per_s: int,
    stop: asyncio.Event,
    chance: random.Random,
) -> None:
    """Some of the healthy rewrite their notes by turns: much text for everybody."""
    number = 0
    while not stop.is_set():
        writer = number % (WRITERS // PAGES_EACH)
        text = TEXT + str(chance.random())
        pages[writer * PAGES_EACH].ask(hall.guests[writer].rewrite(text))
        number += 1
        await asyncio.sleep(1 / per_s)


async def _p99_ms(pages: list[LightClient], seconds: int) -> float:
    """How long the slowest hundredth of answers took: the median of each second's."""
    slices = []
    for _ in range(seconds):
        for page in pages:
            page.latencies_ms.clear()
        await asyncio.sleep(1.0)
        latencies = sorted(ms for page in pages for ms in page.latencies_ms)
        promise(bool(latencies), "nothing is answered")
        slices.append(latencies[int(len(latencies) * 0.99)])
    return median(slices)


def _stop_reading(page: LightClient) -> None:
    assert page._transport is not None
    page._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    page._transport.pause_reading()
