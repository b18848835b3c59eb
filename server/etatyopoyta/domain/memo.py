"""The memo: an organisation's private list of the indicators it uses, before they are posted."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.membership import organisation_of
from etatyopoyta.domain.notes import MAX_NOTES_ON_DESK, AddNote
from etatyopoyta.domain.records import (
    Key,
    May,
    MemoRow,
    Note,
    NoteId,
    Point,
    Record,
    RowId,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import (
    MAX_NOTE_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    clean,
    clean_or_none,
)

MAX_ROWS = 500
"""On one memo; what was dropped counts."""
DETAILS = ("unit", "source", "interval", "target_group")

SeveralRows = Annotated[tuple[RowId, ...], Meta(min_length=1, max_length=MAX_ROWS)]


class NewRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row to be written. Only the name of the indicator is needed."""

    id: RowId
    text: str
    unit: str | None = None
    source: str | None = None
    interval: str | None = None
    target_group: str | None = None


class Posted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The note that a row becomes, and where it is put."""

    note: NoteId
    at: Point


class AddRows(Command, frozen=True, tag="memo.add"):
    """Write rows on one's memo: one, or all of a paste or an import.

    J1  The memo is that of the organisation for those who share it (P8), else one's own. Nobody
        else sees what is on it, facilitators included.
    J2  All rows or none: a row without a name, or too long, is told by its number from 1.
    J3  A memo has at most 500 rows.
    """

    may = May.EDIT_MEMO

    rows: Annotated[tuple[NewRow, ...], Meta(min_length=1, max_length=MAX_ROWS)]
    batch: Key | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        organisation = organisation_of(desk, asked.by, asked.role)
        there = sum(1 for row in desk.of(MemoRow) if _is_theirs(row, organisation, asked))
        if there + len(self.rows) > MAX_ROWS:
            raise Refused("memo.full", limit=MAX_ROWS)
        for number, new in enumerate(self.rows, 1):
            must_be_new(desk, new.id)
            row = MemoRow(
                id=new.id,
                workshop=desk.info.workshop,
                text=new.text,
                author=asked.by,
                organisation=organisation,
                batch=self.batch,
                created_ms=asked.at_ms,
            )
            yield _with_texts(row, new, number)


class EditRow(Command, frozen=True, tag="memo.edit"):
    """Change a row.

    J4  The row that was edited must still be the same: else refused with the present name.
    J5  A row that was edited is in use, for the current workshop. Notes made of it stay.
    """

    may = May.EDIT_MEMO

    id: RowId
    base: int
    text: str | UnsetType = UNSET
    unit: str | UnsetType | None = UNSET
    source: str | UnsetType | None = UNSET
    interval: str | UnsetType | None = UNSET
    target_group: str | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        row = edited = _own(desk, asked, self.id)
        if self.text is not UNSET:
            edited = replace(edited, text=clean(self.text, MAX_NOTE_CHARACTERS, "row"))
        for field in DETAILS:
            value = getattr(self, field)
            if value is not UNSET:
                kept = clean_or_none(value, MAX_TITLE_CHARACTERS, "row.detail")
                edited = replace(edited, **{field: kept})
        for version in edit(row, edited, self.base, row.text):
            yield replace(version, workshop=desk.info.workshop, dropped_ms=None)


class RemoveRows(Command, frozen=True, tag="memo.remove"):
    """Take rows off the memo. Notes made of them stay."""

    may = May.EDIT_MEMO

    rows: SeveralRows

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        for row_id in self.rows:
            yield Gone(_own(desk, asked, row_id).id)


class UndoBatch(Command, frozen=True, tag="memo.undo"):
    """Take back a paste or an import.

    J6  Rows of it that were edited or posted since stay.
    """

    may = May.EDIT_MEMO

    batch: Key

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        organisation = organisation_of(desk, asked.by, asked.role)
        for row in desk.of(MemoRow):
            is_untouched = row.version == 1 and row.note is None
            is_of_it = row.batch == self.batch and _is_theirs(row, organisation, asked)
            if is_of_it and is_untouched:
                yield Gone(row.id)


class KeepRows(Command, frozen=True, tag="memo.keep"):
    """Say of rows that they are still in use, or that they are not.

    J7  What is kept is for the current workshop. What is dropped stays in the history.
    """

    may = May.EDIT_MEMO

    rows: SeveralRows
    is_kept: bool = True

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        for row_id in self.rows:
            row = _own(desk, asked, row_id)
            if self.is_kept:
                yield replace(row, workshop=desk.info.workshop, dropped_ms=None)
            elif row.dropped_ms is None:
                yield replace(row, dropped_ms=asked.at_ms)


class PostRows(Command, frozen=True, tag="memo.post"):
    """Put rows on the desk: each becomes a note, as if it were written now (N1–N3, N11, N16).

    J8  The row keeps its note. While that is on the current board, the row is not posted again.
    """

    may = May.ADD_NOTES

    rows: Annotated[dict[RowId, Posted], Meta(min_length=1, max_length=MAX_ROWS)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        if desk.count(Note) + len(self.rows) > MAX_NOTES_ON_DESK:
            raise Refused("desk.full", limit=MAX_NOTES_ON_DESK)
        for row_id, posted in self.rows.items():
            row = _own(desk, asked, row_id)
            if posted_note(desk, row) is not None:
                raise Refused("row.posted", id=row.id)
            yield from AddNote(
                id=posted.note,
                text=row.text,
                at=posted.at,
                **{field: getattr(row, field) for field in DETAILS},
            ).decide(desk, asked)
            yield replace(row, note=posted.note, workshop=desk.info.workshop)


def posted_note(desk: Desk, row: MemoRow) -> Note | None:
    """The note of the current workshop that was made of the row, if it is still there."""
    note = None if row.note is None else desk.find(row.note)
    if isinstance(note, Note) and note.workshop == desk.info.workshop:
        return note
    return None


def _with_texts(row: MemoRow, new: NewRow, number: int) -> MemoRow:
    """The row with its texts made safe to keep; Refused with its number."""
    try:
        row = replace(row, text=clean(new.text, MAX_NOTE_CHARACTERS, "row"))
        for field in DETAILS:
            kept = clean_or_none(getattr(new, field), MAX_TITLE_CHARACTERS, "row.detail")
            row = replace(row, **{field: kept})
        return row
    except Refused as refused:
        raise Refused(refused.code, **refused.details, row=number) from None


def _own(desk: Desk, asked: Asked, row_id: str) -> MemoRow:
    """The row, of one's own memo; another's is not even there."""
    row = desk.get(MemoRow, row_id)
    if not _is_theirs(row, organisation_of(desk, asked.by, asked.role), asked):
        raise Refused("row.gone", id=row_id)
    return row


def _is_theirs(row: MemoRow, organisation: str | None, asked: Asked) -> bool:
    if row.organisation is None:
        return row.author == asked.by
    return row.organisation == organisation
