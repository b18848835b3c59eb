"""Sticky notes."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    BREAD,
    FANNY,
    HERE,
    INFO,
    MAPPING,
    MARTAT,
    MILK,
    NOW,
    OLLI,
    SIRI,
    SYDAN,
    THERE,
    a_cluster,
    a_measure,
    a_note,
    given,
    is_readable,
)

from etatyopoyta.domain.notes import MAX_NOTES_ON_DESK, AddNote, EditNote, MoveNotes, RemoveNotes
from etatyopoyta.domain.records import MAX_AT_ONCE, Note, Point, Role, SectionState
from etatyopoyta.domain.text import MAX_NOTE_CHARACTERS, MAX_TITLE_CHARACTERS

OPEN_BOARD = replace(MAPPING, state=SectionState.OPEN, started_ms=NOW, ends_ms=NOW + 1)


def adding(text: str = "Kävijämäärä", **details: str) -> AddNote:
    return AddNote(id="note_new", text=text, at=HERE, **details)


def test_N1_a_note_has_a_text():
    given().when(adding("Kävijämäärä")).then(a_note("note_new", author=FANNY, organisation=None))


@pytest.mark.parametrize("text", ["", "   \n", "\x00", "\u200b\u2060"])
def test_N1_a_blank_note_is_refused(text: str):
    given().when(adding(text)).then_refused("note.empty")


def test_N1_a_note_of_the_greatest_length_is_kept():
    text = "ä" * MAX_NOTE_CHARACTERS
    assert given().when(adding(text)).the(Note, "note_new").text == text


def test_N1_a_longer_note_is_refused():
    given().when(adding("ä" * (MAX_NOTE_CHARACTERS + 1))).then_refused(
        "note.too_long", limit=MAX_NOTE_CHARACTERS, length=MAX_NOTE_CHARACTERS + 1
    )


def test_N1_details_are_kept_when_they_say_something():
    outcome = given().when(adding(unit=" henkilöä ", source=" ", interval="vuosittain"))
    note = outcome.the(Note, "note_new")
    assert (note.unit, note.source, note.interval) == ("henkilöä", None, "vuosittain")


@pytest.mark.parametrize("field", ["unit", "source", "interval", "target_group"])
def test_N1_a_detail_is_as_long_as_a_title_at_most(field: str):
    fits = "x" * MAX_TITLE_CHARACTERS
    note = given().when(adding(**{field: fits})).the(Note, "note_new")
    assert getattr(note, field) == fits
    given().when(adding(**{field: fits + "x"})).then_refused("note.detail.too_long")


def test_N1_an_id_that_is_taken_is_refused():
    given(MILK).when(AddNote(id=MILK.id, text="Maito", at=HERE)).then_refused("id.taken")


def test_N1_a_new_note_stands_on_the_board_of_the_current_workshop():
    later = replace(INFO, workshop="workshop_2")
    assert given(later).when(adding()).the(Note, "note_new").workshop == "workshop_2"


def test_N2_author_and_organisation_are_who_asks():
    outcome = given(OPEN_BOARD).when(adding(), by=SIRI, role=Role.PARTICIPANT, at_ms=NOW + 9)
    outcome.then(a_note("note_new", author=SIRI, organisation=SYDAN, created_ms=NOW + 9))


def test_N2_naming_ones_own_organisation_is_fine():
    command = adding(organisation=MARTAT)
    outcome = given(OPEN_BOARD).when(command, by=AINO, role=Role.PARTICIPANT)
    outcome.then(a_note("note_new"))


def test_N2_a_participant_writes_for_no_other_organisation():
    command = adding(organisation=SYDAN)
    outcome = given(OPEN_BOARD).when(command, by=AINO, role=Role.PARTICIPANT)
    outcome.then_refused("note.not_yours", id=SYDAN)


def test_N2_a_facilitator_writes_for_an_organisation():
    outcome = given().when(adding(organisation=SYDAN))
    outcome.then(a_note("note_new", author=FANNY, organisation=SYDAN))


def test_N2_a_facilitator_writes_for_no_organisation_that_is_not_there():
    given().when(adding(organisation="org_none")).then_refused("organisation.gone")


def test_N3_the_last_note_that_a_desk_holds_is_kept():
    full_but_one = [a_note(f"note_{i}") for i in range(MAX_NOTES_ON_DESK - 1)]
    outcome = given(*full_but_one).when(adding())
    assert outcome.desk.count(Note) == MAX_NOTES_ON_DESK


def test_N3_the_next_note_is_refused():
    full = [a_note(f"note_{i}") for i in range(MAX_NOTES_ON_DESK)]
    given(*full).when(adding()).then_refused("desk.full", limit=MAX_NOTES_ON_DESK)


def test_N4_an_edit_of_the_present_text_counts_the_version():
    outcome = given(MILK).when(EditNote(id=MILK.id, base=1, text="Maito"))
    outcome.then(replace(MILK, text="Maito", version=2))


def test_N4_an_edit_of_a_text_that_is_gone_is_refused_with_the_present_one():
    edited = replace(MILK, text="Maito", version=2)
    given(edited).when(EditNote(id=MILK.id, base=1, text="Piimä")).then_refused(
        "text.changed", id=MILK.id, text="Maito", version=2
    )


def test_N4_an_edit_from_the_future_is_refused():
    given(MILK).when(EditNote(id=MILK.id, base=2, text="Maito")).then_refused("text.changed")


def test_N4_an_edit_of_a_removed_note_is_refused():
    given().when(EditNote(id=MILK.id, base=1, text="Maito")).then_refused("note.gone", id=MILK.id)


def test_N4_a_detail_is_taken_away_and_the_others_stay():
    detailed = replace(MILK, unit="kpl", source="Kela")
    outcome = given(detailed).when(EditNote(id=MILK.id, base=1, unit=None))
    outcome.then(replace(MILK, source="Kela", version=2))


def test_N4_an_edit_keeps_to_the_limits():
    given(MILK).when(EditNote(id=MILK.id, base=1, text=" ")).then_refused("note.empty")
    too_long = "x" * (MAX_TITLE_CHARACTERS + 1)
    given(MILK).when(EditNote(id=MILK.id, base=1, unit=too_long)).then_refused(
        "note.detail.too_long"
    )


def test_N5_an_edit_to_the_same_text_is_no_change():
    given(MILK).when(EditNote(id=MILK.id, base=1, text=f" {MILK.text} ")).then_nothing()


def test_N5_an_edit_that_somebody_else_made_already_is_no_change():
    edited = replace(MILK, text="Maito", version=2)
    given(edited).when(EditNote(id=MILK.id, base=1, text="Maito")).then_nothing()


def test_N10_the_author_edits_a_hidden_note():
    hidden = replace(MILK, is_hidden=True)
    outcome = given(hidden).when(EditNote(id=MILK.id, base=1, text="Maito"), by=AINO)
    outcome.then(replace(hidden, text="Maito", version=2))


@pytest.mark.parametrize("by", [OLLI, FANNY])
def test_N10_nobody_else_learns_a_hidden_text_by_a_refusal(by: str):
    hidden = replace(MILK, is_hidden=True)
    outcome = given(hidden).when(EditNote(id=MILK.id, base=9, text="Maito"), by=by)
    outcome.then_refused("note.not_yours", text=None)


def test_N6_of_two_moves_the_later_one_wins():
    first = given(MILK).when(MoveNotes(to={MILK.id: HERE}), by=AINO)
    first.when(MoveNotes(to={MILK.id: THERE}), by=SIRI).then(replace(MILK, at=THERE))


def test_N6_several_notes_move_at_once():
    outcome = given(MILK, BREAD).when(MoveNotes(to={MILK.id: THERE, BREAD.id: HERE}))
    outcome.then(replace(MILK, at=THERE), replace(BREAD, at=HERE))


def test_N6_a_move_of_a_removed_note_moves_none():
    command = MoveNotes(to={MILK.id: THERE, BREAD.id: HERE})
    given(MILK).when(command).then_refused("note.gone", id=BREAD.id)


def test_N6_a_move_leaves_the_cluster_alone():
    grouped = replace(MILK, cluster="cluster_1")
    outcome = given(grouped, a_cluster("cluster_1")).when(MoveNotes(to={MILK.id: THERE}))
    outcome.then(replace(grouped, at=THERE))


def test_N6_a_move_names_a_thousand_notes_at_most():
    ids = [f"note_{i}" for i in range(MAX_AT_ONCE + 1)]
    assert is_readable(MoveNotes(to=dict.fromkeys(ids[1:], HERE)))
    assert not is_readable(MoveNotes(to=dict.fromkeys(ids, HERE)))
    assert not is_readable(MoveNotes(to={}))


def test_N6_a_move_stays_on_the_board():
    assert is_readable(MoveNotes(to={MILK.id: Point(100_000, -100_000)}))
    assert not is_readable(MoveNotes(to={MILK.id: Point(100_001, 0)}))
    assert not is_readable(MoveNotes(to={MILK.id: Point(0, -100_001)}))


def test_N7_moving_a_note_to_where_it_is_changes_nothing():
    given(MILK).when(MoveNotes(to={MILK.id: MILK.at})).then_nothing()


def test_N7_only_what_moved_is_in_the_change():
    outcome = given(MILK, BREAD).when(MoveNotes(to={MILK.id: THERE, BREAD.id: BREAD.at}))
    outcome.then(replace(MILK, at=THERE))


def test_N8_a_note_that_nothing_rests_on_goes():
    given(MILK, BREAD).when(RemoveNotes(notes=(MILK.id,))).then().then_gone(MILK.id)


def test_N8_a_note_that_a_measure_rests_on_stays():
    measure = a_measure("measure_1", notes=(BREAD.id,))
    given(MILK, BREAD, measure).when(RemoveNotes(notes=(MILK.id, BREAD.id))).then_refused(
        "note.in_use", id=BREAD.id, measure=measure.name
    )


def test_N8_a_note_that_is_gone_is_not_removed_again():
    given().when(RemoveNotes(notes=(MILK.id,))).then_refused("note.gone")


def test_N8_naming_a_note_twice_removes_it_once():
    given(MILK).when(RemoveNotes(notes=(MILK.id, MILK.id))).then_gone(MILK.id)


def test_N9_a_cluster_goes_with_its_last_note():
    grouped = replace(MILK, cluster="cluster_1")
    outcome = given(grouped, a_cluster("cluster_1")).when(RemoveNotes(notes=(MILK.id,)))
    outcome.then().then_gone(MILK.id, "cluster_1")


def test_N9_a_cluster_with_a_note_left_stays():
    two = [replace(note, cluster="cluster_1") for note in (MILK, BREAD)]
    outcome = given(*two, a_cluster("cluster_1")).when(RemoveNotes(notes=(MILK.id,)))
    outcome.then().then_gone(MILK.id)


@pytest.mark.parametrize(
    "note_id", ["note_", "note_a\n", "note_ä", "note_" + "a" * 25, "cluster_1"]
)
def test_N1_an_id_of_another_shape_is_unreadable(note_id: str):
    assert not is_readable(AddNote(id=note_id, text="Maito", at=HERE))
    assert is_readable(AddNote(id="note_" + "a" * 24, text="Maito", at=HERE))
