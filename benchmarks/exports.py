"""Seconds per format for a desk of 3,000 notes: `python -m benchmarks.exports [notes]`.

As the server does it, in a worker: what passed and what the worker computed, which others on the
machine do not change; and how long the loop that serves the desks was away at most.
"""

import asyncio
import sys
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

import uvloop
from tests.cards.given import edition
from tests.exports.given import big_desk

from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports.asking import make_in_worker
from etatyopoyta.exports.making import Task

NOTES = 3_000
TICK_S = 0.001


async def measure(desk: Desk, name: str) -> str:
    """One format in a line: seconds, kilobytes, longest absence of the loop."""
    away_s = 0.0

    async def tick() -> None:
        nonlocal away_s
        last = perf_counter()
        while True:
            await asyncio.sleep(TICK_S)
            now = perf_counter()
            away_s, last = max(away_s, now - last - TICK_S), now

    ticking = asyncio.create_task(tick())
    start, size, before_s = perf_counter(), 0, computed_s()
    async for step in make_in_worker(list(desk), Task(name, edition())):
        size = len(step) if isinstance(step, bytes) else size
    ticking.cancel()
    seconds = f"{perf_counter() - start:6.2f} s {computed_s() - before_s:6.2f} s"
    return f"{name:5} {seconds} {size / 1024:8.0f} kB {away_s * 1000:6.0f} ms"


def computed_s() -> float:
    """Seconds that workers have computed so far."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def main(notes: int) -> None:
    """All formats, one after the other."""
    desk = big_desk(notes)
    print(f"{notes} notes: passed, computed, size, the loop away at most")
    for name in FORMATS:
        print(await measure(desk, name), flush=True)
    print(f"memory of the largest: {getrusage(RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES))
