"""A peer: a server of its own process, with its own library to write the messages."""

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import ClassVar

from benchmarks.contender import Contender, Messages, Opened, Setup
from benchmarks.load.plan import Plan, Steps
from benchmarks.machine import PEERS, SERVER_CPU, install_node_peers, node, pin

START_S = 60.0


class Process(Opened):
    """A peer's server."""

    def __init__(self, peer: "Peer", setup: Setup) -> None:
        self.flags = peer.flags
        self._peer = peer
        self._setup = setup
        self.start()

    def start(self) -> None:
        self.port = free_port()
        environ = {
            **os.environ,
            **self._peer.environ,
            **self._peer.more_environ(self._setup),
            "NODE_ENV": "production",
            "PORT": str(self.port),
            "NOTES": str(self._setup.notes),
            "DESKS": str(self._setup.desks),
        }
        if self._peer.is_durable:
            environ["FOLDER"] = str(self._setup.folder)
        output = self._setup.folder / "output"
        with output.open("ab") as file:
            self._process = subprocess.Popen(
                self._peer.command(), env=environ, stdout=file, stderr=file
            )
        wait_for_port(self.port, self._process, output)
        pin(self._process.pid, SERVER_CPU)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def server_pids(self) -> list[int]:
        return [self._process.pid]

    def steps(self, desk: int, seat: int, writer: int | None = None) -> Steps:
        return self._peer.steps(self.port, desk, seat)

    def prepare(self, messages: Messages) -> Path:
        return self._peer.prepare(messages, self._setup.notes)

    def state(self, desk: int) -> bytes:
        path = self._setup.folder / "state-frame"
        plan = Plan([])
        plan.client(self.port, 0, self.steps(desk, 9999))
        plan.keep(path)
        plan.run()
        return path.read_bytes()


class Peer(Contender):
    """A server of the outside world."""

    protocol: ClassVar[str]
    script: ClassVar[str]
    flags: ClassVar[bytes] = b""
    environ: ClassVar[dict[str, str]] = {}

    @contextmanager
    def open(self, setup: Setup) -> Iterator[Opened]:
        """Start it, wait until it listens, pin it."""
        process = Process(self, setup)
        try:
            yield process
        finally:
            process.kill()

    def command(self) -> list[str]:
        """What starts it."""
        install_node_peers()
        return [str(node()), str(PEERS / "servers" / self.script)]

    def more_environ(self, setup: Setup) -> dict[str, str]:
        """What else its script is told."""
        return {}

    def steps(self, port: int, desk: int, seat: int) -> Steps:
        """How a client of it comes, until it has the whole board."""
        raise NotImplementedError

    def prepare(self, messages: Messages, notes: int) -> Path:
        """A file that its own library wrote."""
        spec = {
            "desks": list(messages.desks),
            "each": messages.each,
            "isAdding": messages.is_adding,
        }
        return written(self.protocol, json.dumps(spec), notes)


@cache
def messages_folder() -> tempfile.TemporaryDirectory[str]:
    """Messages are the same in every round: made once, gone with this process."""
    return tempfile.TemporaryDirectory(prefix="etatyopoyta-messages-")


@cache
def written(protocol: str, spec: str, notes: int) -> Path:
    """The file of prepare.mjs."""
    install_node_peers()
    path = Path(messages_folder().name) / f"{protocol}-{time.monotonic_ns()}"
    subprocess.run(
        [node(), PEERS / "prepare.mjs", protocol, spec, path],
        env={**os.environ, "NOTES": str(notes)},
        check=True,
    )
    return path


def framed(writer: int, payload: bytes) -> bytes:
    """One message of one text frame, as the generator reads it."""
    return writer.to_bytes(2, "little") + b"\1\1" + len(payload).to_bytes(4, "little") + payload


def var_string(text: str) -> bytes:
    """lib0's short string."""
    return bytes((len(text),)) + text.encode()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, process: "subprocess.Popen[bytes]", output: Path) -> None:
    """Return when somebody listens; raise with what the process said when it ends instead."""
    deadline = time.monotonic() + START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(output.read_text(errors="replace")) from None
            time.sleep(0.02)
