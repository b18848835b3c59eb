"""The parts of `make soak` in short."""

import asyncio
from pathlib import Path

import pytest
from tests.soak.catalogue import PARTS
from tests.soak.part import Missing

KILLS = ["server-kills", "store-kills", "power-cuts"]
"""Half of the time goes into these: in a file of their own they run beside the others."""
OTHERS = [name for name, part in PARTS.items() if part.short and name not in KILLS]


def keeps_its_promise(name: str, folder: Path) -> None:
    """Pass when no fault of this part loses, doubles or falsifies what was acknowledged."""
    part = PARTS[name]
    try:
        figures = asyncio.run(part.limited(part.short, 1, folder))
    except Missing as missing:
        pytest.skip(f"this machine lacks {missing}")
    print(f"{part.name}: {part.short:,} {part.unit}: {figures.told()}")
