"""Tables as CSV that a spreadsheet opens by a double click and runs nothing of (T8)."""

import csv
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.provenance import provenance_table
from etatyopoyta.cards.table import MISSING, Cell, Table
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.cells import fitting

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
SIGNS = {"semicolon": ";", "comma": ","}
USUAL = {"fi": "semicolon", "sv": "semicolon", "en": "comma"}
"""What a spreadsheet in the language takes for the next cell: where decimals have a comma, `;`."""
_BEGINS_A_FORMULA = re.compile(
    r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\n]"
)
"""Also after what is not seen, and in the width of Chinese letters."""


def export(desk: Desk, edition: Edition) -> bytes:
    """Every goal and measure, back to the notes, in one table."""
    return table_csv(provenance_table(build(desk, edition)), edition)


def table_csv(table: Table, edition: Edition) -> bytes:
    """The table (RFC 4180) with its headings; days as in ISO 8601.

    All is in quotes, so that a reader who expects the other separator finds no cell in a text.
    """
    separator = edition.separator or USUAL[edition.language]
    words = Words(edition.language)
    written = StringIO()
    writer = csv.writer(written, delimiter=SIGNS[separator], quoting=csv.QUOTE_ALL)
    writer.writerow(_harmless(column.heading) for column in table.columns)
    has_comma = separator == "semicolon"
    writer.writerows(_row(row, words, has_comma=has_comma) for row in table.rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _row(row: Iterable[Cell], words: Words, *, has_comma: bool) -> list[str]:
    return [_cell(cell, words, has_comma=has_comma) for cell in row]


def _cell(cell: Cell, words: Words, *, has_comma: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _harmless(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case int() | float():
            number = f"{Decimal(repr(cell)):f}"
            return number.replace(".", ",") if has_comma else number
        case _:
            assert cell is MISSING
            return words("missing")


def _harmless(words: str) -> str:
    """A text that stays one: `'` before what a spreadsheet would compute (OWASP)."""
    seen = fitting(words)
    return f"'{seen}" if _BEGINS_A_FORMULA.match(seen) else seen
