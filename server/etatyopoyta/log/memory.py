"""The log in memory: the twin that tests and simulations use. Keeps nothing for good."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, Unreadable, read_batch
from etatyopoyta.log.contract import Away, Behind, Conflict, Whispered

KEPT_SNAPSHOTS = 2


class MemoryLog:
    """See `contract.Log`. `is_away` makes it behave like a store that went."""

    def __init__(self) -> None:
        self.is_away = False
        self._streams: dict[str, list[Batch]] = {}
        self._snapshots: dict[str, dict[int, bytes]] = {}
        self._shelves: dict[str, dict[str, bytes]] = {}
        self._watched: dict[str, int] = {}
        self._news = asyncio.Event()
        self._heard: asyncio.Queue[Whispered] = asyncio.Queue()
        self._all = [self]

    def another(self) -> "MemoryLog":
        """The same store as another process has it."""
        log = MemoryLog()
        log._streams, log._snapshots, log._shelves = self._streams, self._snapshots, self._shelves
        log._all = self._all
        log._all.append(log)
        return log

    async def append(self, desk_id: str, batch: Batch) -> None:
        await self._reach()
        stream = self._streams.setdefault(desk_id, [])
        if batch.number <= len(stream):
            raise Conflict
        if batch.head.prev != (stream[-1].hash if stream else NO_BATCH_HASH):
            raise Behind(f"batch {batch.number - 1} is not there")
        stream.append(batch)
        if desk_id in self._watched:
            self._watched[desk_id] = max(self._watched[desk_id], batch.number)
        for log in self._all:
            log._news.set()

    async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        await self._reach()
        stream = self._streams.get(desk_id, [])
        return [read_batch(b.number, b.stored) for b in stream[after : after + limit]]

    async def read_settled(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        return await self.read(desk_id, after, limit)

    @property
    def replicas(self) -> int:
        return 0

    async def watch(self, desk_id: str, after: int) -> None:
        self._watched[desk_id] = after
        self._news.set()

    async def unwatch(self, desk_id: str) -> None:
        self._watched.pop(desk_id, None)

    async def follow(self) -> AsyncIterator[tuple[str, Batch | Unreadable]]:
        while True:
            self._news.clear()
            for desk_id, after in list(self._watched.items()):
                await self._reach()
                for batch in self._streams.get(desk_id, [])[after:]:
                    if self._watched.get(desk_id, batch.number) < batch.number:
                        self._watched[desk_id] = batch.number
                        yield desk_id, _batch_or_why_not(batch)
            if not self._news.is_set():
                await self._news.wait()

    def whisper(self, desk_id: str, body: bytes) -> None:
        for log in self._all:
            if log is not self and desk_id in self._watched.keys() & log._watched.keys():
                log._heard.put_nowait(Whispered(desk_id, str(id(self)), body))

    async def call_out(self, desk_id: str, body: bytes) -> None:
        await self._reach()
        for log in self._all:
            if desk_id in log._watched:
                log._heard.put_nowait(Whispered(desk_id, str(id(self)), body))

    async def hear(self) -> AsyncIterator[Whispered]:
        while True:
            yield await self._heard.get()

    async def save_snapshot(self, desk_id: str, number: int, snapshot: bytes) -> None:
        await self._reach()
        kept = self._snapshots.setdefault(desk_id, {})
        kept[number] = snapshot
        for old in sorted(kept)[:-KEPT_SNAPSHOTS]:
            del kept[old]

    async def snapshots(self, desk_id: str) -> Sequence[bytes]:
        await self._reach()
        kept = self._snapshots.get(desk_id, {})
        return [kept[number] for number in sorted(kept, reverse=True)]

    async def put(self, shelf: str, key: str, value: bytes) -> None:
        await self._reach()
        self._shelves.setdefault(shelf, {})[key] = value

    async def put_new(self, shelf: str, key: str, value: bytes) -> bool:
        await self._reach()
        there = self._shelves.setdefault(shelf, {})
        if key in there:
            return False
        there[key] = value
        return True

    async def get(self, shelf: str, key: str) -> bytes | None:
        await self._reach()
        return self._shelves.get(shelf, {}).get(key)

    async def all(self, shelf: str) -> dict[str, bytes]:
        await self._reach()
        return dict(self._shelves.get(shelf, {}))

    async def drop(self, shelf: str, *keys: str) -> None:
        await self._reach()
        for key in keys:
            self._shelves.get(shelf, {}).pop(key, None)

    async def erase(self, desk_id: str, *shelves: str) -> None:
        await self._reach()
        self._streams.pop(desk_id, None)
        self._snapshots.pop(desk_id, None)
        for shelf in shelves:
            self._shelves.pop(shelf, None)

    async def close(self) -> None:
        return None

    async def _reach(self) -> None:
        await asyncio.sleep(0)  # as a real store: others get a turn
        if self.is_away:
            raise Away


def _batch_or_why_not(batch: Batch) -> Batch | Unreadable:
    try:
        return read_batch(batch.number, batch.stored)
    except Unreadable as unreadable:
        return unreadable
