"""Export formats. A new one is a module with `export(desk, edition) -> bytes` and a line here."""

from collections.abc import Callable
from importlib import import_module

from msgspec import Struct

from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.naming import FileName, file_name, name_of

__all__ = ["FORMATS", "PICTURES", "PUBLIC_FORMATS", "FileName", "Format", "file_name", "name_of"]


class Format(Struct, frozen=True):
    """A file type and how a desk becomes one. `export` is pure: it reads no clock."""

    suffix: str
    media_type: str
    export: Callable[[Desk, Edition], bytes]


def made_by(module: str) -> Callable[[Desk, Edition], bytes]:
    """The `export` of a module here, loaded when it is first called.

    Only workers make files: no server process loads the libraries for that.
    """

    def export(desk: Desk, edition: Edition) -> bytes:
        content: bytes = import_module(f"{__name__}.{module}").export(desk, edition)
        return content

    return export


FORMATS: dict[str, Format] = {
    "xlsx": Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        made_by("xlsx"),
    ),
    "pptx": Format(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        made_by("pptx"),
    ),
    "docx": Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        made_by("docx"),
    ),
    "pdf": Format("pdf", "application/pdf", made_by("pdf")),
    "csv": Format("csv", "text/csv; charset=utf-8", made_by("csv")),
    "svg": Format("svg", "image/svg+xml", made_by("svg")),
    "png": Format("png", "image/png", made_by("png")),
    "json": Format("json", "application/json", made_by("json")),
    "zip": Format("zip", "application/zip", made_by("zip")),
}
"""All formats by name, in the order in which they are offered."""

PICTURES = ("svg", "png")
"""Of a board, or of a chart."""
PUBLIC_FORMATS = tuple(name for name in FORMATS if name not in PICTURES)
"""Of a published version, for everybody: the boards are not."""
