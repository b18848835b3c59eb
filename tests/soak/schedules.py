"""Simulated schedules: servers, people and a store, and much that goes wrong, in virtual time."""

import asyncio
from collections import Counter
from pathlib import Path

from tests.simulation.playing import play
from tests.soak.figures import Figures

SEEDS_APART = 100_000


async def play_many(count: int, seed: int, folder: Path) -> Figures:
    """As many schedules; a broken promise names its seed."""
    happened: Counter[str] = Counter()
    first = seed * SEEDS_APART
    for number in range(first, first + count):
        played = await asyncio.to_thread(play, number)  # on a loop of its own
        happened.update(played.counts)
    return Figures({what.replace("_", " "): times for what, times in happened.items()})
