"""One store, as several server processes reach it: it syncs, stalls, goes, and comes back.

A call travels, is done in one turn of the store with whatever else has arrived, is synced with
that, and only then answered. What is not synced when the store goes is lost; nobody was told of it.
Numbers may be left out, as in Redis: an append of 9 behind 7 is taken.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Callable

from tests.simulation.view import Call, View
from tests.simulation.world import World

from etatyopoyta.log.batch import Batch, read_batch
from etatyopoyta.log.contract import Conflict

TIMEOUT_S = 10.0
"""Of a call: then the caller takes the store for away, whatever becomes of the call."""
KEPT_SNAPSHOTS = 2


class Store:
    """Streams and shelves. `synced` counts the batches of each stream that outlive anything."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lane = world.lane("store")
        self.views: list[View] = []
        self.streams: dict[str, list[Batch]] = {}
        self.synced: dict[str, int] = {}
        self.snapshots: dict[str, dict[int, bytes]] = {}
        self.shelves: dict[str, dict[str, bytes]] = {}
        self.is_up = True
        self.lives = 1
        """How often it has started: who was connected before is not any more."""
        self.is_stalled = False
        self.has_unsynced = asyncio.Event()
        """A batch was taken that would be lost if the power went now."""
        self.on_synced: Callable[[str, Batch], None] = lambda desk_id, batch: None
        self._held: list[Call] = []
        self._unanswered: list[Call] = []
        self._syncing: asyncio.TimerHandle | None = None

    def view(self, name: str, kind: type[View] = View) -> View:
        """The store as one more process has it."""
        view = kind(self, name)
        self.views.append(view)
        return view

    # --- what calls do -------------------------------------------------------------------

    def append(self, desk_id: str, batch: Batch) -> None:
        stream = self.streams.setdefault(desk_id, [])
        last = stream[-1].number if stream else 0
        if batch.number <= last:
            self.world.count("conflicts")
            raise Conflict
        self.world.told("store", f"takes batch {batch.number} {batch.head.mark}")
        stream.append(read_batch(batch.number, batch.stored))
        self.has_unsynced.set()

    def read(self, desk_id: str, after: int, limit: int) -> list[Batch]:
        stream = self.streams.get(desk_id, [])
        start = bisect_right(stream, after, key=lambda batch: batch.number)
        return stream[start : start + limit]

    def synced_after(self, desk_id: str, after: int) -> Batch | None:
        """The next batch, once it is synced: nobody is told of it before."""
        stream = self.streams.get(desk_id, [])
        at = bisect_right(stream, after, key=lambda batch: batch.number)
        return stream[at] if at < self.synced.get(desk_id, 0) else None

    def save_snapshot(self, desk_id: str, number: int, snapshot: bytes) -> None:
        self.world.count("snapshots")
        kept = self.snapshots.setdefault(desk_id, {})
        kept[number] = snapshot
        for old in sorted(kept)[:-KEPT_SNAPSHOTS]:
            del kept[old]

    # --- how they get there and back -----------------------------------------------------

    def send(self, call: Call) -> None:
        """The call sets out."""
        world = self.world
        after_s = world.some(world.weather.travel_s)
        context = self.lane.context()
        world.loop.call_later(after_s, self._arrive, call, context=context)
        world.loop.call_later(TIMEOUT_S, call.lost, context=context)

    def _arrive(self, call: Call) -> None:
        if not self.is_up or call.view.is_cut or self.world.happens(self.world.weather.refused):
            call.lost()
        elif self.is_stalled:
            self._held.append(call)
        else:
            self._do(call)

    def _do(self, call: Call) -> None:
        try:
            call.outcome = call.do()
        except Conflict as conflict:
            call.outcome = conflict
        self._unanswered.append(call)
        if self._syncing is None:
            after_s = self.world.some(self.world.weather.sync_s)
            self._syncing = self.world.loop.call_later(
                after_s, self._sync, context=self.lane.context()
            )

    def _sync(self) -> None:
        self._syncing = None
        self.has_unsynced.clear()
        for desk_id, stream in self.streams.items():
            for batch in stream[self.synced.get(desk_id, 0) :]:
                self.on_synced(desk_id, batch)
            self.synced[desk_id] = len(stream)
        for view in self.views:
            view.news.set()
        calls, self._unanswered = self._unanswered, []
        weather = self.world.weather
        for call in calls:
            is_lost = call.view.is_cut or self.world.happens(weather.unanswered)
            if is_lost:
                self.world.count("in doubt")
            self.world.loop.call_later(
                self.world.some(weather.travel_s), call.lost if is_lost else call.tell
            )

    # --- faults --------------------------------------------------------------------------

    def stall(self) -> None:
        """Calls arrive, and nothing is done."""
        self.is_stalled = True

    def go_on(self) -> None:
        """What arrived meanwhile is done, in any order: connections have none among them."""
        self.is_stalled = False
        held, self._held = self._held, []
        self.world.chance.shuffle(held)
        for call in held:
            self._do(call)
        self._wake()

    def crash(self) -> None:
        """Power goes. What was not synced is gone, and nobody was told of it."""
        if self._syncing is not None:
            self._syncing.cancel()
            self._syncing = None
        self.has_unsynced.clear()
        for desk_id, stream in self.streams.items():
            unsynced = stream[self.synced.get(desk_id, 0) :]
            if unsynced:
                self.world.count("unsynced lost")
                del stream[-len(unsynced) :]
        calls, self._unanswered, self._held = [*self._unanswered, *self._held], [], []
        for call in calls:
            call.lost()
        self.is_up = self.is_stalled = False
        self._wake()

    def come_back(self) -> None:
        """The store is there again."""
        self.is_up = True
        self.lives += 1
        self._wake()

    def lose(self, desk_id: str, count: int) -> int:
        """A replica without the last batches takes over; how many are lost."""
        self.crash()
        stream = self.streams[desk_id]
        count = min(count, len(stream) - 1)
        del stream[len(stream) - count :]
        self.synced[desk_id] = len(stream)
        self.world.told("store", f"lost {count} batches, ends at {stream[-1].number}")
        self.come_back()
        return count

    def _wake(self) -> None:
        for view in self.views:
            view.wake()
