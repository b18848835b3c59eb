"""Sessions that end while their pages are open, also at another process."""

import asyncio

import pytest
import websockets
from tests.room.hall import until
from tests.transport.served import served

from etatyopoyta.app import build_house
from etatyopoyta.domain.records import Role
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.door import SESSIONS
from etatyopoyta.transport.rechecking import close_ended

pytestmark = pytest.mark.anyio


async def until_closed(socket: websockets.ClientConnection) -> int | None:
    async with asyncio.timeout(5):
        await socket.wait_closed()
    return socket.close_code


async def test_a_revoked_link_ends_its_sessions_and_closes_their_pages() -> None:
    async with served() as place, place.browser() as browser:
        await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.facilitator})
        assert (await browser.get(f"/api/desks/{place.desk}/me")).status_code == 200
        async with place.live(browser) as socket:
            room = await place.house.open_rooms.get(place.desk)
            await until(lambda room=room: room.attendance.count)
            await place.house.doors.invite(place.desk, Role.FACILITATOR, "test")
            assert await until_closed(socket) == Closing.NO_SESSION
        assert (await browser.get(f"/api/desks/{place.desk}/me")).status_code == 401


async def test_leaving_at_one_process_closes_the_pages_at_another() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        log = place.house.log
        assert isinstance(log, MemoryLog)
        elsewhere = build_house(place.house.settings, log.another(), "k" * 40)
        key = elsewhere.doors.session_key(next(iter(browser.cookies.values())))
        async with place.live(browser) as socket:
            room = await place.house.open_rooms.get(place.desk)
            await until(lambda room=room: room.attendance.count)
            await elsewhere.doors.end_session(place.desk, key)
            assert await until_closed(socket) == Closing.NO_SESSION


async def test_what_was_not_heard_is_found_by_looking() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        key = place.house.doors.session_key(next(iter(browser.cookies.values())))
        async with place.live(browser) as socket:
            room = await place.house.open_rooms.get(place.desk)
            await until(lambda room=room: room.attendance.count)
            await close_ended(place.house)
            assert room.attendance.count == 1
            await place.house.log.drop(SESSIONS, key)
            await close_ended(place.house)
            assert await until_closed(socket) == Closing.NO_SESSION
