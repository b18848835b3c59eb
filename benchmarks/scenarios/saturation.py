"""One desk, faster and faster: how many changes per second a server keeps up with."""

from benchmarks.contender import Contender
from benchmarks.scenarios.common import Figures, cost, opened, seated

CLIENTS = 100
WRITERS = 20
START, MOST = 100.0, 20_000.0
"""Changes per second; more than MOST nobody is asked."""
SECONDS = 3.0
CHANGES = 300_000
"""Enough for three tries at the last rate: with 200,000 two servers ran out of messages first."""


def suits(contender: Contender) -> bool:
    """One process each, in memory or ours."""
    return contender.name != "ours-2" and (contender.is_ours or not contender.is_durable)


def measure(contender: Contender) -> Figures:
    """With 100 clients."""
    return climb(contender, CLIENTS)


def climb(contender: Contender, clients: int) -> Figures:
    """The stages, and the fastest one that was kept up with."""
    with opened(contender, seats=clients) as server:
        plan = seated(server, clients, WRITERS, CHANGES)
        plan.ramp(START, SECONDS, MOST)
        _, *stages = [cost(line, server) for line in plan.run()]
    passed = [stage for stage in stages if stage["is_passed"]]
    best = max(passed, key=lambda stage: float(stage["rate"]), default=None)
    kept = ("rate", "is_passed", "p50", "p99", "us", "delivered", "due", "is_out")
    return {
        "best": best,
        "is_end": bool(stages[-1]["is_out"] or stages[-1]["rate"] * 1.25 > MOST),
        "stages": [{name: stage[name] for name in kept} for stage in stages],
    }
