"""Random schedules keep every promise; broken engines do not; the same seed gives the same run."""

import os
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from tests.simulation.conditions import LOSING
from tests.simulation.faults import FAULTS
from tests.simulation.mutants import MUTANTS, NEEDS_A_LOSS
from tests.simulation.playing import play
from tests.simulation.world import Broken

SCHEDULES = 300
SHORT = 90
"""Of them, without a mutant; `make soak` plays 10,000."""
AT_ONCE = 30
ROOT = Path(__file__).parents[2]
KEPT_SEEDS = {
    2: "what was on its way was asked again under a new id, and done twice",
    49: "a server refused by what it had heard what another one had stored",
    107: "a desk that was not put away was followed no more",
    754: "an ask was taken for one of long ago, told to be done, and lost",
    9014: "a copy of a refused ask came when the reason was gone, and was taken for a doubling",
    9023: "text written for a hidden note that the store lost was taken for told",
    200340: "a server was compared that still tried to store what a page had asked",
    200357: "text written for a hidden note whose id another got was taken for told",
    500999: "a desk was found whole behind a snapshot that was kept while it was looked at",
    600059: "followers of a store that had stood still were not told what it had stored",
    600678: "a desk that was put away was waited for",
}
"""Seeds that found something, and what; those from 9014 on, in what checks the schedules."""


@pytest.mark.parametrize("first", range(0, SHORT, AT_ONCE))
def test_whatever_goes_wrong_every_promise_is_kept(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        play(seed)


@pytest.mark.parametrize("seed", KEPT_SEEDS, ids=KEPT_SEEDS.values())
def test_what_was_found_once_is_not_found_again(seed: int) -> None:
    play(seed)


@pytest.mark.long
@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_engine_is_found_out(name: str) -> None:
    seeds = range(LOSING - 1, SCHEDULES, LOSING) if name in NEEDS_A_LOSS else range(SCHEDULES)
    with MUTANTS[name]():
        for seed in seeds:
            try:
                play(seed)
            except Broken:
                return
    pytest.fail(f"{len(seeds)} schedules found nothing")


def test_the_same_seed_gives_the_same_run_in_any_process() -> None:
    seeds = (3, 7)
    here = [play(seed).trace for seed in seeds]
    assert here == [play(seed).trace for seed in seeds]
    assert len(set(here)) == len(seeds)
    for seed, trace in zip(seeds, here, strict=True):
        command = [sys.executable, "-m", "tests.simulation", str(seed)]
        path = os.pathsep.join((str(ROOT / "server"), str(ROOT)))
        env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": path}
        told = subprocess.run(
            command, env=env, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert trace in told.stdout


def in_another_process(seed: int) -> str:
    """What playing the seed prints there."""
    path = os.pathsep.join((str(ROOT / "server"), str(ROOT)))
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.simulation", str(seed)]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.long
def test_the_schedules_go_where_it_hurts() -> None:
    happened: Counter[str] = Counter()
    for seed in islice(range(SCHEDULES), 0, None, 3):
        happened.update(play(seed).counts)
    hurts = {*FAULTS, "conflicts", "resyncs", "unsynced lost", "in doubt", "asked again"}
    hurts |= {"snapshots", "put away", "losses told"}
    assert {what for what in hurts if happened[what] == 0} == set()
