"""What waits for the log. One person does not take the places of all others."""

from collections import Counter, deque
from collections.abc import Callable

import msgspec
from msgspec import Raw

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.frames import Done
from etatyopoyta.room.drafting import RETRY_MS, Waiting

MAX_WAITING = 1_000
"""Asks; the next one is told to come again."""
MAX_WAITING_OF_ONE = 250
MAX_IN_BATCH = 500
SYSTEM = "system"
"""Who the server itself acts as. It has no limit of its own."""


def asked_here(
    command: Command,
    rid: str,
    answer: Callable[[Done | Refused], None],
    by: str = SYSTEM,
    role: Role = Role.SYSTEM,
) -> Waiting:
    """What the server itself asks, or somebody whom it plays."""
    return Waiting(by, role, rid, command, Raw(msgspec.json.encode(command)), answer)


class Queue:
    """Asks of one desk, in their order."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._of: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, waiting: Waiting) -> None:
        """The next one; Refused("desk.not_saving") when too many wait."""
        is_much = waiting.by != SYSTEM and self._of[waiting.by] >= MAX_WAITING_OF_ONE
        if is_much or len(self._waiting) >= MAX_WAITING:
            raise Refused("desk.not_saving", retry_ms=RETRY_MS)
        self._waiting.append(waiting)
        self._of[waiting.by] += 1

    def take(self) -> list[Waiting]:
        """As many as go in one batch."""
        taken = [self._waiting.popleft() for _ in range(min(MAX_IN_BATCH, len(self._waiting)))]
        self._of.subtract(waiting.by for waiting in taken)
        if not self._waiting:
            self._of.clear()
        return taken

    def put_back(self, taken: list[Waiting]) -> None:
        """These did not go: they come first again."""
        self._waiting.extendleft(reversed(taken))
        self._of.update(waiting.by for waiting in taken)

    def clear(self) -> list[Waiting]:
        """Take all."""
        taken = list(self._waiting)
        self._waiting.clear()
        self._of.clear()
        return taken
