"""An event loop whose clock is its own: the same seed gives the same run, and nobody waits.

Every actor has a lane: its callbacks run in the order in which they came, as in any event loop.
Whose turn it is among the lanes is drawn. When nothing is ready the clock jumps.
"""

import asyncio
import heapq
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context, ContextVar, copy_context
from random import Random
from typing import Any, TypeVar

STUCK = 200_000
"""Callbacks at one moment of the clock: somebody goes round in circles."""
THREAD_S = 0.02
"""What a thread takes at most."""
Result = TypeVar("Result")


class Stuck(AssertionError):
    """Nothing will ever happen again, or nothing but the same."""


class Lane:
    """One actor's callbacks. What a `gone` one still does is seen by nobody and draws nothing."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_gone = False
        self.queue: deque[asyncio.Handle] = deque()

    def context(self) -> Context:
        """A context whose callbacks and tasks are this actor's."""
        context = copy_context()
        context.run(_lane.set, self)
        return context


_lane: ContextVar[Lane] = ContextVar("lane", default=Lane("nobody"))  # noqa: B039  never used


class SeededLoop(asyncio.BaseEventLoop):
    """Runs callbacks in an order that `chance` draws. Times are seconds since it was made."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self._chance = chance
        self._now = 0.0
        self._busy: list[Lane] = []
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._count = 0
        self._at_once = 0

    def time(self) -> float:
        return self._now

    def start(
        self, lane: Lane, work: Coroutine[Any, Any, Result], name: str | None = None
    ) -> "asyncio.Task[Result]":
        """A task of this actor."""
        return self.create_task(work, name=name, context=lane.context())

    def call_soon(  # type: ignore[override]  # typeshed's variadic form says the same
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready_to_run(handle, context)
        return handle

    call_soon_threadsafe = call_soon  # type: ignore[assignment]  # there are no threads

    def call_later(  # type: ignore[override]  # as above
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]  # as above
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        context = context or copy_context()
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, timer))
        return timer

    def run_in_executor(  # type: ignore[override]  # as above
        self, executor: object, func: Callable[..., Result], *args: Any
    ) -> "asyncio.Future[Result]":
        """Do it at once, and let the answer come a little later, as from a thread."""
        answer: asyncio.Future[Result] = self.create_future()
        result = func(*args)
        self.call_later(self._chance.random() * THREAD_S, _answer, answer, result)
        return answer

    def _ready_to_run(self, handle: asyncio.Handle, context: Context | None) -> None:
        lane = _lane.get() if context is None else context.get(_lane, _lane.get())
        if not lane.queue:
            self._busy.append(lane)
        lane.queue.append(handle)

    def _run_once(self) -> None:
        """One callback."""
        if not self._busy:
            self._jump()
        if not self._busy:
            return
        self._at_once += 1
        if self._at_once > STUCK:
            raise Stuck(f"{self._busy[0].name} goes round in circles")
        at = self._next_lane()
        lane = self._busy[at]
        handle = lane.queue.popleft()
        if not lane.queue:
            del self._busy[at]
        if not handle.cancelled():
            handle._run()

    def _next_lane(self) -> int:
        for at, lane in enumerate(self._busy):
            if lane.is_gone:
                return at
        return int(self._chance.random() * len(self._busy)) if len(self._busy) > 1 else 0

    def _jump(self) -> None:
        """To the next moment at which something is due."""
        if not self._timers:
            raise Stuck("everybody waits for ever")
        self._now = max(self._now, self._timers[0][0])
        self._at_once = 0
        while self._timers and self._timers[0][0] <= self._now:
            _, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self._ready_to_run(timer, timer._context)  # type: ignore[attr-defined]

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """It is passed over when it is due."""

    def _process_events(self, event_list: object) -> None:
        """There are no sockets."""

    def _write_to_self(self) -> None:
        """Nor threads."""


def _answer(answer: "asyncio.Future[Result]", result: Result) -> None:
    if not answer.done():
        answer.set_result(result)
