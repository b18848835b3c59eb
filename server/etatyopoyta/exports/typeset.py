"""What the typesetter (typst) makes, with our own fonts. Texts come as data, never as markup."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files

import msgspec
import typst

from etatyopoyta.exports.glyphs import printable

HERE = files("etatyopoyta.exports")
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


@cache
def fonts() -> typst.Fonts:
    """Ours and the typesetter's: none of the machine's."""
    with as_file(HERE / "fonts") as folder:  # a folder of the installed package
        return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def shown(told: object) -> Plain:
    """The texts in it as the fonts can show them."""
    return _printable(msgspec.to_builtins(told))


def pdf(markup: str, name: str, data: Plain, made_at: datetime) -> bytes:
    """A tagged document (PDF/UA-1) of a file of markup here, which reads the data by that name.

    The same data give the same bytes.
    """
    inputs = {name: msgspec.json.encode(data).decode()}
    source = (HERE / markup).read_bytes()
    compiler = typst.Compiler(source, font_paths=fonts(), sys_inputs=inputs)
    at = made_at.astimezone(UTC).replace(microsecond=0)  # it takes whole seconds
    printed = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=at)
    assert isinstance(printed, bytes)  # one document, not a page each
    return printed


def _printable(value: Plain) -> Plain:
    match value:
        case str():
            return printable(value)
        case dict():
            return {name: _printable(each) for name, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
        case _:
            return value
