"""Who waits for a file: one is made at a time, the desks come first."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from etatyopoyta.domain.refused import Refused

PLACES = 20
PLACES_OF_ONE = 2
"""Of one session: a page may ask for the next file while it still waits for one."""
STRANGERS = "public "
"""How owners begin who have no session."""
PLACES_OF_STRANGERS = 8
"""Of all who have none: those at their desks find room."""
BUSY_RETRY_MS = 10_000


class Place:
    """A place in the line."""

    def __init__(self, owner: str, line: list["Place"]) -> None:
        self.owner = owner
        self.moved = asyncio.Event()
        self._line = line

    async def before(self) -> AsyncIterator[int]:
        """How many come before, whenever that changes; it ends when it is this one's turn."""
        while number := self._line.index(self):
            yield number
            await self.moved.wait()
            self.moved.clear()

    async def turn(self) -> None:
        """Wait for this one's turn."""
        async for _ in self.before():
            pass


class Line:
    """The line of one process."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    @contextmanager
    def place(self, owner: str) -> Iterator[Place]:
        """Stand at the end of the line; Refused("export.busy") when it is full for this one."""
        own = sum(place.owner == owner for place in self._places)
        strangers = sum(place.owner.startswith(STRANGERS) for place in self._places)
        is_crowd = owner.startswith(STRANGERS) and strangers >= PLACES_OF_STRANGERS
        if is_crowd or own >= PLACES_OF_ONE or len(self._places) >= PLACES:
            raise Refused("export.busy", retry_ms=BUSY_RETRY_MS)
        place = Place(owner, self._places)
        self._places.append(place)
        try:
            yield place
        finally:
            self._places.remove(place)
            for other in self._places:
                other.moved.set()
