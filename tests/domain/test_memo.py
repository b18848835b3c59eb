"""The memo."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    FANNY,
    HERE,
    INFO,
    MAPPING,
    MARTAT,
    NOW,
    OLLI,
    SIRI,
    SYDAN,
    THERE,
    Outcome,
    a_note,
    a_row,
    given,
)

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.memo import (
    MAX_ROWS,
    AddRows,
    EditRow,
    KeepRows,
    NewRow,
    Posted,
    PostRows,
    RemoveRows,
    UndoBatch,
)
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import (
    Late,
    MemoRow,
    Note,
    Person,
    Record,
    Role,
    SectionState,
)
from etatyopoyta.domain.visibility import ANYBODY, audiences, veil

MEMBERS = [
    Person(id=person, role=Role.PARTICIPANT, organisation=organisation, is_member=True)
    for person, organisation in ((AINO, MARTAT), (OLLI, MARTAT), (SIRI, SYDAN))
]
ROW = a_row("row_0")
WRITE = AddRows(rows=(NewRow(id="row_new", text=" Kävijät ", unit="kpl"),))
BOARD = replace(MAPPING, state=SectionState.OPEN)


def ask(command: Command, *records: Record, by: str = AINO, section: str | None = None) -> Outcome:
    desk = given(*MEMBERS, *records)
    return desk.when(command, by=by, role=Role.PARTICIPANT, section=section)


def test_J1_a_row_is_the_organisations_where_somebody_shares_its_memo():
    ask(WRITE).then(a_row("row_new", text="Kävijät", unit="kpl"))


def test_J1_else_it_is_ones_own():
    outcome = given().when(WRITE, by=AINO, role=Role.PARTICIPANT)
    outcome.then(a_row("row_new", text="Kävijät", unit="kpl", organisation=None))
    given().when(WRITE).then(
        a_row("row_new", text="Kävijät", unit="kpl", organisation=None, author=FANNY)
    )


@pytest.mark.parametrize(
    "command",
    [
        EditRow(id=ROW.id, base=7, text="x"),
        RemoveRows(rows=(ROW.id,)),
        KeepRows(rows=(ROW.id,)),
        PostRows(rows={ROW.id: Posted(note="note_new", at=HERE)}),
    ],
    ids=lambda command: type(command).__name__,
)
def test_J1_anothers_row_is_not_even_there(command: Command):
    ask(command, ROW, BOARD, by=SIRI).then_refused("row.gone", id=ROW.id)
    given(*MEMBERS, ROW).when(command).then_refused("row.gone", id=ROW.id)
    alone = replace(ROW, organisation=None, author=OLLI)
    ask(command, alone, BOARD).then_refused("row.gone", id=ROW.id)


def test_J1_nobody_else_sees_more_than_facilitators_who_see_that_it_is_there():
    desk = given(*MEMBERS, ROW)._desk
    mine, mates, others, nobody, facilitators = (
        veil(ROW, audiences(desk, person, role))
        for person, role in (
            (AINO, Role.PARTICIPANT),
            (OLLI, Role.PARTICIPANT),
            (SIRI, Role.PARTICIPANT),
            ("person_viewer", Role.VIEWER),
            (FANNY, Role.FACILITATOR),
        )
    )
    assert mine == mates == form(ROW)
    assert others is nobody is veil(ROW, ANYBODY) is None
    assert facilitators == {
        "t": "row",
        "id": ROW.id,
        "organisation": MARTAT,
        "workshop": INFO.workshop,
    }


def test_J1_who_only_named_the_organisation_at_the_door_does_not_see_its_memo():
    desk = given(ROW)._desk
    assert veil(ROW, audiences(desk, OLLI, Role.PARTICIPANT)) is None
    facilitating = replace(MEMBERS[1], role=Role.FACILITATOR)
    desk = given(facilitating, ROW)._desk
    assert "text" not in (veil(ROW, audiences(desk, OLLI, Role.FACILITATOR)) or {})


def test_J2_all_rows_or_none_and_the_wrong_one_is_told_by_its_number():
    rows = (NewRow(id="row_1", text="Kävijät"), NewRow(id="row_2", text=" "))
    ask(AddRows(rows=rows)).then_refused("row.empty", row=2)
    long = (NewRow(id="row_1", text="Kävijät", unit="x" * 201),)
    ask(AddRows(rows=long)).then_refused("row.detail.too_long", row=1)
    twice = (NewRow(id="row_1", text="a"), NewRow(id=ROW.id, text="b"))
    ask(AddRows(rows=twice), ROW).then_refused("id.taken")


def test_J3_a_memo_has_so_many_rows():
    rows = [a_row(f"row_{i}") for i in range(MAX_ROWS)]
    ask(WRITE, *rows).then_refused("memo.full", limit=MAX_ROWS)
    ask(WRITE, *rows, by=SIRI).the(MemoRow, "row_new")


def test_J4_the_row_that_was_edited_must_be_the_same():
    ask(EditRow(id=ROW.id, base=1, text="Uusi", unit="kpl"), ROW, by=OLLI).then(
        replace(ROW, text="Uusi", unit="kpl", version=2)
    )
    changed = replace(ROW, version=2)
    ask(EditRow(id=ROW.id, base=1, text="Uusi"), changed).then_refused(
        "text.changed", text=ROW.text, version=2
    )


def test_J5_an_edited_row_is_in_use():
    old = replace(ROW, workshop="workshop_0", dropped_ms=NOW)
    ask(EditRow(id=ROW.id, base=1, unit="kpl"), old).then(replace(ROW, unit="kpl", version=2))


def test_rows_are_removed_and_their_notes_stay():
    posted = replace(ROW, note="note_0")
    ask(RemoveRows(rows=(ROW.id,)), posted, a_note("note_0")).then_gone(ROW.id)


def test_J6_an_import_is_taken_back_but_for_what_was_touched_since():
    rows = [a_row(f"row_{i}", batch="tuonti") for i in range(5)]
    rows[1] = replace(rows[1], version=2)
    rows[2] = replace(rows[2], note="note_0")
    rows[3] = replace(rows[3], batch="toinen")
    rows[4] = replace(rows[4], organisation=SYDAN)
    ask(UndoBatch(batch="tuonti"), *rows).then_gone("row_0")
    ask(UndoBatch(batch="muu"), *rows).then_nothing()


def test_J7_rows_of_the_last_workshop_are_kept_or_dropped():
    old = replace(ROW, workshop="workshop_0")
    ask(KeepRows(rows=(ROW.id,)), old).then(ROW)
    dropped = ask(KeepRows(rows=(ROW.id,), is_kept=False), old)
    dropped.then(replace(old, dropped_ms=NOW))
    later = dropped.when(
        KeepRows(rows=(ROW.id,), is_kept=False), by=AINO, role=Role.PARTICIPANT, at_ms=NOW + 1
    )
    later.then_nothing()
    dropped.when(KeepRows(rows=(ROW.id,)), by=AINO, role=Role.PARTICIPANT).then(ROW)


def test_J8_a_row_becomes_a_note_and_keeps_it():
    row = replace(ROW, unit="kpl", source="Oma", interval="kk", target_group="Kaikki")
    outcome = ask(PostRows(rows={ROW.id: Posted(note="note_new", at=THERE)}), row, BOARD)
    note = a_note(
        "note_new",
        text=ROW.text,
        at=THERE,
        unit="kpl",
        source="Oma",
        interval="kk",
        target_group="Kaikki",
    )
    outcome.then(note, replace(row, note=note.id))
    again = PostRows(rows={ROW.id: Posted(note="note_2", at=HERE)})
    outcome.when(again, by=AINO, role=Role.PARTICIPANT).then_refused("row.posted", id=ROW.id)


def test_J8_a_row_whose_note_is_gone_or_of_another_workshop_is_posted_again():
    post = PostRows(rows={ROW.id: Posted(note="note_new", at=THERE)})
    posted = replace(ROW, note="note_old")
    assert ask(post, posted, BOARD).the(MemoRow, ROW.id).note == "note_new"
    old = a_note("note_old", workshop="workshop_0")
    assert ask(post, posted, old, BOARD).the(MemoRow, ROW.id).note == "note_new"


def test_J8_posting_is_writing_hidden_and_late_as_any_note():
    post = PostRows(rows={ROW.id: Posted(note="note_new", at=THERE)})
    ask(post, ROW).then_refused("not_allowed")
    hidden = ask(post, ROW, replace(BOARD, is_private=True)).the(Note, "note_new")
    assert hidden.is_hidden
    over = replace(MAPPING, state=SectionState.CLOSED, closed_ms=NOW)
    parking = replace(INFO, late=Late.PARK)
    late = ask(post, ROW, over, parking, section=MAPPING.id).the(Note, "note_new")
    assert (late.late, late.parked_ms) == (MAPPING.id, NOW)
