"""RESULTS.md and its plots, from the results that are there."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from benchmarks import plots
from benchmarks.contender import Contender
from benchmarks.results import Results, load
from benchmarks.standing import OURS, Spread, bars, spread

HERE = Path(__file__).resolve().parent
SCENARIOS = ("fanout", "saturation", "hall", "desks", "joining", "idle", "loss")
NOT_SAID = """\
- **Server and generator share one machine** of few processors over loopback: no network, no TLS,
  no browser. Compare rows, not with figures from elsewhere. CPU per delivered change repeats
  well; latencies and the highest rates suffer when other programs run: the columns *other* and
  *stolen* say how many processors these had meanwhile. More than about 0.3 spoils latencies.
- **A delivery is a change at one other client.** The writer's own echo is work that is not
  counted. A change counts as delivered, too, when the next one of the same writer for the same
  note has taken its place: tldraw merges what waits. Ours sends every one.
- **Our CPU includes the store's process**, and our change is on the disk before anybody sees it.
  The in-memory peers keep nothing; what those with a disk promise is in the table of losses.
- The relays `ws` and `socket.io` have no state, rights or history. For `ws` the bytes are those
  of one entry of ours; socket.io carries two whole Excalidraw elements, unencrypted. Yjs updates
  are small, tldraw's patches are JSON: bytes per delivery are what each protocol takes for the
  same moved note.
- Clients ask for no compression of frames. Ours gets its board as a zipped HTTP answer (written
  as browsers do: who am I, the board, the socket); unzipping and drawing is measured for nobody.
- kill -9 ends the server process, not the machine: nothing here shows what a power cut does. Seen
  means seen by any other client, or by its writer as settled.
- Limits that protect our server from one person are lifted, since few clients stand for many
  people. The peers have none.
- Peers run as their documents say. They could be tuned further; only Hocuspocus' own batching is
  tried. tldraw's licence has conditions for production use; here it ran as a local trial.
