"""One desk, 100 clients, 20 of them writing: what a delivered change costs."""

from benchmarks.contender import Contender
from benchmarks.scenarios.common import Figures, cost, opened, seated

CLIENTS, WRITERS = 100, 20
RATES = (100, 500)
"""Changes per second on the desk."""
WARM_S, SECONDS = 2.0, 8.0


def suits(contender: Contender) -> bool:
    """Everybody."""
    return True


def measure(contender: Contender) -> Figures:
    """A stage by rate."""
    with opened(contender, seats=CLIENTS) as server:
        plan = seated(server, CLIENTS, WRITERS, sum(RATES) * (WARM_S + SECONDS))
        for rate in RATES:
            plan.stage(rate, WARM_S, SECONDS)
        _, *stages = plan.run()
        return {str(rate): cost(stage, server) for rate, stage in zip(RATES, stages, strict=True)}
