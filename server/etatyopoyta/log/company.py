"""Which desks other processes have open too: one that nobody else has need not be followed.

Whoever opens a desk writes itself down first and then wakes everybody who stands there: of two
who come at once, one at least sees the other. Standing there after a crash only costs reading.
"""

import asyncio
from collections.abc import Collection
from typing import Any

from redis.asyncio import Redis

LOOK_S = 5.0
"""So often each process shows a sign of life on its desks, and looks at those of the others."""
GONE_S = 16.0
"""A process whose sign stays the same for so long is gone."""
WAKE_MS = 60_000
OPEN_MS = 3_600_000


class Company:
    """This process among others on one store. Methods raise what the client library raises."""

    def __init__(self, store: Redis, process: str) -> None:
        self.wake = _wake(process)
        """The stream that wakes this process's reader."""
        self._store = store
        self._process = process
        self._beats = 0
        self._signs: dict[str, dict[str, tuple[bytes, float]]] = {}
        """By desk and process: its last sign, and when that was new."""
        self._known: dict[str, list[str]] = {}
        """Who else has each of our open desks, as seen last."""

    @property
    def channel(self) -> str:
        """Where this process is whispered to."""
        return _channel(self._process)

    def channels(self, desk_id: str) -> list[str]:
        """Where the others are whispered to who have this desk open, as known now."""
        return [_channel(process) for process in self._known.get(desk_id, ())]

    async def all_channels(self, desk_id: str) -> list[str]:
        """Where everybody is whispered to who has this desk open, or had until lately."""
        processes: Any = await self._store.hkeys(_open(desk_id))
        return [_channel(process.decode()) for process in processes]

    async def come(self, desk_id: str) -> None:
        """We open the desk; whoever else has it knows of us from now on."""
        others = await self._others([desk_id])
        async with self._store.pipeline(transaction=False) as pipeline:
            for wake in (self.wake, *map(_wake, others[desk_id])):
                pipeline.xadd(wake, {"w": 1}, maxlen=1, approximate=False)
                pipeline.pexpire(wake, WAKE_MS)
            await pipeline.execute()

    async def shared(self, desk_ids: Collection[str]) -> set[str]:
        """Those of our open desks that others have open as well."""
        others = await self._others(desk_ids)
        return {desk_id for desk_id, processes in others.items() if processes}

    async def go(self, desk_id: str) -> None:
        """We closed the desk."""
        self._known.pop(desk_id, None)
        self._signs.pop(desk_id, None)
        await self._store.hdel(_open(desk_id), self._process)

    async def _others(self, desk_ids: Collection[str]) -> dict[str, list[str]]:
        """Who else has each desk open and shows signs of life; we show one."""
        self._beats += 1
        async with self._store.pipeline(transaction=False) as pipeline:
            for desk_id in desk_ids:
                pipeline.hset(_open(desk_id), self._process, str(self._beats))
                pipeline.pexpire(_open(desk_id), OPEN_MS)
                pipeline.hgetall(_open(desk_id))
            answers = await pipeline.execute()
        others: dict[str, list[str]] = {}
        for desk_id, signs in zip(desk_ids, answers[2::3], strict=True):
            others[desk_id], gone = self._looked(desk_id, signs)
            if gone:
                await self._store.hdel(_open(desk_id), *gone)
        self._known.update(others)
        return others

    def _looked(self, desk_id: str, signs: dict[bytes, bytes]) -> tuple[list[str], list[str]]:
        """Which others are alive on a desk, and which are gone."""
        alive, gone = [], []
        now = asyncio.get_running_loop().time()
        known, self._signs[desk_id] = self._signs.get(desk_id, {}), {}
        for process, sign in signs.items():
            name = process.decode()
            last, new_at = known.get(name, (b"", now))
            new_at = now if sign != last else new_at
            if name == self._process:
                continue
            if now - new_at < GONE_S:
                self._signs[desk_id][name] = sign, new_at
                alive.append(name)
            else:
                gone.append(name)
        return alive, gone


def _wake(process: str) -> str:
    return f"wake:{process}"


def _channel(process: str) -> str:
    return f"whisper:{process}"


def _open(desk_id: str) -> str:
    return f"desk:{{{desk_id}}}:open"
