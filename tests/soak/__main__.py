"""`make soak`: every fault as often as promised, part by part; what is done is not done again.

`make soak PART=store-kills COUNT=50` does some of one part. Results stand in `.soak.jsonl`.
"""

import argparse
import asyncio
import logging
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import msgspec
import structlog
from msgspec import Struct
from tests.soak.catalogue import PARTS
from tests.soak.figures import Figures
from tests.soak.part import Missing, Part

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / ".soak.jsonl"


class Result(Struct, frozen=True):
    """A piece that is done."""

    commit: str
    part: str
    seed: int
    count: int
    figures: Figures
    took_s: float


def main() -> int:
    """The exit code: 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("part", nargs="?", choices=PARTS, help="only this one")
    parser.add_argument("--count", type=int, help="how often, if not as often as promised")
    asked = parser.parse_args()
    chosen = [PARTS[asked.part]] if asked.part else list(PARTS.values())
    commit = _commit()
    done = _done(commit)
    print(f"commit {commit}")
    for part in chosen:
        left = sum(1 for piece in part.pieces(asked.count) if (part.name, *piece) not in done)
        print(f"  {part.name}: {asked.count or part.count:,} {part.unit}, pieces to do: {left}")
    return max([_run(part, commit, done, asked.count) for part in chosen], default=0)


def _run(
    part: Part, commit: str, done: dict[tuple[str, int, int], Result], count: int | None
) -> int:
    total, figures, took_s = 0, Figures(), 0.0
    for seed, of_piece in part.pieces(count):
        result = done.get((part.name, seed, of_piece))
        if result is None:
            try:
                result = _piece(part, commit, seed, of_piece)
            except Missing as missing:
                print(f"{part.name}: skipped, this machine lacks {missing}", flush=True)
                return 0
            except Exception:
                print(f"{part.name}: BROKEN in the piece with seed {seed}", flush=True)
                traceback.print_exc()
                return 1
        total += of_piece
        took_s += result.took_s
        figures.add(result.figures)
    took = f"{took_s / 60:.1f} min"
    print(f"{part.name}: {total:,} {part.unit}: {figures.told()} ({took})", flush=True)
    return 0


def _piece(part: Part, commit: str, seed: int, count: int) -> Result:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="etatyopoyta-soak-") as folder:
        figures = asyncio.run(part.limited(count, seed, Path(folder)))
    result = Result(commit, part.name, seed, count, figures, time.monotonic() - started)
    with RESULTS.open("ab") as file:
        file.write(msgspec.json.encode(result) + b"\n")
    return result


def _done(commit: str) -> dict[tuple[str, int, int], Result]:
    lines = RESULTS.read_bytes().splitlines() if RESULTS.exists() else []
    results = [msgspec.json.decode(line, type=Result) for line in lines]
    return {(r.part, r.seed, r.count): r for r in results if r.commit == commit}


def _commit() -> str:
    """The commit, with a plus when files differ from it."""
    said = subprocess.run(
        ["git", "describe", "--always", "--abbrev=12", "--dirty=+"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or "none"


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    sys.exit(main())
