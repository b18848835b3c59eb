"""What every log keeps to. One contract suite runs against all of them: tests/log/contract.py."""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple, Protocol

from etatyopoyta.log.batch import Batch, Unreadable


class Conflict(Exception):
    """Another batch took this number: take what was missed, decide again."""


class Behind(Exception):
    """The store lacks the batch before: it lost what it had stored (F8)."""


class Away(Exception):
    """The store cannot be reached, or cannot make anything durable now."""


class Whispered(NamedTuple):
    """What another process said of a desk that both have open."""

    desk_id: str
    process: str
    body: bytes


class Log(Protocol):
    """Streams of batches by desk id, and small values beside them.

    Every method may raise Away. Nothing is retried inside: a caller knows what it does.
    """

    async def append(self, desk_id: str, batch: Batch) -> None:
        """Store `batch` for good (synced to disk), or raise Conflict unless it is the next one.

        Behind when the store lacks the one that it is chained to: looked up whenever the store may
        be another than before.
        After Away it is in doubt: the settled tail tells whether it was stored (L3).
        """

    async def read_settled(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        """As `read`, of what is as safe as `append` makes it (L12)."""

    @property
    def replicas(self) -> int:
        """How many copies of the store must have a batch before it counts as stored."""

    async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        """Up to `limit` batches after the number `after`, in order; Damaged or Newer if any is."""

    async def watch(self, desk_id: str, after: int) -> None:
        """Let `follow` yield this desk's batches after that number, from now on."""

    async def unwatch(self, desk_id: str) -> None:
        """Let `follow` forget this desk."""

    def follow(self) -> AsyncIterator[tuple[str, Batch | Unreadable]]:
        """Batches of all watched desks as others store them, in each desk's order.

        What was appended here is not told, or seldom. What cannot be read comes as Damaged or
        Newer, with the desk that it is about.

        Ends with Away when the store goes; start it again to go on where it was.
        """

    def whisper(self, desk_id: str, body: bytes) -> None:
        """Tell the other processes that have the desk open. Not stored, and may be lost (O7)."""

    async def call_out(self, desk_id: str, body: bytes) -> None:
        """As `whisper`, to every process that has the desk open, this one included."""

    def hear(self) -> AsyncIterator[Whispered]:
        """What is whispered to this process from now on. Ends with Away, as `follow` does."""

    async def save_snapshot(self, desk_id: str, number: int, snapshot: bytes) -> None:
        """Keep the snapshot for batch `number`; the two newest are kept (L11)."""

    async def snapshots(self, desk_id: str) -> Sequence[bytes]:
        """The kept snapshots, newest first."""

    async def put(self, shelf: str, key: str, value: bytes) -> None:
        """Keep a value for good."""

    async def put_new(self, shelf: str, key: str, value: bytes) -> bool:
        """Keep a value unless there is one; whether it was kept."""

    async def get(self, shelf: str, key: str) -> bytes | None:
        """The value, or None."""

    async def all(self, shelf: str) -> dict[str, bytes]:
        """All values of a shelf by key."""

    async def drop(self, shelf: str, *keys: str) -> None:
        """Forget values."""

    async def erase(self, desk_id: str, *shelves: str) -> None:
        """Forget a desk: its batches and snapshots, and these shelves."""

    async def close(self) -> None:
        """Let go of connections."""
