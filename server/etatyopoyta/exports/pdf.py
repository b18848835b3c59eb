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

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


def export(desk: Desk, edition: Edition) -> bytes:
    """The document; the same desk and edition give the same bytes."""
    card = build(desk, edition)
    printed = compiler().compile(
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"card": msgspec.json.encode(_data(card)).decode()},
        timestamp=edition.made_at.astimezone(UTC),
    )
    assert isinstance(printed, bytes)  # one document, not a page each
    return printed


@cache
def compiler() -> typst.Compiler:
    """What sets the document: our markup and fonts, nothing of the machine's and no network.

    Texts reach it as data alone, so that nothing in them is markup.
    """
    here = files("etatyopoyta.exports")
    with as_file(here / "fonts") as fonts:  # a folder of the installed package
        return typst.Compiler(
            (here / "card.typ").read_bytes(), font_paths=[fonts], ignore_system_fonts=True
        )


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
