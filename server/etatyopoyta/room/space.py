"""Whether there is room for changes: disk of the data folder, memory of the store.

A store that meets a full disk exits, so desks become read-only before that (F5, L11).
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

import structlog
from msgspec import Struct

from etatyopoyta.log.contract import Away
from etatyopoyta.protocol.frames import PauseReason

MB = 1_000_000
LOOK_S = 1.0
WARN_SHARE = 0.05
"""Of the disk: less than that free is told, however large the disk is."""
MEMORY_WARN_SHARE = 0.20
MEMORY_READ_ONLY_SHARE = 0.10
"""Of the store's memory: what must be free."""
EASED = 1.1
"""So many times the limit must be free again, else desks would open and close by turns."""
READ_ONLY_RETRY_MS = 2_000

log_line = structlog.get_logger()


class DiskLimits(Struct, frozen=True):
    """Free disk, in MB, below which is warned and below which nothing more is stored."""

    warn_mb: int = 500
    read_only_mb: int = 200


class Left(IntEnum):
    """How much is left."""

    ENOUGH = 0
    LITTLE = 1
    NOTHING = 2


class Space:
    """What keeps changes from being stored, if anything does. One per process.

    `folder` is where the store writes; None when that is not on this machine.
    """

    def __init__(self, limits: DiskLimits | None = None, folder: Path | None = None) -> None:
        self._limits = limits or DiskLimits()
        self._folder = folder
        self._left = {PauseReason.DISK: Left.ENOUGH, PauseReason.MEMORY: Left.ENOUGH}
        self._has_given_up = False
        self._has_room = asyncio.Event()
        self._has_room.set()

    @property
    def reason(self) -> PauseReason | None:
        """Why desks are read-only now; None while they are not."""
        for what, left in self._left.items():
            if left is Left.NOTHING:
                return what
        return PauseReason.STORE_AWAY if self._has_given_up else None

    async def watch(self, memory_used: Callable[[], Awaitable[float]]) -> None:
        """Look every second. `memory_used` is a share of the store's limit, or Away."""
        while True:
            self.look_at_disk()
            with suppress(Away):  # who waits for the store tells of that
                self.look_at_memory(await memory_used())
            await asyncio.sleep(LOOK_S)

    def look_at_disk(self) -> None:
        """See how much is free just now."""
        if self._folder is None:
            return
        disk = shutil.disk_usage(self._folder)
        warn = max(self._limits.warn_mb * MB, disk.total * WARN_SHARE)
        self._see(PauseReason.DISK, disk.free, warn, self._limits.read_only_mb * MB)

    def look_at_memory(self, used: float) -> None:
        """Take the share of the store's memory that is used."""
        free = 1 - used
        self._see(PauseReason.MEMORY, free, MEMORY_WARN_SHARE, MEMORY_READ_ONLY_SHARE)

    def give_up(self, *, has_given_up: bool) -> None:
        """The store does not stay up, or it does again."""
        self._has_given_up = has_given_up
        self._wake()

    async def has_room(self) -> None:
        """Wait while desks are read-only."""
        await self._has_room.wait()

    def _see(self, what: PauseReason, free: float, warn: float, least: float) -> None:
        before = self._left[what]
        left = Left.ENOUGH
        if free < warn * (EASED if before >= Left.LITTLE else 1):
            left = Left.LITTLE
        if free < least * (EASED if before is Left.NOTHING else 1):
            left = Left.NOTHING
        if left is not before:
            self._left[what] = left
            log_line.warning("left to write to", of=what, left=left.name.lower(), free=free)
            self._wake()

    def _wake(self) -> None:
        if self.reason is None:
            self._has_room.set()
        else:
            self._has_room.clear()
