"""The minutes' own words: what the secretary writes above what the log says."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.records import (
    May,
    MinutesId,
    MinutesText,
    Record,
    Section,
    SectionId,
    Workshop,
    WorkshopId,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import clean_or_none

MAX_MINUTES_CHARACTERS = 5_000


class WriteMinutes(Command, frozen=True, tag="minutes.write"):
    """Write in the minutes of a workshop: at their beginning, or above one chapter.

    Y1  A place has one text; `id` is for the first one there.
    Y2  A chapter is a section of the workshop.
    Y3  The text that was edited must still be there: else refused with the present one. Where
        there is none its version is 0.
    Y4  A text without words is taken away.
    """

    may = May.EDIT_MINUTES

    id: MinutesId
    workshop: WorkshopId
    base: int
    text: str
    section: SectionId | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        workshop = desk.get(Workshop, self.workshop)
        if self.section and desk.get(Section, self.section).workshop != workshop.id:
            raise Refused("section.gone", id=self.section)
        text = clean_or_none(self.text, MAX_MINUTES_CHARACTERS, "minutes")
        there = text_at(desk, workshop.id, self.section)
        if there is None:
            yield from self._first(desk, text)
        elif text is not None:
            yield from edit(there, replace(there, text=text), self.base, there.text)
        else:
            _must_be(there, self.base)
            yield Gone(there.id)

    def _first(self, desk: Desk, text: str | None) -> Iterator[Record]:
        if text is None:
            return
        if self.base != 0:  # somebody has taken away what was edited
            raise Refused("text.changed", id=self.id, text="", version=0)
        must_be_new(desk, self.id)
        yield MinutesText(id=self.id, workshop=self.workshop, section=self.section, text=text)


def text_at(desk: Desk, workshop: str, section: str | None) -> MinutesText | None:
    """What is written at this place of the minutes, if anything is."""
    places = (t for t in desk.of(MinutesText) if (t.workshop, t.section) == (workshop, section))
    return next(places, None)


def _must_be(there: MinutesText, base: int) -> None:
    if there.version != base:
        raise Refused("text.changed", id=there.id, text=there.text, version=there.version)
