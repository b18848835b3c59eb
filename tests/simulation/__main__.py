"""`python -m tests.simulation --seeds 0:10000`: courses of events, until one breaks a promise."""

import argparse
import logging
import sys
import time

import structlog
from tests.simulation.course import Counts, simulate


def main() -> int:
    """The exit code: 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", default="0:300", help="from:to")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    first, last = map(int, parser.parse_args().seeds.split(":"))
    total, started = Counts(), time.monotonic()
    for seed in range(first, last):
        try:
            add(total, simulate(seed))
        except AssertionError as broken:
            print(broken)
            return 1
    print(
        f"{last - first:,} courses of events in {time.monotonic() - started:.0f} s: {told(total)}"
    )
    return 0


def add(total: Counts, counts: Counts) -> None:
    """Add up what courses had in them."""
    for name in Counts.__struct_fields__:
        if name != "trace":
            setattr(total, name, getattr(total, name) + getattr(counts, name))


def told(counts: Counts) -> str:
    """One line."""
    names = [name for name in Counts.__struct_fields__ if name != "trace"]
    return ", ".join(f"{getattr(counts, name):,} {name.replace('_', ' ')}" for name in names)


if __name__ == "__main__":
    sys.exit(main())
