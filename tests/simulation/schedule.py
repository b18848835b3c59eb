"""One schedule: a workshop in which much goes wrong, then peace, then everything is compared."""

import asyncio
from contextlib import suppress
from functools import partial

from tests.simulation import checks
from tests.simulation.cast import Guest, guests, hidden_note, records
from tests.simulation.conditions import Conditions
from tests.simulation.faults import FAULTS, lose_tail
from tests.simulation.outbox import Act
from tests.simulation.page import Page, Status
from tests.simulation.server import Lost, Server
from tests.simulation.store import Store
from tests.simulation.truth import Truth
from tests.simulation.view import Bare, View
from tests.simulation.world import SeededChance, World

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desks import FillDesk, NameDesk
from etatyopoyta.domain.people import Join
from etatyopoyta.domain.records import Point, Text
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Damaged
from etatyopoyta.log.contract import Away
from etatyopoyta.protocol.frames import Done
from etatyopoyta.room.door import Doors
from etatyopoyta.room.founding import found_desk
from etatyopoyta.room.opening import open_state
from etatyopoyta.room.queue import SYSTEM

PATIENCE_S = 120.0
MAX_PAGES_OF_ONE = 2


class Schedule:
    """Everybody who takes part, and what they have done."""

    def __init__(self, world: World, conditions: Conditions) -> None:
        self.world = world
        self.conditions = conditions
        self.store = Store(world)
        self.truth = Truth(world)
        self.store.on_synced = self.truth.synced
        self.desk_id = ""
        self.servers: list[Server] = []
        self.pages: list[Page] = []
        self.acts: list[Act] = []
        self.settled: list[tuple[str, str, Done]] = []
        """What servers did by themselves: who, request id, answer."""
        self._left: dict[str, list[Act]] = {}
        """By person: what pages left undone that are no more."""
        self._count = 0
        self._healing = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def play(self) -> None:
        """Broken when a promise is."""
        await self._open()
        work = [self._start(self._work()), self._start(self._serve_guests())]
        if self.conditions.is_losing:
            work.append(self._start(lose_tail(self)))
        troubles = self._start(self._trouble())
        await asyncio.wait(work)
        self._healing.set()
        await troubles
        await self._heal()
        if self.truth.is_shaken and await self._is_loss_told():
            return
        await self._come_to_rest()
        await checks.check_all(self)

    # --- acts ----------------------------------------------------------------------------

    async def _open(self) -> None:
        chance = SeededChance(self.world)
        view = self.store.view("founder")
        who = guests(self.conditions.people)
        doors = Doors(view, chance, "k" * 40)
        listed = await found_desk(view, doors, chance, records(who))  # type: ignore[arg-type]  # all kinds are in AnyRecord
        self.desk_id = listed.id
        self.store.views.remove(view)
        for number in range(self.conditions.servers):
            self.servers.append(
                Server(self.world, self.store, f"server{number}", listed.id, self.conditions.limits)
            )
        for guest in who:
            self.open_page(guest)

    async def _work(self) -> None:
        """People do things, often several at once."""
        done = 0
        pause_s = self.conditions.seconds / self.conditions.acts
        while done < self.conditions.acts:
            burst = self.world.chance.choice([1, 1, 1, 2, 5])
            await asyncio.sleep(self.world.some(2 * pause_s * burst))
            for _ in range(burst):
                done += 1
                self._do_something()

    def _do_something(self) -> None:
        page = self.world.chance.choice(self.pages)
        if self.world.happens(0.1):
            page.point(Point(self.world.chance.randint(0, 9), 0))
        if page.who.role.value == "viewer" and self.world.happens(0.9):
            return
        act = page.act(self._next())
        if act is not None:
            self.acts.append(act)

    async def _serve_guests(self) -> None:
        """People come in by the door, and hidden notes are placed."""
        late = guests(2, first=self.conditions.people)
        for number in range(self.world.chance.randint(0, 4)):
            await asyncio.sleep(self.world.some(self.conditions.seconds / 2))
            if self.world.happens(0.4) and late:
                guest = late.pop()
                await self._ask(
                    Join(id=guest.person, role=guest.role, organisation=guest.organisation)
                )
                self.open_page(guest)
            else:
                author = self.world.chance.choice(self.pages).who.person
                await self._ask(FillDesk(records=(hidden_note(number, author),)))

    async def _ask(self, command: Command) -> None:
        """A server does it, if not this one then another one, under one request id."""
        rid = f"door{self._next():04}:1"
        while True:
            server = self.world.chance.choice(self.servers)
            try:
                self.settled.append((SYSTEM, rid, await server.ask(command, rid)))
                return
            except (Lost, Away, Refused):
                pass
            except Damaged:
                self.world.promise(self.truth.is_shaken, "nothing was lost, and yet it is damaged")
                return
            await asyncio.sleep(self.world.some(1.0))

    # --- troubles ------------------------------------------------------------------------

    async def _trouble(self) -> None:
        running: list[asyncio.Task[None]] = []
        while not self._healing.is_set() and self.conditions.faults:
            await self.last(self.conditions.fault_every_s)
            if not self._healing.is_set():
                name = self.world.chance.choice(self.conditions.faults)
                self.world.count(name)
                running.append(self._start(FAULTS[name](self)))
        if running:
            await asyncio.wait(running)

    async def last(self, most_s: float) -> None:
        """Let a fault last, but not after all is healed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.world.some(most_s)):
                await self._healing.wait()

    def a_server(self) -> Server | None:
        """One that is up."""
        up = [server for server in self.servers if server.is_up]
        return self.world.chance.choice(up) if up else None

    def a_page(self) -> Page | None:
        """One that is open."""
        return self.world.chance.choice(self.pages) if self.pages else None

    def open_page(self, who: Guest) -> None:
        """A further page of this person, unless they have enough."""
        if sum(page.who.person == who.person for page in self.pages) < MAX_PAGES_OF_ONE:
            page = Page(self.world, self.truth, who, self._next(), self.servers)
            page.adopt(self._left.pop(who.person, []))
            self.pages.append(page)

    def end_page(self, page: Page) -> None:
        """A page is no more."""
        if page in self.pages and len(self.pages) > 1:
            self.pages.remove(page)
            self._left.setdefault(page.who.person, []).extend(page.end())

    def lose(self, count: int) -> None:
        """The store loses what it had synced."""
        self.world.count("batches lost")
        self.store.lose(self.desk_id, count)
        self.truth.shake(self.store.streams[self.desk_id])

    # --- peace ---------------------------------------------------------------------------

    async def _heal(self) -> None:
        self.world.told("world", "is healed")
        if not self.store.is_up:
            self.store.come_back()
        for person in list(self._left):
            pages = [page for page in self.pages if page.who.person == person]
            if pages:
                pages[0].adopt(self._left.pop(person))
            else:
                self.open_page(next(g for g in guests(20) if g.person == person))
        for page in self.pages:
            if page.cable is not None:
                page.cable.capacity, page.cable.travel_s = 10_000, 0.02
                page.lane.context().run(page.cable.down.go_on)

    async def _come_to_rest(self) -> None:
        for server in self.servers:
            await self.world.until(partial(_is_up, server), PATIENCE_S, f"{server.name} is not up")
        await self.world.until(self._are_all_live, PATIENCE_S, "not all are live and answered")
        # A server may still hold what a page asked that is no more.
        for server in self.servers:
            await self.world.until(
                partial(_is_at_rest, server), PATIENCE_S, f"{server.name} is not at rest"
            )
        await self.world.until(
            lambda: all(page.n == self._last_n() for page in self.pages),
            PATIENCE_S,
            "not all pages have every entry",
        )

    def _last_n(self) -> int:
        return self.store.streams[self.desk_id][-1].entries[-1].n

    def _are_all_live(self) -> bool:
        return all(page.status is Status.LIVE and not page.outbox.waiting for page in self.pages)

    async def _is_loss_told(self) -> bool:
        """Whoever opens the desk is told, at the latest when every server has stored something."""
        for server in self.servers:
            with suppress(Lost, Away, Refused, Damaged):
                async with asyncio.timeout(5.0):
                    name = NameDesk(title=Text(fi=server.name))
                    await server.ask(name, f"prober{self._next():02}:1")
        is_whole = checks.is_whole(self.store.streams[self.desk_id])
        is_told = not await self._opens(Bare)
        told = f"the log is {'whole' if is_whole else 'not whole'}, and who opens it is "
        self.world.promise(is_told != is_whole, told + ("told" if is_told else "not told"))
        if is_told:
            self.world.count("losses told")
            self.world.count("losses behind a snapshot" if await self._opens() else "desks closed")
        return is_told

    async def _opens(self, kind: type[View] = View) -> bool:
        """The desk opens for whoever asks for it first; else it is damaged."""
        view = self.store.view("auditor", kind)
        try:
            await open_state(view, self.desk_id)
        except Damaged:
            return False
        finally:
            self.store.views.remove(view)
        return True

    # --- small ---------------------------------------------------------------------------

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _start(self, doing) -> "asyncio.Task[None]":
        task: asyncio.Task[None] = self.world.loop.create_task(doing)
        self.world.watch_over(task)
        self._tasks.append(task)
        return task


def _is_up(server: Server) -> bool:
    return server.is_up


def _is_at_rest(server: Server) -> bool:
    assert server.rooms is not None
    return all(room.is_at_rest for room in server.rooms.opened())
