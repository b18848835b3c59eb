"""A soak that is interrupted goes on where it was, and a broken promise is its exit code."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.soak import __main__ as soak
from tests.soak.figures import Figures
from tests.soak.part import Missing, Part, promise


class Done:
    """A part that counts what it did, and breaks at a seed."""

    def __init__(self) -> None:
        self.seeds: list[int] = []
        self.breaks_at = 0

    async def run(self, count: int, seed: int, folder: Path) -> Figures:
        promise(seed != self.breaks_at, "as if")
        self.seeds.append(seed)
        return Figures({"done": count}, {"took": [float(seed)]})


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Done, Callable[..., int]]:
    done = Done()
    part = Part("a-part", "things", done.run, 10, 4, 1, 60)
    monkeypatch.setattr(soak, "PARTS", {"a-part": part})
    monkeypatch.setattr(soak, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(soak, "_commit", lambda: "abc")

    def main(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["soak", *arguments])
        return soak.main()

    return done, main


def test_all_pieces_are_done_and_told_in_one_line(
    run: tuple[Done, Callable[..., int]], capsys: pytest.CaptureFixture[str]
) -> None:
    _, main = run
    assert main() == 0
    told = capsys.readouterr().out
    assert "a-part: 10 things: 10 done, took 2.00 s median, 3.00 s p95, 3.00 s at most" in told


def test_what_is_done_is_not_done_again(run: tuple[Done, Callable[..., int]]) -> None:
    done, main = run
    done.breaks_at = 2
    assert main() == 1
    done.breaks_at = 0
    assert main() == 0
    assert main() == 0
    assert done.seeds == [1, 2, 3]


def test_another_commit_begins_anew(
    run: tuple[Done, Callable[..., int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    done, main = run
    assert main("a-part", "--count", "4") == 0
    monkeypatch.setattr(soak, "_commit", lambda: "abd")
    assert main("a-part", "--count", "4") == 0
    assert done.seeds == [1, 1]


def test_what_a_machine_lacks_is_told_and_skipped(
    run: tuple[Done, Callable[..., int]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def missing(count: int, seed: int, folder: Path) -> Figures:
        raise Missing("a thing")

    _, main = run
    part = Part("a-part", "things", missing, 10, 4, 1, 60)
    monkeypatch.setattr(soak, "PARTS", {"a-part": part})
    assert main() == 0
    assert "a-part: skipped, this machine lacks a thing" in capsys.readouterr().out
