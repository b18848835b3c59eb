"""Answers that are files to keep."""

from urllib.parse import quote

from etatyopoyta.exports.naming import FileName


def attachment(name: FileName) -> dict[str, str]:
    """The header by which a browser keeps the answer under this name (RFC 6266)."""
    encoded = f"filename*=UTF-8''{quote(name.utf8)}"
    return {"content-disposition": f'attachment; filename="{name.ascii}"; {encoded}'}
