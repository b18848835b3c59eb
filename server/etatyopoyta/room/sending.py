"""What everybody at a desk is yet to be told: each view encoded once, several entries a frame."""

import asyncio

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
            common = frames_for(None, news)
            owners = {person for entry in news for person in entry.own}
            for seat in self._seats:
                for frame in frames_for(seat.person, news) if seat.person in owners else common:
                    seat.write(frame)
            self._pace.sent(len(news) * len(self._seats), _now())
        for seat in self._owed:
            seat.flush()
        self._owed.clear()

    def soon(self) -> None:
        """Send everything when the pace allows."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.wait_s(), self.now)

    def wait_s(self) -> float:
        """How long to gather before the next sending; 0 when it is due."""
        return self._pace.wait_s(_now())


def _now() -> float:
    return asyncio.get_running_loop().time()
