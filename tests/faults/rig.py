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
from pathlib import Path

import msgspec
import websockets

from etatyopoyta.client import Outbox, connect, join, new_id, open_link
from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Note, Point
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.embedded import EmbeddedStore, Owner
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.protocol.http import JoinAsked
from etatyopoyta.room.opening import State, open_state

CLI = [sys.executable, "-m", "etatyopoyta.cli"]
START_S = 30.0


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
        self._environ = {**os.environ, **(environ or {})}
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
        return self._process.wait(20)

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
    """Somebody who adds notes one after the other, whatever happens to the server."""

    def __init__(self, server: Server, code: str, name: str) -> None:
        self.acknowledged: list[str] = []
        self.outages_s: list[float] = []
        self._server = server
        self._code = code
        self._name = name
        self._outbox = Outbox()

    async def write(self, until: asyncio.Event) -> None:
        """Add notes until told to stop; every one asked for is answered before this returns."""
        asked = JoinAsked(code=self._code, name=self._name, organisation_name=self._name)
        desk_id, token = await join(self._server.base, asked)
        waiting: tuple[str, asyncio.Future[int | None]] | None = None
        lost_at: float | None = None
        while waiting is not None or not until.is_set():
            try:
                async with connect(self._server.base, desk_id, token, self._outbox) as desk:
                    while waiting is not None or not until.is_set():
                        if waiting is None:
                            note_id = new_id("note")
                            note = AddNote(
                                id=note_id, text=f"{self._name} {note_id}", at=Point(0, 0)
                            )
                            frame, answer = self._outbox.add(note)
                            waiting = (note_id, answer)
                            assert desk._socket is not None
                            await desk._socket.send(frame)
                        await asyncio.shield(waiting[1])
                        self.acknowledged.append(waiting[0])
                        waiting = None
                        if lost_at is not None:
                            self.outages_s.append(time.monotonic() - lost_at)
                            lost_at = None
            except (websockets.WebSocketException, OSError, Refused):
                lost_at = lost_at or time.monotonic()
                await asyncio.sleep(0.05)


async def read_log(data_dir: Path, desk_id: str) -> tuple[State, Counter[tuple[str, str]]]:
    """What the stopped server left: the state, checked link by link, and its request ids."""
    store = EmbeddedStore(data_dir)
    store.start()
    log = RedisLog(store.url)
    try:
        rids: Counter[tuple[str, str]] = Counter()
        after = 0
        while batches := await log.read(desk_id, after):
            after = batches[-1].number
            rids.update((entry.by, entry.rid) for batch in batches for entry in batch.entries)
        return await open_state(log, desk_id), rids
    finally:
        await log.close()
        store.stop()


def check_ledger(
    writers: list[Writer], state: State, rids: Counter[tuple[str, str]]
) -> tuple[int, int, int]:
    """Acknowledged, lost and doubled changes."""
    acknowledged = [note_id for writer in writers for note_id in writer.acknowledged]
    lost = sum(1 for note_id in acknowledged if not isinstance(state.desk.find(note_id), Note))
    doubled = sum(count - 1 for count in rids.values())
    return len(acknowledged), lost, doubled
