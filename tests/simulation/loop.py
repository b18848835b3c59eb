"""An event loop whose time is virtual: nothing waits, and one seed gives one course of events."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Stuck(AssertionError):
    """Nothing will ever happen again, and yet somebody waits."""


class SimulatedLoop(asyncio.BaseEventLoop):
    """Jumps to the next timer whenever nobody has anything to do now. Threads run in place."""

    def __init__(self) -> None:
        super().__init__()
        self._now_s = 0.0
        self._selector = self  # of BaseEventLoop: what it sleeps on

    def time(self) -> float:
        return self._now_s

    def select(self, timeout_s: float | None) -> list[object]:
        """Sleep, as the base class asks its selector to."""
        if timeout_s is None:
            raise Stuck
        self._now_s += max(0.0, timeout_s)
        return []

    def _process_events(self, event_list: list[object]) -> None:
        return None

    def _write_to_self(self) -> None:
        return None

    def run_in_executor(  # type: ignore[override]  # in place, so it is done when it returns
        self, executor: object, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


def run(course: Coroutine[Any, Any, Result]) -> Result:
    """Run a course of events to its end, in no time."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(course)
