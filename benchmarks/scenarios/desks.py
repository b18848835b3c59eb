"""30 desks of 10 clients: many small workshops at once."""

from benchmarks.contender import Contender
from benchmarks.scenarios.common import Figures, cost, opened, seated

DESKS, CLIENTS, WRITERS = 30, 10, 3
RATE = 150.0
"""Changes per second in all: five on each desk."""
WARM_S, SECONDS = 2.0, 12.0


def suits(contender: Contender) -> bool:
    """One process each, in memory or ours."""
    return contender.name != "ours-2" and (contender.is_ours or not contender.is_durable)


def measure(contender: Contender) -> Figures:
    """The stage."""
    with opened(contender, desks=DESKS, seats=CLIENTS) as server:
        plan = seated(server, CLIENTS, WRITERS, RATE * (WARM_S + SECONDS), desks=DESKS)
        plan.stage(RATE, WARM_S, SECONDS)
        _, stage = plan.run()
        return cost(stage, server)
