"""Names of exported files."""

import unicodedata
from datetime import date

from msgspec import Struct

from etatyopoyta.cards.building import PUBLISHED
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.words import Words, zone_of
from etatyopoyta.domain.desk import Desk

MARK = "LUONNOS"
"""In every language: the mark that the council's own slides carry."""
MAX_TITLE_CHARACTERS = 60


class FileName(Struct, frozen=True):
    """The name for those who know UTF-8, and the same in ASCII for those who do not."""

    utf8: str
    ascii: str


def file_name(title: str, state: str, suffix: str, day: date) -> FileName:
    """Title, LUONNOS until the card is published, day: "Järjestökortti-LUONNOS-2025-11-24.xlsx".

    Only letters, digits and hyphens are left of the title, so the name is safe in any file system
    and needs no quoting in a header.
    """
    return named(title, ([] if state == PUBLISHED else [MARK]) + [day.isoformat()], suffix)


def name_of(desk: Desk, edition: Edition, suffix: str) -> FileName:
    """The name of a desk's file; of a published version the card's, of a chart its own."""
    of = Words(edition.language)(f"chart.{edition.chart}") if edition.chart else None
    day = edition.made_at.astimezone(zone_of(desk.info.timezone)).date()
    if edition.version is None:
        return file_name(of or desk.info.title.fi, desk.card.state, suffix, day)
    return named(of or desk.card.title.fi, [f"v{edition.version}", day.isoformat()], suffix)


def named(title: str, end: list[str], suffix: str) -> FileName:
    """The title, made safe, and these words after it."""
    ending = "-".join(end)
    plain = unicodedata.normalize("NFKD", _words(title))
    ascii_title = _words("".join(c for c in plain if c.isascii()))
    return FileName(
        utf8=f"{_words(title) or 'kortti'}-{ending}.{suffix}",
        ascii=f"{ascii_title or 'kortti'}-{ending}.{suffix}",
    )


def _words(title: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", title))
    return "-".join(kept.split())[:MAX_TITLE_CHARACTERS].strip("-")
