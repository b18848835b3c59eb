"""The parts of `make soak` in short: no fault loses, doubles or falsifies what was acknowledged."""

import asyncio
from pathlib import Path

import pytest
from tests.soak.catalogue import PARTS
from tests.soak.part import Missing


@pytest.mark.parametrize("name", PARTS)
def test_a_short_form_of_each_part_keeps_its_promise(name: str, tmp_path: Path) -> None:
    part = PARTS[name]
    try:
        figures = asyncio.run(part.limited(part.short, 1, tmp_path))
    except Missing as missing:
        pytest.skip(f"this machine lacks {missing}")
    print(f"{part.name}: {part.short:,} {part.unit}: {figures.told()}")
