"""Who sits at an open desk: whose pages are welcomed, start again, and are closed."""

from collections.abc import Sequence

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.records import Person
from etatyopoyta.domain.visibility import NAMELESS, audiences
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import Bye, FromServer, People, Resync
from etatyopoyta.room.frame import Frame
from etatyopoyta.room.limits import Limits, Turnstile
from etatyopoyta.room.presence import Presences
from etatyopoyta.room.seat import Seat
from etatyopoyta.room.whispers import Ended


class Attendance:
    """The pages that are open at a desk here, and the people behind them everywhere."""

    def __init__(self, limits: Limits) -> None:
        self.turnstile = Turnstile(limits)
        self.presences = Presences()
        self.welcomed: set[Seat] = set()
        """They have the state, and are sent every entry after it."""
        self.seats: set[Seat] = set()

    @property
    def count(self) -> int:
        """How many pages are open."""
        return len(self.seats)

    def come(self, seat: Seat) -> None:
        """Somebody opened a page; Refused. They hear of nothing before their hello."""
        self.turnstile.come(seat)
        self.seats.add(seat)

    def go(self, seat: Seat) -> None:
        """Somebody closed a page."""
        self.seats.discard(seat)
        self.turnstile.go(seat)
        if seat in self.welcomed:
            self._unwelcome(seat)

    def welcome(self, seat: Seat) -> None:
        """The page has the state: from now on it is sent every entry."""
        if seat not in self.welcomed:
            self.welcomed.add(seat)
            self.presences.come(seat.person)

    def follow(self, desk: Desk, changes: Sequence[Change]) -> None:
        """Close the pages of who was sent away.

        Who belongs to another organisation now sees other things: their pages start again.
        """
        changed = {
            change.id: change.new
            for change in changes
            if type(change.new) is Person and change.old is not None
        }
        if not changed:  # as in nearly all entries
            return
        for seat in [seat for seat in self.seats if seat.person in changed]:
            if changed[seat.person].removed_ms is not None:
                seat.close(Closing.REMOVED)
            elif seat in self.welcomed and seat.audiences != audiences(
                desk, seat.person, seat.role
            ):
                self._unwelcome(seat)
                seat.tell(Resync())

    def writers(self) -> frozenset[str]:
        """Who is writing a note on a page here."""
        return frozenset(seat.person for seat in self.welcomed if seat.is_writing)

    def close(self, code: Closing, of: Ended | None = None) -> None:
        """Close all pages, or those of what has ended."""
        for seat in list(self.seats):
            if of is None or of.session == seat.session or (of.door and of.door == seat.door):
                seat.close(code)

    def sessions(self) -> set[str]:
        """Keys of the sessions that have pages open."""
        return {seat.session for seat in self.seats}

    def say_goodbye(self, first_ms: int, last_ms: int) -> None:
        """The server is going: people come back one after the other in that time from now."""
        for place, seat in enumerate(self.welcomed):
            seat.tell(Bye(first_ms + (last_ms - first_ms) * place // len(self.welcomed)))

    def tell(self, frame: FromServer) -> None:
        """Send a frame to everybody."""
        shared = Frame.of(frame)
        for seat in self.welcomed:
            seat.write(shared)

    def tell_names(self, names: dict[str, str]) -> None:
        """Send names of people to those who may know them."""
        shared = Frame.of(People(names))
        for seat in self.welcomed:
            if seat.role not in NAMELESS:
                seat.write(shared)

    def _unwelcome(self, seat: Seat) -> None:
        self.welcomed.discard(seat)
        self.presences.go(seat.person)
