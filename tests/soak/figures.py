"""What a part of the soak found out, and how it is told in a line."""

from statistics import median

from msgspec import Struct


class Figures(Struct):
    """Adds up over the pieces of a part. Names are what is printed, in the order of first use."""

    counts: dict[str, int] = {}
    times_s: dict[str, list[float]] = {}
    most: dict[str, float] = {}
    """The largest of all pieces; the name holds the unit, as in "%% more memory"."""

    def add(self, other: "Figures") -> None:
        """Take the figures of one more piece."""
        for name, count in other.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count
        for name, times in other.times_s.items():
            self.times_s.setdefault(name, []).extend(times)
        for name, value in other.most.items():
            self.most[name] = max(self.most.get(name, value), value)

    def told(self) -> str:
        """One line."""
        counts = [f"{count:,} {name}" for name, count in self.counts.items()]
        times = [
            f"{name} {_short(median(times))} s median, {_short(_p95(times))} s p95,"
            f" {_short(max(times))} s at most"
            for name, times in self.times_s.items()
            if times
        ]
        most = [f"{value:.2f} {name}" for name, value in self.most.items()]
        return ", ".join([*counts, *times, *most])


def _p95(times_s: list[float]) -> float:
    return sorted(times_s)[len(times_s) * 95 // 100]


def _short(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds >= 0.1 else f"{seconds:.3f}"
