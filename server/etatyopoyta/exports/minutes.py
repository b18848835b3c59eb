"""The formats of minutes: one model, several printers."""

from collections.abc import Callable
from importlib import import_module

import msgspec
from msgspec import Struct

from etatyopoyta.cards.minutes_model import Minutes
from etatyopoyta.exports.cells import fitting
from etatyopoyta.exports.naming import FileName, named


class MinutesFormat(Struct, frozen=True):
    """How minutes are printed in one format."""

    export: Callable[[Minutes], bytes]
    suffix: str
    media_type: str
    is_file: bool = True
    """To be kept, not to be shown by a page."""


def made_by(module: str) -> Callable[[Minutes], bytes]:
    """The `export` of a module here, loaded when it is first called, in a worker.

    It is given no character that XML forbids: records may come from another's file.
    """

    def export(minutes: Minutes) -> bytes:
        legal = msgspec.convert(_fitting(msgspec.to_builtins(minutes)), Minutes)
        content: bytes = import_module(f"etatyopoyta.exports.{module}").export(legal)
        return content

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
    "html": MinutesFormat(made_by("minutes_html"), "html", "text/html; charset=utf-8"),
    "docx": MinutesFormat(made_by("minutes_docx"), "docx", DOCX),
    "pdf": MinutesFormat(made_by("minutes_pdf"), "pdf", "application/pdf"),
}


def file_name_of(minutes: Minutes, suffix: str) -> FileName:
    """Title, workshop and the day it was printed: "Pöytäkirja-Työpaja-1-2025-11-24.pdf"."""
    return named(
        f"{minutes.title} {minutes.workshop}", [minutes.made_at.date().isoformat()], suffix
    )
