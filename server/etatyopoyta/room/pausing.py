"""Whether a desk's changes are stored just now, and what its people are told of that."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.frames import PauseReason, Saving
from etatyopoyta.room.space import READ_ONLY_RETRY_MS, Space

SLOW_S = 1.0
"""A store that takes longer is told of like one that is away (F20)."""

log_line = structlog.get_logger()


class Pausing:
    """One desk's. `tell` sends what has changed to everybody at it."""

    def __init__(self, desk_id: str, space: Space, tell: Callable[[Saving], None]) -> None:
        self.is_away = False
        self.told = Saving(is_paused=False)
        self._desk_id = desk_id
        self._space = space
        self._tell = tell
        self._since: float | None = None

    def check_room(self) -> None:
        """Pass while there is room for changes, else Refused("desk.read_only")."""
        if self._space.reason is not None:
            raise Refused("desk.read_only", retry_ms=READ_ONLY_RETRY_MS)

    async def has_room(self) -> None:
        """Look, and wait until there is room: writing to a full disk would end the store again."""
        self._space.look_at_disk()
        await self._space.has_room()

    @contextmanager
    def patience(self) -> Iterator[None]:
        """`look` tells of the store being slow when the block takes long."""
        self._since = asyncio.get_running_loop().time()
        try:
            yield
        finally:
            self._since = None

    def away(self, why: str) -> None:
        """The store cannot be reached."""
        self._set(is_away=True, why=why)

    def back(self) -> None:
        """The store stores."""
        self._set(is_away=False)

    def look(self) -> None:
        """Tell when the space has closed or opened the desk, or the store is slow."""
        now = asyncio.get_running_loop().time()
        if self._since is not None and now - self._since > SLOW_S and not self.is_away:
            self.away("slow")
        reason = self._space.reason or (PauseReason.STORE_AWAY if self.is_away else None)
        if reason is not self.told.reason:
            self.told = Saving(reason is not None, reason)
            self._tell(self.told)

    def _set(self, *, is_away: bool, why: str = "") -> None:
        if self.is_away != is_away:
            self.is_away = is_away
            log_line.warning("saving", desk=self._desk_id, is_paused=is_away, why=why)
            self.look()
