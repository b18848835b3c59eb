"""Files wait for one another: one is read at a time, the desks come first."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.asking import read_in_worker
from etatyopoyta.imports.table import Table

PLACES = 4
"""Files in memory at once: read, waiting or still coming in; 10 MB each."""
BUSY_RETRY_MS = 5_000


class Waiting:
    """The waiting room of one process."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._taken = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place from before the file comes in; Refused("import.busy") when all are taken."""
        if self._taken >= PLACES:
            raise Refused("import.busy", retry_ms=BUSY_RETRY_MS)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def read(self, content: bytes, name: str) -> Table:
        """As `read_in_worker`, after those who came before."""
        async with self._turn:
            return await read_in_worker(content, name)
