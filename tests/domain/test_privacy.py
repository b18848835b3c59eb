"""Private writing."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    FANNY,
    HERE,
    MAPPING,
    NOW,
    SIRI,
    SKETCHING,
    THERE,
    a_note,
    given,
)

from etatyopoyta.domain.agenda import AdvanceAgenda, CloseSection, OpenSection
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.privacy import FANNED_PX, MAX_REVEALED, RevealNotes
from etatyopoyta.domain.records import (
    BOARD_EDGE,
    Note,
    Point,
    Reveals,
    Role,
    Section,
    SectionState,
)

PRIVATE = replace(
    MAPPING, state=SectionState.OPEN, started_ms=NOW, ends_ms=NOW + 1, is_private=True
)
CLOSED = replace(PRIVATE, state=SectionState.CLOSED, closed_ms=NOW)
REVEALED = replace(CLOSED, revealed_ms=NOW)
ADD = AddNote(id="note_new", text="Salaisuus", at=HERE)
REVEAL = RevealNotes(workshop=MAPPING.workshop)


def test_N16_what_is_written_in_private_is_hidden_whoever_writes_it():
    for by, role in ((AINO, Role.PARTICIPANT), (FANNY, Role.FACILITATOR)):
        note = given(PRIVATE).when(ADD, by=by, role=role).the(Note, ADD.id)
        assert note.is_hidden


def test_N16_elsewhere_and_after_the_reveal_it_is_not():
    for section in (MAPPING, replace(PRIVATE, is_private=None), replace(PRIVATE, revealed_ms=NOW)):
        assert not given(section).when(ADD).the(Note, ADD.id).is_hidden


def test_N16_what_comes_late_is_as_what_came_in_time():
    for section, is_hidden in ((CLOSED, True), (REVEALED, False)):
        late = given(section).when(ADD, by=AINO, role=Role.PARTICIPANT, section=section.id)
        assert late.the(Note, ADD.id).is_hidden is is_hidden


def test_R1_hidden_notes_of_the_workshop_are_shown_and_what_comes_is_not_hidden():
    mine, theirs = a_note("note_1", is_hidden=True), a_note("note_2", author=SIRI, is_hidden=True)
    autumn = a_note("note_3", workshop="workshop_2", is_hidden=True)
    outcome = given(PRIVATE, mine, replace(theirs, at=THERE), autumn).when(REVEAL, at_ms=NOW + 1)
    outcome.then(
        replace(PRIVATE, revealed_ms=NOW + 1),
        replace(mine, is_hidden=False),
        replace(theirs, is_hidden=False, at=THERE),
    )


def test_R1_a_section_still_to_come_stays_private():
    planned = replace(MAPPING, is_private=True)
    given(planned).when(REVEAL).then_nothing()
    assert given(planned).when(REVEAL).desk.get(Section, MAPPING.id).hides


def test_R1_so_many_at_once_and_the_rest_when_asked_again():
    many = [a_note(f"note_{i}", at=Point(i, 0), is_hidden=True) for i in range(MAX_REVEALED + 3)]
    outcome = given(CLOSED, *many).when(REVEAL)
    assert sum(note.is_hidden for note in outcome.desk.of(Note)) == 3
    rest = outcome.when(REVEAL)
    assert not any(note.is_hidden for note in rest.desk.of(Note))


def test_R2_notes_on_one_spot_are_fanned_out():
    seen = a_note("note_0")
    hidden = [a_note(f"note_{i}", is_hidden=True) for i in (1, 2)]
    outcome = given(CLOSED, seen, *hidden).when(REVEAL)
    places = [outcome.the(Note, f"note_{i}").at for i in (0, 1, 2)]
    assert places == [HERE, Point(FANNED_PX, FANNED_PX), Point(2 * FANNED_PX, 2 * FANNED_PX)]


def test_R2_at_the_edge_of_the_board_too():
    corner = Point(BOARD_EDGE, BOARD_EDGE)
    pair = [a_note(f"note_{i}", at=corner, is_hidden=True) for i in (1, 2)]
    outcome = given(CLOSED, *pair).when(REVEAL)
    assert outcome.the(Note, "note_2").at == Point(-BOARD_EDGE, -BOARD_EDGE)


AT_END = replace(PRIVATE, reveals=Reveals.END)
ENDS = (
    CloseSection(section=MAPPING.id),
    OpenSection(section=SKETCHING.id),
    AdvanceAgenda(section=MAPPING.id, ends_ms=NOW + 1),
)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: type(end).__name__)
def test_R3_where_that_is_the_rule_notes_are_revealed_with_the_end(end: Command):
    hidden = a_note("note_1", is_hidden=True, created_ms=NOW)
    for section, is_hidden in ((AT_END, False), (PRIVATE, True)):
        outcome = given(section, SKETCHING, hidden).when(end, at_ms=NOW + 1)
        assert outcome.the(Note, hidden.id).is_hidden is is_hidden
        assert outcome.desk.get(Section, MAPPING.id).hides is is_hidden


def test_R3_what_was_written_in_another_private_section_stays_hidden():
    earlier = a_note("note_1", is_hidden=True, created_ms=NOW - 1)
    late = a_note("note_2", is_hidden=True, created_ms=NOW, late="section_other")
    given(AT_END, earlier, late).when(ENDS[0], at_ms=NOW + 1).then(
        replace(AT_END, state=SectionState.CLOSED, closed_ms=NOW + 1, revealed_ms=NOW + 1)
    )


def test_R3_so_many_at_once_and_the_rest_by_hand():
    many = [
        a_note(f"note_{i}", at=Point(i, 0), is_hidden=True, created_ms=NOW)
        for i in range(MAX_REVEALED + 3)
    ]
    outcome = given(AT_END, *many).when(ENDS[0])
    assert sum(note.is_hidden for note in outcome.desk.of(Note)) == 3
    assert not any(note.is_hidden for note in outcome.when(REVEAL).desk.of(Note))
