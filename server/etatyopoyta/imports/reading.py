"""A file becomes a table. For the worker alone: a server process reads no stranger's file."""

from collections.abc import Callable

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports import book, csv
from etatyopoyta.imports.package import ZIP, unpack
from etatyopoyta.imports.table import (
    FORMATS,
    MAX_FILE_BYTES,
    Table,
    need_at_most,
    unknown_format,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""An Excel file with a password is packed in the old format, whatever its name."""
BINARY = (
    ZIP,
    OLE,
    b"%PDF",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!\x1a",
    b"\x89PNG",
    b"\x7fELF",
    b"{\\rtf",
)


def read(content: bytes, name: str) -> Table:
    """The table of a file, whose name and first bytes must agree on what it is.

    Raises Refused: "import.unknown_format", "import.unreadable" with a reason, "import.too_big"
    with what, count and limit, or "import.empty".
    """
    reader = READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise unknown_format()
    need_at_most("bytes", len(content), MAX_FILE_BYTES)
    if not content:
        raise Refused("import.empty")
    table = reader(content)
    if not table.rows:
        raise Refused("import.empty")
    return table


def _xlsx(content: bytes) -> Table:
    return book.read_xlsx(unpack(_packed(content)))


def _ods(content: bytes) -> Table:
    return book.read_ods(unpack(_packed(content)))


def _packed(content: bytes) -> bytes:
    if content.startswith(OLE):
        raise Refused("import.unreadable", reason="encrypted")
    if not content.startswith(ZIP):
        raise unknown_format()
    return content


def _csv(content: bytes) -> Table:
    return csv.read(_plain(content), delimiters=";\t,")


def _tsv(content: bytes) -> Table:
    return csv.read(_plain(content), delimiters="\t")


def _plain(content: bytes) -> bytes:
    if content.startswith(BINARY):
        raise unknown_format()
    return content


READERS: dict[str, Callable[[bytes], Table]] = {
    "xlsx": _xlsx,
    "ods": _ods,
    "csv": _csv,
    "tsv": _tsv,
}
assert tuple(READERS) == FORMATS
