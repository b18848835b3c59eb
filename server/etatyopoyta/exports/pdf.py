"""The card as a PDF that a screen reader can read: tagged (PDF/UA-1), with bookmarks."""

from etatyopoyta.cards.building import build
from etatyopoyta.cards.chapters import chapters
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.front import front
from etatyopoyta.exports.glyphs import REPLACEMENT
from etatyopoyta.exports.typeset import Plain, pdf, shown


def export(desk: Desk, edition: Edition) -> bytes:
    """The document; the same desk and edition give the same bytes."""
    card = build(desk, edition)
    return pdf("card.typ", "card", _data(card), edition.made_at)


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
    data = shown(told)
    assert isinstance(data, dict)
    data["has_replaced"] = REPLACEMENT in str(data["chapters"])
    return data
