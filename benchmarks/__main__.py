"""`make bench`: measures us and the peers side by side, and writes RESULTS.md."""

import argparse

from benchmarks.contender import Contender
from benchmarks.house import Ours, OursTwice
from benchmarks.peers import IN_MEMORY, KEPT
from benchmarks.scenarios import fanout

CONTENDERS: list[Contender] = [Ours(), OursTwice(), *IN_MEMORY, *KEPT]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="fanout")
    parser.add_argument("--peers")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    names = asked.peers.split(",") if asked.peers else [c.name for c in CONTENDERS]
    for round_number in range(asked.rounds):
        chosen = [c for c in CONTENDERS if c.name in names]
        for contender in chosen[round_number:] + chosen[:round_number]:
            for rate, got in fanout.measure(contender).items():
                print(
                    f"{contender.name:14} {rate:>4}/s  {got['us']:6.2f} µs/delivered"
                    f"  p50 {got['p50']:6.2f} p95 {got['p95']:6.2f} p99 {got['p99']:6.2f} ms"
                    f"  {got['delivered']}/{got['due']}"
                    f"  frames/del {got['frames'] / max(got['meanwhile'], 1):.2f}"
                    f"  B/del {got['bytes'] / max(got['meanwhile'], 1):.0f}"
                    f"  server {got['server_part']:.0%} store {got['store_part']:.0%}"
                    f"  generator {got['generator_part']:.0%} other {got['other_part']:.0%}"
                    f"  steal {got['steal_part']:.0%}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
