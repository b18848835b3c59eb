"""Our own server under measurement: a process of its own, on a data folder of its own."""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import msgspec
from click.testing import CliRunner
from tests.faults.rig import Server, start_board

from benchmarks.contender import Contender, Messages, Opened, Setup
from benchmarks.load.plan import Steps
from benchmarks.machine import GENERATOR_CPU, SERVER_CPU, family, pin
from etatyopoyta import cli, templates
from etatyopoyta.client import fetch, join
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import Note, Point, Shows
from etatyopoyta.exports.json import SCHEMA
from etatyopoyta.protocol.frames import SUBPROTOCOL, Hello
from etatyopoyta.protocol.http import JoinAsked, Me, Snapshot

AT_A_TIME = 8
AGAIN = str(Path(__file__).parent / "load" / "again.py")
LIFTED = {
    f"ETATYOPOYTA_{name}": "1000000"
    for name in (
        "CONNECTION_CHANGES_PER_S",
        "PERSON_CHANGES_PER_S",
        "DESK_CHANGES_PER_S",
        "PARTICIPANT_SOCKETS",
        "DESK_SOCKETS",
        "ADDRESS_SOCKETS",
        "ADDRESS_SOCKETS_PER_S",
    )
}
"""What protects a server from one person; here 20 clients stand for many."""
FEW = 100
"""Notes that need no import: writers add their own."""


@dataclass(frozen=True)
class Seat:
    """Somebody's session, and what they would say in a hello."""

    token: str
    ticket: str
    hello: bytes


class House(Opened):
    """Our server with its desks and with people at their doors."""

    flags = b"ours\n"

    def __init__(self, setup: Setup, arguments: Sequence[str] = ()) -> None:
        self._server = Server(setup.folder / "data", *arguments, environ=LIFTED)
        self._setup = setup
        self._desks: list[str] = []
        self._seats: list[list[Seat]] = []

    def start(self) -> None:
        """The server on one processor, its store with the generator on the other."""
        self._server.start()
        self.port = self._server.port
        for pid in self.server_pids():
            pin(pid, SERVER_CPU)
        pin(self._server.store_pid(), GENERATOR_CPU)

    def kill(self) -> None:
        self._server.kill()

    def stop(self) -> None:
        """As an operator does."""
        self._server.stop()

    def server_pids(self) -> list[int]:
        store = self._server.store_pid()
        return [pid for pid in family(self._server.pid) if pid != store]

    def store_pids(self) -> list[int]:
        return [self._server.store_pid()]

    def state(self, desk: int) -> bytes:
        token = self._seats[desk][0].token
        path = f"/api/desks/{self._desks[desk]}/snapshot"
        return asyncio.run(fetch(self._server.base, path, token))

    def has(self, state: bytes, writer: int, number: int) -> bool:
        note = msgspec.json.decode(state, type=Snapshot).records.get(f"note_w{writer}")
        if note is None:
            return super().has(state, writer, number)
        return note["at"] == _at(number)

    def steps(self, desk: int, seat: int, writer: int | None = None) -> Steps:
        """With the state from before; a writer puts its note there first."""
        steps = self._sit(Steps(self.port), desk, seat)
        if writer is not None:
            add = {"t": "note.add", "id": f"note_w{writer}", "text": "Mittari", "at": _at(-5)}
            steps.send(_ask(writer, 1, add)).until_within(b'{"t":"settled"')
        return steps

    def joining(self, desk: int, seat: int) -> Steps:
        """As the browser does: who am I, the state as one zipped answer, the live socket."""
        path, token = f"/api/desks/{self._desks[desk]}", self._seats[desk][seat].token
        steps = Steps(self.port).get(f"{path}/me", token).get(f"{path}/snapshot", token).anew()
        return self._sit(steps, desk, seat)

    def prepare(self, messages: Messages) -> Path:
        path = self._setup.folder / "messages"
        with path.open("wb") as file:
            for writer in range(len(messages.desks)):
                for number in range(messages.each):
                    if messages.is_adding:
                        mark = f"~~{writer:02x}{number:06x}"
                        note_id = f"note_l{writer}x{number}"
                        command = {"t": "note.add", "id": note_id, "text": mark, "at": _at(number)}
                    else:
                        command = {"t": "note.move", "to": {f"note_w{writer}": _at(number)}}
                    frame = _ask(writer, number + 2, command)
                    file.write(writer.to_bytes(2, "little") + bytes((1, 1)))
                    file.write(len(frame).to_bytes(4, "little") + frame)
        return path

    def _sit(self, steps: Steps, desk: int, seat: int) -> Steps:
        taken = self._seats[desk][seat]
        path = f"/api/desks/{self._desks[desk]}"
        snapshot = f"{self._server.base}{path}/snapshot"
        return (
            steps.again(sys.executable, AGAIN, snapshot, taken.token, taken.ticket)
            .upgrade(
                f"{path}/live",
                f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
                f"Authorization: Bearer {taken.token}",
            )
            .send(taken.hello)
            .until(b'{"t":"welcome"')
        )

    async def furnish(self) -> None:
        """Start with the desks, and with sessions for everybody who will come."""
        imported = None
        if self._setup.notes > FEW:
            imported = import_desk(self._server, self._setup)
        self.start()
        gate = asyncio.Semaphore(AT_A_TIME)
        for desk in range(self._setup.desks):
            await self._open_desk(gate, desk, imported)

    async def _open_desk(self, gate: asyncio.Semaphore, desk: int, imported: str | None) -> None:
        arguments = ["create"] if imported is None else ["links", imported]
        links = await asyncio.to_thread(self._links, *arguments)
        desk_id, facilitator = await start_board(self._server, links)
        self._desks.append(desk_id)
        tokens = await asyncio.gather(
            *(
                self._join(gate, links["code"], f"Mittaaja {desk} {seat}")
                for seat in range(self._setup.seats)
            )
        )
        body = await fetch(self._server.base, f"/api/desks/{desk_id}/snapshot", facilitator)
        snapshot = msgspec.json.decode(body, type=Snapshot)
        self._seats.append(
            await asyncio.gather(*(self._seat(gate, desk_id, t, snapshot) for t in tokens))
        )

    def _links(self, *arguments: str) -> dict[str, str]:
        """What `etatyopoyta desk …` prints; within this process, since there are many desks."""
        command = ["desk", *arguments, "--json", "--data-dir", str(self._server.data_dir)]
        port = {"ETATYOPOYTA_PORT": str(self.port)}
        done = CliRunner().invoke(cli.main, command, env=port, catch_exceptions=False)
        return msgspec.json.decode(done.stdout_bytes, type=dict[str, str])

    async def _join(self, gate: asyncio.Semaphore, code: str, name: str) -> str:
        async with gate:
            asked = JoinAsked(code=code, name=name, organisation_name="Mittaus ry")
            return (await join(self._server.base, asked))[1]

    async def _seat(
        self, gate: asyncio.Semaphore, desk_id: str, token: str, snapshot: Snapshot
    ) -> Seat:
        async with gate:
            body = await fetch(self._server.base, f"/api/desks/{desk_id}/me", token)
        me = msgspec.json.decode(body, type=Me)
        return Seat(
            token, me.ticket, msgspec.json.encode(Hello(me.ticket, snapshot.n, snapshot.mark))
        )


