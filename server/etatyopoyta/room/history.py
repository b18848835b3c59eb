"""What a desk was at an entry of its log: the entries before it, replayed."""

from collections.abc import AsyncIterator, Callable

from etatyopoyta.domain.desk import Desk
from etatyopoyta.log.batch import Entry
from etatyopoyta.log.contract import Log
from etatyopoyta.room.opening import NoDesk, State
from etatyopoyta.room.results import Results

PAGE = 200


async def entries(log: Log, desk_id: str) -> AsyncIterator[Entry]:
    """All entries of a desk from the first, in order. Raises Damaged, Newer or Away."""
    place = State(Desk(), Results())
    while True:
        batches = await log.read(desk_id, place.batch, PAGE)
        for batch in batches:
            place.check(batch)
            for entry in batch.entries:
                yield entry
            place.stand_at(batch)
        if len(batches) < PAGE:
            return


async def desk_when(
    log: Log, desk_id: str, is_it: Callable[[Entry], bool]
) -> tuple[Desk, Entry] | None:
    """The desk at the first entry of which this is true, with what that entry changed."""
    desk = Desk()
    async for entry in entries(log, desk_id):
        desk.apply(entry.patch)
        if is_it(entry):
            return desk, entry
    return None


async def desk_at(log: Log, desk_id: str, n: int) -> Desk:
    """The desk at entry `n`; NoDesk when it has none of that number."""
    found = await desk_when(log, desk_id, lambda entry: entry.n >= n)
    if found is None:
        raise NoDesk(desk_id)
    return found[0]


def made(record_id: str) -> Callable[[Entry], bool]:
    """Whether an entry made this record."""
    return lambda entry: record_id in entry.patch and entry.was.get(record_id) is None
