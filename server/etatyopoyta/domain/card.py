"""The organisation card: its title, headings and texts."""

from collections.abc import Iterator

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import clean_text
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.records import (
    Card,
    CardText,
    CardTextId,
    Key,
    May,
    Record,
    Text,
    TextKind,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean, clean_or_none

MAX_CARD_TEXT_CHARACTERS = 1_000
MAX_TEXTS_IN_SECTION = 100
MAX_PERIOD_CHARACTERS = 40


class EditCard(Command, frozen=True, tag="card.edit"):
    """Change the card's title, the report that it is part of, or its period.

    K4  The card that was edited must still be the same: else refused with its present title.
    K5  A title and a report have a text in Finnish; other languages may be left open.
    """

    may = May.EDIT_CARD

    base: int
    title: Text | UnsetType = UNSET
    report: Text | UnsetType = UNSET
    period: str | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        edited = desk.card
        if self.title is not UNSET:
            edited = replace(edited, title=clean_text(self.title, "card.title"))
        if self.report is not UNSET:
            edited = replace(edited, report=clean_text(self.report, "card.report"))
        if self.period is not UNSET:
            edited = replace(edited, period=_period(self.period))
        yield from _edited(desk.card, edited, self.base)


class EditCardHeading(Command, frozen=True, tag="card.heading"):
    """Change a heading of the card, or the years that it is about.

    K6  The heading is one of the card's; the tables of focus areas are named by these.
    K7  A heading has its own period; an empty one is still to be given.
    """

    may = May.EDIT_CARD

    base: int
    section: Key
    title: Text | UnsetType = UNSET
    period: str | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        there = next((s for s in desk.card.sections if s.key == self.section), None)
        if there is None or there.kind == "goals":
            raise Refused("card.no_such_section", section=self.section)
        edited = there
        if self.title is not UNSET:
            edited = replace(edited, title=clean_text(self.title, "card.title"))
        if self.period is not UNSET:
            period = None if self.period is None else _period(self.period) or ""
            edited = replace(edited, period=period)
        sections = tuple(edited if s is there else s for s in desk.card.sections)
        yield from _edited(desk.card, replace(desk.card, sections=sections), self.base)


class AddCardText(Command, frozen=True, tag="text.add"):
    """Add a line to a section of the card, at its end.

    K1  The section is one of the card's that hold texts.
    K2  A section holds at most 100 lines.
    K8  A line is a feature, a strength, a challenge, both of these, or none of them.
    """

    may = May.EDIT_CARD

    id: CardTextId
    section: Key
    text: str
    kind: Key | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        if not any(s.key == self.section and s.kind == "texts" for s in desk.card.sections):
            raise Refused("card.no_such_section", section=self.section)
        there = [text.order for text in desk.of(CardText) if text.section == self.section]
        if len(there) >= MAX_TEXTS_IN_SECTION:
            raise Refused("card.section_full", limit=MAX_TEXTS_IN_SECTION)
        yield CardText(
            id=self.id,
            section=self.section,
            order=max(there, default=0) + 1,
            text=clean(self.text, MAX_CARD_TEXT_CHARACTERS, "text"),
            kind=_kind(self.kind),
        )


class EditCardText(Command, frozen=True, tag="text.edit"):
    """Change a line of the card, its kind or its source.

    K3  The wording that was edited must still be there: else refused with the present one.
    """

    may = May.EDIT_CARD

    id: CardTextId
    base: int
    text: str | UnsetType = UNSET
    kind: Key | UnsetType | None = UNSET
    source: str | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        line = desk.get(CardText, self.id)
        edited = line
        if self.text is not UNSET:
            edited = replace(edited, text=clean(self.text, MAX_CARD_TEXT_CHARACTERS, "text"))
        if self.kind is not UNSET:
            edited = replace(edited, kind=_kind(self.kind))
        if self.source is not UNSET:
            source = clean_or_none(self.source, MAX_TITLE_CHARACTERS, "text.detail")
            edited = replace(edited, source=source)
        yield from edit(line, edited, self.base, line.text)


class MoveCardText(Command, frozen=True, tag="text.move"):
    """Put a line before another one of its section, or at the end.

    K9  The other line must still be there; of two moves the later one in the log wins.
    """

    may = May.EDIT_CARD

    id: CardTextId
    before: CardTextId | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        line = desk.get(CardText, self.id)
        if self.before == self.id:
            return
        lines = [other for other in desk.of(CardText) if other.section == line.section]
        others = sorted(
            (other for other in lines if other.id != line.id),
            key=lambda other: (other.order, other.id),
        )
        places = [other.id for other in others]
        if self.before is not None and self.before not in places:
            raise Refused("text.gone", id=self.before)
        at = len(places) if self.before is None else places.index(self.before)
        for order, placed in enumerate([*others[:at], line, *others[at:]], 1):
            if placed.order != order:
                yield replace(placed, order=order)


class RemoveCardText(Command, frozen=True, tag="text.remove"):
    """Take a line off the card. It stays in the history."""

    may = May.EDIT_CARD

    id: CardTextId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        yield Gone(desk.get(CardText, self.id).id)


def _edited(there: Card, edited: Card, base: int) -> Iterator[Card]:
    """As `edit`; the version of a card that nobody has edited yet is 1."""
    if edited == there:
        return
    version = there.version or 1
    if base != version:
        raise Refused("text.changed", id=there.id, text=there.title.fi, version=version)
    yield replace(edited, version=version + 1)


def _period(period: str | None) -> str | None:
    return clean_or_none(period, MAX_PERIOD_CHARACTERS, "card.period")


def _kind(kind: str | None) -> str | None:
    if kind is not None and kind not in set(TextKind):
        raise Refused("text.no_such_kind", kind=kind)
    return kind
