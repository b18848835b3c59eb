"""A real server with its real store, people who write as fast as they are answered, and kills."""

import asyncio
import atexit
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import msgspec
import websockets

from etatyopoyta.client import Connection, Outbox, connect, join, new_id, open_link
from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.notes import AddNote, RemoveNotes
from etatyopoyta.domain.records import Point
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.embedded import EmbeddedStore, Owner
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.protocol.http import JoinAsked
from etatyopoyta.room.opening import open_state

CLI = [sys.executable, "-m", "etatyopoyta.cli"]
START_S = 60.0
LIFTED = {
    f"ETATYOPOYTA_{scope}_CHANGES_PER_S": "100000" for scope in ("CONNECTION", "PERSON", "DESK")
}
"""Writers write as fast as they are answered."""
KEPT_NOTES = 100
"""Of each writer: a desk has a limit."""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """An `etatyopoyta serve` process on a data directory of its own."""

    def __init__(
        self, data_dir: Path, *arguments: str, environ: dict[str, str] | None = None
    ) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._arguments = arguments
        self._environ = {**os.environ, **LIFTED, **(environ or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._output = data_dir.parent / f"{data_dir.name}.output"

    def start(self) -> None:
        """Start it and wait until it is ready."""
        command = [*CLI, "serve", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [*command, *self._arguments], stdout=output, stderr=output, env=self._environ
            )
        atexit.register(self._process.kill)  # for a test that fails halfway; harmless otherwise
        deadline = time.monotonic() + START_S
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(self.output())
            time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory runs out."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self.wait()

    def wait(self) -> int:
        """Its exit code, when it ends by itself."""
        assert self._process is not None
        return self._process.wait(60)

    def kill_store(self) -> None:
        """SIGKILL for the store below the server."""
        os.kill(self.store_pid(), signal.SIGKILL)

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def store_pid(self) -> int:
        """The process of the store."""
        owner = (self.data_dir / "store" / "owner.json").read_bytes()
        return msgspec.json.decode(owner, type=Owner).store_pid

    def output(self) -> str:
        """Everything it has said."""
        return self._output.read_text(errors="replace")

    def run(self, *arguments: str) -> bytes:
        """What a command of the CLI prints, on the same data directory."""
        command = [*CLI, *arguments, "--data-dir", str(self.data_dir)]
        environ = {**self._environ, "ETATYOPOYTA_PORT": str(self.port)}
        return subprocess.run(command, check=True, capture_output=True, env=environ).stdout

    def links(self) -> dict[str, str]:
        """Links of a new desk."""
        return msgspec.json.decode(self.run("desk", "create", "--json"))

    def left(self) -> AbstractAsyncContextManager[RedisLog]:
        """The log that it has left, once it is stopped."""
        return stopped_store(self.data_dir)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/ready", timeout=1) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


async def start_board(server: Server, links: dict[str, str]) -> tuple[str, str]:
    """Open the section in which notes may be added: desk id and the facilitator's token."""
    desk_id, secret = links["facilitator"].split("#")[1].split(".", 1)
    _, token = await open_link(server.base, desk_id, secret)
    async with connect(server.base, desk_id, token) as facilitator:
        await facilitator.ask(OpenSection(section="section_board"))
    return desk_id, token


class Writer:
    """Somebody who adds notes and removes old ones, one after the other, whatever happens."""

    def __init__(self, server: Server, code: str, name: str) -> None:
        self.acknowledged: list[str] = []
        """Request ids."""
        self.notes: list[str] = []
        """What must be on the desk: added, acknowledged, and not asked to be removed."""
        self.refused: list[str] = []
        """Codes. No rule says no to what is asked: who hears it, was not remembered (O5)."""
        self.interrupted_s: list[float] = []
        """From each loss of the connection to the next acknowledgement."""
        self._lost_at: float | None = None
        self._server = server
        self._code = code
        self._name = name
        self._outbox = Outbox()

    async def write(self, until: asyncio.Event) -> None:
        """Write until told to stop; everything asked for is answered before this returns."""
        asked = JoinAsked(code=self._code, name=self._name, organisation_name=self._name)
        desk_id, token = await join(self._server.base, asked)
        waiting: _Ask | None = None
        while waiting is not None or not until.is_set():
            desk: Connection | None = None
            try:
                async with connect(self._server.base, desk_id, token, self._outbox) as desk:
                    while waiting is not None or not until.is_set():
                        if waiting is None:
                            waiting = self._next()
                            assert desk._socket is not None
                            await desk._socket.send(waiting.frame)
                        await self._settle(waiting)
                        waiting = None
            except (websockets.WebSocketException, OSError, Refused):
                self._lost_at = self._lost_at or time.monotonic()
                hint_s = None if desk is None else desk.back_in_s
                await asyncio.sleep(0.05 if hint_s is None else hint_s)

    def _next(self) -> "_Ask":
        if len(self.notes) < KEPT_NOTES:
            adds = new_id("note")
            text = f"{self._name} {adds}"
            command: Command = AddNote(id=adds, text=text, at=Point(0, 0))
        else:
            adds = ""
            command = RemoveNotes(notes=(self.notes.pop(0),))
        frame, answer = self._outbox.add(command)
        return _Ask(frame, msgspec.json.decode(frame)["rid"], adds, answer)

    async def _settle(self, ask: "_Ask") -> None:
        try:
            await asyncio.shield(ask.answer)
        except Refused as refused:
            self.refused.append(refused.code)
        else:
            self.acknowledged.append(ask.rid)
            if self._lost_at is not None:
                self.interrupted_s.append(time.monotonic() - self._lost_at)
                self._lost_at = None
            if ask.adds:
                self.notes.append(ask.adds)


class _Ask(msgspec.Struct, frozen=True):
    frame: str
    rid: str
    adds: str
    answer: asyncio.Future[int | None]


@asynccontextmanager
async def stopped_store(data_dir: Path) -> AsyncIterator[RedisLog]:
    """The log that a stopped server has left."""
    store = EmbeddedStore(data_dir)
    store.start()
    log = RedisLog(store.url)
    try:
        yield log
    finally:
        await log.close()
        store.stop()


async def check_ledger(writers: list[Writer], log: RedisLog, desk_id: str) -> tuple[int, int, int]:
    """Acknowledged, lost and doubled changes, by the log, which is checked link by link."""
    rids: Counter[str] = Counter()
    after = 0
    while batches := await log.read(desk_id, after):
        after = batches[-1].number
        rids.update(entry.rid for batch in batches for entry in batch.entries)
    desk = (await open_state(log, desk_id)).desk
    acknowledged = [rid for writer in writers for rid in writer.acknowledged]
    lost = sum(rid not in rids for rid in acknowledged)
    lost += sum(desk.find(note_id) is None for writer in writers for note_id in writer.notes)
    doubled = sum(count - 1 for count in rids.values())
    return len(acknowledged), lost, doubled
