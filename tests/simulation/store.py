"""A store for several processes: it stalls, refuses, forgets replies and loses what it may."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from random import Random

from msgspec import Struct

from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, Unreadable, read_batch
from etatyopoyta.log.contract import Away, Behind, Conflict, Whispered

KEPT_SNAPSHOTS = 2


class Weather(Struct, frozen=True):
    """How often things go wrong, as shares of calls, and how long calls take, in seconds."""

    refused: float = 0.0
    """Away, and nothing was stored."""
    unanswered: float = 0.0
    """Stored, and then Away: the caller is in doubt."""
    stalled: float = 0.0
    """Takes `stall_s` instead of `delay_s`."""
    delay_s: float = 0.003
    stall_s: float = 3.0
    whispers_lost: float = 0.0


class Store:
    """What all processes share. A batch that anybody was told of is synced and stays."""

    def __init__(self) -> None:
        self.weather = Weather()
        self.is_down = False
        self.streams: dict[str, list[Batch]] = {}
        self.synced: dict[str, int] = {}
        """By desk: how many batches outlive a crash for sure."""
        self.snapshots: dict[str, dict[int, bytes]] = {}
        self.shelves: dict[str, dict[str, bytes]] = {}
        self.handles: list[SimulatedLog] = []

    def entries(self, desk_id: str) -> int:
        """The number of the last entry that is stored."""
        stream = self.streams.get(desk_id)
        return stream[-1].entries[-1].n if stream else 0

    def crash(self, chance: Random) -> int:
        """Lose any part of the unsynced tails; how many batches."""
        lost = 0
        for desk_id, stream in self.streams.items():
            unsynced = len(stream) - self.synced.get(desk_id, 0)
            for _ in range(chance.randint(0, unsynced)):
                stream.pop()
                lost += 1
        return lost

    def lose_synced(self, desk_id: str, count: int) -> None:
        """What no store may do: lose batches that it has acknowledged."""
        del self.streams[desk_id][-count:]
        self.synced[desk_id] = len(self.streams[desk_id])


class SimulatedLog:
    """See `log.contract.Log`: the store as one process has it."""

    def __init__(self, store: Store, chance: Random) -> None:
        self.is_dead = False
        """The process was killed: nothing that it does has an effect any more."""
        self._store = store
        self._chance = chance
        self._watched: dict[str, int] = {}
        self._news = asyncio.Event()
        self._heard: asyncio.Queue[Whispered] = asyncio.Queue()
        store.handles.append(self)

    async def append(self, desk_id: str, batch: Batch) -> None:
        weather = self._store.weather
        await self._travel()
        if self._chance.random() < weather.refused:
            raise Away("refused")
        stream = self._store.streams.setdefault(desk_id, [])
        if batch.number <= (stream[-1].number if stream else 0):
            raise Conflict
        if batch.head.prev != (stream[-1].hash if stream else NO_BATCH_HASH):
            raise Behind
        stream.append(batch)
        if self._chance.random() < weather.unanswered:
            raise Away("no reply")
        await self._travel()
        if len(stream) < batch.number or stream[batch.number - 1].hash != batch.hash:
            raise Away("the store went before it had synced")
        self._sync(desk_id, batch.number)
        if desk_id in self._watched:
            self._watched[desk_id] = max(self._watched[desk_id], batch.number)
        for handle in self._store.handles:
            handle._news.set()

    async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        await self._travel()
        stream = self._store.streams.get(desk_id, [])
        found = [b for b in stream if b.number > after][:limit]
        await self._travel()
        if any(batch not in stream for batch in found):
            raise Away("the store went before it had synced")
        if found:
            self._sync(desk_id, found[-1].number)
        return [read_batch(batch.number, batch.stored) for batch in found]

    async def read_settled(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        return await self.read(desk_id, after, limit)

    @property
    def replicas(self) -> int:
        return 0

    async def watch(self, desk_id: str, after: int) -> None:
        await self._travel()
        self._watched[desk_id] = after
        self._news.set()

    async def unwatch(self, desk_id: str) -> None:
        self._watched.pop(desk_id, None)

    async def follow(self) -> AsyncIterator[tuple[str, Batch | Unreadable]]:
        while True:
            self._news.clear()
            for desk_id, after in list(self._watched.items()):
                for batch in await self.read(desk_id, after):
                    if self._watched.get(desk_id, batch.number) < batch.number:
                        self._watched[desk_id] = batch.number
                        yield desk_id, batch
            if not self._news.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), 5.0)

    def whisper(self, desk_id: str, body: bytes) -> None:
        others = [each for each in self._store.handles if desk_id in each._watched]
        for handle in others:
            is_lost = self._chance.random() < self._store.weather.whispers_lost
            if handle is not self and not self.is_dead and not is_lost:
                handle._heard.put_nowait(Whispered(desk_id, str(id(self)), body))

    async def call_out(self, desk_id: str, body: bytes) -> None:
        self.whisper(desk_id, body)

    async def hear(self) -> AsyncIterator[Whispered]:
        while True:
            yield await self._heard.get()

    async def save_snapshot(self, desk_id: str, number: int, snapshot: bytes) -> None:
        await self._travel()
        kept = self._store.snapshots.setdefault(desk_id, {})
        kept[number] = snapshot
        for old in sorted(kept)[:-KEPT_SNAPSHOTS]:
            del kept[old]

    async def snapshots(self, desk_id: str) -> Sequence[bytes]:
        await self._travel()
        kept = self._store.snapshots.get(desk_id, {})
        return [kept[number] for number in sorted(kept, reverse=True)]

    async def put(self, shelf: str, key: str, value: bytes) -> None:
        await self._travel()
        self._store.shelves.setdefault(shelf, {})[key] = value

    async def put_new(self, shelf: str, key: str, value: bytes) -> bool:
        await self._travel()
        return self._store.shelves.setdefault(shelf, {}).setdefault(key, value) is value

    async def get(self, shelf: str, key: str) -> bytes | None:
        await self._travel()
        return self._store.shelves.get(shelf, {}).get(key)

    async def all(self, shelf: str) -> dict[str, bytes]:
        await self._travel()
        return dict(self._store.shelves.get(shelf, {}))

    async def drop(self, shelf: str, *keys: str) -> None:
        await self._travel()
        for key in keys:
            self._store.shelves.get(shelf, {}).pop(key, None)

    async def close(self) -> None:
        return None

    def _sync(self, desk_id: str, number: int) -> None:
        self._store.synced[desk_id] = max(self._store.synced.get(desk_id, 0), number)

    async def _travel(self) -> None:
        weather = self._store.weather
        is_stalled = self._chance.random() < weather.stalled
        await asyncio.sleep(
            self._chance.random() * (weather.stall_s if is_stalled else weather.delay_s)
        )
        if self._store.is_down or self.is_dead:
            raise Away("down")
