"""`make bench`: measures us and the peers side by side, and writes RESULTS.md."""

import argparse
import signal
import subprocess
import sys
import time
from types import ModuleType

from benchmarks import machine, results
from benchmarks.contender import Contender
from benchmarks.house import Ours, OursTwice
from benchmarks.peers import IN_MEMORY, KEPT
from benchmarks.report import Report
from benchmarks.scenarios import desks, fanout, hall, idle, joining, loss, saturation

CONTENDERS: list[Contender] = [Ours(), OursTwice(), *IN_MEMORY, *KEPT]
SCENARIOS: dict[str, ModuleType] = {
    "fanout": fanout,
    "saturation": saturation,
    "hall": hall,
    "desks": desks,
    "joining": joining,
    "idle": idle,
    "loss": loss,
}


def main() -> int:
    """Measure what is asked for; 1 when something was missing or failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", help="scenarios, by comma: " + ",".join(SCENARIOS))
    parser.add_argument("--peers", help="by comma: " + ",".join(c.name for c in CONTENDERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tables", action="store_true", help="only write RESULTS.md anew")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # servers are ended on the way out
    failed = 0
    try:
        with machine.before_others():
            for name in [] if asked.tables else asked.only.split(",") if asked.only else SCENARIOS:
                names = asked.peers.split(",") if asked.peers else None
                failed += measure(name, names, asked.rounds)
    except machine.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    Report(CONTENDERS).write()
    return 1 if failed else 0


def measure(name: str, names: list[str] | None, rounds: int) -> int:
    """All rounds of a scenario, in another order each time; how many measurements failed."""
    scenario, failed = SCENARIOS[name], 0
    fresh: set[str] = set()
    rounds = min(rounds, getattr(scenario, "MOST_ROUNDS", rounds))
    chosen = [c for c in CONTENDERS if scenario.suits(c) and (names is None or c.name in names)]
    for number in range(rounds):
        turn = number * len(chosen) // rounds
        for contender in chosen[turn:] + chosen[:turn]:
            started = time.monotonic()
            try:
                figures = scenario.measure(contender)
            except (RuntimeError, OSError, AssertionError, subprocess.SubprocessError) as error:
                failed += 1
                print(f"{name} {number + 1}/{rounds} {contender.name}: {error}", file=sys.stderr)
                continue
            results.keep(name, contender.name, figures, is_first=contender.name not in fresh)
            fresh.add(contender.name)
            took_s = time.monotonic() - started
            print(f"{name} {number + 1}/{rounds} {contender.name} ({took_s:.0f} s)", flush=True)
            for line in told(figures):
                print(f"    {line}", flush=True)
    return failed


def told(figures: dict[str, object], prefix: str = "") -> list[str]:
    """Figures as lines, one for each level."""
    flat = {k: v for k, v in results.rounded(figures).items() if not isinstance(v, dict | list)}
    lines = [prefix + " ".join(f"{k} {v}" for k, v in flat.items())] if flat else []
    for key, value in figures.items():
        if isinstance(value, dict):
            lines += told(value, f"{prefix}{key}: ")
    return lines


if __name__ == "__main__":
    sys.exit(main())
