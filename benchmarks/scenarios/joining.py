"""Coming to a desk with many notes: until the whole board is there."""

from statistics import median

from benchmarks.contender import Contender
from benchmarks.scenarios.common import Figures, cost, opened

NOTES = (1_000, 10_000)
FIRST, JOINS = 3, 20
"""Some come first, so that what is made once is made."""
CROWD, CROWD_NOTES = 100, 2_000


def suits(contender: Contender) -> bool:
    """Who keeps a board."""
    is_one = contender.name != "ours-2" and (contender.is_ours or not contender.is_durable)
    return contender.has_board and is_one


def measure(contender: Contender) -> Figures:
    """By number of notes one after the other, and a crowd at once."""
    figures = {}
    for notes in NOTES:
        _, joins = _come(contender, notes, JOINS, together=1)
        figures[str(notes)] = {
            "p50": median(joins["join_ms"]),
            "most": max(joins["join_ms"]),
            "cpu_ms": joins["cpu_s"] / JOINS * 1000,
            "bytes": joins["join_bytes"] / JOINS,
            "generator_part": joins["generator_part"],
            "other_part": joins["other_part"],
            "steal_part": joins["steal_part"],
        }
    _, crowd = _come(contender, CROWD_NOTES, CROWD, together=CROWD)
    figures["crowd"] = {
        "ready": crowd["ready"],
        "p50": median(crowd["join_ms"]),
        "last": crowd["last_ms"],
        "cpu_ms": crowd["cpu_s"] / CROWD * 1000,
        "bytes": crowd["join_bytes"] / CROWD,
        "generator_part": crowd["generator_part"],
        "other_part": crowd["other_part"],
        "steal_part": crowd["steal_part"],
    }
    return figures


def _come(contender: Contender, notes: int, count: int, together: int) -> tuple[Figures, Figures]:
    with opened(contender, notes=notes, seats=FIRST + count) as server:
        lines = []
        for seats in (range(FIRST), range(FIRST, FIRST + count)):
            plan = server.plan()
            plan.together(together)
            for seat in seats:
                plan.client(server.port, 0, server.joining(0, seat))
            lines += plan.run()
        first, rest = lines
        return first, cost(rest, server)
