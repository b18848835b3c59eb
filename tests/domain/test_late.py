"""Acts that arrive after their section was closed: what of them is taken, and how it shows."""

import hypothesis.strategies as st
import pytest
from hypothesis import given as whatever
from hypothesis import settings
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    BREAD,
    BREAK,
    FANNY,
    HERE,
    INFO,
    MAPPING,
    MILK,
    NOW,
    OLLI,
    SAKARI,
    SIRI,
    SYDAN,
    THERE,
    Given,
    Outcome,
    a_cluster,
    a_desk,
    a_note,
    given,
)
from tests.properties.commands import COMMANDS as ANY_COMMANDS

from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.domain.clusters import AddToCluster, MakeCluster, UngroupNotes
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desks import SetLateRule
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes, UnparkNotes
from etatyopoyta.domain.permissions import LATE_FOR_MS, authorise
from etatyopoyta.domain.records import (
    Late,
    May,
    Note,
    Record,
    Role,
    Section,
    SectionState,
    Whose,
)
from etatyopoyta.domain.refused import Refused

CLOSED = replace(MAPPING, state=SectionState.CLOSED, started_ms=1, ends_ms=2, closed_ms=NOW)
ADDING = AddNote(id="note_new", text="Kävijämäärä", at=HERE)
EDITING = EditNote(id=MILK.id, base=1, text="Maito")
MOVING = MoveNotes(to={MILK.id: THERE})
BY_RULE = {rule: replace(INFO, late=rule) for rule in Late}


def late(desk: Given | Outcome, command: Command, **changes: object) -> Outcome:
    """Aino did it while the notes' section was open, and it arrives a minute after its end."""
    usual = {"by": AINO, "role": Role.PARTICIPANT, "at_ms": NOW + 60_000, "section": CLOSED.id}
    return desk.when(command, **{**usual, **changes})  # type: ignore[arg-type]


# --- adding, editing, moving -----------------------------------------------------------------


def test_N11_a_note_that_was_added_late_says_after_which_section():
    outcome = late(given(CLOSED), ADDING)
    outcome.then(a_note("note_new", created_ms=NOW + 60_000, late=CLOSED.id))


def test_N11_it_is_put_aside_where_the_rule_is_so():
    outcome = late(given(CLOSED, BY_RULE[Late.PARK]), ADDING)
    at_ms = NOW + 60_000
    outcome.then(a_note("note_new", created_ms=at_ms, late=CLOSED.id, parked_ms=at_ms))


@pytest.mark.parametrize("rule", Late)
def test_N11_what_comes_in_time_is_as_ever(rule: Late):
    still_open = replace(CLOSED, state=SectionState.OPEN, closed_ms=None)
    outcome = late(given(still_open, BY_RULE[rule]), ADDING)
    outcome.then(a_note("note_new", created_ms=NOW + 60_000))


def test_N11_what_another_section_allows_by_now_is_not_late():
    after = replace(MAPPING, id="section_after", state=SectionState.OPEN)
    outcome = late(given(CLOSED, after, BY_RULE[Late.PARK]), ADDING)
    assert outcome.the(Note, "note_new").late is None


def test_N11_a_late_note_keeps_to_the_other_rules():
    late(given(CLOSED), replace(ADDING, text=" ")).then_refused("note.empty")
    foreign = replace(ADDING, organisation=SYDAN)
    late(given(CLOSED), foreign).then_refused("note.not_yours", id=SYDAN)


@pytest.mark.parametrize("rule", [Late.MARK, Late.PARK])
def test_N12_a_note_that_was_edited_late_says_so_and_stays_on_the_board(rule: Late):
    outcome = late(given(CLOSED, BY_RULE[rule], MILK), EDITING)
    outcome.then(replace(MILK, text="Maito", version=2, late=CLOSED.id))


def test_N12_a_late_edit_that_changes_nothing_marks_nothing():
    late(given(CLOSED, MILK), EditNote(id=MILK.id, base=1, text=MILK.text)).then_nothing()


def test_N12_the_mark_stays_when_the_note_is_edited_in_time_again():
    edited = late(given(CLOSED, MILK), EDITING)
    again = edited.when(EditNote(id=MILK.id, base=2, text="Piimä"))
    assert again.the(Note, MILK.id).late == CLOSED.id


def test_N12_a_late_edit_of_a_text_that_changed_meanwhile_is_refused():
    changed = replace(MILK, text="Piimä", version=2)
    late(given(CLOSED, changed), EDITING).then_refused("text.changed", text="Piimä")


def test_N13_a_late_move_marks_nothing():
    late(given(CLOSED, MILK), MOVING).then(replace(MILK, at=THERE))


# --- taking onto the board -------------------------------------------------------------------

ASIDE = replace(MILK, late=CLOSED.id, parked_ms=NOW)


