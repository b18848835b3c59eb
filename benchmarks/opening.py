"""How long until the state of a large desk is at a client."""

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median

import msgspec
from tests.faults.rig import Server

from etatyopoyta import templates
from etatyopoyta.client import connect, open_link
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import Note, Point, Shows
from etatyopoyta.exports.json import SCHEMA

NOTES = 10_000
TRIES = 5


async def measure() -> list[str]:
    """Lines with the figures."""
    with tempfile.TemporaryDirectory(prefix="etatyopoyta-bench-") as folder:
        server = Server(Path(folder) / "data")
        desk_id = await asyncio.to_thread(_fill, server, Path(folder) / "large.json")
        await asyncio.to_thread(server.start)
        try:
            links = msgspec.json.decode(
                await asyncio.to_thread(server.run, "desk", "links", desk_id, "--json")
            )
            _, secret = links["facilitator"].split("#")[1].split(".", 1)
            _, token = await open_link(server.base, desk_id, secret)
            times = [await _open(server.base, desk_id, token) for _ in range(TRIES)]
        finally:
            await asyncio.to_thread(server.stop)
    return [
        f"opening a desk with {NOTES:,} notes: state at the client after {times[0]:.0f} ms the"
        f" first time (server reads the log), then {median(times[1:]):.0f} ms (median of"
        f" {TRIES - 1}); a Python client, which decodes and keeps all records"
    ]


async def _open(base: str, desk_id: str, token: str) -> float:
    started = time.perf_counter()
    async with connect(base, desk_id, token) as desk:
        await desk.until_welcome()
        assert desk.desk.count(Note) == NOTES
        return (time.perf_counter() - started) * 1000


def _fill(server: Server, path: Path) -> str:
    """Import a desk with many notes; its id."""
    desk = Desk(templates.load("nekku"))
    for number in range(NOTES):
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
    path.write_bytes(msgspec.json.encode(content))
    return server.run("import", str(path)).decode().split(":")[0]
