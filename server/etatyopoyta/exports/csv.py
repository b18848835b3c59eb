"""Tables as CSV that a spreadsheet opens by a double click and runs nothing of (T8)."""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.public import one_table
from etatyopoyta.cards.table import MISSING, Cell, Table
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.cells import fitting

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""
SIGNS = {"semicolon": ";", "comma": ","}
USUAL = {"fi": "semicolon", "sv": "semicolon", "en": "comma"}
"""What a spreadsheet in the language takes for the next cell: where decimals have a comma, `;`."""
_SIGN = r"[=+\-@＝＋－＠﹦﹢﹣﹫]"
"""What begins a formula, also in the width of Chinese letters."""
_UNSEEN = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
_BEGINS_A_FORMULA = re.compile(rf"{_UNSEEN}{_SIGN}|[\t\n]")
_WOULD_BEGIN_ONE = {
    sign: re.compile(rf"({other}[\s\"]*)(?![+-]\d+([.,]\d+)?(\s|$))(?={_SIGN})")
    for sign, other in ((";", ","), (",", ";"))
}
"""By the sign between cells: what would begin one for who expects the other sign, numbers apart."""


def export(desk: Desk, edition: Edition) -> bytes:
    """Every goal and measure, back to the notes, in one table."""
    return table_csv(one_table(build(desk, edition)), edition)


def table_csv(table: Table, edition: Edition) -> bytes:
    """The table (RFC 4180) with its headings; days as in ISO 8601.

    All is in quotes. Who expects the other separator finds cells in texts, but no formula.
    """
    separator = edition.separator or USUAL[edition.language]
    words = Words(edition.language)
    sign = SIGNS[separator]
    written = StringIO()
    writer = csv.writer(written, delimiter=sign, quoting=csv.QUOTE_ALL)
    writer.writerow(_harmless(column.heading, sign) for column in table.columns)
    writer.writerows([_cell(cell, words, sign) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _cell(cell: Cell, words: Words, sign: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _harmless(cell, sign)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case int() | float():
            number = f"{Decimal(repr(cell)):f}"
            return number.replace(".", ",") if sign == ";" else number
        case _:
            assert cell is MISSING
            return words("missing")


def _harmless(words: str, sign: str) -> str:
    """A text that stays one: `'` before what a spreadsheet would compute (OWASP)."""
    seen = _WOULD_BEGIN_ONE[sign].sub(r"\1'", fitting(words))
    return f"'{seen}" if _BEGINS_A_FORMULA.match(seen) else seen
