"""A page of the app, as web/src/lib/sync/live.svelte.ts behaves, that does not trust the server.

What the browser would forgive, it calls Broken: an entry twice, a gap, an answer before its entry.
"""

import asyncio
import gzip
import re
from enum import Enum
from functools import partial

import msgspec
from tests.simulation.cable import Cable
from tests.simulation.cast import SECRET, Doing, Guest, next_act, open_section
from tests.simulation.outbox import Act, Outbox
from tests.simulation.server import Lost, Server
from tests.simulation.truth import Truth
from tests.simulation.world import World

from etatyopoyta.domain.patch import Form, Patch, merge
from etatyopoyta.domain.records import Point
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Damaged
from etatyopoyta.log.contract import Away
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.http import Snapshot
from etatyopoyta.room.frame import Frame
from etatyopoyta.room.opening import NoDesk

BACK_OFF_S = 2.0
_from_server = msgspec.json.Decoder(frames.AnyFromServer)
_secrets = re.compile(rf'{SECRET}_(person_[0-9]+)_[0-9]+|"author":"(person_[0-9]+)"'.encode())


class Status(Enum):
    CONNECTING = "connecting"
    LIVE = "live"
    OFFLINE = "offline"


class Page:
    """One tab of one person."""

    def __init__(
        self, world: World, truth: Truth, who: Guest, number: int, servers: list[Server]
    ) -> None:
        self.who = who
        self.lane = world.lane(f"{who.person}/{number}")
        self.shown: dict[str, Form] = {}
        self.n = 0
        self.mark = ""
        self.status = Status.CONNECTING
        self.was_restored = False
        keeps_rids = world.happens(0.3)
        self.is_hasty = keeps_rids and world.happens(0.3)
        """It asks twice, and in any order."""
        self.cable: Cable | None = None
        self.refused_as: Closing | None = None
        self.world = world
        self.outbox = Outbox(world, f"outbox{number:04}", self._send, keeps_rids=keeps_rids)
        self._truth = truth
        self._servers = servers
        self._is_resyncing = False
        self._hellos = 0
        """On this line, and not answered: one more than one when a resync outlived a line."""
        self._has_own = False
        """What is shown is more than what all see: the welcome brought it."""
        self._resync_task: asyncio.Task[None] | None = None
        self._task = world.loop.start(self.lane, self._run())
        world.watch_over(self._task)

    # --- what its person does ------------------------------------------------------------

    def act(self, number: int) -> Act | None:
        """Do something, with or without a line."""
        if self.status is Status.CONNECTING:
            return None
        doing = Doing(self.who, number, self.shown, self.world.chance)
        act = Act(
            number,
            self.who.person,
            next_act(doing),
            open_section(self.shown),
            [self.outbox.new_rid()],
        )
        self.world.told(self.lane.name, f"{act.rid} {act.command!r}"[:140])
        self.lane.context().run(self.outbox.add, act)
        return act

    def point(self, at: Point) -> None:
        """Move the pointer."""
        if self.status is Status.LIVE:
            self._send(msgspec.json.encode(frames.PresenceMoved(at)))

    def adopt(self, acts: list[Act]) -> None:
        """Take over what a page left behind that is no more."""
        self.lane.context().run(self.outbox.adopt, acts)

    def end(self) -> list[Act]:
        """The page is closed, or falls over; what it had not got done."""
        self.world.told(self.lane.name, "ends")
        self.lane.is_gone = True
        self.outbox.close()
        if self.cable is not None:
            self.cable.cut()
        for task in (self._task, self._resync_task):
            if task is not None:
                task.cancel()
        left, self.outbox.waiting = self.outbox.waiting, []
        return left

    # --- coming and coming back ----------------------------------------------------------

    async def _run(self) -> None:
        while not await self._fetch():  # noqa: ASYNC110  it tries, it does not wait
            await asyncio.sleep(self.world.some(BACK_OFF_S))
        while True:
            up = [server for server in self._servers if server.is_up]
            if up:
                cable = Cable(self.world, self.lane, self._hear)
                cable.on_write = partial(self._written, cable)
                self.cable = cable
                self.world.chance.choice(up).connect(cable, self.who.person, self.who.role)
                self._hellos = 0
                self._hello()
                self.refused_as = await cable.ended
                self.cable = None
                self._stop()
            await asyncio.sleep(self.world.some(BACK_OFF_S))

    async def _fetch(self) -> bool:
        up = [server for server in self._servers if server.is_up]
        if not up:
            return False
        server = self.world.chance.choice(up)
        try:
            body = await server.fetch()
        except (Lost, Away, NoDesk, Refused):
            return False
        except Damaged:
            self.refused_as = Closing.OUR_FAULT
            return False
        plain = gzip.decompress(body)
        self._look_for_secrets(plain)
        snapshot = msgspec.json.decode(plain, type=Snapshot)
        self.was_restored |= snapshot.n < self.n
        self.n, self.mark = snapshot.n, snapshot.mark
        self.shown = dict(snapshot.records)
        self._has_own = False
        self.world.told(self.lane.name, f"has the snapshot at {self.n} of {server.name}")
        return True

    def _hello(self) -> None:
        self._hellos += 1
        self._send(msgspec.json.encode(frames.Hello("ticket", self.n, self.mark)))

    def _send(self, data: bytes) -> None:
        if self.cable is not None:
            self.cable.send(data)
            if self.is_hasty and self.world.happens(0.2) and b'"ask"' in data:
                self.cable.send(data)

    def _stop(self) -> None:
        self.outbox.close()
        if self.status is Status.LIVE:
            self.status = Status.OFFLINE

    async def _resync(self) -> None:
        try:
            if await self._fetch():
                self._is_resyncing = False
                self._hello()
            elif self.cable is not None:
                self.cable.cut()
        finally:
            self._is_resyncing = False

    # --- what the server says ------------------------------------------------------------

    def _written(self, cable: Cable, frame: Frame) -> None:
        """The server has just written this, to whatever end of the line (O2)."""
        if frame.payload.startswith((b'{"t":"entries"', b'{"t":"settled"')):
            self.world.promise(cable.is_greeted, f"O6: {self.lane.name} was told before its hello")
            self._truth.check_told(_from_server.decode(frame.payload))

    def _hear(self, data: bytes) -> None:
        self._look_for_secrets(data)
        frame = _from_server.decode(data)
        match frame:
            case frames.Entries():
                self._take(frame)
            case frames.Welcome():
                self._welcome(frame)
            case frames.Resync():
                self._must_resync()
            case frames.Settled(done):
                for each in done:
                    self._settled(each)
            case frames.RefusedAsk():
                self._refused(frame)

    def _must_resync(self) -> None:
        self._hellos -= 1
        if self._is_resyncing:
            return
        self.world.count("resyncs")
        self.world.told(self.lane.name, "must resync")
        self._is_resyncing = True
        self._stop()
        self._resync_task = self.world.loop.start(self.lane, self._resync())
        self.world.watch_over(self._resync_task)

    def _take(self, frame: frames.Entries) -> None:
        if self._is_resyncing:
            return
        is_live = self.status is Status.LIVE and not self._hellos
        for entry in frame.list:
            if not is_live and entry.n <= self.n:
                continue
            if not is_live and entry.n != self.n + 1:
                # Between a hello and its welcome, entries may come that the hello did not know of.
                return
            follows = entry.n == self.n + 1
            self.world.promise(follows, f"O3: {self.lane.name} got {entry.n} after {self.n}")
            self._apply(entry.p)
            self.n = entry.n
            if self._has_own:
                self._truth.check_seen(self.who.audiences, entry.n, entry.p, self.shown)
        if frame.list and frame.list[-1].n == self.n:
            self.mark = frame.mark

    def _welcome(self, frame: frames.Welcome) -> None:
        self._hellos -= 1
        if self._is_resyncing:
            return
        has = f"{self.lane.name} has {self.n}, is welcomed at {frame.n}"
        self.world.promise(frame.n == self.n, f"O6: {has}")
        self.mark = frame.mark
        self._apply(frame.own)
        self._has_own = True
        self.world.told(self.lane.name, f"is welcome at {self.n}")
        self.status = Status.LIVE
        if self.is_hasty:
            self.world.chance.shuffle(self.outbox.waiting)
        self.outbox.open()

    def _settled(self, done: frames.Done) -> None:
        act = self.outbox.find(done.rid)
        self.world.told(self.lane.name, f"{done.rid} is settled as {done.n}")
        if done.n is not None and self.status is Status.LIVE:
            has = f"{self.lane.name} has {self.n}, {done.rid} is settled as {done.n}"
            self.world.promise(done.n <= self.n, f"an answer before its entry: {has}")
        if act is not None:
            self.outbox.answered(act, done)

    def _refused(self, refused: frames.RefusedAsk) -> None:
        act = self.outbox.find(refused.rid)
        self.world.told(self.lane.name, f"{refused.rid} is refused: {refused.code}")
        self.world.count(f"refused {refused.code}")
        if act is None:
            return
        if refused.retry_ms is None:
            self.outbox.answered(act, refused)
        else:
            self.outbox.later(act, refused.retry_ms)

    def _apply(self, patch: Patch) -> None:
        for record_id, change in patch.items():
            if change is None:
                self.shown.pop(record_id, None)
            else:
                self.shown[record_id] = merge(self.shown.get(record_id), change)

    def _look_for_secrets(self, data: bytes) -> None:
        for found in _secrets.finditer(data):
            whose = (found[1] or found[2]).decode()
            told = f"O9: {self.lane.name} got {found[0]!r}"
            is_open = self._truth.was_open(found[0].decode())
            self.world.promise(whose == self.who.person or is_open, told)
