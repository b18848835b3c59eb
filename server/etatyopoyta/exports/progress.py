"""How far the making of a file is, told from within without handing it through."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias, TypeVar

Tell: TypeAlias = Callable[[float], None]
Step = TypeVar("Step")


def _nobody(_: float) -> None:
    """Who makes a file without a worker asks for no progress."""


_tell: ContextVar[Tell] = ContextVar("tell", default=_nobody)


@contextmanager
def told_to(tell: Tell) -> Iterator[None]:
    """What is done in the block tells how far it is: shares from 0 to 1, never going back."""
    before = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(before)


def steps(of: Sequence[Step]) -> Iterator[Step]:
    """One after the other; each is told as an equal share, and steps within it as shares of that.

    What is done with a step is done before the next one is asked for.
    """
    tell = _tell.get()
    for done, step in enumerate(of):
        start, length = done / len(of), 1 / len(of)
        inner = _tell.set(lambda share, start=start, length=length: tell(start + share * length))
        yield step
        _tell.reset(inner)
        tell(start + length)
