"""The last entries of an open desk, encoded as each view sees them."""

from collections import deque
from collections.abc import Iterable, Sequence

from msgspec import Struct

from etatyopoyta.domain.desk import Change
from etatyopoyta.domain.visibility import ANYBODY, Audiences, Views, views
from etatyopoyta.log.batch import Entry
from etatyopoyta.protocol.frames import entries_frame, entry_json
from etatyopoyta.room.frame import Frame

KEPT_ENTRIES = 4_000
KEPT_BYTES = 512 * 1024
"""Who has missed more gets a snapshot: a socket may not leave more than this unread anyway."""
MAX_FRAME_BYTES = 128 * 1024
"""About: more entries go in further frames, so that a slow phone sees something of each."""


class Shown(Struct, frozen=True):
    """An entry in the form that all see, and in those of the ones who see more of it."""

    n: int
    at_ms: int
    mark: str
    """Of the batch it came in."""
    views: Views
    forms: dict[Audiences, bytes]

    @property
    def size_bytes(self) -> int:
        """Of its forms."""
        return sum(map(len, self.forms.values()))

    def to(self, viewer: Audiences) -> bytes:
        """The entry as this viewer sees it, encoded once for all who see the same."""
        mine = viewer & self.views.audiences
        if mine not in self.forms:  # somebody who belongs to several of its audiences
            self.forms[mine] = entry_json(self.n, self.at_ms, self.views.to(mine))
        return self.forms[mine]


def shown(entry: Entry, mark: str, changes: Iterable[Change]) -> Shown:
    """The entry encoded once per form (V1)."""
    seen = views(changes, entry.patch)
    each = (ANYBODY, *(frozenset((audience,)) for audience in seen.audiences))
    forms = {viewer: entry_json(entry.n, entry.at_ms, seen.to(viewer)) for viewer in each}
    return Shown(entry.n, entry.at_ms, mark, seen, forms)


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


def frames_for(viewer: Audiences, entries: Sequence[Shown]) -> list[Frame]:
    """These entries as one viewer sees them."""
    frames: list[Frame] = []
    forms: list[bytes] = []
    size_bytes = 0
    for number, entry in enumerate(entries, 1):
        forms.append(entry.to(viewer))
        size_bytes += len(forms[-1])
        if size_bytes > MAX_FRAME_BYTES or number == len(entries):
            frames.append(Frame(entries_frame(forms, entry.mark)))
            forms, size_bytes = [], 0
    return frames
