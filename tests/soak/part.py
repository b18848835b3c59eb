"""A part of the soak: one fault, again and again, and what must hold meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from msgspec import Struct
from tests.soak.figures import Figures

Run = Callable[[int, int, Path], Awaitable[Figures]]
"""How often, the seed, and an empty folder. Raises Broken, or Missing."""


class Broken(AssertionError):
    """A promise does not hold."""


class Missing(Exception):
    """This machine lacks what the part needs; the message says what."""


class Part(Struct, frozen=True):
    """`count` is done in pieces, each recorded when it is done, so that a run can be resumed."""

    name: str
    unit: str
    run: Run
    count: int
    piece: int
    """So many at once; a piece is well under an hour."""
    short: int
    """So many in `make test`; 0 where that has a test of its own, or shows nothing in short."""
    limit_s: float
    """Of a piece: who takes longer is stuck."""

    async def limited(self, count: int, seed: int, folder: Path) -> Figures:
        """A piece, within its time."""
        async with asyncio.timeout(self.limit_s):
            return await self.run(count, seed, folder)

    def pieces(self, count: int | None = None) -> list[tuple[int, int]]:
        """Seed and count of each piece."""
        left = self.count if count is None else count
        pieces: list[tuple[int, int]] = []
        while left > 0:
            pieces.append((len(pieces) + 1, min(self.piece, left)))
            left -= pieces[-1][1]
        return pieces


def promise(holds: bool, told: str) -> None:
    """Pass when it holds, else Broken."""
    if not holds:
        raise Broken(told)
