"""A client that does as little as it can, so that the server is what is measured."""

import asyncio
import base64
import os
import time
from collections.abc import Iterator
from itertools import count
from urllib.parse import urlsplit

import msgspec

from etatyopoyta.protocol import frames
from etatyopoyta.protocol.http import Me, Snapshot


class LightClient(asyncio.Protocol):
    """A WebSocket (RFC 6455) that counts entries frames and times its own asks."""

    def __init__(self, host: str, path: str, token: str, rids: Iterator[str]) -> None:
        self.entries = 0
        self.frames = 0
        self.latencies_ms: list[float] = []
        self.opened = asyncio.get_running_loop().create_future()
        self.welcomed = asyncio.get_running_loop().create_future()
        self._host, self._path, self._token = host, path, token
        self._buffer = b""
        self._sent_at: dict[str, float] = {}
        self._rids = rids
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self._path} HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: {frames.SUBPROTOCOL}\r\n"
            f"Authorization: Bearer {self._token}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.opened.done():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            assert b" 101 " in head, head
            self._buffer = rest
            self.opened.set_result(None)
        while (frame := self._next()) is not None:
            self._take(*frame)

    def send(self, payload: bytes, opcode: int = 1) -> None:
        """Send a frame, masked with zeros: allowed, and free."""
        size = len(payload)
        head = bytes((0x80 | opcode, 0x80 | size)) if size < 126 else (
            bytes((0x80 | opcode, 0xFE)) + size.to_bytes(2, "big")
        )  # fmt: skip
        assert self._transport is not None
        self._transport.write(head + bytes(4) + payload)

    def ask(self, command: bytes) -> None:
        """Ask for a change and note the time."""
        rid = next(self._rids)
        self._sent_at[rid] = time.perf_counter()
        self.send(b'{"t":"ask","rid":"%b","cmd":%b}' % (rid.encode(), command))

    def close(self) -> None:
        """Go without a word."""
        if self._transport is not None:
            self._transport.abort()

    @property
    def unanswered(self) -> int:
        """Asks without an answer."""
        return len(self._sent_at)

    def _next(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1], 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < start + size:
            return None
        self._buffer = buffer[start + size :]
        return buffer[0] & 0x0F, buffer[start : start + size]

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == 9:
            self.send(payload, opcode=10)
        elif payload.startswith(b'{"t":"entries"'):
            self.frames += 1
            self.entries += payload.count(b'{"n":')
        elif payload.startswith(b'{"t":"settled"'):
            now = time.perf_counter()
            for done in msgspec.json.decode(payload, type=frames.Settled).list:
                sent_at = self._sent_at.pop(done.rid, None)
                if sent_at is not None:
                    self.latencies_ms.append((now - sent_at) * 1000)
        elif payload.startswith(b'{"t":"welcome"') and not self.welcomed.done():
            self.welcomed.set_result(None)
        elif payload.startswith(b'{"t":"refused"'):
            raise AssertionError(payload)


def outbox() -> Iterator[str]:
    """Ids of asks, for all pages of one browser."""
    name = base64.urlsafe_b64encode(os.urandom(9)).decode()
    return (f"{name}:{number}" for number in count(1))


async def sit(
    base: str, desk_id: str, token: str, rids: Iterator[str], me: Me, snapshot: Snapshot
) -> LightClient:
    """A client that is welcome at the desk."""
    host = urlsplit(base).netloc
    loop = asyncio.get_running_loop()
    name, port = host.split(":")
    path = f"/api/desks/{desk_id}/live"
    _, client = await loop.create_connection(
        lambda: LightClient(host, path, token, rids), name, int(port)
    )
    await client.opened
    client.send(msgspec.json.encode(frames.Hello(me.ticket, snapshot.n, snapshot.mark)))
    await client.welcomed
    return client
