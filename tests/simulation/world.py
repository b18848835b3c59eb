"""What everybody in a simulation shares: chance, the clock, the trace, what went wrong first."""

import asyncio
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from random import Random

from msgspec import Struct
from tests.simulation.loop import Lane, SeededLoop

DESK_EPOCH_MS = 1_750_000_000_000


class Broken(AssertionError):
    """A promise does not hold."""


class Weather(Struct):
    """How the store and the ways to it are just now. Times in seconds, the rest are chances."""

    travel_s: float = 0.003
    sync_s: float = 0.002
    refused: float = 0.0
    """A call does not arrive: nothing was done."""
    unanswered: float = 0.0
    """The answer is lost: it was done, and nobody knows."""
    told_late_s: float = 0.01
    told_twice: float = 0.05
    """A follower is told of a batch again."""
    whisper_lost: float = 0.1


class World:
    """One run. Everything random is drawn from one `chance`, so that a seed says all."""

    def __init__(self, seed: int, kept_lines: int | None) -> None:
        self.seed = seed
        self.chance = Random(f"schedule {seed}")
        self.loop = SeededLoop(self.chance)
        self.loop.set_exception_handler(self._fell)
        self.weather = Weather()
        self.broken: BaseException | None = None
        self.lines: deque[str] = deque(maxlen=kept_lines)
        self.counts: dict[str, int] = {}
        self._digest = sha256()
        self.is_over = asyncio.Event()

    def lane(self, name: str) -> Lane:
        """A lane for an actor."""
        return Lane(name)

    def told(self, who: str, what: str) -> None:
        """Write a line into the trace."""
        line = f"{self.loop.time():9.4f} {who:<10} {what}"
        self.lines.append(line)
        self._digest.update(line.encode())

    def count(self, what: str) -> None:
        """Something happened once more."""
        self.counts[what] = self.counts.get(what, 0) + 1

    @property
    def trace(self) -> str:
        """Hash of everything that was traced so far."""
        return self._digest.hexdigest()

    def happens(self, likelihood: float) -> bool:
        """Whether something of this likelihood comes about."""
        return likelihood > 0 and self.chance.random() < likelihood

    def some(self, most_s: float) -> float:
        """A time up to that."""
        return self.chance.random() * most_s

    def promise(self, holds: bool, told: str) -> None:
        """Pass when it holds, else Broken."""
        if not holds:
            raise Broken(told)

    def fail(self, why: BaseException) -> None:
        """Note what went wrong; the first counts."""
        if self.broken is None:
            self.told("broken", repr(why))
            self.broken = why
            self.is_over.set()

    def watch_over(self, task: "asyncio.Task[object]") -> None:
        """Note when the task fails."""

        def ended(done: "asyncio.Task[object]") -> None:
            if not done.cancelled() and (error := done.exception()):
                self.fail(error)

        task.add_done_callback(ended)

    async def until(self, is_so: Callable[[], bool], patience_s: float, told: str) -> None:
        """Wait for a condition, looking now and then; Broken when it does not come about."""
        deadline = self.loop.time() + patience_s
        while not is_so():
            self.promise(self.loop.time() < deadline, told)
            await asyncio.sleep(0.05)

    def _fell(self, loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error, message = context.get("exception"), str(context.get("message"))
        if "never retrieved" in message:
            return  # who asked is gone
        self.fail(error if isinstance(error, BaseException) else Broken(message))


class SeededChance:
    """A process's clock, which may be wrong, and its randomness."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.ahead_ms = 0

    def now_ms(self) -> int:
        return DESK_EPOCH_MS + int(self._world.loop.time() * 1000) + self.ahead_ms

    def token(self) -> str:
        return f"{self._world.chance.getrandbits(64):016x}"

    def salt(self) -> bytes:
        return self._world.chance.randbytes(16)

    def letters(self, count: int, alphabet: str) -> str:
        return "".join(self._world.chance.choices(alphabet, k=count))
