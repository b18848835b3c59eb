"""A course of events: servers, people and a store, and what must hold after it, whatever happened.

python -m tests.simulation --seeds 0:300          many
python -m tests.simulation --seeds 17:18 --trace  one again, with what happened
"""

import asyncio
from collections import Counter
from hashlib import sha256
from random import Random

from msgspec import Struct
from tests.room.hall import AINO, BO, CEO, LIFTED, RECORDS, StillChance, found
from tests.simulation.loop import run
from tests.simulation.people import SECRET, Page
from tests.simulation.store import SimulatedLog, Store, Weather

from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import Note, Point, Record, Role, Section, Shows, Text
from etatyopoyta.domain.visibility import veil
from etatyopoyta.log.contract import Away
from etatyopoyta.room.opening import State, open_state
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import Rooms, open_rooms

PEOPLE = ((AINO, Role.PARTICIPANT), (BO, Role.PARTICIPANT), (CEO, Role.FACILITATOR))
FAIR = Weather()
HEAL_S = 900.0


class Counts(Struct):
    """What a course had in it."""

    asked: int = 0
    acknowledged: int = 0
    refused: int = 0
    entries: int = 0
    crashes: int = 0
    store_crashes: int = 0
    batches_lost: int = 0
    cuts: int = 0
    resyncs: int = 0
    trace: str = ""
    """Of everything that happened: one seed gives one."""


