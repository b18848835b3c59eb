"""What a scenario asks of every server, ours and the peers."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from benchmarks.load.plan import Plan, Steps


@dataclass(frozen=True)
class Setup:
    """How a server is to be started."""

    folder: Path
    """For messages and data; each measurement has its own."""
    desks: int = 1
    seats: int = 0
    """Clients that will come to each desk."""
    notes: int = 100
    """On each desk at the start."""


@dataclass(frozen=True)
class Messages:
    """Changes for the writers to send: writer i sits at desk `desks[i]` and sends `each`."""

    desks: Sequence[int]
    each: int
    is_adding: bool = False
    """New notes instead of moves."""


class Opened(ABC):
    """A running server."""

    port: int
    flags: bytes = b""
    """Lines for the generator."""

    @abstractmethod
    def start(self) -> None:
        """Start (again), on the same data."""

    @abstractmethod
    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory runs out."""

    @abstractmethod
    def server_pids(self) -> list[int]:
        """Processes whose CPU is the server's."""

    def store_pids(self) -> list[int]:
        """Processes whose CPU is the server's too."""
        return []

    @abstractmethod
    def steps(self, desk: int, seat: int, writer: int | None = None) -> Steps:
        """How a client comes and is ready to take part."""

    def joining(self, desk: int, seat: int) -> Steps:
        """How a client comes and has the whole board."""
        return self.steps(desk, seat)

    @abstractmethod
    def prepare(self, messages: Messages) -> Path:
        """The file with the frames of these messages."""

    @abstractmethod
    def state(self, desk: int) -> bytes:
        """What a newcomer gets of the board: every text of a note stands in it."""

    def has(self, state: bytes, writer: int, number: int) -> bool:
        """Whether this change stands in it, which no later one of its writer replaced."""
        return b"~~%02x%06x" % (writer, number) in state

    def plan(self) -> Plan:
        """An empty plan that watches this server's processes."""
        return Plan(self.server_pids() + self.store_pids(), self.flags)


class Contender(ABC):
    """A server that can be started."""

    name: ClassVar[str]
    title: ClassVar[str]
    has_board: ClassVar[bool] = True
    """Whether it keeps a board that somebody can join."""
    is_durable: ClassVar[bool] = False
    """Whether it keeps the board on the disk."""
    is_ours: ClassVar[bool] = False

    @abstractmethod
    def open(self, setup: Setup) -> AbstractContextManager[Opened]:
        """A server for as long as the block runs."""
