"""How often one session may ask for what costs the server more than a moment."""

from collections import OrderedDict

from etatyopoyta.domain.refused import Refused
from etatyopoyta.room.limits import Bucket

PER_S = 2
BURST_S = 30
"""A long history comes in many pages, one after the other."""
MAX_SESSIONS = 2_000


class Askers:
    """Who asked how often lately."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def ask(self, session: str, now: float) -> None:
        """Count one more ask at `now`, in seconds; Refused("history.too_often", retry_ms)."""
        bucket = self._buckets.setdefault(session, Bucket(PER_S, BURST_S))
        self._buckets.move_to_end(session)
        if len(self._buckets) > MAX_SESSIONS:
            self._buckets.popitem(last=False)
        if wait_s := bucket.wait_s(now):
            raise Refused("history.too_often", retry_ms=int(wait_s * 1000) + 1)
        bucket.take()
