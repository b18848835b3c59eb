"""Power cuts while people write: all die at once, and what was not synced is gone (F4).

A library below the store notes how far each file is synced. After SIGKILL for all, the files of
the log are cut there, as a disk has them when the power comes back.
"""

import asyncio
import os
from pathlib import Path

from tests.faults.rig import Server
from tests.soak import shims
from tests.soak.figures import Figures
from tests.soak.kills import under_load

SYNC_MS = 3
"""Each sync takes that much longer: else a cut would seldom find anything that is not synced."""


async def cut_power(count: int, seed: int, folder: Path) -> Figures:
    """Cut the power again and again."""
    side, delay = folder / "synced", folder / "delay"
    delay.write_text(str(SYNC_MS))
    libraries = [shims.build(name, folder) for name in ("sync_recorder", "slow_sync")]
    environ = {
        "LD_PRELOAD": ":".join(map(str, libraries)),
        "SYNC_SIDE": str(side),
        "SYNC_DELAY": str(delay),
    }
    unsynced: list[int] = []

    async def cut(server: Server) -> None:
        server.kill_store()
        server.kill()
        unsynced.append(cut_to_synced(server.data_dir, side))
        await asyncio.to_thread(server.start)

    server = Server(folder / "data", environ=environ)
    figures = await under_load(count, seed, server, cut)
    lost = {"cuts with bytes that were not synced": sum(bytes_lost > 0 for bytes_lost in unsynced)}
    figures.add(Figures(lost))
    return figures


def cut_to_synced(data_dir: Path, side: Path) -> int:
    """Cut every file of the log where it was synced last; how many bytes that were."""
    synced = dict.fromkeys((data_dir.resolve() / "store/appendonlydir").glob("*.incr.aof"), 0)
    for line in side.read_text().splitlines():
        size, name = line.split(" ", 1)
        if Path(name) in synced:
            synced[Path(name)] = int(size)
    gone = 0
    for path, bytes_synced in synced.items():
        gone += path.stat().st_size - bytes_synced
        os.truncate(path, bytes_synced)
    return gone
