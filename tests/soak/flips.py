"""Flipped bits anywhere in the log's file: told, or without a bearing; never served (F7)."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

from msgspec import DecodeError
from tests.soak.figures import Figures
from tests.soak.logs import Written, log_file, started, through_doors, write
from tests.soak.part import promise

from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, Damaged, check_follows
from etatyopoyta.log.contract import Log
from etatyopoyta.log.embedded import StoreFailed
from etatyopoyta.room.names import Names
from etatyopoyta.room.opening import NoDesk, open_state

BATCHES = 40


async def flip(count: int, seed: int, folder: Path) -> Figures:
    """Flip one random bit of a copy and start on it, so often."""
    chance = random.Random(seed)
    written = await write(folder / "written", BATCHES)
    names = ("refused by the store", "told by the chain", "beside the log", "without a bearing")
    figures = Figures(dict.fromkeys((*names, "served wrong"), 0))
    for _ in range(count):
        copy = written.copy(folder / "copy")
        body = bytearray(log_file(copy).read_bytes())
        place, bit = chance.randrange(len(body)), chance.randrange(8)
        body[place] ^= 1 << bit
        log_file(copy).write_bytes(body)
        outcome = await _outcome(written, copy)
        around = bytes(body[max(0, place - 30) : place + 30])
        promise(outcome in names, f"bit {bit} of byte {place}, {around!r}: {outcome}")
        figures.counts[outcome] += 1
    return figures


async def _outcome(written: Written, copy: Path) -> str:
    try:
        async with started(copy, is_copy=True) as log:
            state = await open_state(log, written.desk_id)
            batches = [batch async for batch in _all(log, written.desk_id)]
            beside = await _is_as_written(log, written)
    except StoreFailed as failed:
        promise(log_file(copy).name in str(failed), f"which file, is not told: {failed}")
        return "refused by the store"
    except (Damaged, NoDesk):
        return "told by the chain"
    if len(batches) <= BATCHES or state.desk.state_hash() != written.states[-1]:
        return f"{len(batches)} batches, state of batch {state.batch}"
    return "without a bearing" if beside else "beside the log"


async def _all(log: Log, desk_id: str) -> AsyncIterator[Batch]:
    """The whole log, link by link: opening reads only what follows a snapshot."""
    number, hash_before, entry_before = 0, NO_BATCH_HASH, 0
    while batches := await log.read(desk_id, number):
        for batch in batches:
            check_follows(batch, number, hash_before, entry_before)
            number, hash_before = batch.number, batch.hash
            entry_before = batch.entries[-1].n
            yield batch


async def _is_as_written(log: Log, written: Written) -> bool:
    """Whether doors, sessions and names are as they were: those have no checksum."""
    names = Names(log, written.desk_id)
    try:
        await names.load()
        return names.all == written.names and await through_doors(log, written) == written.doors
    except (DecodeError, UnicodeDecodeError):
        return False
