"""A fault that takes all desks along ends the process: it would serve nobody any more."""

import pytest
from tests.room.hall import until
from tests.transport.served import served

from etatyopoyta.room.room import Room
from etatyopoyta.serving import DesksFailed

pytestmark = pytest.mark.anyio


async def test_a_server_whose_desks_have_failed_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(_: Room) -> None:
        raise ZeroDivisionError

    async def serve_until_it_ends() -> None:
        async with served() as place, place.browser() as browser:
            await place.join(browser)
            monkeypatch.setattr(Room, "tick", mistaken)
            await until(lambda: place.house.is_draining)

    with pytest.raises(DesksFailed):
        await serve_until_it_ends()
