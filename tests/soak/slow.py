"""A store whose disk takes its time: answers come late, never early, and people are told (F20)."""

import asyncio
import random
import time
from pathlib import Path

from tests.faults.rig import Server, start_board
from tests.soak import shims
from tests.soak.figures import Figures
from tests.soak.part import promise

from etatyopoyta.client import Connection, connect, new_id
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Point
from etatyopoyta.protocol.frames import PauseReason

AT_ONCE = 20
TOLD_S = 1.0
LATE_S = 0.3
"""So much later than the disk an answer may come, and word of it: two cores are shared by all."""


async def slow_down(count: int, seed: int, folder: Path) -> Figures:
    """Make every sync take one to two seconds for a while, so often."""
    chance = random.Random(seed)
    delay = folder / "delay"
    delay.write_text("0")
    library = str(shims.build("slow_sync", folder))
    server = Server(folder / "data", environ={"LD_PRELOAD": library, "SYNC_DELAY": str(delay)})
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    desk_id, token = await start_board(server, links)
    figures = Figures({"acknowledged": 0, "early": 0}, {"told after": [], "later than synced": []})
    async with connect(server.base, desk_id, token) as page:
        for _ in range(count):
            slow_s = chance.uniform(1.2, 2.0)
            delay.write_text(str(int(slow_s * 1000)))
            told_s, answered_s = await _ask(page)
            delay.write_text("0")
            figures.counts["acknowledged"] += AT_ONCE
            figures.counts["early"] += sum(each < slow_s for each in answered_s)
            figures.times_s["told after"].append(told_s)
            figures.times_s["later than synced"].append(min(answered_s) - slow_s)
            async with asyncio.timeout(10):
                while page.paused_by is not None:  # noqa: ASYNC110  another process does it
                    await asyncio.sleep(0.005)
    promise(await asyncio.to_thread(server.stop) == 0, "the server did not end in order")
    promise(figures.counts["early"] == 0, figures.told())
    promise(max(figures.times_s["told after"]) < TOLD_S + LATE_S, figures.told())
    promise(max(figures.times_s["later than synced"]) < LATE_S, figures.told())
    return figures


async def _ask(page: Connection) -> tuple[float, list[float]]:
    """Ask for several notes at once: when word came that it is slow, and when each was answered."""
    asked_at = time.monotonic()

    async def told() -> float:
        while page.paused_by is not PauseReason.STORE_AWAY:  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.005)
        return time.monotonic() - asked_at

    async def answered(note_id: str) -> float:
        await page.ask(AddNote(id=note_id, text="Hidas", at=Point(0, 0)))
        return time.monotonic() - asked_at

    note_ids = tuple(new_id("note") for _ in range(AT_ONCE))
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        telling = tasks.create_task(told())
        asking = [tasks.create_task(answered(note_id)) for note_id in note_ids]
    path_s = [task.result() for task in asking]
    return telling.result(), path_s
