"""Sticky notes: indicators in use, one a note."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.areas import must_be_open
from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.membership import emptied
from etatyopoyta.domain.privacy import is_private
from etatyopoyta.domain.records import (
    MAX_AT_ONCE,
    Late,
    May,
    Measure,
    Note,
    NoteId,
    Organisation,
    OrganisationId,
    Person,
    Point,
    Record,
    Role,
    SeveralNotes,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import (
    MAX_NOTE_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    clean,
    clean_or_none,
)
from etatyopoyta.domain.voting import must_not_be_voted_on

MAX_NOTES_ON_DESK = 10_000


class AddNote(Command, frozen=True, tag="note.add"):
    """Put a note on the board of the current workshop.

    N1  A note has a text; blank is refused, so is more than 2,000 characters.
    N2  Its author and organisation are who asks; a facilitator may name the organisation.
    N3  A desk holds 10,000 notes; the next one is refused.
    N16  In a private section it is hidden from all others until facilitators reveal it (V4).
    N11  Taken late, it says after which section; it is put aside where the desk's rule is so.
    """

    may = May.ADD_NOTES

    id: NoteId
    text: str
    at: Point
    organisation: OrganisationId | None = None
    unit: str | None = None
    source: str | None = None
    interval: str | None = None
    target_group: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        if desk.count(Note) >= MAX_NOTES_ON_DESK:
            raise Refused("desk.full", limit=MAX_NOTES_ON_DESK)
        must_be_open(desk, asked, self.at)
        is_parking = desk.info.late_rule is Late.PARK
        yield Note(
            id=self.id,
            workshop=desk.info.workshop,
            text=clean(self.text, MAX_NOTE_CHARACTERS, "note"),
            at=self.at,
            author=asked.by,
            organisation=_organisation(desk, asked, self.organisation),
            shows=desk.info.shows,
            is_hidden=is_private(desk, asked),
            unit=clean_or_none(self.unit, MAX_TITLE_CHARACTERS, "note.detail"),
            source=clean_or_none(self.source, MAX_TITLE_CHARACTERS, "note.detail"),
            interval=clean_or_none(self.interval, MAX_TITLE_CHARACTERS, "note.detail"),
            target_group=clean_or_none(self.target_group, MAX_TITLE_CHARACTERS, "note.detail"),
            created_ms=asked.at_ms,
            late=asked.late,
            parked_ms=asked.at_ms if asked.late and is_parking else None,
        )


class EditNote(Command, frozen=True, tag="note.edit"):
    """Change a note's text or details.

    N4  The text that was edited must still be there: else refused with the present one.
    N5  An edit that changes nothing is no change.
    N10  A hidden note is edited by its author only: not even a refusal may tell its text.
    N12  Taken late, it says after which section, and stays where it is.
    """

    may = May.EDIT_NOTES

    id: NoteId
    base: int
    text: str | UnsetType = UNSET
    unit: str | UnsetType | None = UNSET
    source: str | UnsetType | None = UNSET
    interval: str | UnsetType | None = UNSET
    target_group: str | UnsetType | None = UNSET

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, self.id),)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        note = desk.get(Note, self.id)
        if note.is_hidden and note.author != asked.by:
            raise Refused("note.not_yours", id=note.id)
        edited = note
        if self.text is not UNSET:
            edited = replace(edited, text=clean(self.text, MAX_NOTE_CHARACTERS, "note"))
        for field in ("unit", "source", "interval", "target_group"):
            value = getattr(self, field)
            if value is not UNSET:
                kept = clean_or_none(value, MAX_TITLE_CHARACTERS, "note.detail")
                edited = replace(edited, **{field: kept})
        for version in edit(note, edited, self.base, note.text):
            yield replace(version, late=asked.late or note.late)


class MoveNotes(Command, frozen=True, tag="note.move"):
    """Put notes somewhere else on the board. Cluster and parking are not touched.

    N6  Two moves of one note at once: the later one in the log wins.
    N7  Moving a note to where it is changes nothing.
    N18  It is not moved into or out of an area that is closed to whoever moves it (Z3).
    N13  A late move marks nothing.
    """

    may = May.MOVE_NOTES

    to: Annotated[dict[NoteId, Point], Meta(min_length=1, max_length=MAX_AT_ONCE)]

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, note_id) for note_id in self.to)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        for note_id, point in self.to.items():
            note = desk.get(Note, note_id)
            if note.cluster is None:
                must_be_open(desk, asked, note.at, point)
            yield replace(note, at=point)


class UnparkNotes(Command, frozen=True, tag="note.unpark"):
    """Take notes that were put aside onto the board.

    N14  A note that is on the board already stays where it is.
    """

    may = May.EDIT_DESK

    to: Annotated[dict[NoteId, Point], Meta(min_length=1, max_length=MAX_AT_ONCE)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        for note_id, point in self.to.items():
            note = desk.get(Note, note_id)
            if note.parked_ms is not None:
                yield replace(note, at=point, parked_ms=None)


class RemoveNotes(Command, frozen=True, tag="note.remove"):
    """Take notes off the board. They stay in the history.

    N8  A note that a measure rests on stays: the card must be able to show its sources.
    N17  So does one that votes are for.
    N9  A cluster that loses its last note goes with it (C2).
    """

    may = May.REMOVE_NOTES

    notes: SeveralNotes

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, note_id) for note_id in self.notes)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        in_use = {note_id: m for m in desk.of(Measure) for note_id in m.notes}
        for note_id in self.notes:
            desk.get(Note, note_id)
            if note_id in in_use:
                raise Refused("note.in_use", id=note_id, measure=in_use[note_id].name)
            yield Gone(note_id)
        must_not_be_voted_on(desk, self.notes)
        yield from emptied(desk, [desk.get(Note, note_id) for note_id in self.notes])


def _organisation(desk: Desk, asked: Asked, named: str | None) -> str | None:
    person = desk.find(asked.by)
    own = person.organisation if isinstance(person, Person) else None
    if named is None or named == own:
        return own
    if asked.role is not Role.FACILITATOR:
        raise Refused("note.not_yours", id=named)
    return desk.get(Organisation, named).id
