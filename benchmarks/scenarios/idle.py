"""Memory of connections that are only there."""

import time

from benchmarks.contender import Contender
from benchmarks.machine import resident_kib
from benchmarks.scenarios.common import Figures, opened

FIRST, COUNT = 20, 500
"""Some come first, so that what is made once is made."""
CALM_S = 2.0


def suits(contender: Contender) -> bool:
    """One process each, in memory or ours."""
    return contender.name != "ours-2" and (contender.is_ours or not contender.is_durable)


def measure(contender: Contender) -> Figures:
    """KiB of a connection: server, and store where there is one."""
    with opened(contender, seats=FIRST + COUNT) as server:
        pids = server.server_pids() + server.store_pids()
        memory, runs = [], []
        try:
            for seats in (range(FIRST), range(FIRST, FIRST + COUNT)):
                plan = server.plan()
                plan.hold()
                for seat in seats:
                    plan.client(server.port, 0, server.steps(0, seat))
                runs.append(plan.start())
                ready = runs[-1].line()["ready"]
                time.sleep(CALM_S)
                memory.append(sum(map(resident_kib, pids)))
        finally:
            for run in runs:
                run.end()
    return {"kib": (memory[1] - memory[0]) / COUNT, "base_mib": memory[0] / 1024, "ready": ready}
