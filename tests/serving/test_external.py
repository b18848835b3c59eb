"""Servers on an external store that is as durable as ours: several share the desks."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
import websockets
from tests.faults.rig import Server, free_port, start_board
from tests.log.stores import programs

from etatyopoyta.client import Connection, connect, join, new_id
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Note, Point
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.http import JoinAsked

SOUND = ("--save", "", "--appendonly", "yes", "--appendfsync", "always")


@pytest.fixture
def external(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store of its own process, and the environment that names it."""
    port = free_port()
    store = subprocess.Popen(
        [programs()[0], "--port", str(port), "--bind", "127.0.0.1", *SOUND],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    monkeypatch.setitem(os.environ, "ETATYOPOYTA_REDIS_URL", f"redis://127.0.0.1:{port}")
    monkeypatch.setitem(os.environ, "ETATYOPOYTA_SECRET_KEY", "k" * 40)
    yield
    store.terminate()
    store.wait()


class Place(NamedTuple):
    """Two servers on one store, and a person at each."""

    servers: list[Server]
    desk_id: str
    tokens: list[str]

    def seat(self, number: int) -> AbstractAsyncContextManager[Connection]:
        return connect(self.servers[number].base, self.desk_id, self.tokens[number])


@pytest.fixture
async def place(external: None, tmp_path: Path) -> AsyncIterator[Place]:
    servers = [Server(tmp_path / name) for name in ("one", "two")]
    for server in servers:
        await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(servers[0].links)
    desk_id, _ = await start_board(servers[0], links)
    tokens = []
    for server, name in zip(servers, ("Aino", "Bo"), strict=True):
        asked = JoinAsked(code=links["code"], name=name, organisation_name="A ry")
        tokens.append((await join(server.base, asked))[1])
    yield Place(servers, desk_id, tokens)
    for server in servers:
        assert await asyncio.to_thread(server.stop) == 0
        assert "Traceback" not in server.output()


@pytest.mark.anyio
async def test_what_is_written_on_one_server_is_seen_on_the_other(place: Place) -> None:
    async with place.seat(0) as here, place.seat(1) as there, asyncio.timeout(20):
        for writer, reader in ((here, there), (there, here)):
            note_id = new_id("note")
            n = await writer.ask(AddNote(id=note_id, text="Kävijät", at=Point(0, 0)))
            assert n is not None
            await reader.until_entry(n)
            assert reader.desk.get(Note, note_id).text == "Kävijät"
        assert set(here.names.values()) >= {"Aino", "Bo"}


@pytest.mark.anyio
async def test_who_leaves_on_one_server_is_closed_out_on_the_other_within_a_second(
    place: Place,
) -> None:
    headers = {"authorization": f"Bearer {place.tokens[0]}", "x-etatyopoyta": "1"}
    with suppress(websockets.ConnectionClosed):
        async with place.seat(0) as page, place.seat(1), httpx.AsyncClient() as browser:
            await page.until_welcome()
            address = f"{place.servers[1].base}/api/desks/{place.desk_id}/leave"
            answer = await browser.post(address, headers=headers, json={})
            assert answer.status_code == 204, answer.text
            async with asyncio.timeout(1.0):
                await asyncio.Event().wait()  # the connection ends the block
    assert page._socket is not None
    assert page._socket.close_code == Closing.NO_SESSION
