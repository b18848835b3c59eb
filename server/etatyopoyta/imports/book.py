"""Sheets of Excel and LibreOffice, out of parts that were looked at: values, never formulas."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.package import pack
from etatyopoyta.imports.table import Table, gather, unknown_format

CONTENT_TYPES = "[Content_Types].xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "META-INF/manifest.xml"
MAX_OTHERS = 100
MAX_SHEET_CHARACTERS = 100
EXACT = 10**15
"""From here on a float does not hold every whole number: it is shown as it is."""

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(parts: dict[str, bytes]) -> Table:
    """The first visible sheet with content.

    Raises Refused("import.unknown_format") when the parts say that they are something else, also a
    workbook with macros or a template; Refused("import.unreadable"), or as `gather`.
    """
    if XLSX not in _content_types(parts.get(CONTENT_TYPES, b"<none/>")):
        raise unknown_format()
    return _read(parts)


def read_ods(parts: dict[str, bytes]) -> Table:
    """As `read_xlsx`, for OpenDocument."""
    if parts.get("mimetype", b"").strip() != ODS:
        raise unknown_format()
    if b"encryption-data" in parts.get(MANIFEST, b""):
        raise Refused("import.unreadable", reason="encrypted")
    return _read(parts)


def _content_types(part: bytes) -> set[str]:
    found: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, given: found.add(given.get("ContentType", ""))
    parser.Parse(part, True)
    return found


def _read(parts: dict[str, bytes]) -> Table:
    try:
        with load_workbook(pack(parts)) as book:
            return _first_filled(book)
    except (CalamineError, OSError):
        raise Refused("import.unreadable", reason="damaged") from None


def _first_filled(book: CalamineWorkbook) -> Table:
    visible = [
        (index, sheet.name[:MAX_SHEET_CHARACTERS])
        for index, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    for place, (index, name) in enumerate(visible):
        others = [other for _, other in visible[place + 1 :]][:MAX_OTHERS]
        table = gather(name, others, _rows(book.get_sheet_by_index(index)))
        if table.rows:
            return table
    return Table("", (), ())


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [shown(cell) for cell in row]


def shown(cell: Cell) -> str:
    """A value as text: 3, 0.25, TRUE, 2026-11-24, 2026-11-24 09:30, 26:00."""
    match cell:
        case str():
            return cell.replace("\r\n", "\n")
        case bool():
            return str(cell).upper()
        case int() | float():
            return str(int(cell)) if cell == int(cell) and abs(cell) < EXACT else f"{cell:.15g}"
        case datetime():
            return f"{cell:%Y-%m-%d} {_clock(cell.time())}".removesuffix(" 00:00")
        case date():
            return cell.isoformat()
        case time():
            return _clock(cell)
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            hours, minutes = divmod(minutes, 60)
            return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _clock(at: time) -> str:
    return at.isoformat("seconds").removesuffix(":00")