def test_N14_a_note_that_was_put_aside_is_taken_onto_the_board():
    outcome = given(ASIDE).when(UnparkNotes(to={ASIDE.id: THERE}))
    outcome.then(replace(ASIDE, at=THERE, parked_ms=None))


def test_N14_a_note_on_the_board_stays_where_it_is():
    outcome = given(ASIDE, BREAD).when(UnparkNotes(to={ASIDE.id: HERE, BREAD.id: HERE}))
    outcome.then(replace(ASIDE, parked_ms=None))


def test_N14_a_note_that_is_gone_is_not_taken():
    given().when(UnparkNotes(to={MILK.id: HERE})).then_refused("note.gone", id=MILK.id)


def test_N14_moving_a_note_that_was_put_aside_leaves_it_there():
    given(ASIDE).when(MOVING).then(replace(ASIDE, at=THERE))


@pytest.mark.parametrize(
    "command",
    [
        MakeCluster(id="cluster_1", notes=(ASIDE.id,), title="Ryhmä", at=HERE),
        AddToCluster(cluster="cluster_0", notes=(BREAD.id, ASIDE.id)),
    ],
)
def test_C9_a_note_that_was_put_aside_is_in_no_cluster(command: Command):
    outcome = given(ASIDE, BREAD, a_cluster("cluster_0")).when(command)
    outcome.then_refused("note.parked", id=ASIDE.id)


# --- the rule --------------------------------------------------------------------------------


def test_D5_the_rule_holds_for_what_arrives_from_now_on():
    marked = late(given(CLOSED), ADDING)
    parked = late(marked.when(SetLateRule(late=Late.PARK)), replace(ADDING, id="note_2"))
    assert parked.the(Note, "note_new").parked_ms is None
    assert parked.the(Note, "note_2").parked_ms is not None
    parked.when(SetLateRule(late=Late.MARK)).then(BY_RULE[Late.MARK])


def test_D5_where_nobody_has_said_late_acts_are_marked():
    assert INFO.late is None
    assert INFO.late_rule is Late.MARK


def test_D6_the_last_late_moment_is_30_minutes_after_the_end():
    assert LATE_FOR_MS == 30 * 60_000
    last_ms = NOW + LATE_FOR_MS
    assert late(given(CLOSED), ADDING, at_ms=last_ms).the(Note, "note_new").late == CLOSED.id
    late(given(CLOSED), ADDING, at_ms=last_ms + 1).then_refused("not_allowed")


def test_D6_a_section_that_closes_in_the_future_has_not_closed():
    late(given(CLOSED), ADDING, at_ms=NOW).then(a_note("note_new", late=CLOSED.id))
    late(given(CLOSED), ADDING, at_ms=NOW - 1).then_refused("not_allowed")


@pytest.mark.parametrize("section", [None, "section_none", "note_milk", MAPPING.id, BREAK.id])
def test_D6_the_section_must_be_one_that_has_closed(section: str | None):
    closed_other = replace(CLOSED, id="section_other")
    late(given(closed_other, MILK), ADDING, section=section).then_refused("not_allowed")


def test_D6_a_section_of_a_file_that_never_ran_has_not_closed():
    planned = replace(CLOSED, state=SectionState.PLANNED)
    late(given(planned), ADDING).then_refused("not_allowed")


def test_D6_a_section_that_was_started_again_and_closed_again_counts_from_then():
    again = replace(CLOSED, closed_ms=NOW + LATE_FOR_MS)
    late(given(again), ADDING, at_ms=NOW + LATE_FOR_MS + 1).then(
        a_note("note_new", created_ms=NOW + LATE_FOR_MS + 1, late=CLOSED.id)
    )


def test_D6_it_is_late_also_while_another_section_is_open():
    opened = given(CLOSED, BREAK).when(OpenSection(section=BREAK.id))
    assert late(opened, ADDING).the(Note, "note_new").late == CLOSED.id


@pytest.mark.parametrize("may", [May.ADD_NOTES, May.EDIT_NOTES, May.MOVE_NOTES])
def test_D6_what_the_section_did_not_allow_is_not_taken(may: May):
    command = {May.ADD_NOTES: ADDING, May.EDIT_NOTES: EDITING, May.MOVE_NOTES: MOVING}[may]
    without = {granted: whose for granted, whose in CLOSED.grants.items() if granted is not may}
    late(given(replace(CLOSED, grants=without), MILK), command).then_refused("not_allowed")


@pytest.mark.parametrize("command", [ADDING, EDITING, MOVING])
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.VIEWER, Role.SYSTEM])
def test_D6_whom_no_section_allows_anything_is_not_late_either(role: Role, command: Command):
    late(given(CLOSED, MILK), command, by=SAKARI, role=role).then_refused("not_allowed")


