"""The formats of minutes: one model, several printers."""

from collections.abc import Callable

import msgspec
from msgspec import Struct

from etatyopoyta.cards.minutes_model import Minutes
from etatyopoyta.exports import minutes_docx, minutes_html, minutes_pdf
from etatyopoyta.exports.cells import fitting
from etatyopoyta.exports.naming import FileName, named


class MinutesFormat(Struct, frozen=True):
    """How minutes are printed in one format."""

    export: Callable[[Minutes], bytes]
    suffix: str
    media_type: str
    is_file: bool = True
    """To be kept, not to be shown by a page."""


def _legal(printer: Callable[[Minutes], bytes]) -> Callable[[Minutes], bytes]:
    """The printer, given no character that XML forbids: records may come from another's file."""

    def export(minutes: Minutes) -> bytes:
        return printer(msgspec.convert(_fitting(msgspec.to_builtins(minutes)), Minutes))

    return export


def _fitting(value: object) -> object:
    match value:
        case str():
            return fitting(value)
        case dict():
            return {name: _fitting(each) for name, each in value.items()}
        case list() | tuple():
            return [_fitting(each) for each in value]
        case _:
            return value


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    "json": MinutesFormat(msgspec.json.encode, "json", "application/json", is_file=False),
    "html": MinutesFormat(_legal(minutes_html.export), "html", "text/html; charset=utf-8"),
    "docx": MinutesFormat(_legal(minutes_docx.export), "docx", DOCX),
    "pdf": MinutesFormat(_legal(minutes_pdf.export), "pdf", "application/pdf"),
}


def file_name_of(minutes: Minutes, suffix: str) -> FileName:
    """Title, workshop and the day it was printed: "Pöytäkirja-Työpaja-1-2025-11-24.pdf"."""
    return named(
        f"{minutes.title} {minutes.workshop}", [minutes.made_at.date().isoformat()], suffix
    )
