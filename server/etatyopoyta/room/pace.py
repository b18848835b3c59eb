"""How long to gather before something is stored and sent: not at all while a desk is calm."""

from math import exp

LONGEST_S = 0.008
"""So that half of a busy hall sees a change within 5 ms, its way to the disk included."""
HALF_AT_PER_S = 1_000
"""Deliveries a second at which half of that is waited."""
MEMORY_S = 1.0
"""Over which the rate is a mean."""


class Pace:
    """The least time between two sendings, from how many frames a second they amount to.

    A delivery is one entry for one seat. Times are seconds of one monotonic clock.
    """

    def __init__(self) -> None:
        self._per_s = 0.0
        self._counted_at = 0.0
        self._sent_at = float("-inf")

    def sent(self, deliveries: int, now: float) -> None:
        """So many were sent just now."""
        self._per_s = self._faded(now) + deliveries / MEMORY_S
        self._counted_at = now
        self._sent_at = now

    def wait_s(self, now: float) -> float:
        """How long to gather from now on before the next sending; 0 when it is due."""
        per_s = self._faded(now)
        if per_s < 1:
            return 0.0
        gap = LONGEST_S * per_s / (per_s + HALF_AT_PER_S)
        return max(0.0, self._sent_at + gap - now)

    def _faded(self, now: float) -> float:
        return self._per_s * exp((self._counted_at - now) / MEMORY_S)
