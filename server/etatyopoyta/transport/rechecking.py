"""Sessions end while their pages are open: what was called out and not heard is found here."""

import asyncio

from etatyopoyta.log.contract import Away
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.whispers import Ended
from etatyopoyta.transport.house import House

RECHECK_S = 60.0


async def recheck(house: House) -> None:
    """Close the pages of sessions that have ended, every minute."""
    while True:
        await asyncio.sleep(RECHECK_S)
        try:
            await close_ended(house)
        except Away:
            continue


async def close_ended(house: House) -> None:
    """Close the pages of sessions that have ended; Away."""
    for room in house.open_rooms.opened():
        for key in room.attendance.sessions():
            if await house.doors.session(key) is None:
                room.attendance.close(Closing.NO_SESSION, Ended(session=key))
