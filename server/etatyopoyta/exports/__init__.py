"""Export formats. A new one is a module with `export(desk, edition) -> bytes` and a line here."""

from collections.abc import Callable

from msgspec import Struct

from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports import docx, json, pdf, pptx, xlsx
from etatyopoyta.exports.naming import FileName, file_name

__all__ = ["FORMATS", "FileName", "Format", "file_name"]


class Format(Struct, frozen=True):
    """A file type and how a desk becomes one. `export` is pure: it reads no clock."""

    suffix: str
    media_type: str
    export: Callable[[Desk, Edition], bytes]


FORMATS: dict[str, Format] = {
    "xlsx": Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.export,
    ),
    "pptx": Format(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        pptx.export,
    ),
    "docx": Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.export,
    ),
    "pdf": Format("pdf", "application/pdf", pdf.export),
    "json": Format("json", "application/json", json.export),
}
"""All formats by name, in the order in which they are offered."""