def test_D6_a_facilitator_is_never_late():
    late(given(CLOSED), ADDING, by=FANNY, role=Role.FACILITATOR).then(
        a_note("note_new", author=FANNY, organisation=None, created_ms=NOW + 60_000)
    )


TAKEN = {
    Late.REFUSE: set(),
    Late.MARK: {"note.add", "note.edit", "note.move"},
    Late.PARK: {"note.add", "note.edit"},
}


@pytest.mark.parametrize("rule", Late)
@pytest.mark.parametrize(
    "command",
    [
        ADDING,
        EDITING,
        MOVING,
        RemoveNotes(notes=(MILK.id,)),
        MakeCluster(id="cluster_1", notes=(MILK.id,), title="Ryhmä", at=HERE),
        UngroupNotes(to={MILK.id: THERE}),
    ],
    ids=lambda command: command.__struct_config__.tag,
)
def test_D7_what_is_taken_late_by_which_rule(command: Command, rule: Late):
    outcome = late(given(CLOSED, BY_RULE[rule], replace(MILK, cluster="cluster_0")), command)
    if command.__struct_config__.tag in TAKEN[rule]:
        assert outcome.refused is None
    else:
        outcome.then_refused("not_allowed")


def test_D7_only_what_is_taken_late_needs_these_permissions():
    late_able = {May.ADD_NOTES, May.EDIT_NOTES, May.MOVE_NOTES}
    tags = {tag for tag, command in COMMANDS.items() if command.may in late_able}
    assert tags == {*TAKEN[Late.MARK], "memo.post"}  # which is adding notes


@pytest.mark.parametrize("scope", Whose)
@pytest.mark.parametrize("by", [OLLI, SIRI])
def test_D7_only_ones_own_notes_whatever_the_section_allowed(by: str, scope: Whose):
    """Olli is of the author's organisation, Siri of another one."""
    all_granted = replace(CLOSED, grants=dict.fromkeys(May, scope))
    for command in (EDITING, MOVING):
        outcome = late(given(all_granted, MILK), command, by=by)
        outcome.then_refused("note.not_yours", id=MILK.id)
        assert late(given(all_granted, MILK), command).refused is None


def test_D7_a_late_move_of_several_notes_is_of_ones_own_alone():
    both = MoveNotes(to={MILK.id: THERE, BREAD.id: HERE})
    late(given(CLOSED, MILK, BREAD), both).then_refused("note.not_yours", id=BREAD.id)


def test_D7_what_somebody_claims_to_be_late_is_not_taken_for_it():
    asked = Asked(FANNY, Role.FACILITATOR, NOW, late=CLOSED.id)
    decision = decide(a_desk(CLOSED, BY_RULE[Late.PARK]), asked, ADDING)
    assert not {"late", "parked_ms"} & (decision.patch["note_new"] or {}).keys()


# --- nobody may do more than in time ---------------------------------------------------------

SECTIONS = st.builds(
    replace,
    st.sampled_from([MAPPING, BREAK]),
    state=st.sampled_from(SectionState),
    grants=st.dictionaries(st.sampled_from(May), st.sampled_from(Whose)),
    closed_ms=st.none() | st.integers(NOW - 2 * LATE_FOR_MS, NOW + 10),
)
NOTES = (
    MILK,
    a_note("note_0"),
    a_note("note_1", author=SIRI, organisation=SYDAN),
    a_note("note_2", author=OLLI),
    a_note("note_3", author=None),
)


def is_allowed(records: tuple[Record, ...], asked: Asked, command: Command) -> bool:
    desk = a_desk(*records)
    try:
        authorise(desk, asked, command.may, command.touches(desk))
    except Refused as refused:
        return refused.code == "note.gone"
    return True


@settings(max_examples=400)
@whatever(
    section=SECTIONS,
    rule=st.none() | st.sampled_from(Late),
    named=st.none() | st.sampled_from([MAPPING.id, BREAK.id, "section_none"]),
    who=st.sampled_from(
        [(AINO, Role.PARTICIPANT), (SIRI, Role.PARTICIPANT), (SAKARI, Role.VIEWER)]
    ),
    command=st.sampled_from([ADDING, EDITING, MOVING]) | st.one_of(ANY_COMMANDS),
)
def test_nobody_may_do_more_late_than_the_section_allowed_in_time(
    section: Section,
    rule: Late | None,
    named: str | None,
    who: tuple[str, Role],
    command: Command,
) -> None:
    records = (replace(INFO, late=rule), section, *NOTES)
    in_time, claimed = Asked(*who, NOW), Asked(*who, NOW, named)
    if is_allowed(records, in_time, command) or not is_allowed(records, claimed, command):
        return
    reopened = replace(section, state=SectionState.OPEN, closed_ms=None)
    assert named == section.id
    assert section.state is SectionState.CLOSED
    assert is_allowed((INFO, reopened, *NOTES), in_time, command)
