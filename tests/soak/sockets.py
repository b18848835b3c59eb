"""What no browser sends: broken WebSocket frames on real sockets (F18)."""

import asyncio
import random
from contextlib import suppress
from pathlib import Path

import httpx
from structlog.testing import capture_logs
from tests.soak.figures import Figures
from tests.soak.part import promise
from tests.transport.served import Served, served
from tests.transport.test_wire import masked, slow_peer

PATIENCE_S = 10.0
LIFTED = {"address_sockets_per_s": 100_000}


async def break_in(count: int, seed: int, folder: Path) -> Figures:
    """So many sockets, each with a welcome and then something broken; a whole one works on."""
    chance = random.Random(seed)
    closed = 0
    with capture_logs() as lines:
        async with served(**LIFTED) as place, place.browser() as browser:
            for _ in range(count):
                closed += await _one(place, browser, chance)
            promise((await browser.get("/health")).status_code == 200, "not alive")
        faults = [line for line in lines if line["log_level"] in {"error", "critical"}]
        promise(not faults, f"{faults[:3]}")
    return Figures({"closed by the server": closed, "left by the peer": count - closed})


async def _one(place: Served, browser: httpx.AsyncClient, chance: random.Random) -> bool:
    """Whether the server has closed the socket."""
    loop = asyncio.get_running_loop()
    peer = await slow_peer(place, browser)
    room = await place.house.open_rooms.get(place.desk)
    with suppress(OSError):  # it was reset while more was sent
        for _ in range(chance.randrange(1, 5)):
            await loop.sock_sendall(peer, _garbage(chance))
    is_closed = True
    try:
        async with asyncio.timeout(0.05):
            with suppress(OSError):
                while await loop.sock_recv(peer, 65536):
                    pass
    except TimeoutError:  # it waits for the rest of a frame, as it may
        is_closed = False
    peer.close()
    async with asyncio.timeout(PATIENCE_S):
        while room.attendance.count:  # noqa: ASYNC110  the server does it
            await asyncio.sleep(0.001)
    return is_closed


def _garbage(chance: random.Random) -> bytes:
    """Bytes as they are, or a frame whose head, length, mask or content is wrong."""
    body = chance.randbytes(chance.randrange(0, 200))
    match chance.randrange(5):
        case 0:
            return body
        case 1:
            return masked(chance.randrange(256), body)  # reserved bits and opcodes, bad UTF-8
        case 2:
            return bytes((0x81, 0xFF)) + chance.randbytes(8) + bytes(4) + body  # far too long
        case 3:
            return bytes((0x81, min(len(body), 125))) + body[:125]  # without a mask
        case _:
            return masked(0x88, body[: chance.randrange(0, 125)])  # closes for a strange reason
