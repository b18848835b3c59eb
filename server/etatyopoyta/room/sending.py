"""What everybody at a desk is yet to be told: each view encoded once, several entries a frame."""

import asyncio

from etatyopoyta.domain.visibility import ANYBODY
from etatyopoyta.room.pace import Pace
from etatyopoyta.room.seat import Seat
from etatyopoyta.room.tail import Shown, frames_for


class Sending:
    """Entries on their way to the seats that were welcomed, and answers to those who asked."""

    def __init__(self, seats: set[Seat]) -> None:
        self._seats = seats
        self._pace = Pace()
        self._news: list[Shown] = []
        self._owed: set[Seat] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._gathering: asyncio.Future[None] | None = None

    def add(self, entry: Shown) -> None:
        """The next entry, for everybody."""
        self._news.append(entry)

    def owe(self, seat: Seat) -> None:
        """The seat has answers to send, after the entries that they speak of."""
        self._owed.add(seat)

    def now(self) -> None:
        """Send everything."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._news:
            news, self._news = self._news, []
            see_more = ANYBODY.union(*(entry.views.audiences for entry in news))
            frames = {ANYBODY: frames_for(ANYBODY, news)}
            for seat in self._seats:
                mine = seat.audiences & see_more if see_more else ANYBODY
                if mine not in frames:
                    frames[mine] = frames_for(mine, news)
                for frame in frames[mine]:
                    seat.write(frame)
            self._pace.sent(len(news) * len(self._seats), _now())
        for seat in self._owed:
            seat.flush()
        self._owed.clear()

    def soon(self) -> None:
        """Others have stored: send when the pace allows, and let `due` return now.

        They have just gathered and do so again: who stores now seldom meets them at one number.
        """
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.wait_s(), self.now)
        self._go()

    async def due(self) -> None:
        """Return when the next sending is due, or others have stored."""
        if wait_s := self.wait_s():
            loop = asyncio.get_running_loop()
            self._gathering = loop.create_future()
            timer = loop.call_later(wait_s, self._go)
            try:
                await self._gathering
            finally:
                timer.cancel()

    def _go(self) -> None:
        if self._gathering is not None and not self._gathering.done():
            self._gathering.set_result(None)

    def wait_s(self) -> float:
        """How long to gather before the next sending; 0 when it is due."""
        return self._pace.wait_s(_now())


def _now() -> float:
    return asyncio.get_running_loop().time()
