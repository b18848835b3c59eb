"""The open desks of this process, and the tasks that keep them going."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress

import structlog

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Batch, Newer, Unreadable
from etatyopoyta.log.contract import Away, Log
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import Done
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.limits import Limits
from etatyopoyta.room.opening import State, open_state
from etatyopoyta.room.presence import TICK_S
from etatyopoyta.room.queue import SYSTEM, asked_here
from etatyopoyta.room.room import Room
from etatyopoyta.room.space import Space
from etatyopoyta.room.whispers import Erased, decode, encode

SNAPSHOT_EVERY = 2_000
"""Entries; replaying that many takes well under a second."""
TIDY_S = 5.0
NEWER_RETRY_MS = 1_000
"""About: by then another process may answer, which is of the later version."""
IDLE_S = 600.0
"""A desk that nobody has sat at for so long is put away."""

log_line = structlog.get_logger()


class Rooms:
    """Desks by id; each is opened once, when somebody first asks for it."""

    def __init__(
        self,
        log: Log,
        chance: Chance,
        build: str,
        limits: Limits,
        space: Space,
        tasks: asyncio.TaskGroup,
    ) -> None:
        self._log = log
        self._chance = chance
        self._build = build
        self._limits = limits
        self._space = space
        self._tasks = tasks
        self._open: dict[str, Room] = {}
        self._writers: dict[str, asyncio.Task[None]] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._idle_since: dict[str, float] = {}
        self._newer: set[str] = set()
        """Desks that other processes have taken to a later version: ours for no more (L6)."""
        self._keepers = [
            tasks.create_task(run()) for run in (self._follow, self._hear, self._tick, self._tidy)
        ]

    async def get(self, desk_id: str) -> Room:
        """The open desk; NoDesk when there is none; Damaged, Newer or Away."""
        room = self._open.get(desk_id)
        if room is not None:
            return room
        if desk_id in self._newer:
            raise Newer(desk_id)
        async with self._opening.setdefault(desk_id, asyncio.Lock()):
            if desk_id not in self._open:
                state = await self._state(desk_id)
                room = Room(
                    desk_id,
                    state,
                    self._log,
                    self._chance,
                    self._build,
                    self._limits,
                    self._space,
                )
                await room.names.load()
                self._open[desk_id] = room  # before the watch: what it tells must find the room
                self._writers[desk_id] = self._tasks.create_task(self._write(room))
                try:
                    await self._log.watch(desk_id, state.batch)
                except Away:
                    self._fail(room, "the store went while the desk was opened")  # some sit at it
                    raise
        self._opening.pop(desk_id, None)
        room = self._open.get(desk_id)
        if room is None:
            raise Away("the desk failed while it was opened")
        return room

    async def _state(self, desk_id: str) -> State:
        try:
            return await open_state(self._log, desk_id)
        except Newer:
            self._newer.add(desk_id)  # else each who asks would have the log read again
            raise

    def opened(self) -> list[Room]:
        """The desks that are open now."""
        return list(self._open.values())

    async def ask(
        self,
        desk_id: str,
        command: Command,
        rid: str,
        by: str = SYSTEM,
        role: Role = Role.SYSTEM,
    ) -> Done:
        """Do something on a desk, as the server itself if nobody is named; Refused by a rule."""
        room = await self.get(desk_id)
        answered: asyncio.Future[Done | Refused] = asyncio.get_running_loop().create_future()

        def answer(outcome: Done | Refused) -> None:
            if not answered.done():
                answered.set_result(outcome)

        room.submit(asked_here(command, rid, answer, by, role))
        outcome = await answered
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Do something beside, for as long as the rooms are open."""
        self._keepers.append(self._tasks.create_task(work))

    async def erase(self, desk_id: str, *shelves: str) -> None:
        """Close the desk everywhere and forget its log and these shelves."""
        await self._log.call_out(desk_id, encode(Erased()))
        room = self._open.get(desk_id)
        if room is not None:
            self._shut(room)
        await self._log.unwatch(desk_id)
        await self._log.erase(desk_id, *shelves)

    def _shut(self, room: Room) -> None:
        room.attendance.close(Closing.NO_SESSION)
        self._let_go(room)

    async def close(self) -> None:
        """Let everything asked be stored, say goodbye, keep snapshots, end the tasks."""
        rooms = self.opened()
        with suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await asyncio.gather(*(room.at_rest() for room in rooms))
        for room in rooms:
            room.attendance.close(Closing.GOING_AWAY)
        with suppress(Away, TimeoutError):
            async with asyncio.timeout(5.0):
                for room in rooms:
                    await room.keep_snapshot()
        for task in (*self._keepers, *self._writers.values()):
            task.cancel()

    async def _write(self, room: Room) -> None:
        try:
            await room.run()
        except Exception as error:  # the rim: a desk that fails must not take the others along
            self._fail(room, error)
        finally:
            room.give_up()

    async def _follow(self) -> None:
        while True:
            try:
                async for desk_id, batch in self._log.follow():
                    room = self._open.get(desk_id)
                    if room is not None:
                        await self._guarded(room, _hand_over(room, batch))
            except Away as away:
                log_line.warning("store is away", why=str(away))
                await asyncio.sleep(1.0)
                for room in self.opened():  # it may be another store by now
                    await self._guarded(room, room.verify())

    async def _hear(self) -> None:
        while True:
            try:
                async for desk_id, process, body in self._log.hear():
                    room = self._open.get(desk_id)
                    whisper = decode(body)
                    if room is not None and isinstance(whisper, Erased):
                        self._shut(room)
                    elif room is not None and whisper is not None:
                        room.heard(process, whisper)
            except Away:  # `_follow` tells of it
                await asyncio.sleep(1.0)

    async def _guarded(self, room: Room, doing: Coroutine[None, None, None]) -> None:
        try:
            await doing
        except Away:
            self._fail(room, "the store went while a batch of others was taken")
        except Exception as error:  # as in `_write`
            self._fail(room, error)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            for room in self.opened():
                room.tick()

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(TIDY_S)
            for room in self.opened():
                try:
                    if room.unkept >= SNAPSHOT_EVERY:
                        await room.keep_snapshot()
                    await self._put_away_if_idle(room)
                except Away:
                    continue
                except Exception as error:  # as in `_write`
                    self._fail(room, error)

    async def _put_away_if_idle(self, room: Room) -> None:
        now = asyncio.get_running_loop().time()
        if room.attendance.count:
            self._idle_since.pop(room.desk_id, None)
        elif now - self._idle_since.setdefault(room.desk_id, now) > IDLE_S:
            await room.at_rest()
            await room.keep_snapshot()
            with suppress(Away):  # then it stays open, and must be watched as before
                await self._log.unwatch(room.desk_id)
                if room.is_at_rest and not room.attendance.count:  # nobody came meanwhile
                    self._let_go(room)
                    return
            await self._log.watch(room.desk_id, room.state.batch)

    def _fail(self, room: Room, why: Exception | str) -> None:
        """Close a desk that cannot go on as it is; the next one who asks opens it anew."""
        if isinstance(why, Newer):
            self._stand_aside(room)
            return
        error = why if isinstance(why, Exception) else None
        log_line.error(
            "desk failed", desk=room.desk_id, n=room.state.n, why=str(why), exc_info=error
        )
        room.attendance.close(Closing.OUR_FAULT)
        self._let_go(room)

    def _stand_aside(self, room: Room) -> None:
        """Send people to the processes that know the later version: they are being started."""
        log_line.warning("desk has a later version", desk=room.desk_id, n=room.state.n)
        self._newer.add(room.desk_id)
        room.attendance.say_goodbye(NEWER_RETRY_MS // 2, 2 * NEWER_RETRY_MS)
        room.attendance.close(Closing.GOING_AWAY)
        self._let_go(room)

    def _let_go(self, room: Room) -> None:
        if self._open.get(room.desk_id) is room:
            del self._open[room.desk_id]
            self._idle_since.pop(room.desk_id, None)
            self._writers.pop(room.desk_id).cancel()


async def _hand_over(room: Room, batch: Batch | Unreadable) -> None:
    if isinstance(batch, Unreadable):
        raise batch
    await room.take_from_others(batch)


@asynccontextmanager
async def open_rooms(
    log: Log,
    chance: Chance,
    build: str,
    limits: Limits | None = None,
    space: Space | None = None,
) -> AsyncIterator[Rooms]:
    """Rooms for as long as the block runs."""
    async with asyncio.TaskGroup() as tasks:
        rooms = Rooms(log, chance, build, limits or Limits(), space or Space(), tasks)
        try:
            yield rooms
        finally:
            await rooms.close()
