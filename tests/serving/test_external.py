"""Servers on an external store that is as durable as ours: several share the desks."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.rig import Server, free_port, start_board
from tests.log.stores import programs

from etatyopoyta.client import connect, join, new_id
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Note, Point
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


@pytest.mark.anyio
async def test_what_is_written_on_one_server_is_seen_on_the_other(
    external: None, tmp_path: Path
) -> None:
    servers = [Server(tmp_path / name) for name in ("one", "two")]
    for server in servers:
        await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(servers[0].links)
    desk_id, _ = await start_board(servers[0], links)
    seats = []
    for server, name in zip(servers, ("Aino", "Bo"), strict=True):
        asked = JoinAsked(code=links["code"], name=name, organisation_name="A ry")
        seats.append((server.base, desk_id, (await join(server.base, asked))[1]))
    async with connect(*seats[0]) as here, connect(*seats[1]) as there, asyncio.timeout(20):
        for writer, reader in ((here, there), (there, here)):
            note_id = new_id("note")
            n = await writer.ask(AddNote(id=note_id, text="Kävijät", at=Point(0, 0)))
            assert n is not None
            await reader.until_entry(n)
            assert reader.desk.get(Note, note_id).text == "Kävijät"
        assert set(here.names.values()) >= {"Aino", "Bo"}
    for server in servers:
        assert await asyncio.to_thread(server.stop) == 0
        assert "Traceback" not in server.output()
