"""What goes wrong. Each fault begins, lasts a while, and is over at once when all is healed."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.simulation.server import Lost

from etatyopoyta.log.contract import Away
from etatyopoyta.room.rooms import Rooms

if TYPE_CHECKING:
    from tests.simulation.schedule import Schedule

HOUR_MS = 3_600_000
BEFORE_IT_TAKES_S = 1.0
"""So long the power waits for something that it can take away."""


async def kill_server(on: "Schedule") -> None:
    """kill -9, and a new process after a while."""
    server = on.a_server()
    if server is not None:
        server.kill()
        await on.last(4.0)
        server.start()


async def restart_server(on: "Schedule") -> None:
    """It drains, ends, and starts again."""
    server = on.a_server()
    if server is not None:
        await server.stop()
        await on.last(2.0)
        server.start()


async def part_server(on: "Schedule") -> None:
    """A server does not reach the store."""
    server = on.a_server()
    if server is not None:
        view = server.view
        on.world.told(view.name, "is parted from the store")
        view.cut()
        await on.last(15.0)
        view.mend()


async def cut_page(on: "Schedule") -> None:
    """A page loses its line."""
    page = on.a_page()
    if page is not None and page.cable is not None:
        on.world.told(page.lane.name, "loses its line")
        page.cable.cut()


async def stall_page(on: "Schedule") -> None:
    """A page does not read."""
    page = on.a_page()
    if page is not None and page.cable is not None:
        way = page.cable.down
        page.cable.capacity = on.world.chance.choice([2, 64])
        way.is_stalled = True
        await on.last(5.0)
        page.lane.context().run(way.go_on)


async def slow_page(on: "Schedule") -> None:
    """A page is far away."""
    page = on.a_page()
    if page is not None and page.cable is not None:
        page.cable.travel_s = 1.0


async def end_page(on: "Schedule") -> None:
    """A page falls over; its person opens another one, which takes over what it left."""
    page = on.a_page()
    if page is not None:
        on.end_page(page)
        await on.last(2.0)
        on.open_page(page.who)


async def second_page(on: "Schedule") -> None:
    """Somebody opens a second tab."""
    page = on.a_page()
    if page is not None:
        on.open_page(page.who)


async def stall_store(on: "Schedule") -> None:
    """SIGSTOP for the store: what arrives is done later, even after the caller gave up."""
    if on.store.is_up and not on.store.is_stalled:
        on.world.told("store", "stalls")
        on.store.stall()
        await on.last(14.0)
        on.store.go_on()


async def crash_store(on: "Schedule") -> None:
    """The store's power goes, and comes back."""
    if on.conditions.is_cutting:
        with suppress(TimeoutError):
            async with asyncio.timeout(BEFORE_IT_TAKES_S):
                await on.store.has_unsynced.wait()
    if on.store.is_up:
        on.world.told("store", "goes")
        on.store.crash()
        await on.last(6.0)
        on.store.come_back()


async def mute_store(on: "Schedule") -> None:
    """Answers are lost: what was asked is done, and nobody knows."""
    on.world.weather.unanswered = 0.4
    await on.last(3.0)
    on.world.weather.unanswered = 0.0


async def refusing_store(on: "Schedule") -> None:
    """Calls do not arrive."""
    on.world.weather.refused = 0.4
    await on.last(3.0)
    on.world.weather.refused = 0.0


async def slow_store(on: "Schedule") -> None:
    """A disk that takes its time."""
    on.world.weather.sync_s = on.world.chance.choice([0.1, 0.5, 2.0])
    await on.last(4.0)
    on.world.weather.sync_s = 0.002


async def tell_late(on: "Schedule") -> None:
    """Followers hear late of what others stored."""
    on.world.weather.told_late_s = 1.5
    await on.last(5.0)
    on.world.weather.told_late_s = 0.01


async def jump_clock(on: "Schedule") -> None:
    """A server's clock is wrong."""
    server = on.a_server()
    if server is not None:
        server.clock.ahead_ms = on.world.chance.choice([-HOUR_MS, 0, 1_500, HOUR_MS])


async def keep_snapshot(on: "Schedule") -> None:
    """A server keeps a snapshot out of turn."""

    async def keep(rooms: Rooms) -> None:
        for room in rooms.opened():
            await room.keep_snapshot()

    server = on.a_server()
    if server is not None:
        with suppress(Away, Lost):
            await server.request(keep)


Fault = Callable[["Schedule"], Awaitable[None]]
FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        kill_server,
        restart_server,
        part_server,
        cut_page,
        stall_page,
        slow_page,
        end_page,
        second_page,
        stall_store,
        crash_store,
        mute_store,
        refusing_store,
        slow_store,
        tell_late,
        jump_clock,
        keep_snapshot,
    )
}


async def lose_tail(on: "Schedule") -> None:
    """A replica that lacks the last batches takes over: only where conditions say so."""
    await asyncio.sleep(on.world.some(on.conditions.seconds))
    on.lose(on.world.chance.randint(1, 4))
