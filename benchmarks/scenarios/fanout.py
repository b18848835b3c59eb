"""One desk, 100 clients, 20 of them writing: what a delivered change costs."""

import tempfile
import time
from pathlib import Path

from benchmarks.contender import Contender, Opened
from benchmarks.machine import sync_ms
from benchmarks.scenarios.common import Figures, cost, opened, seated

CLIENTS, WRITERS = 100, 20
RATES = (100, 500)
"""Changes per second on the desk."""
WARM_S, SECONDS = 2.0, 8.0
STATE_S = 30.0
"""So long a server may still work on what it was sent, before its board is judged."""


def suits(contender: Contender) -> bool:
    """Everybody."""
    return True


def measure(contender: Contender) -> Figures:
    """A stage by rate, and whether the board is whole at the end."""
    disk_ms, disk_worst_ms = sync_ms(Path(tempfile.gettempdir()))
    with opened(contender, seats=CLIENTS) as server:
        plan = seated(server, CLIENTS, WRITERS, sum(RATES) * (WARM_S + SECONDS))
        for rate in RATES:
            plan.stage(rate, WARM_S, SECONDS)
        plan.tell()
        plan.hold()  # a server may forget a board that everybody has left
        run = plan.start()
        try:
            run.line()
            stages = [run.line() for _ in RATES]
            told = run.line()["seen"]
            is_whole = contender.has_board and _is_whole(server, [len(sent) for sent in told])
        finally:
            run.end()
        figures: Figures = {"disk_ms": disk_ms, "disk_worst_ms": disk_worst_ms}
        if contender.has_board:
            figures["is_whole"] = is_whole
        for rate, stage in zip(RATES, stages, strict=True):
            figures[str(rate)] = cost(stage, server)
        return figures


def _is_whole(server: Opened, sent: list[int]) -> bool:
    """Whether a newcomer gets the last change of every writer."""
    deadline = time.monotonic() + STATE_S
    while True:
        state = server.state(0)
        if all(server.has(state, writer, count - 1) for writer, count in enumerate(sent)):
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
