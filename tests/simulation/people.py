"""People with browsers: they ask, lose their connection, come back and ask again."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from random import Random

import msgspec
from msgspec import Raw, Struct

from etatyopoyta.domain.agenda import CloseSection, OpenSection
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desks import SetAnonymity
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes
from etatyopoyta.domain.patch import Form, Patch, merge
from etatyopoyta.domain.records import Point, Role, Shows
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Damaged
from etatyopoyta.log.contract import Away
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.http import Snapshot
from etatyopoyta.room.frame import Frame
from etatyopoyta.room.room import Room
from etatyopoyta.room.seat import Seat

DELAY_S = 0.05
CAPACITY = 400
"""Frames on their way; a slow reader has fewer."""
SECRET = "salaisuus"

_from_server = msgspec.json.Decoder(frames.AnyFromServer)


class Line:
    """A connection: frames arrive in order and late, or not at all once it is cut."""

    def __init__(self, page: "Page", room: Room, chance: Random, capacity: int) -> None:
        self.is_cut = False
        self.seat = Seat(self, page.person, page.role)
        self._page = page
        self._room = room
        self._chance = chance
        self._capacity = capacity
        self._down: asyncio.Queue[Frame | Closing] = asyncio.Queue()
        self._up: asyncio.Queue[bytes] = asyncio.Queue()

    def write(self, frame: Frame) -> bool:
        """See `room.seat.Wire`."""
        if self._down.qsize() >= self._capacity:
            return False
        self._down.put_nowait(frame)
        return True

    def close(self, code: Closing) -> None:
        """See `room.seat.Wire`."""
        if code is Closing.TOO_SLOW:
            self.is_cut = True
        self._down.put_nowait(code)

    def send(self, frame: frames.FromClient) -> None:
        """To the server, later."""
        self._up.put_nowait(msgspec.json.encode(frame))

    def cut(self) -> None:
        """Nothing arrives any more, in either direction."""
        self.is_cut = True
        self._up.put_nowait(b"")
        self._down.put_nowait(Closing.GOING_AWAY)

    def is_with(self, room: Room) -> bool:
        """The other end is this room."""
        return self._room is room

    async def carry(self) -> None:
        """Both ways, until it is cut or closed."""
        self._room.sit(self.seat)
        try:
            async with asyncio.TaskGroup() as tasks:
                ways = [tasks.create_task(self._carry_up()), tasks.create_task(self._carry_down())]
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
                    way.cancel()
        finally:
            self.is_cut = True
            self.seat.is_closed = True
            self._room.rise(self.seat)

    async def _carry_up(self) -> None:
        while True:
            data = await self._up.get()
            await asyncio.sleep(self._chance.random() * DELAY_S)
            if self.is_cut:
                return
            if not self.seat.is_closed:
                self._room.handle(self.seat, frames.decode(data))

    async def _carry_down(self) -> None:
        while True:
            frame = await self._down.get()
            await asyncio.sleep(self._chance.random() * DELAY_S / 10)
            if self.is_cut or isinstance(frame, Closing):
                return
            self._page.hear(frame.payload)


class Act(Struct):
    """Something asked for."""

    rid: str
    cmd: bytes


class Page:
    """One browser of one person, with what it was told and what it still wants."""

    def __init__(
        self, number: int, person: str, role: Role, chance: Random, stored: Callable[[], int]
    ) -> None:
        self.person = person
        self.role = role
        self.forms: dict[str, Form] = {}
        self.n = 0
        self.mark = ""
        self.pending: dict[str, Act] = {}
        self.acknowledged: dict[str, int | None] = {}
        self.refused = 0
        self.resyncs = 0
        self.bytes_seen = 0
        self.line: Line | None = None
        self.is_welcome = False
        self._name = f"page{number:04}"
        self._chance = chance
        self._stored = stored
        self._counter = 0
        self._to_come = chance.randint(0, 16)
        self._must_resync = False
        self._capacity = CAPACITY if chance.random() < 0.8 else 6

    def __str__(self) -> str:
        here = "welcome" if self.is_welcome else "outside" if self.line is None else "waiting"
        return f"{self._name} of {self.person} {here} at {self.n}, {len(self.pending)} pending"

    @property
    def is_at_rest(self) -> bool:
        """It has its seat, has asked for all that it will, and has every answer."""
        return self.is_welcome and not self.pending and not self._to_come

    # --- what it is told -----------------------------------------------------------------

    def hear(self, payload: bytes) -> None:
        """Take a frame, and hold the server to its promises."""
        self.bytes_seen += len(payload)
        for other in {"aino", "bo", "ceo"} - {self.person.removeprefix("person_")}:
            assert f"{SECRET}-{other}".encode() not in payload, "O9: somebody else's hidden text"
        match _from_server.decode(payload):
            case frames.Entries(entries, mark):
                self._take(entries, mark)
            case frames.Welcome() as welcome:
                assert self._must_resync or welcome.n == self.n, "O6: welcomed at another entry"
                self.mark = welcome.mark
                self._merge(welcome.own)
                self.is_welcome = True
                for act in self.pending.values():
                    self._send(act)
            case frames.Resync():
                self._must_resync = True
                self.resyncs += 1
                if self.line is not None:
                    self.line.cut()
            case frames.Settled(done):
                for each in done:
                    before = self.acknowledged.setdefault(each.rid, each.n)
                    assert each.n is None or before in {each.n, None}, "O5: another answer"
                    self.pending.pop(each.rid, None)
            case frames.RefusedAsk(rid, _, _, retry_ms):
                if retry_ms is None:
                    assert rid not in self.acknowledged, "O5: refused what was acknowledged"
                    self.refused += 1
                    self.pending.pop(rid, None)
                elif rid in self.pending:
                    loop = asyncio.get_running_loop()
                    loop.call_later(retry_ms / 1000, self._send_again, rid)

    def _take(self, entries: list[frames.WireEntry], mark: str) -> None:
        for entry in entries:
            assert entry.n == self.n + 1, f"O3: entry {entry.n} after {self.n}"
            assert entry.n <= self._stored(), "O2: told of what is not stored"
            self._merge(entry.p)
            self.n = entry.n
        self.mark = mark

    def _merge(self, patch: Patch) -> None:
        for record_id, change in patch.items():
            if change is None:
                self.forms.pop(record_id, None)
            else:
                self.forms[record_id] = merge(self.forms.get(record_id), change)

    # --- how it comes --------------------------------------------------------------------

    async def come(self, enter: Callable[[], Awaitable[Room]]) -> None:
        """Sit at a desk until the connection is lost."""
        try:
            room = await enter()
            if self.n == 0 or self._must_resync:
                body = gzip.decompress(await room.snapshot_json())
                state = msgspec.json.decode(body, type=Snapshot)
                self.forms, self.n, self.mark = dict(state.records), state.n, state.mark
                self._must_resync = False
            capacity = self._capacity
            self.line = Line(self, room, self._chance, capacity)
            self.line.send(frames.Hello("ticket", self.n, self.mark))
            await self.line.carry()
        except (Away, Damaged, Refused):
            return
        finally:
            self.line, self.is_welcome = None, False

    # --- what it wants -------------------------------------------------------------------

    async def wish(self) -> None:
        """Ask for one thing after the other, whether there is a connection or not."""
        while self._to_come:
            await asyncio.sleep(self._chance.expovariate(1.0))
            self._to_come -= 1
            self._act()

    def _act(self) -> None:
        self._counter += 1
        cmd = msgspec.json.encode(self._wish())
        act = Act(f"outbox{self._name}:{self._counter}", cmd)
        self.pending[act.rid] = act
        if self.is_welcome:
            self._send(act)
            if self._chance.random() < 0.1:
                self._send(act)

    def _wish(self) -> Command:
        notes = sorted(i for i, f in self.forms.items() if f["t"] == "note")
        kind = self._chance.random()
        if self.role is Role.FACILITATOR and kind < 0.2:
            section = self._chance.choice(["section_board", "section_talk"])
            return OpenSection(section=section) if kind < 0.15 else CloseSection(section=section)
        if self.role is Role.FACILITATOR and kind < 0.25:
            return SetAnonymity(shows=self._chance.choice(list(Shows)))
        place = Point(self._chance.randint(-999, 999), self._chance.randint(-999, 999))
        if not notes or kind < 0.5:
            note_id = f"note_{self._name}x{self._counter}"
            return AddNote(id=note_id, text=f"Mittari {self._counter}", at=place)
        note_id = self._chance.choice(notes)
        if kind < 0.75:
            return MoveNotes(to={note_id: place})
        if kind < 0.92:
            known = self.forms[note_id].get("version", 1)
            assert isinstance(known, int)
            text = f"{SECRET}-{self.person.removeprefix('person_')} {self._counter}"
            is_mine = note_id.startswith("note_hidden")
            return EditNote(id=note_id, base=known, text=text if is_mine else f"Muutos {kind}")
        return RemoveNotes(notes=(note_id,))

    def _send(self, act: Act) -> None:
        if self.line is not None:
            self.line.send(frames.Ask(act.rid, Raw(act.cmd)))

    def _send_again(self, rid: str) -> None:
        if self.is_welcome and rid in self.pending:
            self._send(self.pending[rid])
