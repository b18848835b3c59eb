"""Storing a batch however long the store is away, and never twice."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from itertools import chain, repeat
from typing import TypeVar

from etatyopoyta.log.batch import Batch
from etatyopoyta.log.contract import Away, Behind, Conflict, Log
from etatyopoyta.room.mending import Mending
from etatyopoyta.room.pausing import Pausing

BACK_OFF_S = (0.05, 0.1, 0.2, 0.5, 1.0)
"""Between tries to reach the store: longer and longer, at last evenly."""

Answer = TypeVar("Answer")


class Storing:
    """One desk's way to the log. Whoever waits is told why (`pausing`)."""

    def __init__(self, log: Log, desk_id: str, at: tuple[int, str], pausing: Pausing) -> None:
        self._log = log
        self._mending = Mending(log, desk_id, *at)
        self._desk_id = desk_id
        self._pausing = pausing

    async def append(self, batch: Batch, after: int) -> None:
        """Return when `batch` is stored behind the batch number `after`; or Conflict.

        Damaged when the store has lost what it had acknowledged, and we have it no more (F8).
        """
        pauses = _back_off()
        while True:
            try:
                with self._pausing.patience():
                    await self._log.append(self._desk_id, batch)
            except (Away, Behind) as away:
                self._pausing.away(str(away))
            else:
                self._pausing.back()
                return
            await asyncio.sleep(next(pauses))
            # In doubt (L3): only the tail tells whether it was stored.
            tail = await self._tail(after, batch.head.prev, pauses)
            if tail:
                self._pausing.back()
                if tail[0].hash != batch.hash:
                    raise Conflict
                return
            await self._pausing.has_room()

    async def vouch(self, number: int, hash_: str) -> None:
        """Return when the batch and all before it are as safe as if we had stored them (L12)."""
        if self._log.replicas:
            await self.verify(number, hash_)

    async def verify(self, number: int, hash_: str) -> None:
        """Return when the store has the batch: as before, or again; Damaged (F8)."""
        await self._tail(number, hash_, _back_off())
        self._pausing.back()

    def keep(self, batch: Batch) -> None:
        """Remember a batch that is stored."""
        self._mending.keep(batch)

    async def _tail(self, after: int, hash_: str, pauses: Iterator[float]) -> Sequence[Batch]:
        """The batch behind `after`, if there is one; Damaged when `after` is gone for good."""
        read = partial(self._log.read_settled, self._desk_id, after - 1, 2)
        while True:
            tail = await self.until_back(read, pauses)
            if tail and (tail[0].number, tail[0].hash) == (after, hash_):
                return tail[1:]
            await self.until_back(self._mending.mend, pauses)

    async def until_back(
        self, reach: Callable[[], Awaitable[Answer]], pauses: Iterator[float] | None = None
    ) -> Answer:
        """What the store answers, however long it is away."""
        pauses = pauses or _back_off()
        while True:
            try:
                answer = await reach()
            except Away as away:
                self._pausing.away(str(away))
                await asyncio.sleep(next(pauses))
            else:
                return answer


def _back_off() -> Iterator[float]:
    return chain(BACK_OFF_S, repeat(BACK_OFF_S[-1]))
