"""Sockets by address."""

import asyncio

import pytest
import websockets
from tests.room.hall import until
from tests.transport.served import served

from etatyopoyta.transport.crowd import MAX_ADDRESSES, Crowd

pytestmark = pytest.mark.anyio


def test_a_hall_may_come_at_once_and_then_at_the_rate() -> None:
    crowd = Crowd(sockets=1_000, per_s=20)
    assert [crowd.enter("hall", 0.0) for _ in range(200)] == [0] * 200
    assert crowd.enter("hall", 0.0) == 1
    assert crowd.enter("elsewhere", 0.0) == 0
    assert [crowd.enter("hall", 1.0) for _ in range(21)] == [0] * 20 + [1]


def test_an_address_has_so_many_sockets_at_a_time() -> None:
    crowd = Crowd(sockets=2, per_s=20)
    assert [crowd.enter("hall", 0.0) for _ in range(3)] == [0, 0, 10]
    crowd.leave("hall")
    assert crowd.enter("hall", 0.0) == 0


def test_what_is_remembered_of_addresses_is_bounded() -> None:
    crowd = Crowd(sockets=2, per_s=20)
    for number in range(MAX_ADDRESSES + 10):
        crowd.enter(str(number), 0.0)
        crowd.leave(str(number))
    assert len(crowd._opening) == MAX_ADDRESSES
    assert not crowd._open


async def test_a_flood_of_sockets_is_refused_with_a_time() -> None:
    async with served(address_sockets_per_s=1) as place, place.browser() as browser:
        await place.join(browser)
        async with asyncio.TaskGroup() as tasks:
            tries = [tasks.create_task(_try(place.live(browser))) for _ in range(15)]
        outcomes = [each.result() for each in tries]
        assert outcomes.count("open") == 10
        assert outcomes.count("429 after 1") == 5


async def test_a_fourth_page_of_a_participant_is_told_to_come_later() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser), place.live(browser), place.live(browser):
            room = await place.house.open_rooms.get(place.desk)
            await until(lambda: room.attendance.count == 3)
            async with place.live(browser) as fourth:
                assert '"t":"bye"' in str(await fourth.recv())
                with pytest.raises(websockets.ConnectionClosed):
                    await fourth.recv()
                assert fourth.close_code == 4429


async def _try(opening: websockets.connect) -> str:
    try:
        async with opening:
            return "open"
    except websockets.InvalidStatus as refused:
        answer = refused.response
        return f"{answer.status_code} after {answer.headers['retry-after']}"
