"""All faults that are not kills, in short."""

from pathlib import Path

import pytest
from tests.faults.short import OTHERS, keeps_its_promise


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_else_goes_wrong_every_promise_is_kept(name: str, tmp_path: Path) -> None:
    keeps_its_promise(name, tmp_path)
