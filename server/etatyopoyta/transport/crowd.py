"""Sockets by address: a hall behind one router is welcome, a flood from one machine waits."""

from collections import OrderedDict

from etatyopoyta.room.limits import Bucket

BURST_S = 10
"""Of handshakes that may come at once: a hall reconnects together."""
MAX_ADDRESSES = 10_000
FULL_RETRY_S = 10


class Crowd:
    """How many sockets each address has and how fast it opens them. Times in seconds."""

    def __init__(self, sockets: int, per_s: int) -> None:
        self._most = sockets
        self._per_s = per_s
        self._open: dict[str, int] = {}
        self._opening: OrderedDict[str, Bucket] = OrderedDict()

    def enter(self, address: str, now: float) -> int:
        """0 when one more socket may come, which is counted; else how long to wait, in seconds."""
        bucket = self._opening.setdefault(address, Bucket(self._per_s, BURST_S))
        self._opening.move_to_end(address)
        if len(self._opening) > MAX_ADDRESSES:
            self._opening.popitem(last=False)
        if self._open.get(address, 0) >= self._most:
            return FULL_RETRY_S
        if wait_s := bucket.wait_s(now):
            return int(wait_s) + 1
        bucket.take()
        self._open[address] = self._open.get(address, 0) + 1
        return 0

    def leave(self, address: str) -> None:
        """A socket that was let in is closed."""
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]
