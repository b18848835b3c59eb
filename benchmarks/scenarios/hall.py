"""Faster and faster with 300 clients on one desk: a hall."""

from benchmarks.contender import Contender
from benchmarks.scenarios import saturation
from benchmarks.scenarios.common import Figures

CLIENTS = 300
MOST_ROUNDS = 1
"""It takes a minute each."""


def suits(contender: Contender) -> bool:
    """The same as with 100."""
    return saturation.suits(contender)


def measure(contender: Contender) -> Figures:
    """The stages, and the fastest one that was kept up with."""
    return saturation.climb(contender, CLIENTS)
