"""Simulated courses of events: many servers, people and troubles, in virtual time."""

import asyncio
from pathlib import Path

from tests.simulation.course import Counts, simulate
from tests.soak.figures import Figures

SEEDS_APART = 100_000


async def simulate_many(count: int, seed: int, folder: Path) -> Figures:
    """Courses of events of as many seeds; a broken promise names its seed."""
    first = seed * SEEDS_APART
    total: dict[str, int] = {}
    for number in range(first, first + count):
        counts = await asyncio.to_thread(simulate, number)  # on a loop of its own
        for name in Counts.__struct_fields__:
            value = getattr(counts, name)
            if isinstance(value, int):
                total[name.replace("_", " ")] = total.get(name.replace("_", " "), 0) + value
    return Figures(total)
