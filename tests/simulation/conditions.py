"""Under what conditions a schedule is played: all drawn from its seed."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from types import ModuleType
from unittest.mock import patch

from msgspec import Struct

from etatyopoyta.room import queue, results, rooms, tail
from etatyopoyta.room.limits import Limits

KNOBS: tuple[tuple[ModuleType, str, tuple[float, ...]], ...] = (
    (tail, "KEPT_ENTRIES", (4, 20, tail.KEPT_ENTRIES)),
    (tail, "MAX_FRAME_BYTES", (200, tail.MAX_FRAME_BYTES)),
    (rooms, "SNAPSHOT_EVERY", (3, 20, rooms.SNAPSHOT_EVERY)),
    (rooms, "IDLE_S", (0.5, rooms.IDLE_S)),
    (rooms, "TIDY_S", (0.5, rooms.TIDY_S)),
    (queue, "MAX_IN_BATCH", (1, 3, queue.MAX_IN_BATCH)),
    (queue, "MAX_WAITING_OF_ONE", (3, queue.MAX_WAITING_OF_ONE)),
    (results, "KEPT_PER_OUTBOX", (4, results.KEPT_PER_OUTBOX)),
)
"""Limits that a short workshop never meets, moved to where it does."""
LOSING = 8
"""One schedule in so many has a store that loses what it had synced."""
CUTTING = 5
"""In one schedule of so many the store's power goes just when it has taken something."""


class Conditions(Struct, frozen=True):
    """One schedule's."""

    servers: int
    people: int
    acts: int
    seconds: float
    faults: tuple[str, ...]
    fault_every_s: float
    is_losing: bool
    is_cutting: bool
    limits: Limits
    knobs: tuple[float, ...]

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Turn the knobs for as long as the block runs."""
        patches = [
            patch.object(module, name, value)
            for (module, name, _), value in zip(KNOBS, self.knobs, strict=True)
        ]
        for one in patches:
            one.start()
        try:
            yield
        finally:
            for one in patches:
                one.stop()


def drawn(seed: int, faults: tuple[str, ...]) -> Conditions:
    """The conditions of the schedule with this seed; a few of the faults, or none."""
    chance = Random(f"conditions {seed}")
    lifted = Limits(connection_per_s=10_000, person_per_s=10_000, desk_per_s=10_000)
    return Conditions(
        servers=chance.choice([1, 2, 2, 3, 4]),
        people=chance.randint(2, 7),
        acts=chance.randint(20, 90),
        seconds=chance.choice([3.0, 8.0, 20.0]),
        faults=tuple(sorted(chance.sample(faults, chance.randint(0, len(faults))))),
        fault_every_s=chance.choice([0.3, 1.0, 3.0]),
        is_losing=seed % LOSING == LOSING - 1,
        is_cutting=seed % CUTTING == 1,
        limits=chance.choice([lifted, lifted, Limits(connection_per_s=2, person_per_s=3)]),
        knobs=tuple(chance.choice(values) for _, _, values in KNOBS),
    )
