"""`python -m tests.simulation 0:300` plays schedules by their seeds; `… 17` tells all of one."""

import sys
import time
from collections import Counter

from tests.simulation.playing import play, told
from tests.simulation.world import Broken


def main(seeds: str) -> int:
    """The exit code: 1 when a promise was broken."""
    first, _, end = seeds.partition(":")
    several = range(int(first), int(end) if end else int(first) + 1)
    happened: Counter[str] = Counter()
    broken = 0
    started = time.monotonic()
    for seed in several:
        try:
            played = play(seed, is_told_whole=not end)
        except Broken as error:
            broken += 1
            print(error, flush=True)
        else:
            happened.update(played.counts)
            if not end:
                print(f"trace {played.trace}")
    took_s = time.monotonic() - started
    print(f"{len(several):,} schedules, {broken} broken, {took_s:.0f} s: {told(happened)}")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "0:300"))
