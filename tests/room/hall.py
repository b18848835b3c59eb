"""A desk with pages open at it, in one process, on the log in memory."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from msgspec import Raw

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import record
from etatyopoyta.domain.records import (
    Card,
    DeskInfo,
    FocusArea,
    May,
    Organisation,
    Person,
    Record,
    Role,
    Section,
    SectionState,
    Text,
    Whose,
    Workshop,
)
from etatyopoyta.log.contract import Log
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.http import Snapshot
from etatyopoyta.room.door import Doors
from etatyopoyta.room.founding import found_desk
from etatyopoyta.room.frame import Frame
from etatyopoyta.room.limits import Limits
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import Rooms, open_rooms
from etatyopoyta.room.seat import Seat

AINO, BO, CEO = "person_aino", "person_bo", "person_ceo"
RECORDS: tuple[Record, ...] = (
    DeskInfo(
        id="desk",
        title=Text(fi="Pöytä"),
        council=Text(fi="Neuvottelukunta"),
        timezone="Europe/Helsinki",
        template="nekku",
        workshop="workshop_1",
        focus_areas=(FocusArea(key="p1", number=1, name=Text(fi="Elintavat")),),
    ),
    Card(id="card", title=Text(fi="Kortti"), report=Text(fi="Kertomus")),
    Workshop(id="workshop_1", number=1, title=Text(fi="Paja 1")),
    Section(
        id="section_board",
        workshop="workshop_1",
        order=1,
        title=Text(fi="Kartoitus"),
        kind="board",
        starts_at=850,
        minutes=50,
        grants={
            May.ADD_NOTES: Whose.ALL,
            May.EDIT_NOTES: Whose.OWN,
            May.MOVE_NOTES: Whose.OWN,
            May.REMOVE_NOTES: Whose.OWN,
            May.GROUP_NOTES: Whose.ALL,
        },
        state=SectionState.OPEN,
    ),
    Organisation(id="org_a", name="A ry"),
    Person(id=AINO, role=Role.PARTICIPANT, organisation="org_a"),
    Person(id=BO, role=Role.PARTICIPANT, organisation="org_a"),
    Person(id=CEO, role=Role.FACILITATOR),
)

LIFTED = Limits(connection_per_s=10_000, person_per_s=10_000, desk_per_s=10_000)
_from_server = msgspec.json.Decoder(frames.AnyFromServer)


class StillChance:
    """A clock that moves when told, and chance that counts."""

    def __init__(self, count: int = 0) -> None:
        self.at_ms = 1_000_000
        self._count = count

    def now_ms(self) -> int:
        return self.at_ms

    def token(self) -> str:
        self._count += 1
        return f"token{self._count}"

    def salt(self) -> bytes:
        return self.token().encode()

    def letters(self, count: int, alphabet: str) -> str:
        self._count += 1
        digits = ""
        number = self._count
        for _ in range(count):
            number, digit = divmod(number, len(alphabet))
            digits += alphabet[digit]
        return digits


class Page:
    """A browser page: what it was sent, and the desk that it makes of that."""

    def __init__(self, room: Room, person: str, role: Role, capacity: int = 1_000_000) -> None:
        self.room = room
        self.desk = Desk()
        self.n = 0
        self.mark = ""
        self.got: list[frames.FromServer] = []
        self.bytes = b""
        self.closed: Closing | None = None
        self.capacity = capacity
        self.seat = Seat(self, person, role)
        self._counter = 0
        self._outbox = f"box{id(self)}"
        room.attendance.come(self.seat)

    def write(self, frame: Frame) -> bool:
        if len(self.got) >= self.capacity:
            return False
        self.bytes += frame.payload
        decoded = _from_server.decode(frame.payload)
        self.got.append(decoded)
        match decoded:
            case frames.Entries(entries, mark):
                for entry in entries:
                    assert entry.n == self.n + 1, "a gap"
                    self.desk.apply(entry.p)
                    self.n = entry.n
                self.mark = mark
            case frames.Welcome():
                assert decoded.n == self.n
                self.mark = decoded.mark
                self.desk.apply(decoded.own)
        return True

    def close(self, code: Closing) -> None:
        self.closed = code

    async def fetch(self) -> None:
        """Take the snapshot that all share."""
        body = gzip.decompress(await self.room.snapshot_json())
        snapshot = msgspec.json.decode(body, type=Snapshot)
        self.desk = Desk(record(form) for form in snapshot.records.values())
        self.n, self.mark = snapshot.n, snapshot.mark

    def hello(self) -> None:
        self.room.handle(self.seat, frames.Hello("ticket", self.n, self.mark))

    def ask(self, command: Command, rid: str | None = None) -> str:
        """Ask; the request id."""
        self._counter += 1
        rid = rid or f"{self._outbox}:{self._counter}"
        self.room.handle(self.seat, frames.Ask(rid, Raw(msgspec.json.encode(command))))
        return rid

    def leave(self) -> None:
        self.room.attendance.go(self.seat)

    def of(self, kind: type) -> list:
        """The frames of a kind that it was sent."""
        return [frame for frame in self.got if isinstance(frame, kind)]

    def outcome(self, rid: str) -> int | str | None:
        """What became of an ask: entry number, None for no change, or the refusal's code."""
        for frame in self.got:
            if isinstance(frame, frames.RefusedAsk) and frame.rid == rid:
                return frame.code
            if isinstance(frame, frames.Settled):
                for done in frame.list:
                    if done.rid == rid:
                        return done.n
        raise AssertionError(f"{rid} was not answered")


async def come_in(room: Room, person: str, role: Role = Role.PARTICIPANT) -> Page:
    """A page with the state, after its hello."""
    page = Page(room, person, role)
    await page.fetch()
    page.hello()
    return page


async def found(log: Log, records: tuple[Record, ...] = RECORDS, number: int = 0) -> str:
    """A desk in the log; its id. Desks of one log have different numbers."""
    chance = StillChance(1_000 * number)
    doors = Doors(log, chance, "k" * 40)
    return (await found_desk(log, doors, chance, records)).id  # type: ignore[arg-type]


@asynccontextmanager
async def hall(
    log: Log, chance: StillChance | None = None, limits: Limits = LIFTED
) -> AsyncIterator[tuple[Rooms, Room]]:
    """Rooms on the log, with the one desk open."""
    desk_id = await found(log)
    async with open_rooms(log, chance or StillChance(), "build", limits) as rooms:
        yield rooms, await rooms.get(desk_id)


async def until(is_so) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110  conditions of any kind
            await asyncio.sleep(0)
