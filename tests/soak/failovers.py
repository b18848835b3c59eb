"""The store's primary dies under load, and its replica takes over, as far as it has come (F8)."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.faults.rig import Server
from tests.log.pair import Pair, pair
from tests.soak.figures import Figures
from tests.soak.kills import under_load
from tests.soak.workers import workers_of

from etatyopoyta.log.redis import RedisLog

PARTED_S = 0.5


async def fail_over(count: int, seed: int, folder: Path) -> Figures:
    """Two workers on a store with a replica, which may be parted from the primary before that.

    Sometimes the workers are killed with it: what only they remember is gone as well.
    """
    chance = random.Random(seed)
    kinds: Counter[str] = Counter()

    async def die(server: Server) -> None:
        is_parted, with_workers = chance.random() < 0.6, chance.random() < 0.5
        kinds["of them parted before"] += is_parted
        kinds["with the workers"] += with_workers
        if is_parted:
            stores.part()
            await asyncio.sleep(chance.uniform(0, PARTED_S))  # how long it is so
        if with_workers:
            for worker in workers_of(server):
                os.kill(worker, signal.SIGKILL)
        await asyncio.to_thread(stores.fail_over)
        await asyncio.to_thread(stores.complete)

    with pair(folder) as stores:
        figures = await under_load(count, seed, OnPair(folder / "data", stores), die)
    figures.add(Figures(dict(kinds)))
    return figures


class OnPair(Server):
    """Two workers on these stores, waiting for the replica."""

    def __init__(self, data_dir: Path, stores: Pair) -> None:
        environ = {
            "ETATYOPOYTA_REDIS_URL": stores.url,
            "ETATYOPOYTA_REPLICAS": "1",
            "ETATYOPOYTA_SECRET_KEY": "k" * 40,
        }
        super().__init__(data_dir, "--workers", "2", environ=environ)
        self._url = stores.url

    @asynccontextmanager
    async def left(self) -> AsyncIterator[RedisLog]:
        log = RedisLog(self._url)
        try:
            yield log
        finally:
            await log.close()
