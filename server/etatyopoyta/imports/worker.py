"""The worker: one file on standard input, one answer on standard output, nothing else.

It is confined before it reads the first byte. What it cannot answer it dies of, and the server
tells by its end (`asking.py`).
"""

import codecs
import sys

import msgspec

from etatyopoyta.confined.confining import MEMORY_BYTES, confine
from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.reading import read
from etatyopoyta.imports.table import NotRead, Table

ENCODINGS = ("utf-8-sig", "utf-16", "windows-1252", "cp437")
"""Of texts, and of names in a zip. Python loads each when it is first asked for."""


def main() -> None:
    """Read the file's name from the first line, the file from the rest, and answer as JSON."""
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    confine()
    name, _, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(msgspec.json.encode(answer(content, name.decode())))


def answer(content: bytes, name: str) -> Table | NotRead:
    """The table, or why not."""
    try:
        return read(content, name)
    except Refused as refusal:
        details = msgspec.convert(refusal.details, dict[str, int | str | list[str]])
        return NotRead(refusal.code, details)
    except MemoryError:
        return NotRead("import.too_big", {"what": "memory", "limit": MEMORY_BYTES})
