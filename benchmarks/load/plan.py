"""What the generator is to do: clients with their steps, messages, rates."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Any

import msgspec

from benchmarks.machine import GENERATOR_CPU, generator_path, pin

TEXT, BINARY = 1, 2


class Steps:
    """What one client does, in order, before it counts as ready."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.lines = b""

    def get(self, path: str, token: str) -> "Steps":
        """An HTTP request; wait for the whole answer."""
        return self._add(
            "H",
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Authorization: Bearer {token}\r\nAccept-Encoding: gzip\r\n\r\n".encode(),
        )

    def anew(self) -> "Steps":
        """Close the connection and open another."""
        self.lines += b"N\n"
        return self

    def upgrade(self, path: str, *headers: str) -> "Steps":
        """Become a WebSocket."""
        more = "".join(f"{header}\r\n" for header in headers)
        return self._add(
            "U",
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Sec-WebSocket-Version: 13\r\n{more}\r\n".encode(),
        )

    def send(self, payload: bytes, opcode: int = TEXT) -> "Steps":
        """A frame."""
        return self._add(f"W {opcode}", payload)

    def until(self, start: bytes) -> "Steps":
        """Wait for a frame that begins so."""
        return self._add("E ^", start)

    def until_within(self, part: bytes) -> "Steps":
        """Wait for a frame that contains this."""
        return self._add("E *", part)

    def again(self, *command: str) -> "Steps":
        """When it must resync, send what this command prints."""
        return self._add("R", shlex.join(command).encode())

    def _add(self, kind: str, content: bytes) -> "Steps":
        self.lines += f"{kind} {len(content)}\n".encode() + content + b"\n"
        return self


class Plan:
    """Collects lines for generator.c, and runs it."""

    def __init__(self, pids: list[int], flags: bytes = b"") -> None:
        self._head = "".join(f"pid {pid}\n" for pid in pids).encode() + flags
        self._clients = b""
        self._stages = b""
        self._writers = 0

    def client(self, port: int, group: int, steps: Steps, writer: int | None = None) -> None:
        """A client of this desk; a writer sends the messages of its number."""
        number = -1 if writer is None else writer
        self._writers = max(self._writers, number + 1)
        self._clients += f"client {port} {group} {number}\n".encode() + steps.lines

    def messages(self, path: Path) -> None:
        """What the writers send."""
        self._head += f"writers {self._writers}\nmessages {path}\n".encode()

    def together(self, count: int) -> None:
        """How many clients come at a time."""
        self._head += f"window {count}\n".encode()

    def stage(self, rate: float, warm_s: float, seconds: float) -> None:
        """Changes at a rate, measured after the warm-up."""
        self._stages += f"stage {rate} {warm_s} {seconds}\n".encode()

    def ramp(self, start: float, seconds: float, most: float) -> None:
        """Faster by a quarter until a rate fails three times."""
        self._stages += f"ramp {start} 1.25 {seconds} 3 {most}\n".encode()

    def hold(self) -> None:
        """Keep the connections until told."""
        self._head += b"hold\n"

    def tell(self) -> None:
        """Say at the end which messages arrived at others."""
        self._head += b"tell\n"

    def keep(self, path: Path) -> None:
        """Write the last frame that was waited for into a file."""
        self._head += f"keep {path}\n".encode()

    def start(self) -> "Run":
        """The generator at work."""
        with tempfile.NamedTemporaryFile(prefix="etatyopoyta-plan-", delete=False) as file:
            file.write(self._head + self._stages + self._clients)
        return Run(Path(file.name))

    def run(self, timeout_s: float = 300) -> list[dict[str, Any]]:
        """What it printed, when it has ended: first about joining, then one a stage."""
        run = self.start()
        try:
            return list(run.rest(timeout_s))
        finally:
            run.end()


class Run:
    """A generator process."""

    def __init__(self, plan: Path) -> None:
        self._plan = plan
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed in end()
        self.process = subprocess.Popen(
            [generator_path(), plan],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        pin(self.process.pid, GENERATOR_CPU)

    def line(self) -> dict[str, Any]:
        """The next line it prints."""
        assert self.process.stdout is not None
        if not (text := self.process.stdout.readline()):
            self._fail()
        line: dict[str, Any] = msgspec.json.decode(text)
        return line

    def rest(self, timeout_s: float) -> list[dict[str, Any]]:
        """All that it prints until it ends."""
        output, _ = self.process.communicate(timeout=timeout_s)
        if self.process.returncode not in (0, None):
            self._fail(output)
        return [msgspec.json.decode(line) for line in output.splitlines()]

    def end(self) -> None:
        """Let go of the connections."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._errors.close()
        os.unlink(self._plan)

    def _fail(self, output: bytes = b"") -> None:
        self.process.wait(5)
        self._errors.seek(0)
        said = self._errors.read()[-2000:].decode(errors="replace")
        raise RuntimeError(
            f"generator ended with {self.process.returncode}: {said} {output[-300:]!r}"
        )