class Ours(Contender):
    """Acknowledges and shows a change when it is on the disk."""

    name: ClassVar[str] = "ours"
    title: ClassVar[str] = "Etätyöpöytä"
    is_durable: ClassVar[bool] = True
    is_ours: ClassVar[bool] = True
    arguments: ClassVar[tuple[str, ...]] = ()

    @contextmanager
    def open(self, setup: Setup) -> Iterator[Opened]:
        house = House(setup, self.arguments)
        try:
            asyncio.run(house.furnish())
            yield house
        finally:
            house.stop()


class OursTwice(Ours):
    """Two processes on one store."""

    name = "ours-2"
    title = "Etätyöpöytä, two processes"
    arguments = ("--workers", "2")


def import_desk(server: Server, setup: Setup) -> str:
    """A desk with many notes, made before the server starts; its id."""
    desk = Desk(templates.load("nekku"))
    for number in range(setup.notes):
        note = Note(
            id=f"note_{number}",
            workshop=desk.info.workshop,
            text=f"Kävijämäärä kuukaudessa, toimipaikka {number}",
            at=Point(number % 100 * 220, number // 100 * 160),
            shows=Shows.ORGANISATION,
            created_ms=number,
        )
        desk.apply({note.id: form(note)})
    content = {
        "schema": SCHEMA,
        "state_hash": desk.state_hash(),
        "records": [form(record) for record in desk],
    }
    path = setup.folder / "desk.json"
    path.write_bytes(msgspec.json.encode(content))
    return server.run("import", str(path)).decode().split(":")[0]


def _at(number: int) -> dict[str, int]:
    return {"x": number, "y": 100_000 - abs(number)}


def _ask(writer: int, counter: int, command: Mapping[str, object]) -> bytes:
    return msgspec.json.encode(
        {"t": "ask", "rid": f"benchwriter{writer}:{counter}", "cmd": command}
    )
