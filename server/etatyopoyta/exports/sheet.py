"""One table on one sheet of a workbook."""

from datetime import date, datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no type marker
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # as above

from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.table import MISSING, Cell, Table
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.cells import fitting
from etatyopoyta.exports.heights import height
from etatyopoyta.exports.styles import DEEP, MARK, Styles

TITLE_ROW, SUBTITLE_ROW, HEADING_ROW = 0, 1, 2
FIRST_ROW = 3
A4 = 9
FIRST_YEAR = 1900
"""Excel knows no earlier days."""
MAX_NAME_CHARACTERS = 31
MAX_HEADER_PART = 60
"""Excel allows 255 characters in a header with all its three parts and their codes."""
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", ""))


def write_sheet(book: Workbook, styles: Styles, card: CardModel, table: Table) -> None:
    """Add a sheet with the table under its title; draft marks are in the tab, title and header."""
    sheet = book.add_worksheet(_name(book, card, table))
    words = Words(card.edition.language)
    title = f"{table.title} – {card.mark}" if card.mark else table.title
    _put_title(sheet, styles, card, title)
    _put_headings(sheet, styles, table)
    for at, row in enumerate(table.rows, FIRST_ROW):
        sheet.set_row(at, height(table.columns, row))
        for number, cell in enumerate(row):
            _put(sheet, styles, (at, number), cell)
    last = FIRST_ROW + max(len(table.rows), 1) - 1
    for at, remark in enumerate(table.remarks, last + 2):
        sheet.write_string(at, 0, fitting(remark), styles.remark)
    _set_up(sheet, table, last)
    _set_up_print(sheet, words, card, title)


def _put_title(sheet: Worksheet, styles: Styles, card: CardModel, title: str) -> None:
    sheet.write_string(
        TITLE_ROW, 0, fitting(title), styles.marked_title if card.mark else styles.title
    )
    sheet.write_string(SUBTITLE_ROW, 0, fitting(_subtitle(card)), styles.subtitle)
    sheet.set_row(TITLE_ROW, 28)
    sheet.set_row(SUBTITLE_ROW, 18)


def _put_headings(sheet: Worksheet, styles: Styles, table: Table) -> None:
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(HEADING_ROW, number, column.heading, styles.heading)
    sheet.set_row(HEADING_ROW, 20 if table.is_list else 34)


def _put(sheet: Worksheet, styles: Styles, at: tuple[int, int], cell: Cell) -> None:
    """Write the cell by its type: nothing is guessed from a text."""
    row, column = at
    match cell:
        case None | "":
            sheet.write_blank(row, column, None, styles.empty)
        case str():
            style = styles.first if column == 0 else styles.text
            sheet.write_string(row, column, fitting(cell), style)
        case datetime():
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), styles.moment)
        case date() if cell.year < FIRST_YEAR:
            sheet.write_string(row, column, cell.isoformat(), styles.text)
        case date():
            sheet.write_datetime(row, column, cell, styles.day)
        case int():
            sheet.write_number(row, column, cell, styles.whole)
        case float():
            sheet.write_number(row, column, cell, styles.number)
        case _:
            assert cell is MISSING
            sheet.write_string(row, column, styles.missing_word, styles.missing)


def _set_up(sheet: Worksheet, table: Table, last: int) -> None:
    last_column = len(table.columns) - 1
    sheet.freeze_panes(FIRST_ROW, 1)
    if not table.is_list:
        sheet.autofilter(HEADING_ROW, 0, last, last_column)
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, last + (len(table.remarks) + 1 if table.remarks else 0), last_column)


def _set_up_print(sheet: Worksheet, words: Words, card: CardModel, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.repeat_rows(TITLE_ROW, HEADING_ROW)
    sheet.fit_to_pages(1, 0)  # one page wide, as long as it takes
    mark = _header_part(card.mark or "")
    council, shown = _header_part(card.council), _header_part(title)
    page = words("printed.page", page="&P", pages="&N")
    sheet.set_header(f"&L&9 {council}&C&B{mark}&R&9 {_header_part(card.title)}")
    sheet.set_footer(f"&L&9 {shown}&C&B{mark}&R&9 {page}")
    sheet.set_tab_color(MARK if card.mark else DEEP)


def _subtitle(card: CardModel) -> str:
    words = Words(card.edition.language)
    entry = words("printed.entry", n=card.edition.n)
    return " · ".join((card.title, card.council, words.moment(card.made_at), entry))


def _name(book: Workbook, card: CardModel, table: Table) -> str:
    """A tab name that Excel accepts, that is not taken and that carries the mark."""
    mark = f" {card.mark.split()[0]}" if card.mark else ""
    plain = fitting(table.name).translate(_FORBIDDEN_IN_NAMES).strip() or table.key
    taken = {sheet.name.casefold() for sheet in book.worksheets()}
    again = 1
    while True:
        name = plain[: MAX_NAME_CHARACTERS - len(mark)] + mark
        if name.casefold() not in taken:
            return name
        again += 1
        plain = f"{table.key} {again}"


def _header_part(text: str) -> str:
    """The text on one line, short enough, and with no header code made from it."""
    shown = " ".join(fitting(text).split())
    cut = shown if len(shown) <= MAX_HEADER_PART else f"{shown[: MAX_HEADER_PART - 1]}…"
    return cut.replace("&", "&&")
