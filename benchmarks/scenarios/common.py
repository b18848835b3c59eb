"""What the scenarios share: clients at desks, and what a stage cost."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.contender import Contender, Messages, Opened, Setup
from benchmarks.load.plan import Plan

Figures = dict[str, Any]
FEW_PART = 0.1
"""With less than this delivered in time, nothing is said of what a delivery costs."""


@contextmanager
def opened(contender: Contender, **setup: int) -> Iterator[Opened]:
    """A server with a folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="etatyopoyta-bench-") as folder,
        contender.open(Setup(Path(folder), **setup)) as server,
    ):
        yield server


def seated(
    server: Opened, clients: int, writers: int, changes: float, desks: int = 1, adds: bool = False
) -> Plan:
    """Clients at each desk, the first ones writers, with so many changes ready in all."""
    plan = server.plan()
    for desk in range(desks):
        for seat in range(clients):
            writer = desk * writers + seat if seat < writers else None
            plan.client(server.port, desk, server.steps(desk, seat, writer), writer)
    of_writer = [desk for desk in range(desks) for _ in range(writers)]
    each = int(changes / len(of_writer)) + 20
    plan.messages(server.prepare(Messages(of_writer, each, adds)))
    return plan


def cost(stage: Figures, server: Opened) -> Figures:
    """A stage with shares of the time: server, store, generator, other programs, stolen."""
    cpu = stage.pop("cpu_s")
    servers = len(server.server_pids())
    seconds, meanwhile = max(stage["seconds"], 1e-9), stage.get("meanwhile", 0)
    is_moving = meanwhile > FEW_PART * stage.get("due", 0)
    others = stage["busy_s"] - sum(cpu) - stage["generator_s"]
    return {
        **stage,
        "cpu_s": sum(cpu),
        "us": sum(cpu) / meanwhile * 1e6 if is_moving else None,
        "server_part": sum(cpu[:servers]) / seconds,
        "store_part": sum(cpu[servers:]) / seconds,
        "generator_part": stage["generator_s"] / seconds,
        "other_part": max(others, 0) / seconds,
        "steal_part": stage["steal_s"] / seconds,
    }
