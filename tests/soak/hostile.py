"""Frames that are broken, and commands of random values, given to an open desk (F18)."""

import asyncio
import gc
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from msgspec import Raw
from structlog.testing import capture_logs
from tests.domain.given import SMALL_DESK
from tests.properties.started import PEOPLE, STARTED
from tests.room.hall import StillChance
from tests.soak.figures import Figures
from tests.soak.outside import rss_of
from tests.soak.part import promise
from tests.soak.values import Values, broken

from etatyopoyta.domain.patch import Form, Patch, merge
from etatyopoyta.domain.records import Role
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.door import Doors
from etatyopoyta.room.founding import found_desk
from etatyopoyta.room.frame import Frame
from etatyopoyta.room.limits import Limits
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import open_rooms
from etatyopoyta.room.seat import Seat

BLOCK = 5_000
"""Frames to one desk; then comes a new one, so that memory can be compared."""
AT_ONCE = 50
WARM_BLOCKS = 10
GROWTH = 1.05
LIFTED = Limits(connection_per_s=10**9, person_per_s=10**9, desk_per_s=10**9)

_from_server = msgspec.json.Decoder(frames.AnyFromServer)


class Sitter:
    """A page that keeps the desk as it is told, and counts answers."""

    def __init__(self, room: Room, person: str, role: Role) -> None:
        self.forms: dict[str, Form] = {}
        self.n = 0
        self.answers: dict[str, int] = {}
        self.codes: dict[str, int] = {}
        self.closed: Closing | None = None
        self.seat = Seat(self, person, role)
        self._room = room
        room.attendance.come(self.seat)
        self._begin()

    def _begin(self) -> None:
        """With the state as it is now: what all see of it, and what is one's own."""
        state = self._room.state
        seen = msgspec.json.decode(self._room.picture.json(state.n, state.mark))
        self.forms, self.n = seen["records"], state.n
        self._room.handle(self.seat, frames.Hello("ticket", state.n, state.mark))

    def _take(self, patch: Patch) -> None:
        for record_id, change in patch.items():
            if change is None:
                self.forms.pop(record_id, None)
            else:
                self.forms[record_id] = merge(self.forms.get(record_id), change)

    def write(self, frame: Frame) -> bool:
        decoded = _from_server.decode(frame.payload)
        match decoded:
            case frames.Entries(entries):
                for entry in entries:
                    assert entry.n == self.n + 1, "a gap"
                    self._take(entry.p)
                    self.n = entry.n
            case frames.Welcome():
                self._take(decoded.own)
            case frames.Resync():  # the person belongs to another organisation now
                asyncio.get_running_loop().call_soon(self._begin)
            case frames.Settled(done):
                for each in done:
                    self.answers[each.rid] = self.answers.get(each.rid, 0) + 1
            case frames.RefusedAsk(rid, code):
                self.answers[rid] = self.answers.get(rid, 0) + 1
                self.codes[code] = self.codes.get(code, 0) + 1
        return True

    def close(self, code: Closing) -> None:
        self.closed = code


async def malformed(count: int, seed: int, folder: Path) -> Figures:
    """So many broken frames; one that happens to be whole is handled."""
    chance = random.Random(seed)

    async def block(room: Room, sitters: list[Sitter], size: int) -> Figures:
        values = Values(chance)
        refused = 0
        for number in range(size):
            text = broken(values.frame(f"outbox{seed:04}:{number + 1}"), chance)
            try:
                frame = frames.decode(text)
            except frames.Malformed:
                refused += 1
            else:
                room.handle(chance.choice(sitters).seat, frame)
            if number % AT_ONCE == 0:
                await room.at_rest()
        return Figures({"refused as malformed": refused, "read": size - refused})

    return await _blocks(count, block)


async def fuzzed(count: int, seed: int, folder: Path) -> Figures:
    """So many commands of random values, by people of every role."""
    chance = random.Random(seed)

    async def block(room: Room, sitters: list[Sitter], size: int) -> Figures:
        values = Values(chance)
        for number in range(size):
            sitter = sitters[0] if chance.random() < 0.5 else chance.choice(sitters)
            ask = frames.Ask(f"outbox{seed:04}:{number + 1}", Raw(values.command()))
            room.handle(sitter.seat, ask)
            if number % AT_ONCE == 0:
                await room.at_rest()
        await room.at_rest()
        answers = [count for sitter in sitters for count in sitter.answers.values()]
        promise(answers == [1] * size, f"{sum(answers)} answers for {size} asks")
        unreadable = sum(sitter.codes.get("request.unreadable", 0) for sitter in sitters)
        refused = sum(count for sitter in sitters for count in sitter.codes.values())
        done = {"changed something or nothing": size - refused, "refused": refused}
        return Figures({**done, "of them unreadable": unreadable})

    return await _blocks(count, block)


async def _blocks(
    count: int, block: Callable[[Room, list[Sitter], int], Awaitable[Figures]]
) -> Figures:
    """Blocks with a desk each: nothing unhandled, all agree at the end, memory stays as it was."""
    figures = Figures({"unhandled": 0})
    warm = growth = 0.0
    for number in range(0, count, BLOCK):
        with capture_logs() as lines:
            async with _room() as room:
                sitters = [Sitter(room, person, role) for person, role in PEOPLE[:-1]]
                figures.add(await block(room, sitters, min(BLOCK, count - number)))
                await room.at_rest()
                faults = [line for line in lines if line["log_level"] in {"error", "critical"}]
                promise(not faults, f"{faults[:3]}")
                common = msgspec.json.decode(room.picture.json(room.state.n, room.state.mark))
                promise(all(sitter.n == common["n"] for sitter in sitters), "a page is behind")
                promise(not any(sitter.closed for sitter in sitters), "a page was closed")
        gc.collect()
        if number // BLOCK == WARM_BLOCKS:
            warm = rss_of(os.getpid())
    if warm:
        growth = rss_of(os.getpid()) / warm
        figures.add(Figures({}, {}, {"times the memory": growth}))
        promise(growth < GROWTH, figures.told())
    return figures


@asynccontextmanager
async def _room() -> AsyncIterator[Room]:
    log, chance = MemoryLog(), StillChance()
    records = {record.id: record for record in (*SMALL_DESK, *STARTED)}
    doors = Doors(log, chance, "k" * 40)
    desk = await found_desk(log, doors, chance, records.values())  # type: ignore[arg-type]
    async with open_rooms(log, chance, "build", LIFTED) as rooms:
        yield await rooms.get(desk.id)
