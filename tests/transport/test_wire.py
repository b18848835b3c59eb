"""The socket below a seat: shared frames, and what a slow or hostile peer may make us keep."""

import asyncio
import socket
from contextlib import suppress

import httpx
import msgspec
import pytest
from tests.room.hall import until
from tests.transport.served import Served, served

from etatyopoyta.protocol import frames
from etatyopoyta.room.frame import Frame
from etatyopoyta.transport import wire

pytestmark = pytest.mark.anyio
BIG = frames.People({f"person_{i}": "x" * 1_000 for i in range(400)})


def masked(head: int, payload: bytes) -> bytes:
    """A client's frame, masked with zeros (RFC 6455 §5.3)."""
    size = len(payload)
    long = b"" if size < 126 else size.to_bytes(2, "big")
    return bytes((head, 0x80 | (126 if long else size))) + long + bytes(4) + payload


async def slow_peer(place: Served, browser: httpx.AsyncClient) -> socket.socket:
    """A peer at the desk, welcomed, whose kernel keeps little for it."""
    await place.join(browser)
    me = (await browser.get(f"/api/desks/{place.desk}/me")).json()
    snapshot = (await browser.get(f"/api/desks/{place.desk}/snapshot")).json()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    loop = asyncio.get_running_loop()
    host, port = place.base.removeprefix("http://").split(":")
    await loop.sock_connect(peer, (host, int(port)))
    request = (
        f"GET /api/desks/{place.desk}/live HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Origin: {place.base}\r\nCookie: {cookies}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Sec-WebSocket-Protocol: {frames.SUBPROTOCOL}\r\n\r\n"
    )
    await loop.sock_sendall(peer, request.encode())
    assert b" 101 " in await loop.sock_recv(peer, 1024)
    hello = msgspec.json.encode(frames.Hello(me["ticket"], snapshot["n"], snapshot["mark"]))
    await loop.sock_sendall(
        peer, bytes((0x81, 0xFE)) + len(hello).to_bytes(2, "big") + bytes(4) + hello
    )
    room = await place.house.open_rooms.get(place.desk)
    await until(lambda: room.attendance.welcomed)
    return peer


async def test_a_reader_that_never_reads_is_gone_and_the_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "STALL_S", 0.5)
    async with served() as place, place.browser() as browser:
        peer = await slow_peer(place, browser)
        room = await place.house.open_rooms.get(place.desk)
        room.attendance.tell(BIG)
        room.attendance.tell(BIG)
        await until(lambda: room.attendance.count == 0)
        peer.close()


async def test_a_reader_that_is_only_slow_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "STALL_S", 0.3)
    monkeypatch.setattr(wire, "LEAST_DRAINED_BYTES", 4 * 1024)
    async with served() as place, place.browser() as browser:
        peer = await slow_peer(place, browser)
        room = await place.house.open_rooms.get(place.desk)
        room.attendance.tell(BIG)
        loop = asyncio.get_running_loop()
        read = 0
        while read < len(Frame.of(BIG).wire):
            read += len(await loop.sock_recv(peer, 4096))
            await asyncio.sleep(0.02)  # how fast it is, not a wait for anything
            assert room.attendance.count == 1, f"cut off after {read} bytes"
        peer.close()


async def test_one_who_leaves_too_much_unread_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with served() as place, place.browser() as browser:
        peer = await slow_peer(place, browser)
        room = await place.house.open_rooms.get(place.desk)
        for _ in range(8):
            room.attendance.tell(BIG)
        await until(lambda: room.attendance.count == 0)
        peer.close()


async def test_a_flood_of_pings_is_cut_by_the_input_rate() -> None:
    async with served() as place, place.browser() as browser:
        peer = await slow_peer(place, browser)
        room = await place.house.open_rooms.get(place.desk)
        loop = asyncio.get_running_loop()
        flood = masked(0x89, bytes(125)) * 500
        with suppress(OSError):  # the connection is reset when the rate is over
            while room.attendance.count:
                await loop.sock_sendall(peer, flood)
        await until(lambda: room.attendance.count == 0)
        peer.close()
