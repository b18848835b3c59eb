"""The card and its evidence as an Excel workbook: one sheet per table, ready to print."""

from datetime import UTC
from io import BytesIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no type marker

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.public import tables_of
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.cells import fitting
from etatyopoyta.exports.progress import steps
from etatyopoyta.exports.sheet import write_sheet
from etatyopoyta.exports.styles import Styles

TYPED_AS_WRITTEN = {
    "in_memory": True,
    # A note "=1+1" is a text, and an address in a note is no link (T8).
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def export(desk: Desk, edition: Edition) -> bytes:
    """The workbook; the same desk and edition give the same bytes."""
    card = build(desk, edition)
    written = BytesIO()
    book = Workbook(written, TYPED_AS_WRITTEN)
    book.set_properties(_properties(card))
    words = Words(card.edition.language)
    of_rows, of_list = Styles(book, words, numbers="right"), Styles(book, words, numbers="left")
    for table in steps([*tables_of(card)]):
        write_sheet(book, of_list if table.is_list else of_rows, card, table)
    book.close()
    return written.getvalue()


def _properties(card: CardModel) -> dict[str, object]:
    words = Words(card.edition.language)
    marked = f"{card.title} – {card.mark}" if card.mark else card.title
    return {
        "title": fitting(marked),
        "subject": fitting(card.report),
        "author": "",  # nobody in particular: authors are never printed
        "company": fitting(card.council),
        "category": words("table.goals"),
        "status": fitting(card.state),
        "comments": words("printed.entry", n=card.edition.n),
        # Excel takes the time as UTC; without it the bytes would change from run to run.
        "created": card.edition.made_at.astimezone(UTC).replace(tzinfo=None),
    }
