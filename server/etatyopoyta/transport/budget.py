"""How often somebody may guess a code wrongly. Successes do not count: a whole hall may come in
from one address at 13:00. Where guesses are paused, links and QR codes still open the door."""

from collections import OrderedDict, deque
from ipaddress import ip_address, ip_network

FREE_FAILURES = 20
WINDOW_MS = 600_000
PAUSE_MS = 30_000
MAX_ADDRESSES = 10_000


class FailureBudget:
    """Failures by address (an IPv6 /64 counts as one) in the last ten minutes."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[int]] = OrderedDict()

    def wait_ms(self, address: str, now_ms: int) -> int:
        """How long this address has to wait before it may try again; 0 when it may now."""
        failures = self._recent(_neighbourhood(address), now_ms)
        if len(failures) < FREE_FAILURES:
            return 0
        return max(0, failures[-1] + PAUSE_MS - now_ms)

    def failed(self, address: str, now_ms: int) -> None:
        """A code was wrong."""
        key = _neighbourhood(address)
        self._recent(key, now_ms).append(now_ms)
        self._failures.move_to_end(key)
        if len(self._failures) > MAX_ADDRESSES:
            self._failures.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """The try that was counted as a failure was none."""
        failures = self._failures.get(_neighbourhood(address))
        if failures:
            failures.pop()

    def _recent(self, key: str, now_ms: int) -> deque[int]:
        failures = self._failures.setdefault(key, deque(maxlen=FREE_FAILURES + 1))
        while failures and failures[0] <= now_ms - WINDOW_MS:
            failures.popleft()
        return failures


def _neighbourhood(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else address
