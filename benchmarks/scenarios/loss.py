"""kill -9 of the server under load: what others had seen, and what is there afterwards."""

import re
import time

from benchmarks.contender import Contender
from benchmarks.scenarios.common import Figures, opened, seated

CLIENTS, WRITERS = 20, 10
RATE = 200.0
"""New notes per second."""
KILL_AFTER_S = 12.0
"""Hocuspocus stores every ten seconds at the latest: it has had its time."""
CALM_S = 1.0
MARK = re.compile(rb"~~([0-9a-f]{8})")


def suits(contender: Contender) -> bool:
    """Who keeps the board on the disk."""
    return contender.is_durable and contender.name != "ours-2"


def measure(contender: Contender) -> Figures:
    """How many notes were seen, and how many of these are gone."""
    with opened(contender, notes=0, seats=CLIENTS) as server:
        plan = seated(server, CLIENTS, WRITERS, RATE * (KILL_AFTER_S + 4), adds=True)
        plan.stage(RATE, 0, KILL_AFTER_S + 4)
        plan.tell()
        run = plan.start()
        try:
            run.line()
            time.sleep(KILL_AFTER_S)
            server.kill()
            stage, told = run.rest(60)
        finally:
            run.end()
        seen = {
            writer << 24 | number
            for writer, numbers in enumerate(told["seen"])
            for number, who in enumerate(numbers)
            if who != "0"
        }
        server.start()
        time.sleep(CALM_S)
        kept = {int(mark, 16) for mark in MARK.findall(server.state(0))}
        return {"sent": stage["sent"], "seen": len(seen), "lost": len(seen - kept)}
