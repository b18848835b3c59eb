"""Several server processes: one is killed, or all are restarted one after the other (F10, F14)."""

import asyncio
import os
import random
import signal
from pathlib import Path

from tests.faults.rig import Server
from tests.soak.figures import Figures
from tests.soak.kills import PATIENCE_S, under_load

WORKERS = 2


async def kill_workers(count: int, seed: int, folder: Path) -> Figures:
    """SIGKILL for one of two workers."""
    chance = random.Random(seed)

    async def kill(server: Server) -> None:
        before = workers_of(server)
        killed = chance.choice(before)
        os.kill(killed, signal.SIGKILL)
        await _until_others(server, {killed})

    return await under_load(count, seed, a_crew(folder), kill)


async def restart_in_turn(count: int, seed: int, folder: Path) -> Figures:
    """SIGHUP: each worker drains when its successor answers."""

    async def restart(server: Server) -> None:
        before = workers_of(server)
        os.kill(server.pid, signal.SIGHUP)
        await _until_others(server, set(before))

    return await under_load(count, seed, a_crew(folder), restart)


def a_crew(folder: Path) -> Server:
    """A launcher with two workers, not started yet."""
    return Server(folder / "data", "--workers", str(WORKERS))


def workers_of(server: Server) -> list[int]:
    """The worker processes of a launcher."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [pid for pid in map(int, children) if b"etatyopoyta.workers" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return b""


async def _until_others(server: Server, gone: set[int]) -> None:
    """Wait until workers other than these are all that there are."""
    async with asyncio.timeout(PATIENCE_S):
        while gone & set(found := workers_of(server)) or len(found) != WORKERS:  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.01)
