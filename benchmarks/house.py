"""The server under measurement: a process of its own, on a data folder of its own."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
from tests.faults.rig import Server, start_board

from etatyopoyta.client import fetch, join, open_link
from etatyopoyta.protocol.http import JoinAsked, Me, Snapshot

TICKS = os.sysconf("SC_CLK_TCK")


class Place:
    """A desk on a running server."""

    def __init__(self, server: Server, links: dict[str, str]) -> None:
        self.server = server
        self.base = server.base
        self.code = links["code"]
        self.desk_id, self._secret = links["facilitator"].split("#")[1].split(".", 1)

    async def seat(self, name: str) -> tuple[str, Me]:
        """A participant's session: token and who they are."""
        asked = JoinAsked(code=self.code, name=name, organisation_name="Mittaus ry")
        _, token = await join(self.base, asked)
        me = await fetch(self.base, f"/api/desks/{self.desk_id}/me", token)
        return token, msgspec.json.decode(me, type=Me)

    async def facilitate(self) -> str:
        """A facilitator's session token."""
        return (await open_link(self.base, self.desk_id, self._secret))[1]

    async def snapshot(self, token: str) -> Snapshot:
        """The state that all see."""
        body = await fetch(self.base, f"/api/desks/{self.desk_id}/snapshot", token)
        return msgspec.json.decode(body, type=Snapshot)

    def cpu_s(self) -> tuple[float, float]:
        """CPU seconds so far: of the server, of its store."""
        return _cpu_s(self.server.pid), _cpu_s(self.server.store_pid())


@asynccontextmanager
async def open_place() -> AsyncIterator[Place]:
    """A fresh desk with its board open, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="etatyopoyta-bench-") as folder:
        server = Server(Path(folder) / "data")
        await asyncio.to_thread(server.start)
        try:
            links = await asyncio.to_thread(server.links)
            await start_board(server, links)
            yield Place(server, links)
        finally:
            await asyncio.to_thread(server.stop)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
