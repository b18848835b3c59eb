"""How often somebody may guess a code wrongly. Successes do not count: a whole hall may come in
from one address at 13:00. Where guesses are paused, links and QR codes still open the door.

A code has 31^8 values. Ten wrong ones a second, for a month, on a thousand open desks, are 0.03
expected hits (tests/transport/test_budget.py); each server process has a budget of its own.
"""

from collections import OrderedDict, deque
from ipaddress import ip_address, ip_network

from msgspec import Struct

WINDOW_MS = 600_000
MAX_PLACES = 10_000
SERVICE = "service"


class Allowance(Struct, frozen=True):
    """So many failures in ten minutes, then one each `pause_ms`."""

    free: int
    pause_ms: int


OF_ADDRESS = Allowance(free=20, pause_ms=30_000)
"""An IPv6 /64 counts as one."""
OF_NETWORK = Allowance(free=200, pause_ms=3_000)
"""An IPv4 /24 or an IPv6 /48: one network's addresses cost an attacker little."""
OF_SERVICE = Allowance(free=600, pause_ms=100)
"""Whoever they come from."""


class FailureBudget:
    """Failures in the last ten minutes by address, by network and in all."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[int]] = OrderedDict()

    def wait_ms(self, address: str, now_ms: int) -> int:
        """How long this address has to wait before it may try again; 0 when it may now."""
        return max(self._wait_ms(place, allowance, now_ms) for place, allowance in _places(address))

    def failed(self, address: str, now_ms: int) -> None:
        """A code was wrong."""
        for place, allowance in _places(address):
            self._recent(place, allowance, now_ms).append(now_ms)
            self._failures.move_to_end(place)
        while len(self._failures) > MAX_PLACES:
            self._failures.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """The try that was counted as a failure was none."""
        for place, _ in _places(address):
            failures = self._failures.get(place)
            if failures:
                failures.pop()

    def _wait_ms(self, place: str, allowance: Allowance, now_ms: int) -> int:
        failures = self._recent(place, allowance, now_ms)
        if len(failures) < allowance.free:
            return 0
        return max(0, failures[-1] + allowance.pause_ms - now_ms)

    def _recent(self, place: str, allowance: Allowance, now_ms: int) -> deque[int]:
        failures = self._failures.setdefault(place, deque(maxlen=allowance.free + 1))
        while failures and failures[0] <= now_ms - WINDOW_MS:
            failures.popleft()
        return failures


def _places(address: str) -> tuple[tuple[str, Allowance], ...]:
    try:
        parsed = ip_address(address)
    except ValueError:
        return (address, OF_ADDRESS), (SERVICE, OF_SERVICE)
    near, wide = ("64", "48") if parsed.version == 6 else ("32", "24")
    return (
        (str(ip_network(f"{parsed}/{near}", strict=False)), OF_ADDRESS),
        (str(ip_network(f"{parsed}/{wide}", strict=False)), OF_NETWORK),
        (SERVICE, OF_SERVICE),
    )