"""


class Report:
    """Collects the text."""

    def __init__(self, contenders: Sequence[Contender]) -> None:
        self._titles = {each.name: each.title for each in contenders}
        self._durable = {each.name for each in contenders if each.is_durable}
        self._text: list[str] = []

    def write(self) -> None:
        """Write everything anew."""
        self._head()
        self._bars()
        self._fanout(load("fanout"))
        self._saturation()
        self._desks(load("desks"))
        self._joining(load("joining"))
        self._idle(load("idle"))
        self._loss(load("loss"))
        self._say("## What these figures do not say\n", NOT_SAID)
        (HERE / "RESULTS.md").write_text("\n".join(self._text).rstrip() + "\n", encoding="utf-8")

    def _say(self, *lines: str) -> None:
        self._text += lines

    def _table(self, head: str, rows: Sequence[Sequence[str]]) -> None:
        names = head.split("|")
        self._say("| " + " | ".join(name.strip() for name in names) + " |")
        self._say("|" + "---|" * len(names))
        self._say(*("| " + " | ".join(row) + " |" for row in rows), "")

    def _order(self, results: Results, *path: str, is_most: bool = False) -> list[str]:
        """The contenders by a figure, best first; those without it come last."""
        found = [
            (each.middle, name)
            for name in results.contenders()
            if (each := spread(results, name, *path)) is not None
        ]
        order = [name for _, name in sorted(found, reverse=is_most)]
        return [*order, *(name for name in results.contenders() if name not in order)]

    def _name(self, name: str) -> str:
        title = self._titles.get(name, name)
        kept = ", on disk" if name in self._durable else ""
        return f"**{title}**{kept}" if name.startswith(OURS) else f"{title}{kept}"

    def _plot(self, file: str, alt: str, svg: str) -> None:
        (HERE / "plots").mkdir(exist_ok=True)
        (HERE / "plots" / file).write_text(svg, encoding="utf-8")
        self._say(f"![{alt}](plots/{file})\n")

    def _head(self) -> None:
        every = [load(name) for name in SCENARIOS]
        machine = next((results.machine for results in reversed(every) if results.machine), {})
        rounds = max(
            (len(load("fanout").of(name)) for name in load("fanout").contenders()), default=0
        )
        self._say(
            "# Measured side by side\n",
            "`make bench` writes this file: it installs the peers, runs everybody on this"
            " machine, one after the other and in"
            " another order each round, and prints the same figures. `python -m benchmarks"
            " --only fanout --peers"
            " ours,ws,hocuspocus16 --rounds 1` runs a part and puts it in its place here.\n",
            f"Rounds: {rounds}; medians, least–most in brackets."
            f" {machine.get('processors', '?')}, {machine.get('memory', '?')},"
            f" {machine.get('system', '?')}; server on one processor, load generator"
            " (`load/generator.c`) and our store on another.\n",
            f"Versions: Python {machine.get('python', '?')}, Node {machine.get('node', '?')},"
            f" {', '.join(versions())}.\n",
        )

    def _bars(self) -> None:
        words = {True: "met", False: "**not met**", None: "–"}
        self._say("## Bars\n")
        self._table(
            "what | bar | reached | ", [(b.what, b.bar, b.reached, words[b.is_met]) for b in bars()]
        )

    def _fanout(self, results: Results) -> None:
        self._say(
            "## One desk, 100 clients, 20 of them moving notes\n", f"Measured {results.when()}.\n"
        )
        self._boards(results)
        for rate in ("100", "500"):
            self._say(f"### {rate} changes per second\n")
            names = self._order(results, rate, "us")
            self._table(
                "server | CPU per delivered change, µs | p50 ms | p95 ms | p99 ms |"
                " acknowledged p50 / p99 ms"
                " | delivered | frames per delivery | bytes per delivery | server CPU | store CPU |"
                " generator CPU | other, stolen",
                [self._fanout_row(results, name, rate) for name in names],
            )
            self._plot(
                f"fanout-{rate}.svg",
                f"CPU per delivered change at {rate} changes per second",
                plots.bars(
                    f"CPU per delivered change, 100 clients, {rate} changes/s",
                    "µs",
                    self._plotted(results, names, rate, "us"),
                ),
            )

    def _boards(self, results: Results) -> None:
        """What a newcomer found at the end, and how fast the disk was meanwhile."""
        whole = [
            each.figures["is_whole"] for each in results.measured if "is_whole" in each.figures
        ]
        if whole:
            self._say(
                "At the end of a run a newcomer fetches the board: it had the last change of every"
                f" writer in {sum(whole)} of {len(whole)} runs of servers that keep one.\n"
            )
        if disk := spread(results, OURS, "disk_ms"):
            worst = spread(results, OURS, "disk_worst_ms")
            self._say(
                f"Before ours, the disk took {ranged(disk)} ms to sync half a KiB, at worst"
                f" {three(worst.high if worst else 0)} ms of 50: ours waits for it, once a batch.\n"
            )

    def _plotted(self, results: Results, names: Sequence[str], *path: str) -> list[plots.Bar]:
        return [
            plots.Bar(self._titles.get(name, name), s.middle, s.low, s.high, name.startswith(OURS))
            for name in names
            if (s := spread(results, name, *path)) is not None
        ]

    def _fanout_row(self, results: Results, name: str, rate: str) -> list[str]:
        def at(*path: str) -> float:
            found = spread(results, name, rate, *path)
            return found.middle if found else 0.0

        own = f"{three(at('own_p50'))} / {three(at('own_p99'))}" if name.startswith(OURS) else "–"
        deliveries = at("meanwhile") or 1
        generator = spread(results, name, rate, "generator_part")
        told_no = f", {at('refused'):.0f} refused" if at("refused") else ""
        return [
            self._name(name),
            ranged(spread(results, name, rate, "us")),
            *(three(at(part)) for part in ("p50", "p95")),
            ranged(spread(results, name, rate, "p99")),
            own,
            f"{at('delivered') / (at('due') or 1):.1%}{told_no}",
            f"{at('frames') / deliveries:.2f}",
            f"{at('bytes') / deliveries:.0f}",
            f"{at('server_part'):.0%}",
            f"{at('store_part'):.0%}" if name.startswith(OURS) else "–",
            f"{generator.high if generator else 0:.0%}",
            f"{at('other_part'):.2f}, {at('steal_part'):.2f}",
        ]

    def _saturation(self) -> None:
        self._say(
            "## One desk, faster and faster\n",
            "Rates rise by a quarter until one fails three times: p99 of 250 ms or more, less than"
            " 99.9 % delivered, a refusal, or a connection lost.\n",
        )
        for clients, results in (("100", load("saturation")), ("300", load("hall"))):
            self._say(f"### {clients} clients\n", f"Measured {results.when()}.\n")
            names = self._order(results, "best", "rate", is_most=True)
            self._table(
                "server | changes per second | CPU per delivered change there, µs | p99 there, ms"
                " | server CPU | generator CPU",
                [self._saturation_row(results, name) for name in names],
            )
            series = [(self._titles.get(n, n), curve(results, n)) for n in names]
            series.sort(key=lambda each: each[0] != self._titles[OURS])
            self._plot(
                f"saturation-{clients}.svg",
                f"p99 by rate with {clients} clients",
                plots.lines(
                    f"p99 by rate, {clients} clients", "changes per second", "p99, ms", series
                ),
            )

    def _saturation_row(self, results: Results, name: str) -> list[str]:
        generator = spread(results, name, "best", "generator_part")
        end = " (end of the ramp)" if any(each["is_end"] for each in results.of(name)) else ""
        return [
            self._name(name),
            ranged(spread(results, name, "best", "rate")) + end,
            ranged(spread(results, name, "best", "us")),
            ranged(spread(results, name, "best", "p99")),
            part(spread(results, name, "best", "server_part")),
            f"{generator.high if generator else 0:.0%}",
        ]

    def _desks(self, results: Results) -> None:
        self._say(
            "## 30 desks of 10 clients, five changes per second on each\n",
            f"Measured {results.when()}.\n",
        )
        rows = [
            [
                self._name(name),
                ranged(spread(results, name, "us")),
                ranged(spread(results, name, "p50")),
                ranged(spread(results, name, "p99")),
                part(spread(results, name, "server_part")),
                part(spread(results, name, "other_part")),
            ]
            for name in self._order(results, "us")
        ]
        head = "server | CPU per delivered change, µs | p50 ms | p99 ms | server CPU | other"
        self._table(head, rows)

    def _joining(self, results: Results) -> None:
        self._say("## Joining: until the whole board is there\n", f"Measured {results.when()}.\n")
        rows = []
        names = self._order(results, "10000", "p50")
        for name in names:
            row = [self._name(name)]
            for key, figure in (
                *(("1000", f) for f in ("p50", "cpu_ms")),
                *(("10000", f) for f in ("p50", "cpu_ms")),
                *(("crowd", f) for f in ("p50", "last", "cpu_ms")),
            ):
                row.append(ranged(spread(results, name, key, figure)))
            size = spread(results, name, "10000", "bytes")
            row.append(f"{(size.middle if size else 0) / 1024:,.0f}")
            rows.append(row)
        self._table(
            "server | 1,000 notes: p50 ms | CPU ms | 10,000 notes: p50 ms | CPU ms"
            " | 100 at once, 2,000 notes: p50 ms | last ms | CPU ms each | KiB for 10,000 notes",
            rows,
        )
        self._plot(
            "joining.svg",
            "Join at 10,000 notes",
            plots.bars(
                "Join at 10,000 notes, p50", "ms", self._plotted(results, names, "10000", "p50")
            ),
        )

    def _idle(self, results: Results) -> None:
        self._say(
            "## Memory of 500 idle connections on one desk\n", f"Measured {results.when()}.\n"
        )
        rows = [
            [
                self._name(name),
                ranged(spread(results, name, "kib")),
                ranged(spread(results, name, "base_mib")),
            ]
            for name in self._order(results, "kib")
        ]
        self._table("server | KiB per connection | MiB before (with the store)", rows)

    def _loss(self, results: Results) -> None:
        self._say(
            "## kill -9 of the server at 200 new notes per second\n",
            f"Measured {results.when()}.\n",
        )
        rows = [
            [
                self._name(name),
                ", ".join(f"{each['lost']} of {each['seen']}" for each in results.of(name)),
            ]
            for name in self._order(results, "lost")
        ]
        self._table("server | seen by others, but gone after the restart (each round)", rows)


def curve(results: Results, name: str) -> list[tuple[float, float]]:
    """Rate and p99 of the passed stages of the first round."""
    stages = results.of(name)[0]["stages"]
    passed = {float(stage["rate"]): float(stage["p99"]) for stage in stages if stage["is_passed"]}
    return sorted(passed.items())


def three(value: float) -> str:
    """Three digits."""
    return plots.number_text(value)


def ranged(found: Spread | None) -> str:
    """Median, and least and most in brackets where they differ."""
    if found is None:
        return "–"
    low, high = three(found.low), three(found.high)
    return three(found.middle) + (f" ({low}–{high})" if low != high else "")


def part(found: Spread | None) -> str:
    """A share of a processor."""
    return "–" if found is None else f"{found.middle:.0%}"


def versions() -> list[str]:
    """Of the peers, from what pins them."""
    asked = json.loads((HERE / "peers" / "package.json").read_text())["dependencies"]
    python = re.findall(
        r"^(pycrdt(?:-websocket)?|uvicorn)==(\S+)",
        (HERE / "peers" / "requirements.lock").read_text(),
        re.M,
    )
    return [f"{name} {version}" for name, version in (*asked.items(), *python)]
