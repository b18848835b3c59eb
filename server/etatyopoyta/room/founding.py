"""A new desk: its first entry, its place on the list, and the ways in."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Raw

from etatyopoyta.domain.command import Asked
from etatyopoyta.domain.copying import unpublished
from etatyopoyta.domain.deciding import MAX_PATCH_BYTES, decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.records import AnyRecord, DeskInfo, Role
from etatyopoyta.log.batch import NO_BATCH_HASH, Entry, make_batch
from etatyopoyta.log.contract import Log
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.door import ID_LETTERS, Doors, ListedDesk
from etatyopoyta.room.queue import SYSTEM

DESK_ID_LETTERS = 22
"""131 bits: nobody finds a desk by trying."""
FILL_BYTES = MAX_PATCH_BYTES // 2


async def found_desk(
    log: Log, doors: Doors, chance: Chance, records: Iterable[AnyRecord]
) -> ListedDesk:
    """A new desk with these records; Refused when they do not make one.

    The list is written last: a desk that is listed is whole.
    """
    desk_id = chance.letters(DESK_ID_LETTERS, ID_LETTERS)
    desk = Desk()
    hash_before = NO_BATCH_HASH
    for number, part in enumerate(_parts(unpublished(records)), start=1):
        entry = _entry(desk, part, chance, number)
        desk.apply(entry.patch)
        batch = make_batch(number, hash_before, (entry,), mark=chance.token(), salt=chance.salt())
        await log.append(desk_id, batch)
        hash_before = batch.hash
    info: DeskInfo = desk.info
    listed = ListedDesk(desk_id, info.title.fi, info.template, chance.now_ms())
    await doors.invite_participants(desk_id)
    await doors.list_desk(listed)
    return listed


def _entry(desk: Desk, part: tuple[AnyRecord, ...], chance: Chance, n: int) -> Entry:
    command = FillDesk(records=part)
    at_ms = chance.now_ms()
    decision = decide(desk, Asked(SYSTEM, Role.SYSTEM, at_ms), command)
    return Entry(
        n=n,
        at_ms=at_ms,
        by=SYSTEM,
        role=Role.SYSTEM,
        rid=f"founding:{n}",
        cmd=Raw(msgspec.json.encode(command)),
        patch=decision.patch,
        was=decision.was,
    )


def _parts(records: Iterable[AnyRecord]) -> Iterator[tuple[AnyRecord, ...]]:
    """The records in parts that fit into one entry each."""
    part: list[AnyRecord] = []
    size = 0
    for record in records:
        more = len(msgspec.json.encode(record))
        if part and size + more > FILL_BYTES:
            yield tuple(part)
            part, size = [], 0
        part.append(record)
        size += more
    if part:
        yield tuple(part)
