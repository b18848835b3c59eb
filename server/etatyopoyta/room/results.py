"""Which asks are in the log already, so that asking again is safe (O5, L7)."""

from collections import OrderedDict
from functools import lru_cache

KEPT_PER_OUTBOX = 64
KEPT_OUTBOXES = 5_000
"""About 100 bytes each; an outbox is one browser profile."""


class Results:
    """By outbox the last asks that became entries: counter → entry number."""

    def __init__(self, known: dict[str, list[tuple[int, int]]] | None = None) -> None:
        self._by_outbox: OrderedDict[str, OrderedDict[int, int]] = OrderedDict(
            (outbox, OrderedDict(results)) for outbox, results in (known or {}).items()
        )

    def find(self, by: str, rid: str) -> int | None:
        """The entry that this ask became; 0 when that is too long ago to tell; None when new."""
        outbox, counter = _split(by, rid)
        results = self._by_outbox.get(outbox)
        if results is None:
            return None
        if counter in results:
            return results[counter]
        is_old = len(results) == KEPT_PER_OUTBOX and counter < next(iter(results))
        return 0 if is_old else None

    def add(self, by: str, rid: str, n: int) -> None:
        """Remember that this ask became entry `n`."""
        outbox, counter = _split(by, rid)
        results = self._by_outbox.setdefault(outbox, OrderedDict())
        self._by_outbox.move_to_end(outbox)
        results[counter] = n
        if len(results) > KEPT_PER_OUTBOX:
            results.popitem(last=False)
        if len(self._by_outbox) > KEPT_OUTBOXES:
            self._by_outbox.popitem(last=False)

    def dump(self) -> dict[str, list[tuple[int, int]]]:
        """Everything, for a snapshot."""
        return {outbox: list(results.items()) for outbox, results in self._by_outbox.items()}


@lru_cache(KEPT_OUTBOXES)
def _split(by: str, rid: str) -> tuple[str, int]:
    """The outbox is the person's: nobody learns of another's asks by guessing an id."""
    outbox, counter = rid.rsplit(":", 1)
    return f"{by}/{outbox}", int(counter)
