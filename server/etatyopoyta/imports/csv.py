"""Rows separated by semicolons, tabs or commas, as Excel, LibreOffice and others write them."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.table import Table, gather

SNIFFED_ROWS = 50
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(content: bytes, delimiters: str) -> Table:
    """The table; `delimiters` are the ones to choose from, the likeliest first.

    Raises Refused("import.unreadable", reason="damaged"), or as `gather`.
    """
    csv.field_size_limit(len(content) + 1)  # a long cell is cut by `gather`, which says so
    text = _decode(content)
    first, _, rest = text.partition("\n")
    if first.strip("\r") in {f"sep={delimiter}" for delimiter in delimiters}:  # Excel's own hint
        text, delimiters = rest, first.strip("\r")[4:]
    try:
        delimiter = _delimiter(text, delimiters)
        # Millions of blank rows at the end cost nothing this way.
        return gather("", (), _rows(text.rstrip("\r\n" + delimiter), delimiter))
    except csv.Error:
        raise Refused("import.unreadable", reason="damaged") from None


def _decode(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else Windows-1252: what programs write in Finland."""
    try:
        text = content.decode("utf-16") if content.startswith(UTF_16) else _decode_bytes(content)
    except UnicodeDecodeError:
        raise Refused("import.unreadable", reason="damaged") from None
    if "\0" in text:  # no program writes it into text
        raise Refused("import.unreadable", reason="damaged")
    return text


def _decode_bytes(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.replace("\r\n", "\n") for cell in row]


def _delimiter(text: str, delimiters: str) -> str:
    """The one that cuts most of the first rows into equally many cells, if it does so for half.

    Commas in sentences and in numbers do not: the likelier delimiter wins where several fit.
    """

    def fits(delimiter: str) -> int:
        rows = [row for row in islice(_rows(text, delimiter), SNIFFED_ROWS) if row]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        most = max(widths.values(), default=0)
        return most if most * 2 >= len(rows) else 0

    return max(delimiters, key=fits)
