"""The store as one server process has it: see `contract.Log`."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from etatyopoyta.log.batch import Batch, Unreadable
from etatyopoyta.log.contract import Away, Whispered

if TYPE_CHECKING:
    from tests.simulation.store import Store


class Call(Struct, eq=False):
    """Something that a process wants done."""

    view: "View"
    do: Callable[[], Any]
    answer: "asyncio.Future[Any]"
    outcome: Any = None

    def lost(self) -> None:
        """The caller hears of no outcome."""
        if not self.answer.done():
            self.answer.set_exception(Away("no answer"))

    def tell(self) -> None:
        """The caller hears of the outcome."""
        if self.answer.done():
            return
        if isinstance(self.outcome, Exception):
            self.answer.set_exception(self.outcome)
        else:
            self.answer.set_result(self.outcome)


class View:
    """A process's connections: `is_cut` while nothing gets through, `is_gone` for good."""

    def __init__(self, store: "Store", name: str) -> None:
        self.name = name
        self.watched: dict[str, int] = {}
        self.news = asyncio.Event()
        self.heard = asyncio.Event()
        self.whispers: deque[Whispered] = deque()
        self.is_cut = False
        self.is_gone = False
        self.store = store
        self.world = store.world

    async def append(self, desk_id: str, batch: Batch) -> None:
        await self._call(lambda: self.store.append(desk_id, batch))
        # `follow` tells of what others stored, and now and then of what was stored here.
        if desk_id in self.watched and not self.world.happens(self.world.weather.told_twice):
            self.watched[desk_id] = max(self.watched[desk_id], batch.number)

    async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        batches: list[Batch] = await self._call(lambda: self.store.read(desk_id, after, limit))
        return batches

    async def read_settled(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        return await self.read(desk_id, after, limit)

    @property
    def replicas(self) -> int:
        return 0

    async def watch(self, desk_id: str, after: int) -> None:
        self.watched[desk_id] = after
        self.news.set()
        await self._call(lambda: None)

    async def unwatch(self, desk_id: str) -> None:
        self.world.count("put away")
        self.watched.pop(desk_id, None)
        await self._call(lambda: None)

    def follow(self) -> AsyncIterator[tuple[str, Batch | Unreadable]]:
        return Following(self)

    def whisper(self, desk_id: str, body: bytes) -> None:
        for view in self.store.views:
            if view is not self and not self.is_gone and desk_id in view.watched:
                self._say(view, Whispered(desk_id, self.name, body))

    async def call_out(self, desk_id: str, body: bytes) -> None:
        await self._call(lambda: None)
        for view in self.store.views:
            if desk_id in view.watched:
                self._say(view, Whispered(desk_id, self.name, body))

    def _say(self, to: "View", whispered: Whispered) -> None:
        def arrive() -> None:
            to.whispers.append(whispered)
            to.heard.set()

        weather = self.world.weather
        is_lost = self.is_cut or to.is_cut or not self.store.is_up
        if not is_lost and not self.world.happens(weather.whisper_lost):
            after_s = self.world.some(weather.told_late_s)
            self.world.loop.call_later(after_s, arrive, context=self.store.lane.context())

    def hear(self) -> AsyncIterator[Whispered]:
        return Hearing(self)

    async def save_snapshot(self, desk_id: str, number: int, snapshot: bytes) -> None:
        await self._call(lambda: self.store.save_snapshot(desk_id, number, snapshot))

    async def snapshots(self, desk_id: str) -> Sequence[bytes]:
        kept: dict[int, bytes] = await self._call(
            lambda: dict(self.store.snapshots.get(desk_id, {}))
        )
        return [kept[number] for number in sorted(kept, reverse=True)]

    async def put(self, shelf: str, key: str, value: bytes) -> None:
        await self._call(lambda: self._shelf(shelf).update({key: value}))

    async def put_new(self, shelf: str, key: str, value: bytes) -> bool:
        return bool(await self._call(lambda: self._shelf(shelf).setdefault(key, value) is value))

    async def get(self, shelf: str, key: str) -> bytes | None:
        value: bytes | None = await self._call(lambda: self._shelf(shelf).get(key))
        return value

    async def all(self, shelf: str) -> dict[str, bytes]:
        values: dict[str, bytes] = await self._call(lambda: dict(self._shelf(shelf)))
        return values

    async def drop(self, shelf: str, *keys: str) -> None:
        await self._call(lambda: [self._shelf(shelf).pop(key, None) for key in keys])

    async def erase(self, desk_id: str, *shelves: str) -> None:
        raise NotImplementedError  # only rehearsals are, and none of them is simulated

    async def close(self) -> None:
        return None

    def _shelf(self, shelf: str) -> dict[str, bytes]:
        return self.store.shelves.setdefault(shelf, {})

    async def _call(self, do: Callable[[], Any]) -> Any:
        if self.is_gone:
            raise Away("the process is gone")
        call = Call(self, do, self.world.loop.create_future())
        self.store.send(call)
        return await call.answer

    def cut(self) -> None:
        """Nothing gets through any more, and what is on the way is lost."""
        self.is_cut = True
        self.wake()

    def mend(self) -> None:
        """There is a way again."""
        self.is_cut = False

    def wake(self) -> None:
        """Let those who wait for news look again."""
        self.news.set()
        self.heard.set()

    def check(self, since: int) -> None:
        """Pass when there has been a way to this life of the store all the time, else Away."""
        if self.is_cut or self.is_gone or not self.store.is_up or since != self.store.lives:
            raise Away("no way to the store")


class Bare(View):
    """A way to the store that finds no snapshots, whoever keeps one meanwhile."""

    async def snapshots(self, desk_id: str) -> Sequence[bytes]:
        return ()


class Following:
    """The batches of all watched desks; those that are synced."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._since = view.store.lives
        self._last: tuple[str, Batch] | None = None

    def __aiter__(self) -> "Following":
        return self

    async def __anext__(self) -> tuple[str, Batch | Unreadable]:
        view = self._view
        world = view.world
        if self._last is not None and world.happens(world.weather.told_twice):
            return self._last
        while True:
            view.check(self._since)
            found = self._next()
            if found is not None:
                await asyncio.sleep(world.some(world.weather.told_late_s))
                view.check(self._since)
                desk_id, batch = found
                if view.watched.get(desk_id, batch.number) < batch.number:
                    view.watched[desk_id] = batch.number
                    self._last = found
                    return found
                continue
            view.news.clear()
            await view.news.wait()

    def _next(self) -> tuple[str, Batch] | None:
        for desk_id, after in self._view.watched.items():
            batch = self._view.store.synced_after(desk_id, after)
            if batch is not None and not self._view.store.is_stalled:
                return desk_id, batch
        return None


class Hearing:
    """What is whispered to a process."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._since = view.store.lives

    def __aiter__(self) -> "Hearing":
        return self

    async def __anext__(self) -> Whispered:
        view = self._view
        while True:
            view.check(self._since)
            if view.whispers:
                return view.whispers.popleft()
            view.heard.clear()
            await view.heard.wait()
