"""Servers, stores and workers that are killed, in short."""

from pathlib import Path

import pytest
from tests.faults.short import KILLS, keeps_its_promise


@pytest.mark.parametrize("name", KILLS)
def test_whoever_is_killed_nothing_acknowledged_is_lost(name: str, tmp_path: Path) -> None:
    keeps_its_promise(name, tmp_path)