class Server:
    """A process: killed at any moment, and started again with nothing but the store."""

    def __init__(self, store: Store, chance: Random, number: int) -> None:
        self.rooms: Rooms | None = None
        self._store = store
        self._chance = chance
        self._number = number
        self._starts = 0
        self._log = SimulatedLog(store, chance)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._starts += 1
        self._log = SimulatedLog(self._store, self._chance)
        self._task = asyncio.create_task(self._serve())

    def kill(self) -> None:
        """SIGKILL: what was sent to the store may arrive, nothing else happens."""
        self.rooms = None
        self._log.is_dead = True
        self._store.handles.remove(self._log)
        if self._task is not None:
            self._task.cancel()

    async def stop(self) -> None:
        """End in order."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _serve(self) -> None:
        ticks = StillChance(1_000_000 * self._number + 10_000 * self._starts)
        async with open_rooms(self._log, ticks, "build", LIFTED) as rooms:
            self.rooms = rooms
            await asyncio.Event().wait()


class Course:
    """One seed's."""

    def __init__(self, seed: int) -> None:
        self.counts = Counts()
        self.trace: list[str] = []
        self._chance = Random(seed)
        self._store = Store()
        self._desk = ""
        self._is_over = False
        self._servers = [
            Server(self._store, Random(f"{seed}/server{number}"), number)
            for number in range(self._chance.randint(1, 4))
        ]
        self._pages = [
            Page(number, *PEOPLE[number % 3], Random(f"{seed}/page{number}"), self._last)
            for number in range(self._chance.randint(2, 8))
        ]

    def _last(self) -> int:
        return self._store.entries(self._desk)

    async def happen(self) -> Counts:
        """Everything; AssertionError with what does not hold."""
        self._desk = await found(SimulatedLog(self._store, Random(0)), _records())
        for server in self._servers:
            server.start()
        living = [asyncio.create_task(self._live(page)) for page in self._pages]
        troubling = asyncio.create_task(self._trouble())
        done, _ = await asyncio.wait([*living, troubling], return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
        for server in self._servers:
            await server.stop()
        await self._check_log()
        self._count()
        return self.counts

    # --- what happens --------------------------------------------------------------------

    async def _live(self, page: Page) -> None:
        """Come, lose the connection, come again; ask for things meanwhile."""
        asking = asyncio.create_task(page.wish())
        while not self._is_over:
            await page.come(self._enter)
            self._note(f"{page.person} {page.n} left with {len(page.pending)} pending")
            await asyncio.sleep(self._chance.random())
        await asking

    async def _enter(self) -> Room:
        server = self._chance.choice(self._servers)
        if server.rooms is None:
            raise Away("no server")
        return await server.rooms.get(self._desk)

    async def _trouble(self) -> None:
        """Make things go wrong for a while, then let everything heal."""
        troubles = (self._kill, self._crash_store, self._cut, self._worsen, self._clear_up)
        for _ in range(self._chance.randint(0, 12)):
            await asyncio.sleep(self._chance.expovariate(0.7))
            await self._chance.choice(troubles)()
        self._store.weather = FAIR
        self._store.is_down = False
        started = asyncio.get_running_loop().time()
        while not all(map(self._is_done, self._pages)):
            await asyncio.sleep(1.0)
            waited_s = asyncio.get_running_loop().time() - started
            assert waited_s < HEAL_S, f"it does not heal: {[str(page) for page in self._pages]}"
        self._check_people()
        self._check_servers()
        self._is_over = True
        for page in self._pages:
            if page.line is not None:
                page.line.cut()

    async def _kill(self) -> None:
        server = self._chance.choice(self._servers)
        rooms = server.rooms.opened() if server.rooms else []
        server.kill()
        self.counts.crashes += 1
        self._note("a server is killed")
        for page in self._pages:
            if page.line is not None and any(map(page.line.is_with, rooms)):
                page.line.cut()
        await asyncio.sleep(self._chance.random() * 2)
        server.start()

    async def _crash_store(self) -> None:
        self._store.is_down = True
        lost = self._store.crash(self._chance)
        self.counts.store_crashes += 1
        self.counts.batches_lost += lost
        self._note(f"the store crashes, {lost} batches were not synced")
        await asyncio.sleep(self._chance.random() * 3)
        self._store.is_down = False

    async def _cut(self) -> None:
        page = self._chance.choice(self._pages)
        if page.line is not None:
            page.line.cut()
            self.counts.cuts += 1
            self._note(f"{page.person} is cut off")

    async def _worsen(self) -> None:
        self._store.weather = Weather(
            refused=self._chance.choice([0.0, 0.3]),
            unanswered=self._chance.choice([0.0, 0.3]),
            stalled=self._chance.choice([0.0, 0.1]),
            delay_s=self._chance.choice([0.003, 0.3]),
            whispers_lost=self._chance.random(),
        )
        self._note(f"{self._store.weather}")

    async def _clear_up(self) -> None:
        self._store.weather = FAIR

    def _is_done(self, page: Page) -> bool:
        return page.is_at_rest and page.n == self._last()

    def _note(self, what: str) -> None:
        now = asyncio.get_running_loop().time()
        self.trace.append(f"{now:9.3f} [{self._last()}] {what}")

    # --- what must hold ------------------------------------------------------------------

    def _check_people(self) -> None:
        state = next(r.state for s in self._servers if s.rooms for r in s.rooms.opened())
        for page in self._pages:
            fresh = {item.id: veil(item, page.person) for item in state.desk}
            assert page.forms == fresh, f"C: {page.person} has another desk"

    def _check_servers(self) -> None:
        hashes = {
            room.state.desk.state_hash()
            for server in self._servers
            if server.rooms is not None
            for room in server.rooms.opened()
            if room.state.n == self._last()
        }
        assert len(hashes) == 1, "C: servers do not agree"

    async def _check_log(self) -> None:
        log = SimulatedLog(self._store, Random(1))
        resumed = await open_state(log, self._desk)
        self._store.snapshots.clear()
        replayed = await open_state(log, self._desk)  # O1, and the chain
        assert resumed.desk.state_hash() == replayed.desk.state_hash(), "C: replay"
        entries = [e for batch in await log.read(self._desk, 0) for e in batch.entries]
        assert [entry.n for entry in entries] == list(range(1, len(entries) + 1)), "O1"
        times = Counter((entry.by, entry.rid) for entry in entries)
        assert max(times.values()) == 1, "O: something was done twice"
        for entry in entries:  # few enough that all are remembered
            is_known = resumed.results.find(entry.by, entry.rid) == entry.n
            assert is_known, "O5: a snapshot does not know what was asked"
        by_rid = {entry.rid: entry.n for entry in entries}
        for page in self._pages:
            for rid, n in page.acknowledged.items():
                assert n is None or by_rid.get(rid) == n, "D: what was acknowledged is not there"
        self._same(replayed)

    def _same(self, replayed: State) -> None:
        for page in self._pages:
            fresh = {item.id: veil(item, page.person) for item in replayed.desk}
            assert page.forms == fresh, f"C: {page.person} has not what the log says"
        assert all(form(item) for item in replayed.desk)

    def _count(self) -> None:
        counts = self.counts
        for page in self._pages:
            counts.acknowledged += len(page.acknowledged)
            counts.refused += page.refused
            counts.resyncs += page.resyncs
            counts.asked += len(page.acknowledged) + page.refused
        counts.entries = self._last()
        told = "\n".join([*self.trace, *(str(page.bytes_seen) for page in self._pages)])
        counts.trace = sha256(told.encode()).hexdigest()


def simulate(seed: int) -> Counts:
    """The course of events of this seed; AssertionError tells the seed and what went before."""
    course = Course(seed)
    try:
        return run(course.happen())
    except (Exception, asyncio.CancelledError) as error:
        last = "\n".join(course.trace[-12:])
        raise AssertionError(f"seed {seed}: {error!r}\n{last}") from error


def _records() -> tuple[Record, ...]:
    hidden = tuple(
        Note(
            id=f"note_hidden{number}",
            workshop="workshop_1",
            text=f"{SECRET}-{person.removeprefix('person_')}",
            at=Point(0, 0),
            author=person,
            organisation="org_a",
            shows=Shows.ORGANISATION,
            is_hidden=True,
            created_ms=1,
        )
        for number, (person, _) in enumerate(PEOPLE)
    )
    talk = Section(
        id="section_talk",
        workshop="workshop_1",
        order=2,
        title=Text(fi="Tauko"),
        kind="break",
        starts_at=900,
        minutes=10,
    )
    return (*RECORDS, talk, *hidden)
