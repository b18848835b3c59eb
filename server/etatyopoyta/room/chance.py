"""Time and chance: the only place they come from, so that tests can be the fate."""

import secrets
import time
from typing import Protocol


class Chance(Protocol):
    """Where the clock and randomness come from."""

    def now_ms(self) -> int:
        """Milliseconds since 1970."""

    def token(self) -> str:
        """Unguessable, 128 bits, URL-safe."""

    def salt(self) -> bytes:
        """Unguessable, 128 bits."""

    def letters(self, count: int, alphabet: str) -> str:
        """So many unguessable letters of the alphabet."""


class RealChance:
    """The wall clock and the system's randomness."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def token(self) -> str:
        return secrets.token_urlsafe(16)

    def salt(self) -> bytes:
        return secrets.token_bytes(16)

    def letters(self, count: int, alphabet: str) -> str:
        return "".join(secrets.choice(alphabet) for _ in range(count))
