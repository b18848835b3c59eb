"""Plots as SVG, readable on light and on dark ground; no library, a few shapes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 760
STYLE = """<style>
text{font:13px system-ui,sans-serif;fill:#1f2328}
.quiet{fill:#59636e;font-size:12px}.title{font-size:15px;font-weight:600}
.grid{stroke:#d1d9e0}.ours{fill:#0969da}.peer{fill:#8c959f}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}.grid{stroke:#3d444d}
.ours{fill:#4493f8}.peer{fill:#7d8590}}
</style>"""
COLOURS = (
    "#2f81f7", "#d4610f", "#9a67e8", "#2a9d46", "#e5484d", "#b08000", "#7d8590", "#d0429a",
)  # fmt: skip


@dataclass(frozen=True)
class Bar:
    """A value with its name; `low` and `high` are the rounds' least and most."""

    name: str
    value: float
    low: float
    high: float
    is_ours: bool = False


def bars(title: str, unit: str, values: Sequence[Bar]) -> str:
    """Horizontal bars, shortest on top."""
    ordered = sorted(values, key=lambda bar: bar.value)
    most = max((bar.high for bar in ordered), default=1) or 1
    left, right, row = 190, 90, 26
    height = 52 + row * len(ordered)
    parts = []
    for number, bar in enumerate(ordered):
        y = 42 + row * number
        scale = (WIDTH - left - right) / most
        parts.append(
            f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{escape(bar.name)}</text>'
            f'<rect class="{"ours" if bar.is_ours else "peer"}" x="{left}" y="{y}"'
            f' width="{max(bar.value * scale, 1):.1f}" height="18" rx="3"/>'
            f'<path class="grid" stroke-width="2" d="M{left + bar.low * scale:.1f} {y + 9}'
            f'H{left + bar.high * scale:.1f}"/>'
            f'<text x="{left + bar.high * scale + 8:.1f}" y="{y + 14}">{number_text(bar.value)}'
            "</text>"
        )
    return _svg(height, f"{title} ({unit})", parts)


Line = tuple[str, Sequence[tuple[float, float]]]


def lines(title: str, x_name: str, y_name: str, series: Sequence[Line]) -> str:
    """Lines over logarithmic axes, named at their right end."""
    height, left, right, top, bottom = 380, 62, 200, 44, 48
    points = [point for _, line in series for point in line]
    if not points:
        return _svg(height, title, [])
    x_of = _scale([x for x, _ in points], left, WIDTH - right)
    y_of = _scale([y for _, y in points], height - bottom, top)
    parts = []
    for tick in _ticks([x for x, _ in points]):
        x = x_of(tick)
        parts.append(
            f'<path class="grid" d="M{x:.1f} {top}V{height - bottom}"/><text class="quiet"'
            f' x="{x:.1f}" y="{height - bottom + 18}" text-anchor="middle">{tick:,.0f}</text>'
        )
    for tick in _ticks([y for _, y in points]):
        y = y_of(tick)
        parts.append(
            f'<path class="grid" d="M{left} {y:.1f}H{WIDTH - right}"/><text class="quiet"'
            f' x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{number_text(tick)}</text>'
        )
    taken: list[float] = []
    for number, (name, line) in sorted(
        enumerate(series), key=lambda each: y_of(each[1][1][-1][1]) if each[1][1] else 0
    ):
        if not line:
            continue
        colour = COLOURS[number % len(COLOURS)]
        path = "L".join(f"{x_of(x):.1f} {y_of(y):.1f}" for x, y in line)
        y = max([y_of(line[-1][1]) + 4, *(other + 15 for other in taken)])
        taken.append(y)
        end_x, end_y, edge = x_of(line[-1][0]), y_of(line[-1][1]), WIDTH - right
        parts.append(
            f'<path fill="none" stroke="{colour}" stroke-width="{2.5 if number == 0 else 1.5}"'
            f' d="M{path}"/>'
            f'<circle cx="{end_x:.1f}" cy="{end_y:.1f}" r="3.5" fill="{colour}"/>'
            f'<path fill="none" stroke="{colour}" stroke-opacity=".4"'
            f' d="M{end_x:.1f} {end_y:.1f}L{edge + 6} {y - 4:.1f}"/>'
            f'<text x="{edge + 10}" y="{y:.1f}" style="fill:{colour}">{escape(name)}</text>'
        )
    parts.append(
        f'<text class="quiet" x="{(left + WIDTH - right) / 2:.0f}" y="{height - 10}"'
        f' text-anchor="middle">{escape(x_name)}</text>'
        f'<text class="quiet" x="{left}" y="{top - 6}">{escape(y_name)}</text>'
    )
    return _svg(height, title, parts)


def number_text(value: float) -> str:
    """Three digits, thousands set apart."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{escape(title)}">{STYLE}\n<text class="title" x="8" y="22">{escape(title)}'
        "</text>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    """A logarithmic axis: value to place."""
    low = math.log10(max(min(values), 0.01))
    span = max(math.log10(max(max(values), 0.02)) - low, 0.01)

    def place(value: float) -> float:
        return start + (math.log10(max(value, 0.01)) - low) / span * (end - start)

    return place


def _ticks(values: Sequence[float]) -> list[float]:
    low, high = max(min(values), 0.01), max(values)
    steps = [base * 10.0**power for power in range(-2, 6) for base in (1, 2, 5)]
    return [step for step in steps if low <= step <= high]
