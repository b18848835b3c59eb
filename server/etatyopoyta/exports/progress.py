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
    """What is done in the block tells how far it is: shares from 0 to 1."""
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
    for number, step in enumerate(of):
        with told_to(_part(tell, number / len(of), 1 / len(of))):
            yield step
        tell((number + 1) / len(of))


def _part(tell: Tell, start: float, length: float) -> Tell:
    return lambda share: tell(start + share * length)
