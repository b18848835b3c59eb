"""A server process: the real rooms on its own way to the store. It can be killed and started."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tests.simulation.cable import Cable
from tests.simulation.store import Store
from tests.simulation.world import SeededChance, World

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Damaged
from etatyopoyta.log.contract import Away
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import Bye, Done, Malformed, decode
from etatyopoyta.room.limits import Limits
from etatyopoyta.room.opening import NoDesk
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import Rooms, open_rooms
from etatyopoyta.room.seat import Seat

Answer = TypeVar("Answer")
RETRY_MS = 500


class Lost(Exception):
    """The server went before it answered."""


class NumberedSeat(Seat):
    """A seat whose place in a set is the same in every run."""

    number = 0

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        return self is other


class Server:
    """One process at a time under this name; each gets its own memory and its own lane."""

    def __init__(self, world: World, store: Store, name: str, desk_id: str, limits: Limits) -> None:
        self.world = world
        self.name = name
        self.clock = SeededChance(world)
        self.rooms: Rooms | None = None
        self._store = store
        self._desk_id = desk_id
        self._limits = limits
        self._lives = 0
        self._seats = 0
        self._cables: dict[Cable, None] = {}
        self._asked: dict[asyncio.Future[object], None] = {}
        self._tasks: dict[asyncio.Task[object], None] = {}
        self.start()

    @property
    def is_up(self) -> bool:
        """It takes connections."""
        return self.rooms is not None

    def start(self) -> None:
        """A new process."""
        self._lives += 1
        self.lane = self.world.lane(f"{self.name}.{self._lives}")
        self.view = self._store.view(self.lane.name)
        self._stopping = asyncio.Event()
        self._main = self.world.loop.start(self.lane, self._serve(self._stopping))
        self.world.watch_over(self._main)

    async def _serve(self, stopping: asyncio.Event) -> None:
        async with open_rooms(self.view, self.clock, "build", self._limits) as rooms:
            self.rooms = rooms
            await stopping.wait()
            for room in rooms.opened():
                room.attendance.say_goodbye(RETRY_MS, RETRY_MS)

    def kill(self) -> None:
        """SIGKILL: from now on nobody sees anything of it."""
        self.world.told(self.lane.name, "is killed")
        self.rooms = None
        self.lane.is_gone = self.view.is_gone = True
        if self.view in self._store.views:
            self._store.views.remove(self.view)
        for cable in list(self._cables):
            cable.cut(is_clean=self.world.happens(0.5))
        self._cables.clear()
        for answer in list(self._asked):
            if not answer.done():
                answer.set_exception(Lost(self.name))
        for task in (self._main, *self._tasks):
            task.cancel()
        self._tasks.clear()

    async def stop(self) -> None:
        """SIGTERM: it stores what was asked, says goodbye, and ends."""
        self.world.told(self.lane.name, "is stopped")
        self.rooms = None
        self._stopping.set()
        await asyncio.wait([self._main])
        if not self.lane.is_gone:
            self.kill()

    # --- what pages want of it -----------------------------------------------------------

    async def fetch(self) -> bytes:
        """The snapshot that all share, gzipped; errors as `request`."""

        async def snapshot(rooms: Rooms) -> bytes:
            return await (await rooms.get(self._desk_id)).snapshot_json()

        return await self.request(snapshot)

    async def ask(self, command: Command, rid: str) -> Done:
        """Let it do something by itself, as at the door; errors as `request`."""
        return await self.request(lambda rooms: rooms.ask(self._desk_id, command, rid))

    async def request(self, do: "Callable[[Rooms], Awaitable[Answer]]") -> Answer:
        """What it answers to a request over HTTP; Lost, Away, Damaged, NoDesk or Refused."""
        await asyncio.sleep(self.world.some(0.02))
        rooms = self.rooms
        if rooms is None:
            raise Lost(self.name)
        answer: asyncio.Future[Answer] = self.world.loop.create_future()
        self._asked[answer] = None  # type: ignore[index]  # of any type
        self._run(lambda: self._answer(answer, rooms, do))
        try:
            return await answer
        finally:
            del self._asked[answer]  # type: ignore[arg-type]

    async def _answer(
        self,
        answer: "asyncio.Future[Answer]",
        rooms: Rooms,
        do: "Callable[[Rooms], Awaitable[Answer]]",
    ) -> None:
        try:
            result = await do(rooms)
        except (Away, Damaged, NoDesk, Refused) as error:
            if not answer.done():
                answer.set_exception(error)
        else:
            if not answer.done():
                answer.set_result(result)

    def connect(self, cable: Cable, person: str, role: Role) -> None:
        """A page opens a connection: as transport/live.py does it."""
        rooms = self.rooms
        if rooms is None:
            cable.cut()
            return
        self._cables[cable] = None
        self._run(lambda: self._sit(cable, rooms, person, role))

    async def _sit(self, cable: Cable, rooms: Rooms, person: str, role: Role) -> None:
        try:
            room = await rooms.get(self._desk_id)
        except (Away, Damaged, NoDesk):
            cable.close(Closing.OUR_FAULT)
            return
        seat = NumberedSeat(cable, person, role)
        self._seats += 1
        seat.number = self._seats
        try:
            room.attendance.come(seat)
        except Refused as full:
            seat.tell(Bye(int(str(full.details["retry_ms"]))))
            seat.close(Closing.TOO_MANY)
            return

        def take(data: bytes) -> None:
            if not seat.is_closed:
                cable.is_greeted = True  # a page begins with that
                self._hear(room, seat, data)

        def gone() -> None:
            seat.is_closed = True
            room.attendance.go(seat)
            self._cables.pop(cable, None)

        cable.listen(self.lane, take, gone)

    def _hear(self, room: Room, seat: Seat, data: bytes) -> None:
        try:
            room.handle(seat, decode(data))
        except Malformed:
            seat.close(Closing.MALFORMED)

    def _run(self, do: Callable[[], Awaitable[None]]) -> None:
        async def run() -> None:
            await do()

        task = self.world.loop.start(self.lane, run())
        self.world.watch_over(task)
        self._tasks[task] = None
        task.add_done_callback(lambda done: self._tasks.pop(done, None))
