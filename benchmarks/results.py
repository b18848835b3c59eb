"""Raw results, one small JSON file a scenario: tables are made of them without a run."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from benchmarks.machine import describe

HERE = Path(__file__).resolve().parent / "results"
THIS_RUN = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
"""All that one process measures is one run."""


class Measured(Struct):
    """One scenario with one contender, once."""

    contender: str
    at: str
    figures: dict[str, Any]
    run: str = ""
    """Only what was measured in one run may be compared."""


class Results(Struct):
    """A scenario's measurements, and the machine of the latest ones."""

    machine: dict[str, str] = {}
    measured: list[Measured] = []

    def of(self, contender: str) -> list[dict[str, Any]]:
        """The figures of every round."""
        return [each.figures for each in self.measured if each.contender == contender]

    def when(self) -> str:
        """From when to when it was measured, and whether at one go."""
        times = sorted(each.at for each in self.measured)
        if not times:
            return "not measured"
        runs = len({each.run for each in self.measured})
        apart = "" if runs == 1 else f" in {runs} runs: compare within one only"
        return f"{times[0]} to {times[-1]} UTC{apart}"

    def beside(self, contender: str) -> "Results":
        """What was measured in the same run as this contender."""
        runs = {each.run for each in self.measured if each.contender == contender}
        return Results(self.machine, [each for each in self.measured if each.run in runs])

    def contenders(self) -> list[str]:
        """Who was measured."""
        return list(dict.fromkeys(each.contender for each in self.measured))


def load(scenario: str) -> Results:
    """What was measured so far."""
    path = HERE / f"{scenario}.json"
    return msgspec.json.decode(path.read_bytes(), type=Results) if path.exists() else Results()


def keep(scenario: str, contender: str, figures: dict[str, Any], is_first: bool) -> None:
    """Add a measurement; the first of a run takes the place of an earlier run's."""
    results = load(scenario)
    if is_first:
        results.measured = [each for each in results.measured if each.contender != contender]
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    results.measured.append(Measured(contender, at, rounded(figures), THIS_RUN))
    results.machine = describe()
    HERE.mkdir(exist_ok=True)
    packed = msgspec.json.encode(results).replace(b'{"contender"', b'\n{"contender"')
    (HERE / f"{scenario}.json").write_bytes(packed + b"\n")


def rounded(value: Any) -> Any:
    """Four digits are enough."""
    match value:
        case float():
            return float(f"{value:.4g}") if abs(value) < 1000 else round(value)
        case dict():
            return {name: rounded(each) for name, each in value.items()}
        case list():
            return [rounded(each) for each in value]
    return value
