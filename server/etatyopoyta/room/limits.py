"""How much one may ask of a desk, so that one page in a loop is not felt by sixty people."""

from collections import OrderedDict

from msgspec import Struct

from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.room.seat import Seat

BURST_S = 3
"""Of its rate that a bucket holds."""
KEPT_PEOPLE = 1_000
OTHERS_SEATS = 30
"""Of one facilitator's or screen's link: several machines open the same one."""
FULL_RETRY_MS = 10_000


class Limits(Struct, frozen=True, kw_only=True):
    """Durable changes a second and open pages; `settings.py` says what may be set."""

    connection_per_s: int = 20
    person_per_s: int = 40
    desk_per_s: int = 1_000
    participant_seats: int = 3
    desk_seats: int = 500


class Bucket:
    """A token bucket: `per_s` a second, and `burst_s` seconds' worth at once."""

    def __init__(self, per_s: float, burst_s: float = BURST_S) -> None:
        self._per_s = per_s
        self._most = per_s * burst_s
        self._tokens = self._most
        self._at = 0.0

    def wait_s(self, now: float) -> float:
        """How long until there is a token; 0 when there is one."""
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._per_s)
        self._at = now
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._per_s

    def take(self) -> None:
        """Take one, after `wait_s` was 0."""
        self._tokens -= 1


class Turnstile:
    """The limits of one desk. Times are seconds of one monotonic clock."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._desk = Bucket(limits.desk_per_s)
        self._people: OrderedDict[str, Bucket] = OrderedDict()
        self._seats: dict[Seat, Bucket] = {}
        self._seats_of: dict[str, int] = {}

    def come(self, seat: Seat) -> None:
        """Somebody opened a page; Refused("seats.full") when this person or the desk has many."""
        limits = self._limits
        is_participant = seat.role is Role.PARTICIPANT
        most = limits.participant_seats if is_participant else OTHERS_SEATS
        count = self._seats_of.get(seat.person, 0)
        if count >= most or len(self._seats) >= limits.desk_seats:
            raise Refused("seats.full", retry_ms=FULL_RETRY_MS)
        self._seats[seat] = Bucket(limits.connection_per_s)
        self._seats_of[seat.person] = count + 1

    def go(self, seat: Seat) -> None:
        """The page was closed."""
        if self._seats.pop(seat, None) is not None:
            self._seats_of[seat.person] -= 1
            if not self._seats_of[seat.person]:
                del self._seats_of[seat.person]

    def ask(self, seat: Seat, now: float) -> None:
        """Count an ask, or Refused("too_fast") with the time after which there is room for it."""
        buckets = (self._seats[seat], self._person(seat.person), self._desk)
        wait_s = max(bucket.wait_s(now) for bucket in buckets)
        if wait_s > 0:
            raise Refused("too_fast", retry_ms=max(100, round(wait_s * 1000)))
        for bucket in buckets:
            bucket.take()

    def _person(self, person: str) -> Bucket:
        bucket = self._people.get(person)
        if bucket is None:
            bucket = self._people[person] = Bucket(self._limits.person_per_s)
            if len(self._people) > KEPT_PEOPLE:
                self._people.popitem(last=False)
        return bucket
