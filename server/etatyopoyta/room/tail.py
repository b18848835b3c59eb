"""The last entries of an open desk, encoded as each view sees them."""

from collections import deque
from collections.abc import Iterable, Sequence

from msgspec import Struct

from etatyopoyta.domain.desk import Change
from etatyopoyta.domain.visibility import views
from etatyopoyta.log.batch import Entry
from etatyopoyta.protocol.frames import entries_frame, entry_json
from etatyopoyta.room.frame import Frame

KEPT_ENTRIES = 4_000
KEPT_BYTES = 512 * 1024
"""Who has missed more gets a snapshot: a socket may not leave more than this unread anyway."""
MAX_FRAME_BYTES = 128 * 1024
"""About: more entries go in further frames, so that a slow phone sees something of each."""


class Shown(Struct, frozen=True):
    """An entry in the form that all see, and in the forms of the owners of what it touches."""

    n: int
    mark: str
    """Of the batch it came in."""
    common: bytes
    own: dict[str, bytes]

    @property
    def size_bytes(self) -> int:
        """Of its largest form, or about that."""
        return len(self.common) + max(map(len, self.own.values()), default=0)

    def to(self, person: str) -> bytes:
        """The entry as `person` sees it."""
        return self.own.get(person, self.common)


def shown(entry: Entry, mark: str, changes: Iterable[Change]) -> Shown:
    """The entry encoded once per form (V1)."""
    seen = views(changes, entry.patch)
    common = entry_json(entry.n, entry.at_ms, seen.common)
    own = {person: entry_json(entry.n, entry.at_ms, patch) for person, patch in seen.own.items()}
    return Shown(entry.n, mark, common, own)


class Tail:
    """Recent entries, oldest first, without a gap."""

    def __init__(self, n: int, mark: str) -> None:
        self._before = (n, mark)
        self._entries: deque[Shown] = deque()
        self._bytes = 0

    def add(self, entry: Shown) -> None:
        """Take the next entry."""
        self._entries.append(entry)
        self._bytes += entry.size_bytes
        while len(self._entries) > KEPT_ENTRIES or self._bytes > KEPT_BYTES:
            gone = self._entries.popleft()
            self._bytes -= gone.size_bytes
            self._before = (gone.n, gone.mark)

    def since(self, n: int, mark: str | None) -> list[Shown] | None:
        """The entries after `n`, or None when they are not all here or `mark` is not n's (L2)."""
        first = self._before[0]
        skipped = n - first
        if skipped < 0 or skipped > len(self._entries):
            return None
        known = self._before[1] if skipped == 0 else self._entries[skipped - 1].mark
        if known != mark:
            return None
        return [self._entries[i] for i in range(skipped, len(self._entries))]


def frames_for(person: str | None, entries: Sequence[Shown]) -> list[Frame]:
    """These entries as one person sees them, or as those who own nothing of what they touch."""
    frames: list[Frame] = []
    forms: list[bytes] = []
    size_bytes = 0
    for number, entry in enumerate(entries, 1):
        forms.append(entry.common if person is None else entry.to(person))
        size_bytes += len(forms[-1])
        if size_bytes > MAX_FRAME_BYTES or number == len(entries):
            frames.append(Frame(entries_frame(forms, entry.mark)))
            forms, size_bytes = [], 0
    return frames
