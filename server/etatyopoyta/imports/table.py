"""What a file is read into: text as a person sees it, without formulas, formats or blank edges."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from etatyopoyta.domain.refused import Refused

FORMATS = ("xlsx", "ods", "csv", "tsv")
"""By the end of a file's name."""
MAX_FILE_BYTES = 10_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 50
MAX_CELL_CHARACTERS = 32_767
"""Excel's own limit, so only other programs' cells are ever cut."""
MAX_CHARACTERS = 4_000_000
"""In all: one long text can be in every cell of a small file."""


class Table(Struct, frozen=True, tag="table"):
    """The first visible sheet that holds something; all rows are equally long."""

    sheet: str
    """Empty for a format without sheets."""
    others: tuple[str, ...]
    """Visible sheets that were not read; not the empty ones before the one that was."""
    rows: tuple[tuple[str, ...], ...]
    cut: tuple[str, ...] = ()
    """Cells as in "B12" whose text was longer than `MAX_CELL_CHARACTERS` and was cut."""


class NotRead(Struct, frozen=True, tag="refused"):
    """A refusal on its way from the worker to the server."""

    code: str
    details: dict[str, int | str | list[str]] = {}


def gather(sheet: str, others: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of these rows without its blank edge at the bottom and on the right.

    Raises Refused("import.too_big", what, count, limit). It counts to the end, so that the
    refusal can say how much there is, but keeps no more than the limits.
    """
    kept: list[tuple[str, ...]] = []
    cut: list[str] = []
    height = width = characters = 0
    for at, row in enumerate(rows, 1):
        filled = max((column for column, text in enumerate(row, 1) if text.strip()), default=0)
        if not filled:
            continue
        height, width = at, max(width, filled)
        texts = tuple(text[:MAX_CELL_CHARACTERS] for text in row[:filled])
        characters += sum(map(len, texts))
        if height > MAX_ROWS or width > MAX_COLUMNS or characters > MAX_CHARACTERS:
            continue
        kept += [()] * (at - 1 - len(kept))
        kept.append(texts)
        cut += [
            cell_name(at, column)
            for column, text in enumerate(row[:filled], 1)
            if len(text) > MAX_CELL_CHARACTERS
        ]
    need_at_most("rows", height, MAX_ROWS)
    need_at_most("columns", width, MAX_COLUMNS)
    need_at_most("characters", characters, MAX_CHARACTERS)
    even = tuple(row + ("",) * (width - len(row)) for row in kept)
    return Table(sheet, tuple(others), even, tuple(cut))


def need_at_most(what: str, count: int, limit: int) -> None:
    """Pass, or Refused("import.too_big", what, count, limit)."""
    if count > limit:
        raise Refused("import.too_big", what=what, count=count, limit=limit)


def unknown_format() -> Refused:
    """The file is none of `FORMATS`, or not what its name says."""
    return Refused("import.unknown_format", formats=list(FORMATS))


def cell_name(row: int, column: int) -> str:
    """As spreadsheets name it, both from 1: (12, 2) is B12, (1, 27) is AA1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
