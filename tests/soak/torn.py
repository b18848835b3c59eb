"""Torn tails: the log ends anywhere in its last 4 KiB, as a power cut leaves it (F6)."""

import os
import random
from bisect import bisect_right
from pathlib import Path

from tests.soak.figures import Figures
from tests.soak.logs import log_file, started, write
from tests.soak.part import promise

from etatyopoyta.room.opening import open_state

TAIL_BYTES = 4096
PIECE = 512
BATCHES = 40


async def tear(count: int, seed: int, folder: Path) -> Figures:
    """Start with so many of the tail's bytes missing. The seed says which eighth of all places."""
    written = await write(folder / "written", BATCHES)
    places = random.Random(0).sample(range(1, TAIL_BYTES + 1), TAIL_BYTES)
    size = log_file(written.folder).stat().st_size
    in_middle = 0
    for place in places[(seed - 1) * PIECE :][:count]:
        copy = written.copy(folder / "copy")
        os.truncate(log_file(copy), size - place)
        whole = bisect_right(written.ends, size - place)
        in_middle += written.ends[whole - 1] != size - place
        async with started(copy, is_copy=True) as log:
            state = await open_state(log, written.desk_id)
        told = f"cut {place} bytes before the end: {state.batch - 1} batches of {whole}"
        promise(state.batch - 1 == whole, told)
        promise(state.desk.state_hash() == written.states[whole - 1], told)
    return Figures({"started": count, "within a write": in_middle, "whole batches lost": 0})
