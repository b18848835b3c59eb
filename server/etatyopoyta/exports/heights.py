"""How tall a row must be: a spreadsheet with set formats does not find out by itself."""

from textwrap import wrap

from etatyopoyta.cards.table import Cell, Column

LINE_POINTS = 14.5
MAX_POINTS = 409.0
"""Excel's own limit."""
LETTERS_PER_DIGIT = 1.1
"""A column is as wide as so many digits; of letters, most of them narrower, it holds more."""


def height(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> float:
    """Points for the cell with the most lines."""
    pairs = zip(columns, row, strict=True)
    most = max((_lines(cell, column.width) for column, cell in pairs), default=1)
    return min(most * LINE_POINTS + 2, MAX_POINTS)


def _lines(cell: Cell, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    holds = max(int(width * LETTERS_PER_DIGIT), 1)
    return sum(
        1 if len(line) <= holds else len(wrap(line, holds)) or 1 for line in cell.split("\n")
    )
