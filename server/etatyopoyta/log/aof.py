"""The store's file of everything written: what it means when the store does not load it.

A power cut may tear the last write: it was not acknowledged, and is cut off. Anything else is
damage: nothing is changed, and people are told which file it is and what to do (F6, F7).
"""

import os
import re
from pathlib import Path

REFUSED = re.compile(
    r"(Bad file format|Unexpected end of file) reading the append only file (\S+?)[.:] "
)
NEXT_COMMAND = re.compile(rb"\r\n\*\d+\r\n\$\d+\r\n[A-Za-z]+\r\n")
"""Our values hold no such bytes: JSON escapes line ends."""
NUMBER_BYTES = 16


def torn_file(directory: Path, words: str) -> Path | None:
    """The file whose last write is torn, by the store's last words; None when that is not it."""
    match = REFUSED.search(words)
    if match is None or not match[1].startswith("Unexpected"):
        return None
    path = directory / "appendonlydir" / match[2]
    content = path.read_bytes()
    return None if NEXT_COMMAND.search(content, _whole(content)) else path


def cut_torn(path: Path) -> int:
    """Cut the torn write off; how many bytes it had left."""
    content = path.read_bytes()
    whole = _whole(content)
    with path.open("r+b") as file:
        file.truncate(whole)
        os.fsync(file.fileno())
    return len(content) - whole


def advice(directory: Path, words: str) -> str | None:
    """What to tell people when the file is damaged; None when the store says something else."""
    match = REFUSED.search(words)
    if match is None:
        return None
    path = directory / "appendonlydir" / match[2]
    return (
        f"{path} is damaged, and what follows the damage cannot be trusted. Nothing was changed.\n"
        f"Keep a copy of {directory.parent}, look after the disk, and put a backup in its place"
        " (deploy/README.md)."
    )


def _whole(content: bytes) -> int:
    """Where the last whole command ends."""
    whole = 0
    at: int | None = 0
    while at is not None:
        whole = at
        at = _command(content, at)
    return whole


def _command(content: bytes, at: int) -> int | None:
    """Where the command that begins there ends; None when it is not whole."""
    count = _number(content, at, b"*")
    if count is None:
        return None
    parts, at = count
    for _ in range(parts):
        length = _number(content, at, b"$")
        if length is None:
            return None
        at = length[1] + length[0] + 2
    return at if at <= len(content) else None


def _number(content: bytes, at: int, sign: bytes) -> tuple[int, int] | None:
    """The number after the sign, and where its line ends."""
    end = content.find(b"\r\n", at, at + NUMBER_BYTES)
    digits = content[at + 1 : end]
    if end < 0 or content[at : at + 1] != sign or not digits.isdigit():
        return None
    return int(digits), end + 2
