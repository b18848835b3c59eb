"""The open desks of this process, and the tasks that keep them going."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
import structlog
from msgspec import Raw

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.contract import Away, Log
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import Done
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.opening import open_state
from etatyopoyta.room.presence import TICK_S
from etatyopoyta.room.room import Room, Waiting

SNAPSHOT_EVERY = 2_000
"""Entries; replaying that many takes well under a second."""
TIDY_S = 5.0
IDLE_S = 600.0
"""A desk that nobody has sat at for so long is put away."""
SYSTEM = "system"

log_line = structlog.get_logger()


class Rooms:
    """Desks by id; each is opened once, when somebody first asks for it."""

    def __init__(self, log: Log, chance: Chance, build: str, tasks: asyncio.TaskGroup) -> None:
        self._log = log
        self._chance = chance
        self._build = build
        self._tasks = tasks
        self._open: dict[str, Room] = {}
        self._writers: dict[str, asyncio.Task[None]] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._idle_since: dict[str, float] = {}
        self._keepers = [tasks.create_task(run()) for run in (self._follow, self._tick, self._tidy)]

    async def get(self, desk_id: str) -> Room:
        """The open desk; NoDesk when there is none, Damaged or Away when it cannot be read."""
        room = self._open.get(desk_id)
        if room is not None:
            return room
        async with self._opening.setdefault(desk_id, asyncio.Lock()):
            if desk_id not in self._open:
                state = await open_state(self._log, desk_id)
                room = Room(desk_id, state, self._log, self._chance, self._build)
                await room.names.load()
                await self._log.watch(desk_id, state.batch)
                self._open[desk_id] = room
                self._writers[desk_id] = self._tasks.create_task(self._write(room))
        self._opening.pop(desk_id, None)
        return self._open[desk_id]

    def opened(self) -> list[Room]:
        """The desks that are open now."""
        return list(self._open.values())

    async def ask(self, desk_id: str, command: Command, rid: str) -> Done:
        """Let the server itself do something on a desk; Refused when a rule says no."""
        room = await self.get(desk_id)
        answered: asyncio.Future[Done | Refused] = asyncio.get_running_loop().create_future()

        def answer(outcome: Done | Refused) -> None:
            if not answered.done():
                answered.set_result(outcome)

        cmd = Raw(msgspec.json.encode(command))
        room.submit(Waiting(SYSTEM, Role.SYSTEM, rid, command, cmd, answer))
        outcome = await answered
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def close(self) -> None:
        """Let everything asked be stored, say goodbye, keep snapshots, end the tasks."""
        rooms = self.opened()
        with suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await asyncio.gather(*(room.at_rest() for room in rooms))
        for room in rooms:
            room.close_seats(Closing.GOING_AWAY)
        with suppress(Away, TimeoutError):
            async with asyncio.timeout(5.0):
                for room in rooms:
                    await room.keep_snapshot()
        for task in (*self._keepers, *self._writers.values()):
            task.cancel()

    async def _write(self, room: Room) -> None:
        try:
            await room.run()
        except Exception:  # the rim: a desk that fails must not take the others along
            log_line.exception("desk failed", desk=room.desk_id, n=room.state.n)
            self._open.pop(room.desk_id, None)
            self._writers.pop(room.desk_id, None)
            room.close_seats(Closing.OUR_FAULT)

    async def _follow(self) -> None:
        while True:
            try:
                async for desk_id, batch in self._log.follow():
                    room = self._open.get(desk_id)
                    if room is not None:
                        await room.take_from_others(batch)
            except Away as away:
                log_line.warning("store is away", why=str(away))
                await asyncio.sleep(1.0)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            for room in self.opened():
                room.tick()

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(TIDY_S)
            for room in self.opened():
                with suppress(Away):
                    if room.unkept >= SNAPSHOT_EVERY:
                        await room.keep_snapshot()
                    await self._put_away_if_idle(room)

    async def _put_away_if_idle(self, room: Room) -> None:
        now = asyncio.get_running_loop().time()
        if room.seats:
            self._idle_since.pop(room.desk_id, None)
        elif now - self._idle_since.setdefault(room.desk_id, now) > IDLE_S:
            await room.at_rest()
            await room.keep_snapshot()
            if not room.seats:
                await self._log.unwatch(room.desk_id)
                del self._open[room.desk_id]
                self._idle_since.pop(room.desk_id)
                self._writers.pop(room.desk_id).cancel()


@asynccontextmanager
async def open_rooms(log: Log, chance: Chance, build: str) -> AsyncIterator[Rooms]:
    """Rooms for as long as the block runs."""
    async with asyncio.TaskGroup() as tasks:
        rooms = Rooms(log, chance, build, tasks)
        try:
            yield rooms
        finally:
            await rooms.close()
