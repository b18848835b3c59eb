"""The card as a PDF that a screen reader can read: tagged (PDF/UA-1), with bookmarks."""

from datetime import UTC
from functools import cache
from importlib.resources import as_file, files

import msgspec
import typst

from etatyopoyta.cards.building import build
from etatyopoyta.cards.chapters import chapters
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.front import front
from etatyopoyta.exports.glyphs import REPLACEMENT, printable

HERE = files("etatyopoyta.exports")
MARKUP = (HERE / "card.typ").read_bytes()
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def export(desk: Desk, edition: Edition) -> bytes:
    """The document; the same desk and edition give the same bytes."""
    card = build(desk, edition)
    # Texts come as data alone, so that nothing in them is markup.
    data = {"card": msgspec.json.encode(_data(card)).decode()}
    compiler = typst.Compiler(MARKUP, font_paths=_fonts(), sys_inputs=data)
    printed = compiler.compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=edition.made_at.astimezone(UTC)
    )
    assert isinstance(printed, bytes)  # one document, not a page each
    return printed


@cache
def _fonts() -> typst.Fonts:
    """Ours and the typesetter's: none of the machine's."""
    with as_file(HERE / "fonts") as folder:  # a folder of the installed package
        return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _data(card: CardModel) -> Plain:
    words = Words(card.edition.language)
    told = {
        "language": card.edition.language,
        "front": front(card),
        "chapters": chapters(card),
        "words": {
            "missing": words("missing"),
            "contents": words("printed.contents"),
            "page": words("printed.page", page="{page}", pages="{pages}"),
            "replaced": words("printed.replaced"),
        },
    }
    data = _printable(msgspec.to_builtins(told))
    assert isinstance(data, dict)
    data["has_replaced"] = REPLACEMENT in str(data["chapters"])
    return data


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
