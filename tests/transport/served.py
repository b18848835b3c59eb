"""The application on a real socket, in the test's own event loop, on the log in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import websockets
from msgspec import Struct

from etatyopoyta import templates
from etatyopoyta.app import build_house, create_app
from etatyopoyta.domain.records import Role
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.frames import SUBPROTOCOL
from etatyopoyta.room.door import Keys
from etatyopoyta.room.founding import found_desk
from etatyopoyta.serving import Server, config, listen
from etatyopoyta.settings import Settings
from etatyopoyta.transport.house import House

PATIENCE_S = 60
"""A worker starts Python, on a machine that others work on."""
OURS = {"x-etatyopoyta": "1"}


class Served(Struct):
    """A running application with one desk."""

    house: House
    base: str
    desk: str
    keys: Keys
    facilitator: str
    """The secret of the facilitator's link."""
    server: Server

    def browser(self) -> httpx.AsyncClient:
        """A browser on our own page: cookies, Origin and our header."""
        headers = {**OURS, "origin": self.base, "sec-fetch-site": "same-origin"}
        return httpx.AsyncClient(
            base_url=self.base, headers=headers, verify=False, timeout=PATIENCE_S
        )

    async def join(self, browser: httpx.AsyncClient, name: str = "Aino") -> dict[str, Any]:
        """Join as participant; the answer."""
        body = {"code": self.keys.code, "name": name, "organisation_name": "A ry"}
        answer = await browser.post("/api/join", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def live(self, browser: httpx.AsyncClient, **changes: Any) -> websockets.connect:
        """The live socket with the browser's cookies."""
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        options: dict[str, Any] = {
            "subprotocols": [SUBPROTOCOL],
            "origin": self.base,
            "additional_headers": {"cookie": cookies} if cookies else {},
            "compression": None,
        }
        url = self.base.replace("http", "ws", 1) + f"/api/desks/{self.desk}/live"
        return websockets.connect(url, **{**options, **changes})


@asynccontextmanager
async def served(**settings: Any) -> AsyncIterator[Served]:
    """An application with a desk of the template nekku."""
    log = MemoryLog()
    house = build_house(Settings(**settings), log, "k" * 40)
    desk = await found_desk(log, house.doors, house.chance, templates.load("nekku"))
    secret = await house.doors.invite(desk.id, Role.FACILITATOR, "test")
    keys = await house.doors.participants_keys(desk.id)
    assert keys is not None
    listener = listen("127.0.0.1", 0)
    server = Server(config(house.settings, create_app(house)), house)
    serving = asyncio.create_task(server.serve([listener]))
    try:
        assert await server.wait_until_started(serving)
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield Served(house, base, desk.id, keys, secret, server)
    finally:
        server.should_exit = True
        await serving
        listener.close()
