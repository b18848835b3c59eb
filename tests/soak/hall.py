"""A hall full of people on one server, with light clients: they move their notes and point."""

import asyncio
import random
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from tests.faults.rig import Server, start_board
from tests.soak.light import LightClient, outbox, sit
from tests.soak.part import promise

from etatyopoyta.client import connect, fetch, join, new_id
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes
from etatyopoyta.domain.records import Point
from etatyopoyta.protocol.http import JoinAsked, Me, Snapshot

PAGES_EACH = 3
ENVIRON = {"ETATYOPOYTA_ADDRESS_SOCKETS_PER_S": "100000"}
EDGE = 5_000


class Guest:
    """Somebody with a session and a note of their own."""

    def __init__(self, base: str, desk_id: str, token: str) -> None:
        self.note_id = new_id("note")
        self._base = base
        self._desk_id = desk_id
        self._token = token
        self._rids = outbox()
        self._base_of_text = 1

    async def add_note(self) -> None:
        """Put the note on the board."""
        async with connect(self._base, self._desk_id, self._token) as page:
            await page.ask(AddNote(id=self.note_id, text="Kävijämäärä", at=Point(0, 0)))

    async def open_page(self) -> LightClient:
        """A page that is welcome at the desk."""
        path = f"/api/desks/{self._desk_id}"
        me = msgspec.json.decode(await fetch(self._base, f"{path}/me", self._token), type=Me)
        state = await fetch(self._base, f"{path}/snapshot", self._token)
        snapshot = msgspec.json.decode(state, type=Snapshot)
        return await sit(self._base, self._desk_id, self._token, self._rids, me, snapshot)

    def move(self, chance: random.Random) -> bytes:
        """A command that moves the note."""
        at = Point(chance.randrange(-EDGE, EDGE), chance.randrange(-EDGE, EDGE))
        return msgspec.json.encode(MoveNotes(to={self.note_id: at}))

    def rewrite(self, text: str) -> bytes:
        """A command that gives the note this text."""
        command = EditNote(id=self.note_id, base=self._base_of_text, text=text)
        self._base_of_text += 1
        return msgspec.json.encode(command)


class Hall:
    """The server and its guests."""

    def __init__(self, server: Server, guests: list[Guest]) -> None:
        self.server = server
        self.guests = guests

    def seats(self) -> int:
        """How many sockets the server holds."""
        with urllib.request.urlopen(f"{self.server.base}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        gauge = "etatyopoyta_seats "
        return next(int(float(line.split()[1])) for line in lines if line.startswith(gauge))


@asynccontextmanager
async def full_hall(folder: Path, guests: int) -> AsyncIterator[Hall]:
    """A server with so many guests, each with a note."""
    server = Server(folder / "data", environ=ENVIRON)
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    desk_id, _ = await start_board(server, links)

    async def come(number: int) -> Guest:
        asked = JoinAsked(code=links["code"], name=f"Vieras {number}", organisation_name="A ry")
        guest = Guest(server.base, desk_id, (await join(server.base, asked))[1])
        await guest.add_note()
        return guest

    try:
        yield Hall(server, await asyncio.gather(*map(come, range(guests))))
        promise(await asyncio.to_thread(server.stop) == 0, "the server did not end in order")
        promise("Traceback" not in server.output(), server.output()[-4000:])
    finally:
        server.kill()
