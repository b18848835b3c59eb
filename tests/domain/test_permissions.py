"""Who may do what when: the whole table, written down by hand and compared cell by cell."""

import pytest
from msgspec.structs import replace
from tests.domain.every_command import command_on
from tests.domain.given import (
    AINO,
    BREAK,
    FANNY,
    HERE,
    MAPPING,
    MARTAT,
    NOW,
    OLLI,
    SAKARI,
    SIRI,
    SKETCHING,
    SYDAN,
    a_desk,
    a_note,
)

from etatyopoyta.domain import notes
from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.permissions import ALWAYS, authorise, is_theirs, whose
from etatyopoyta.domain.records import (
    May,
    Note,
    Role,
    Section,
    SectionState,
    Whose,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.templates import load

TABLE = """
command            | facilitator secretary viewer commenter reporter system | none break card board lent
desk.fill          | -           -         -      -         -        yes    | -    -     -    -     -
desk.name          | yes         -         -      -         -        yes    | -    -     -    -     -
desk.shows         | yes         -         -      -         -        yes    | -    -     -    -     -
desk.late          | yes         -         -      -         -        yes    | -    -     -    -     -
network.name       | yes         -         -      -         -        yes    | -    -     -    -     -
network.limit      | yes         -         -      -         -        yes    | -    -     -    -     -
organisation.add   | yes         -         -      -         -        yes    | -    -     -    -     -
organisation.edit  | yes         -         -      -         -        yes    | -    -     -    -     -
person.join        | -           -         -      -         -        yes    | -    -     -    -     -
person.leave       | yes         yes       -      -         -        -      | yes  yes   yes  yes   yes
person.remove      | yes         -         -      -         -        yes    | -    -     -    -     -
person.mute        | yes         -         -      -         -        yes    | -    -     -    -     -
person.move        | yes         -         -      -         -        yes    | -    -     -    -     -
desk.lock          | yes         -         -      -         -        yes    | -    -     -    -     -
section.open       | yes         -         -      -         -        yes    | -    -     -    -     -
section.close      | yes         -         -      -         -        yes    | -    -     -    -     -
section.extend     | yes         -         -      -         -        yes    | -    -     -    -     -
section.pause      | yes         -         -      -         -        yes    | -    -     -    -     -
section.resume     | yes         -         -      -         -        yes    | -    -     -    -     -
section.advance    | yes         -         -      -         -        yes    | -    -     -    -     -
section.add        | yes         -         -      -         -        yes    | -    -     -    -     -
section.edit       | yes         -         -      -         -        yes    | -    -     -    -     -
section.move       | yes         -         -      -         -        yes    | -    -     -    -     -
section.remove     | yes         -         -      -         -        yes    | -    -     -    -     -
section.skip       | yes         -         -      -         -        yes    | -    -     -    -     -
section.give       | yes         -         -      -         -        yes    | -    -     -    -     -
workshop.date      | yes         -         -      -         -        yes    | -    -     -    -     -
screen.show        | yes         -         -      -         -        yes    | -    -     -    -     -
desk.announce      | yes         -         -      -         -        yes    | -    -     -    -     -
desk.advance       | yes         -         -      -         -        yes    | -    -     -    -     -
workshop.continue  | yes         -         -      -         -        yes    | -    -     -    -     -
screen.freeze      | yes         -         -      -         -        yes    | -    -     -    -     -
desk.gather        | yes         -         -      -         -        yes    | -    -     -    -     -
desk.let_go        | yes         -         -      -         -        yes    | -    -     -    -     -
cluster.spotlight  | yes         -         -      -         -        yes    | -    -     -    -     -
area.add           | yes         -         -      -         -        yes    | -    -     -    -     -
area.edit          | yes         -         -      -         -        yes    | -    -     -    -     -
area.remove        | yes         -         -      -         -        yes    | -    -     -    -     -
round.add          | yes         -         -      -         -        yes    | -    -     -    -     -
round.edit         | yes         -         -      -         -        yes    | -    -     -    -     -
round.remove       | yes         -         -      -         -        yes    | -    -     -    -     -
round.open         | yes         -         -      -         -        yes    | -    -     -    -     -
round.close        | yes         -         -      -         -        yes    | -    -     -    -     -
vote.hall          | yes         -         -      -         -        yes    | -    -     -    -     -
vote.cast          | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
vote.rate          | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
memo.add           | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
memo.edit          | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
memo.remove        | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
memo.undo          | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
memo.keep          | yes         -         -      -         -        -      | yes  yes   yes  yes   yes
memo.post          | yes         -         -      -         -        -      | -    -     -    yes   -
note.add           | yes         -         -      -         -        -      | -    -     -    yes   -
note.edit          | yes         -         -      -         -        -      | -    -     -    own   mates
note.reveal        | yes         -         -      -         -        -      | -    -     -    -     -
note.move          | yes         -         -      -         -        -      | -    -     -    own   mates
note.unpark        | yes         -         -      -         -        yes    | -    -     -    -     -
note.remove        | yes         -         -      -         -        -      | -    -     -    own   mates
cluster.make       | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.add        | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.take_out   | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.name       | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.move       | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.merge      | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.split      | yes         -         -      -         -        -      | -    -     -    yes   -
cluster.dissolve   | yes         -         -      -         -        -      | -    -     -    yes   -
measure.propose    | yes         yes       -      -         -        -      | -    -     -    -     -
measure.edit       | yes         yes       -      -         -        -      | -    -     -    -     -
measure.withdraw   | yes         yes       -      -         -        -      | -    -     -    -     -
measure.accept     | yes         yes       -      -         -        -      | -    -     -    -     -
measure.park       | yes         yes       -      -         -        -      | -    -     -    -     -
measure.reject     | yes         yes       -      -         -        -      | -    -     -    -     -
measure.reopen     | yes         yes       -      -         -        -      | -    -     -    -     -
measure.merge      | yes         yes       -      -         -        -      | -    -     -    -     -
measure.unmerge    | yes         yes       -      -         -        -      | -    -     -    -     -
goal.promote       | yes         yes       -      -         -        -      | -    -     -    -     -
goal.merge         | yes         yes       -      -         -        -      | -    -     -    -     -
goal.suggest       | yes         yes       -      -         -        -      | -    -     yes  -     -
goal.place         | yes         yes       -      -         -        -      | -    -     -    -     -
goal.park          | yes         yes       -      -         -        -      | -    -     -    -     -
goal.remove        | yes         yes       -      -         -        -      | -    -     -    -     -
goal.edit          | yes         yes       -      -         -        -      | -    -     -    -     -
text.add           | yes         yes       -      -         -        -      | -    -     yes  -     -
text.edit          | yes         yes       -      -         -        -      | -    -     yes  -     -
text.remove        | yes         yes       -      -         -        -      | -    -     yes  -     -
card.edit          | yes         yes       -      -         -        -      | -    -     yes  -     -
card.heading       | yes         yes       -      -         -        -      | -    -     yes  -     -
text.move          | yes         yes       -      -         -        -      | -    -     yes  -     -
figure.set         | yes         yes       -      -         -        -      | -    -     -    -     -
actual.set         | yes         yes       -      -         yes      -      | yes  yes   yes  yes   yes
actuals.import     | yes         yes       -      -         yes      -      | yes  yes   yes  yes   yes
actual.remove      | yes         yes       -      -         yes      -      | yes  yes   yes  yes   yes
desk.statuses      | yes         -         -      -         -        yes    | -    -     -    -     -
figure.add         | yes         yes       -      -         -        -      | -    -     -    -     -
figure.remove      | yes         yes       -      -         -        -      | -    -     -    -     -
figures.import     | yes         yes       -      -         -        -      | -    -     -    -     -
minutes.write      | yes         yes       -      -         -        -      | -    -     -    -     -
network.approvers  | yes         -         -      -         -        yes    | -    -     -    -     -
approval.give      | yes         yes       -      -         -        -      | yes  yes   yes  yes   yes
approval.take_back | yes         yes       -      -         -        -      | yes  yes   yes  yes   yes
comment.add        | yes         yes       -      yes       -        -      | yes  yes   yes  yes   yes
comment.remove     | yes         yes       -      yes       -        -      | yes  yes   yes  yes   yes
comment.handle     | yes         yes       -      -         -        -      | -    -     -    -     -
card.state         | yes         yes       -      -         -        -      | -    -     -    -     -
card.publish       | yes         yes       -      -         -        -      | -    -     -    -     -
card.reopen        | yes         yes       -      -         -        -      | -    -     -    -     -
version.withdraw   | yes         yes       -      -         -        -      | -    -     -    -     -
"""  # noqa: E501
"""Left of the bar: roles that no section binds. Right of it: a participant, by open section.

`own`: notes of one's own; `mates`: those of one's organisation as well.
"""

LENT = replace(
    MAPPING,
    id="section_lent",
    grants={
        May.EDIT_NOTES: Whose.ORGANISATION,
        May.MOVE_NOTES: Whose.ORGANISATION,
        May.REMOVE_NOTES: Whose.ORGANISATION,
    },
)
SECTIONS: dict[str, Section | None] = {
    "none": None,
    "break": BREAK,
    "card": SKETCHING,
    "board": MAPPING,
    "lent": LENT,
}
PEOPLE = {
    Role.FACILITATOR: FANNY,
    Role.SECRETARY: SAKARI,
    Role.PARTICIPANT: AINO,
    Role.VIEWER: "person_viewer",
    Role.COMMENTER: "person_commenter",
    Role.REPORTER: "person_reporter",
    Role.SYSTEM: "system",
}
NOTES = {
    "own": "note_own",
    "mates": "note_mates",
    "others": "note_others",
}


def table() -> dict[str, dict[str, str]]:
    """Command tag → column → cell."""
    head, *rows = (line.replace("|", "").split() for line in TABLE.strip().splitlines())
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


EXPECTED = table()


def desk_with(section: Section | None, role: Role) -> Desk:
    """A desk with the section open, and notes of the person's own, of a mate's, of another's."""
    mine = MARTAT
    opened = [replace(section, state=SectionState.OPEN)] if section else []
    return a_desk(
        *opened,
        a_note("note_own", author=PEOPLE[role], organisation=mine),
        a_note("note_mates", author=OLLI, organisation=mine),
        a_note("note_others", author=SIRI, organisation=SYDAN),
    )


def answer(cell: str, whose_note: str) -> str | None:
    """The refusal that this cell means for this note; None when it is allowed."""
    allowed = {"-": set(), "yes": set(NOTES), "own": {"own"}, "mates": {"own", "mates"}}[cell]
    if cell == "-":
        return "not_allowed"
    return None if whose_note in allowed else "note.not_yours"


def refusal(desk: Desk, role: Role, command: Command) -> str | None:
    try:
        authorise(desk, Asked(PEOPLE[role], role, NOW), command.may, command.touches(desk))
    except Refused as refused:
        return refused.code
    return None


def test_the_table_names_every_command_and_every_permission():
    assert set(EXPECTED) == set(COMMANDS)
    assert {command.may for command in COMMANDS.values()} == set(May)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("tag", COMMANDS)
def test_what_a_role_may_do_in_each_section_with_whose_notes(tag: str, role: Role):
    for name, section in SECTIONS.items():
        desk = desk_with(section, role)
        cell = EXPECTED[tag][name if role is Role.PARTICIPANT else role.value]
        for whose_note, note in NOTES.items():
            found = refusal(desk, role, command_on(tag, note))
            assert found == answer(cell, whose_note), (name, whose_note)


@pytest.mark.parametrize("section", [SKETCHING, BREAK, MAPPING], ids=lambda section: section.id)
def test_the_template_grants_what_the_table_is_about(section: Section):
    planned = {item.id: item for item in load("nekku")}[section.id]
    assert isinstance(planned, Section)
    assert planned.grants == section.grants


@pytest.mark.parametrize("state", [SectionState.PLANNED, SectionState.CLOSED])
def test_a_section_that_is_not_open_grants_nothing(state: SectionState):
    desk = a_desk(replace(MAPPING, state=state))
    assert whose(desk, Role.PARTICIPANT, May.ADD_NOTES) is None


def test_time_out_takes_nothing_away():
    over = replace(MAPPING, state=SectionState.OPEN, started_ms=0, ends_ms=1)
    assert whose(a_desk(over), Role.PARTICIPANT, May.ADD_NOTES) is Whose.ALL


@pytest.mark.parametrize("role", [Role.VIEWER, Role.SECRETARY, Role.SYSTEM])
def test_a_sections_grants_are_for_participants_only(role: Role):
    desk = a_desk(replace(MAPPING, state=SectionState.OPEN))
    assert whose(desk, role, May.ADD_NOTES) is None


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("may", list(May))
def test_what_is_granted_nowhere_is_denied(role: Role, may: May):
    granted = whose(a_desk(), role, may)
    assert granted in {ALWAYS[role].get(may), None}
    if may not in ALWAYS[role]:
        with pytest.raises(Refused, match=r"^not_allowed$"):
            authorise(a_desk(), Asked(PEOPLE[role], role, NOW), may, ())


def test_everything_of_a_change_must_be_ones_own():
    desk = desk_with(MAPPING, Role.PARTICIPANT)
    moving = notes.MoveNotes(to={"note_own": HERE, "note_others": HERE})
    assert refusal(desk, Role.PARTICIPANT, moving) == "note.not_yours"


def test_a_note_that_is_gone_is_nobodys_to_change():
    desk = desk_with(MAPPING, Role.PARTICIPANT)
    assert refusal(desk, Role.PARTICIPANT, notes.MoveNotes(to={"note_9": HERE})) == "note.gone"


@pytest.mark.parametrize(
    ("by", "note"),
    [
        ("person_none", a_note("note_1")),
        (SIRI, a_note("note_1")),
        (FANNY, a_note("note_1", author=None, organisation=None)),
        (AINO, a_note("note_1", author=None, organisation=SYDAN)),
    ],
)
@pytest.mark.parametrize("scope", [Whose.OWN, Whose.ORGANISATION])
def test_V5_a_note_of_nobody_known_is_not_ones_own(by: str, note: Note, scope: Whose):
    assert not is_theirs(a_desk(), by, note, scope)
    assert is_theirs(a_desk(), by, note, Whose.ALL)


def test_V5_a_mates_note_is_ones_own_where_the_section_says_so():
    assert is_theirs(a_desk(), OLLI, a_note("note_1"), Whose.ORGANISATION)
    assert not is_theirs(a_desk(), OLLI, a_note("note_1"), Whose.OWN)


def test_V5_who_moved_to_another_organisation_has_mates_there():
    desk = a_desk()
    desk.apply({OLLI: {"organisation": SYDAN}})
    assert not is_theirs(desk, OLLI, a_note("note_1"), Whose.ORGANISATION)
    note = a_note("note_1", author=SIRI, organisation=SYDAN)
    assert is_theirs(desk, OLLI, note, Whose.ORGANISATION)
