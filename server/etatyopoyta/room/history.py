"""A desk's log read again from its beginning: the desk at an entry, and what all saw of each."""

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator, Callable, Sequence

from msgspec.structs import replace

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.records import Section, SectionState
from etatyopoyta.domain.visibility import views
from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, Entry, check_follows
from etatyopoyta.log.contract import Log
from etatyopoyta.protocol.frames import entry_json
from etatyopoyta.protocol.http import Chapter, Mark
from etatyopoyta.room.opening import NoDesk

PAGE = 50
"""Batches that are read at once: the others on the desk are served between two pages."""
TURN = 100
"""Entries that are taken without letting the others go on."""
MAX_PAGE_BYTES = 1024 * 1024
"""About: of the entries that are given at once."""
MINUTE_MS = 60_000
KEPT_TRACKS = 4
"""Desks whose history is kept at hand; a large one is some ten megabytes."""


async def batches(log: Log, desk_id: str, upto: int | None = None) -> AsyncIterator[Batch]:
    """The batches of a desk in order, each the one after the one before; Damaged, Newer, Away."""
    number, hash_, n = 0, NO_BATCH_HASH, 0
    while upto is None or number < upto:
        page = await log.read(desk_id, number, PAGE)
        for batch in page:
            if upto is not None and batch.number > upto:
                return
            check_follows(batch, number, hash_, n)
            number, hash_, n = batch.number, batch.hash, batch.entries[-1].n
            yield batch
        if len(page) < PAGE:
            return


async def entries(log: Log, desk_id: str, upto: int | None = None) -> AsyncIterator[Entry]:
    """The entries of a desk in order, up to the batch of that number; others go on meanwhile."""
    async for batch in batches(log, desk_id, upto):
        for entry in batch.entries:
            yield entry
            if entry.n % TURN == 0:
                await asyncio.sleep(0)


async def desk_when(
    log: Log, desk_id: str, is_it: Callable[[Entry], bool]
) -> tuple[Desk, Entry] | None:
    """The desk at the first entry of which this is true, with that entry."""
    desk = Desk()
    async for entry in entries(log, desk_id):
        desk.apply(entry.patch)
        if is_it(entry):
            return desk, entry
    return None


async def desk_at(log: Log, desk_id: str, n: int) -> Desk:
    """The desk as it was after entry `n`; NoDesk when it has no such entry."""
    found = await desk_when(log, desk_id, lambda entry: entry.n == n)
    if found is None:
        raise NoDesk(desk_id)
    return found[0]


def made(record_id: str) -> Callable[[Entry], bool]:
    """Whether an entry made this record."""
    return lambda entry: record_id in entry.patch and entry.was.get(record_id) is None


class Track:
    """What all saw of one desk, entry by entry, as it was at the time (V2).

    It is what was sent to those who saw no more than all do, by the same code; what only some saw
    is in nobody's history. An entry of which nothing was to be seen is left out.
    """

    def __init__(self) -> None:
        self.n = 0
        self.at_ms = 0
        self.started_ms = 0
        self.chapters: list[Chapter] = []
        self.marks: list[Mark] = []
        self._reading = asyncio.Lock()
        self._number = 0
        self._hash = NO_BATCH_HASH
        self._desk = Desk()
        self._numbers: list[int] = []
        self._shown: list[bytes] = []

    async def follow(self, log: Log, desk_id: str, upto: int) -> None:
        """Read on, to the batch with that number."""
        async with self._reading:
            turn = 0
            while self._number < upto:
                limit = min(PAGE, upto - self._number)
                page = await log.read(desk_id, self._number, limit)
                for batch in page:
                    check_follows(batch, self._number, self._hash, self.n)
                    for entry in batch.entries:
                        self._take(entry)
                    self._number, self._hash = batch.number, batch.hash
                    turn += len(batch.entries)
                    if turn > TURN:  # between batches: whoever gives up leaves a whole track
                        turn = 0
                        await asyncio.sleep(0)
                if len(page) < limit:
                    return

    def page(self, after: int, until: int) -> tuple[int, bytes]:
        """The entries behind `after` as JSON, up to `until` or to about a megabyte of them.

        And the number up to which they are complete.
        """
        at = bisect_left(self._numbers, after + 1)
        taken: list[bytes] = []
        size_bytes = 0
        while at < len(self._numbers) and self._numbers[at] <= until:
            if size_bytes > MAX_PAGE_BYTES:
                return self._numbers[at - 1], b",".join(taken)
            taken.append(self._shown[at])
            size_bytes += len(self._shown[at])
            at += 1
        return max(after, min(until, self.n)), b",".join(taken)

    def _take(self, entry: Entry) -> None:
        changes = self._desk.apply(entry.patch)
        self.n, self.at_ms = entry.n, entry.at_ms
        self.started_ms = self.started_ms or entry.at_ms
        self._note_time(entry)
        self._note_chapters(entry, changes)
        common = views(changes, entry.patch).common
        if common:
            self._numbers.append(entry.n)
            self._shown.append(entry_json(entry.n, entry.at_ms, common))

    def _note_time(self, entry: Entry) -> None:
        mark = Mark(entry.at_ms - entry.at_ms % MINUTE_MS, entry.n)
        if self.marks and self.marks[-1].at_ms == mark.at_ms:
            self.marks.pop()
        self.marks.append(mark)

    def _note_chapters(self, entry: Entry, changes: Sequence[Change]) -> None:
        for _, old, new in changes:
            was_open = isinstance(old, Section) and old.state is SectionState.OPEN
            if not isinstance(new, Section):
                continue
            is_open = new.state is SectionState.OPEN
            if is_open and not was_open:
                title, at = new.title, (entry.n, entry.at_ms)
                self.chapters.append(Chapter(new.id, new.workshop, title, *at))
            elif was_open and not is_open:
                self._close(new.id, entry)

    def _close(self, section: str, entry: Entry) -> None:
        for at, chapter in enumerate(self.chapters):
            if chapter.section == section and chapter.closed_n is None:
                self.chapters[at] = replace(chapter, closed_n=entry.n, closed_ms=entry.at_ms)


class Histories:
    """The tracks of the desks that were asked for last."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._tracks: dict[str, Track] = {}

    async def track(self, desk_id: str, upto: int) -> Track:
        """The desk's track, read at least to the batch with that number."""
        track = self._tracks.pop(desk_id, None) or Track()
        self._tracks[desk_id] = track  # the last one asked for is the last one to go
        while len(self._tracks) > KEPT_TRACKS:
            del self._tracks[next(iter(self._tracks))]
        await track.follow(self._log, desk_id, upto)
        return track
