"""Which asks are in the log already, so that asking again is safe (O5, L7)."""

from bisect import bisect_right
from collections import OrderedDict
from functools import lru_cache

KEPT_PER_OUTBOX = 64
KEPT_OUTBOXES = 5_000
"""About 100 bytes each; an outbox is one browser profile."""
KEPT_RUNS = 64
"""Of counters whose entry numbers are forgotten; between two runs is what a rule refused."""

Pairs = list[tuple[int, int]]


class Results:
    """By outbox the last asks that became entries: counter → entry number.

    Of earlier ones only the counters are known, as runs from first to last: who is told that
    something is settled must be able to rely on it.
    """

    def __init__(
        self, known: dict[str, Pairs] | None = None, earlier: dict[str, Pairs] | None = None
    ) -> None:
        self._by_outbox: OrderedDict[str, OrderedDict[int, int]] = OrderedDict(
            (outbox, OrderedDict(results)) for outbox, results in (known or {}).items()
        )
        self._earlier = {outbox: list(runs) for outbox, runs in (earlier or {}).items()}

    def find(self, by: str, rid: str) -> int | None:
        """The entry that this ask became; 0 when its number is forgotten; None when it is new."""
        outbox, counter = _split(by, rid)
        results = self._by_outbox.get(outbox)
        if results is None:
            return None
        if counter in results:
            return results[counter]
        runs = self._earlier.get(outbox, [])
        at = bisect_right(runs, counter, key=_first) - 1
        return 0 if at >= 0 and counter <= runs[at][1] else None

    def add(self, by: str, rid: str, n: int) -> None:
        """Remember that this ask became entry `n`."""
        outbox, counter = _split(by, rid)
        results = self._by_outbox.setdefault(outbox, OrderedDict())
        self._by_outbox.move_to_end(outbox)
        results[counter] = n
        if len(results) > KEPT_PER_OUTBOX:
            forgotten, _ = results.popitem(last=False)
            _include(self._earlier.setdefault(outbox, []), forgotten)
        if len(self._by_outbox) > KEPT_OUTBOXES:
            gone, _ = self._by_outbox.popitem(last=False)
            self._earlier.pop(gone, None)

    def dump(self) -> dict[str, Pairs]:
        """What has a number, for a snapshot."""
        return {outbox: list(results.items()) for outbox, results in self._by_outbox.items()}

    def earlier(self) -> dict[str, Pairs]:
        """The runs of what has none any more, for a snapshot."""
        return {outbox: list(runs) for outbox, runs in self._earlier.items()}


def _include(runs: Pairs, counter: int) -> None:
    """Put the counter into the sorted runs; too many of them close the lowest gap."""
    at = bisect_right(runs, counter, key=_first)
    first = last = counter
    if at < len(runs) and runs[at][0] == counter + 1:
        last = runs.pop(at)[1]
    if at > 0 and runs[at - 1][1] == counter - 1:
        at -= 1
        first = runs.pop(at)[0]
    runs.insert(at, (first, last))
    if len(runs) > KEPT_RUNS:
        runs[:2] = [(runs[0][0], runs[1][1])]


def _first(run: tuple[int, int]) -> int:
    return run[0]


@lru_cache(KEPT_OUTBOXES)
def _split(by: str, rid: str) -> tuple[str, int]:
    """The outbox is the person's: nobody learns of another's asks by guessing an id."""
    outbox, counter = rid.rsplit(":", 1)
    return f"{by}/{outbox}", int(counter)
