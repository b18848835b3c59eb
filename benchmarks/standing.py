"""Medians of the rounds, and whether the bars are met."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.results import Results, load

COLLABORATIVE = ("y-websocket", "hocuspocus", "hocuspocus16", "tldraw", "pycrdt")
"""Peers that hold and merge a real state."""
NODE = ("y-websocket", "hocuspocus", "hocuspocus16", "tldraw")
PEERS = (*COLLABORATIVE, "ws", "socketio")
OURS = "ours"


@dataclass(frozen=True)
class Spread:
    """A figure over the rounds."""

    middle: float
    low: float
    high: float


def spread(results: Results, contender: str, *path: str) -> Spread | None:
    """The figure at this path over the rounds; None where it was not measured."""
    values = [value for each in results.of(contender) if (value := find(each, path)) is not None]
    return Spread(median(values), min(values), max(values)) if values else None


def find(figures: Any, path: Iterable[str]) -> float | None:
    """The number at a path of keys."""
    for key in path:
        if not isinstance(figures, dict) or figures.get(key) is None:
            return None
        figures = figures[key]
    return float(figures)


@dataclass(frozen=True)
class Bar:
    """What was to be reached, what was."""

    what: str
    bar: str
    reached: str
    is_met: bool | None
    """None when it was not measured."""


def bars() -> list[Bar]:
    """All bars, in the order in which people ask; ratios within one run only."""
    return [
        *_fanout(load("fanout").beside(OURS)),
        *_saturation(load("saturation").beside(OURS)),
        *_latency(load("fanout").beside(OURS)),
        *_joining(load("joining").beside(OURS)),
        *_rest(),
    ]


def _middle(results: Results, contender: str, *path: str) -> float | None:
    found = spread(results, contender, *path)
    return None if found is None else found.middle


def _best(
    results: Results, names: Iterable[str], *path: str, pick: Callable[..., Any] = min
) -> tuple[float, str] | None:
    found = [(v, name) for name in names if (v := _middle(results, name, *path)) is not None]
    best: tuple[float, str] | None = pick(found) if found else None
    return best


def _ratio(what: str, most: float, own: float | None, other: tuple[float, str] | None) -> Bar:
    """`own` may be at most so many times the other's."""
    if own is None or other is None:
        return Bar(what, f"≤ {most:g} ×", "not measured", None)
    value, name = other
    ratio = own / value
    reached = f"{ratio:.2f} × {name} ({_three(own)} : {_three(value)})"
    return Bar(what, f"≤ {most:g} ×", reached, ratio <= most)


def _limit(what: str, most: float, unit: str, own: float | None) -> Bar:
    reached = "not measured" if own is None else f"{_three(own)} {unit}"
    return Bar(what, f"≤ {most:g} {unit}", reached, None if own is None else own <= most)


def _three(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _fanout(results: Results) -> list[Bar]:
    made = []
    for rate, of_best, of_ws in (("100", 0.6, 0.8), ("500", 0.5, 0.5)):
        own = _middle(results, OURS, rate, "us")
        best = _best(results, COLLABORATIVE, rate, "us")
        what = f"CPU per delivered change (µs), {rate} changes/s"
        made.append(_ratio(f"{what}, to the best collaborative peer", of_best, own, best))
        made.append(
            _ratio(f"{what}, to the relay", of_ws, own, _best(results, ("ws",), rate, "us"))
        )
        two = _middle(results, "ours-2", rate, "us")
        one = None if own is None else (own, "one process")
        made.append(_ratio(f"{what}, two processes on one store", 1.2, two, one))
    return made


def _saturation(results: Results) -> list[Bar]:
    own = _middle(results, OURS, "best", "rate")
    best = _best(results, ("hocuspocus", "hocuspocus16"), "best", "rate", pick=max)
    what = "Sustained changes/s on one desk, 100 clients"
    if own is None or best is None:
        return [Bar(what, "≥ Hocuspocus", "not measured", None)]
    both = min(own, best[0])
    p99, theirs = (_p99_at(results, name, both) for name in (OURS, best[1]))
    made = [
        Bar(what, f"≥ {best[1]}", f"{_three(own)} : {_three(best[0])}", own >= best[0]),
        Bar(what, "≥ 4,000", _three(own), own >= 4000),
    ]
    if p99 is not None and theirs is not None:
        reached = f"{_three(p99)} : {_three(theirs)}"
        made.append(
            Bar(f"p99 (ms) at {_three(both)} changes/s", f"< {best[1]}", reached, p99 < theirs)
        )
    return made


def _p99_at(results: Results, contender: str, rate: float) -> float | None:
    """The median over the rounds, each at its stage nearest to a rate among those that passed."""
    found = []
    for figures in results.of(contender):
        passed = [stage for stage in figures["stages"] if stage["is_passed"]]
        if passed:
            found.append(min(passed, key=lambda stage: abs(float(stage["rate"]) - rate))["p99"])
    return median(found) if found else None


def _latency(results: Results) -> list[Bar]:
    own = _middle(results, OURS, "500", "p99")
    made = [_limit("p50 (ms), 100 changes/s", 5, "ms", _middle(results, OURS, "100", "p50"))]
    best = _best(results, PEERS, "500", "p99")
    made.append(_ratio("p99 (ms), 500 changes/s, to every peer", 1, own, best))
    made.append(_limit("p99, 500 changes/s", 15, "ms", own))
    return made


def _joining(results: Results) -> list[Bar]:
    made = []
    for what, path in (
        ("Join at 10,000 notes, p50 (ms)", ("10000", "p50")),
        ("Last of 100 joins at once at 2,000 notes (ms)", ("crowd", "last")),
    ):
        own = _middle(results, OURS, *path)
        made.append(
            _ratio(f"{what}, to the best peer", 1, own, _best(results, COLLABORATIVE, *path))
        )
        made.append(_ratio(f"{what}, to the best Node peer", 0.3, own, _best(results, NODE, *path)))
    for name, words in (("10000", "10,000 notes"), ("crowd", "100 at once, 2,000 notes")):
        made.append(
            _limit(f"CPU per join, {words}", 3, "ms", _middle(results, OURS, name, "cpu_ms"))
        )
    return made


def _rest() -> list[Bar]:
    desks, losses = load("desks").beside(OURS), load("loss")
    lost = [figures["lost"] for figures in losses.of(OURS)]
    seen = sum(figures["seen"] for figures in losses.of(OURS))
    reached = f"{sum(lost)} of {seen:,}" if lost else "not measured"
    return [
        _ratio(
            "CPU per delivered change (µs), 30 desks × 10 clients, to the best collaborative peer",
            0.6,
            _middle(desks, OURS, "us"),
            _best(desks, COLLABORATIVE, "us"),
        ),
        _limit("Memory per idle connection", 25, "KiB", _middle(load("idle"), OURS, "kib")),
        Bar("Lost after kill -9", "0", reached, not sum(lost) if lost else None),
    ]
