"""The organisation card: its title, texts and figures."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.calendar import is_in_calendar
from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.records import (
    CardText,
    CardTextId,
    Figure,
    FigureId,
    FigureStatus,
    Key,
    May,
    Record,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean, clean_or_none

MAX_CARD_TEXT_CHARACTERS = 1_000
MAX_TEXTS_IN_SECTION = 100
AsOf = Annotated[str, Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")]
"""A year, month or day in ISO 8601."""


class AddCardText(Command, frozen=True, tag="text.add"):
    """Add a line to a section of the card, at its end.

    K1  The section is one of the card's that hold texts.
    K2  A section holds at most 100 lines.
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
            kind=self.kind,
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
            edited = replace(edited, kind=self.kind)
        if self.source is not UNSET:
            source = clean_or_none(self.source, MAX_TITLE_CHARACTERS, "text.detail")
            edited = replace(edited, source=source)
        yield from edit(line, edited, self.base, line.text)


class RemoveCardText(Command, frozen=True, tag="text.remove"):
    """Take a line off the card. It stays in the history."""

    may = May.EDIT_CARD

    id: CardTextId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        yield Gone(desk.get(CardText, self.id).id)


class SetFigure(Command, frozen=True, tag="figure.set"):
    """Give a figure its value, date and source.

    F1  Without a value it is missing: a placeholder, never a number.
    F2  A value without a date or a source is unconfirmed.
    F4  Its date is a day, month or year of the calendar.
    F3  The figure that was edited must still be the same: else refused with the present value.
    """

    may = May.EDIT_FIGURES

    id: FigureId
    base: int
    value: float | None
    as_of: AsOf | None = None
    source: str | None = None
    is_confirmed: bool = False

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        figure = desk.get(Figure, self.id)
        if self.as_of is not None and not is_in_calendar(self.as_of):
            raise Refused("figure.no_such_day", as_of=self.as_of)
        source = clean_or_none(self.source, MAX_TITLE_CHARACTERS, "figure.source")
        if self.value is None:
            status = FigureStatus.PLACEHOLDER
        elif self.is_confirmed and self.as_of and source:
            status = FigureStatus.CONFIRMED
        else:
            status = FigureStatus.UNCONFIRMED
        edited = replace(figure, value=self.value, as_of=self.as_of, source=source, status=status)
        yield from edit(figure, edited, self.base, figure.value)
