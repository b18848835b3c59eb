"""Play schedules by their seeds, and tell enough of a failing one to play it again."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from msgspec import Struct
from tests.simulation.conditions import drawn
from tests.simulation.faults import FAULTS
from tests.simulation.schedule import Schedule
from tests.simulation.world import Broken, World

TOLD_LINES = 60
AWAY = "the store went while "
"""So begins what servers log as an error and what is none of theirs."""


class Played(Struct, frozen=True):
    """A schedule that kept every promise."""

    trace: str
    """Hash of everything that happened."""
    counts: dict[str, int]


def play(seed: int, *, is_told_whole: bool = False) -> Played:
    """The schedule of this seed; Broken with its end, its conditions and how to play it again."""
    conditions = drawn(seed, tuple(FAULTS))
    world = World(seed, kept_lines=None if is_told_whole else TOLD_LINES)
    with conditions.in_force(), logged_to(world, is_losing=conditions.is_losing):
        schedule = Schedule(world, conditions)
        try:
            world.loop.run_until_complete(_until_over(world, schedule))
        except Exception as error:
            world.fail(error)
        trace, told_before = world.trace, list(world.lines)
        world.loop.run_until_complete(_sweep(schedule))
        world.loop.close()
    if world.broken is not None:
        lines = "\n".join(told_before)
        raise Broken(
            f"seed {seed}: {world.broken!r}\n{conditions}\n{lines}\n"
            f"again: python -m tests.simulation {seed}"
        ) from world.broken
    counts = {
        "acts": len(schedule.acts),
        "entries": schedule.truth.n,
        "pages": len(schedule.pages),
        **world.counts,
    }
    return Played(trace, counts)


def told(counts: Mapping[str, int]) -> str:
    """What happened how often, in a line."""
    return ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in counts.items())


async def _until_over(world: World, schedule: Schedule) -> None:
    playing = world.loop.create_task(schedule.play())
    world.watch_over(playing)
    playing.add_done_callback(lambda done: world.is_over.set())
    await world.is_over.wait()


async def _sweep(schedule: Schedule) -> None:
    """End everything, so that the next schedule finds nothing of this one."""
    for page in schedule.pages:
        page.end()
    for server in schedule.servers:
        server.kill()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


@contextmanager
def logged_to(world: World, *, is_losing: bool) -> Iterator[None]:
    """What the servers log goes into the trace; what they call an error is one."""

    def note(logger: object, method: str, event: Any) -> Any:
        what, why = str(event.get("event")), str(event.get("why", ""))
        world.told("log", f"{method} {what} {why}")
        if method in ("error", "exception", "critical") and not why.startswith(AWAY):
            world.count(what)
            if not is_losing:
                error = event.get("exc_info")
                world.fail(error if isinstance(error, BaseException) else Broken(what))
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[note], cache_logger_on_first_use=False)
    try:
        yield
    finally:
        structlog.configure(**before)
