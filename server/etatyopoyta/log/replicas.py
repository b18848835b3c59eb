"""Waiting until copies of the store have what was written (L12)."""

import asyncio

from etatyopoyta.log.contract import Away
from etatyopoyta.log.line import Reply, Socket

WAIT_MS = 1_000
"""After that the desk says that nothing is stored, and asks again."""
MARK = "replicated"
"""A key that is written only to be waited for."""


class Replicas:
    """The wait for `count` replicas, shared by all who wrote on a connection."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._on: Socket | None = None
        self._waiting: asyncio.Future[Reply] | None = None

    async def have_read(self, socket: Socket) -> None:
        """Return when they have all that was read on this connection so far; or Away."""
        if self.count:
            await socket.call(("SET", MARK, "1"))  # a wait looks at this connection's writes alone
            await self.have_written(socket)

    async def have_written(self, socket: Socket) -> None:
        """Return when they have all that was written on this connection so far; or Away.

        A wait under way covers it, too: the store answers in order, and nothing overtakes a wait.
        """
        if not self.count:
            return
        if self._waiting is None or self._waiting.done() or self._on is not socket:
            self._waiting, self._on = socket.call(("WAIT", self.count, WAIT_MS)), socket
        reached = await asyncio.shield(self._waiting)
        if reached < self.count:
            raise Away(f"{reached} of {self.count} replicas have it")
