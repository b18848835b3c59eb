"""Put back what a store has lost: after a failover it may end before what it had stored (F8)."""

from collections import deque
from collections.abc import Sequence

import structlog
from msgspec.structs import replace

from etatyopoyta.log.batch import Batch, Damaged
from etatyopoyta.log.contract import Conflict, Log

KEPT_BYTES = 2_000_000
"""Of one desk: seconds at its busiest. Failovers lose what was on its way to the replica."""

log_line = structlog.get_logger()


class Mending:
    """The last batches of one desk as they were stored."""

    def __init__(self, log: Log, desk_id: str, number: int, hash_: str) -> None:
        self._log = log
        self._desk_id = desk_id
        self._before = (number, hash_)
        self._kept: deque[Batch] = deque()
        self._bytes = 0

    def keep(self, batch: Batch) -> None:
        """Remember the next batch, and forget old ones."""
        self._kept.append(replace(batch, entries=()))
        self._bytes += _size_bytes(batch)
        while self._bytes > KEPT_BYTES:
            gone = self._kept.popleft()
            self._bytes -= _size_bytes(gone)
            self._before = (gone.number, gone.hash)

    async def mend(self) -> None:
        """Store again what is missing; Damaged when that is more than is kept here, or Away.

        Other processes may do the same at the same time: the bytes are the same.
        """
        while True:
            start = self._before[0] - 1
            there = await self._log.read_settled(self._desk_id, start, len(self._kept) + 1)
            missing = self._missing(there)
            try:
                for batch in missing:
                    await self._log.append(self._desk_id, batch)
            except Conflict:
                continue
            if missing:
                first, last = missing[0].number, missing[-1].number
                log_line.error("store had lost batches", desk=self._desk_id, first=first, last=last)
            return

    def _missing(self, there: Sequence[Batch]) -> list[Batch]:
        """What is kept and not there; Damaged when it does not go on from what is there."""
        kept = [self._before, *((batch.number, batch.hash) for batch in self._kept)]
        found = [(batch.number, batch.hash) for batch in there]
        if not found or found != kept[: len(found)]:
            raise Damaged(f"the store lost acknowledged batches after {kept[0][0]}: {found[:1]}")
        return list(self._kept)[len(found) - 1 :]


def _size_bytes(batch: Batch) -> int:
    return len(batch.stored.head) + len(batch.stored.body)
