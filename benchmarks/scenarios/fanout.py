"""One desk, 100 clients, 20 of them writing: what a delivered change costs."""

import tempfile
from pathlib import Path
from typing import Any

from benchmarks.contender import Contender, Messages, Setup

NAME = "fanout"
CLIENTS, WRITERS = 100, 20
RATES = (50, 100)
"""Changes per second on the desk."""
WARM_S, SECONDS = 0.5, 2.0


def measure(contender: Contender) -> dict[str, Any]:
    """Figures by rate."""
    with tempfile.TemporaryDirectory(prefix="etatyopoyta-bench-") as folder:
        setup = Setup(Path(folder), seats=CLIENTS)
        with contender.open(setup) as opened:
            plan = opened.plan()
            for seat in range(CLIENTS):
                writer = seat if seat < WRITERS else None
                plan.client(opened.port, 0, opened.steps(0, seat, writer), writer)
            each = int(sum(RATES) * (WARM_S + SECONDS) / WRITERS) + 20
            plan.messages(opened.prepare(Messages([0] * WRITERS, each)))
            for rate in RATES:
                plan.stage(rate, WARM_S, SECONDS)
            servers = len(opened.server_pids())
            _, *stages = plan.run()
    return {str(rate): figures(stage, servers) for rate, stage in zip(RATES, stages, strict=True)}


def figures(stage: dict[str, Any], servers: int) -> dict[str, Any]:
    """A stage with what it cost: the first `servers` pids are the server's, the rest the store's."""
    cpu = stage.pop("cpu_s")
    seconds, meanwhile = stage["seconds"], max(stage["meanwhile"], 1)
    other_s = stage["busy_s"] - sum(cpu) - stage["generator_s"]
    return {
        **stage,
        "us": sum(cpu) / meanwhile * 1e6,
        "server_part": sum(cpu[:servers]) / seconds,
        "store_part": sum(cpu[servers:]) / seconds,
        "generator_part": stage["generator_s"] / seconds,
        "other_part": max(other_s, 0) / seconds,
        "steal_part": stage["steal_s"] / seconds,
    }
