"""Organisations and people."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    CULTURE,
    FANNY,
    HERE,
    INFO,
    MAPPING,
    MARTAT,
    MILK,
    NAMELESS,
    NOW,
    SYDAN,
    given,
)

from etatyopoyta.domain.memo import AddRows, NewRow
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import (
    MAX_PEOPLE_OF_LINK,
    AddOrganisation,
    EditOrganisation,
    Join,
    Leave,
    LockDesk,
    MovePerson,
    MutePerson,
    RemovePerson,
)
from etatyopoyta.domain.records import MemoRow, Organisation, Person, Role, SectionState
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

SYSTEM = "system"
NEW = Organisation(id="org_new", name="Kulttuurikulma", network=CULTURE.id)


def joining(person: str, role: Role = Role.PARTICIPANT, organisation: str | None = None) -> Join:
    return Join(id=person, role=role, organisation=organisation)


def test_P1_an_organisation_is_added():
    command = AddOrganisation(id=NEW.id, name=" Kulttuurikulma ", network=CULTURE.id)
    given().when(command).then(NEW)


@pytest.mark.parametrize("name", ["Martat", "MARTAT", " martat ", "Martat\u200b"])
def test_P1_two_organisations_do_not_have_the_same_name(name: str):
    given().when(AddOrganisation(id=NEW.id, name=name)).then_refused(
        "organisation.exists", id=MARTAT, name="Martat"
    )


def test_P1_an_organisation_gets_another_name_and_network():
    command = EditOrganisation(id=SYDAN, name="SYDÄNYHDISTYS", network=NAMELESS.id)
    given().when(command).then(Organisation(id=SYDAN, name="SYDÄNYHDISTYS", network=NAMELESS.id))


def test_P1_an_edit_does_not_take_the_name_of_another():
    given().when(EditOrganisation(id=SYDAN, name="martat", network=None)).then_refused(
        "organisation.exists"
    )


def test_P1_an_edit_to_the_same_changes_nothing():
    given().when(EditOrganisation(id=MARTAT, name="Martat", network=CULTURE.id)).then_nothing()


def test_P1_a_name_is_as_long_as_a_title_at_most():
    longest = "x" * MAX_TITLE_CHARACTERS
    given().when(AddOrganisation(id=NEW.id, name=longest)).then(
        Organisation(id=NEW.id, name=longest)
    )
    given().when(AddOrganisation(id=NEW.id, name=longest + "x")).then_refused(
        "organisation.too_long"
    )
    given().when(AddOrganisation(id=NEW.id, name=" ")).then_refused("organisation.empty")


def test_P1_an_organisation_needs_what_it_names():
    given().when(AddOrganisation(id=MARTAT, name="Uusi")).then_refused("id.taken")
    given().when(AddOrganisation(id=NEW.id, name="Uusi", network="network_9")).then_refused(
        "network.gone"
    )
    given().when(EditOrganisation(id=NEW.id, name="Uusi", network=None)).then_refused(
        "organisation.gone"
    )


def test_P2_somebody_new_takes_part():
    outcome = given().when(joining("person_new", organisation=SYDAN), by=SYSTEM, role=Role.SYSTEM)
    outcome.then(Person(id="person_new", role=Role.PARTICIPANT, organisation=SYDAN))


def test_P2_who_comes_back_keeps_notes_role_and_organisation():
    away = Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT, has_left=True)
    outcome = given(MILK, away).when(joining(AINO, Role.FACILITATOR), by=SYSTEM, role=Role.SYSTEM)
    outcome.then(replace(away, has_left=False))


def test_P2_who_comes_back_may_name_another_organisation():
    outcome = given().when(joining(AINO, organisation=SYDAN), by=SYSTEM, role=Role.SYSTEM)
    outcome.then(Person(id=AINO, role=Role.PARTICIPANT, organisation=SYDAN))


def test_P2_coming_back_without_having_left_changes_nothing():
    given().when(joining(AINO), by=SYSTEM, role=Role.SYSTEM).then_nothing()


def test_P2_nobody_joins_an_organisation_that_is_not_there():
    outcome = given().when(joining("person_new", organisation=NEW.id), by=SYSTEM, role=Role.SYSTEM)
    outcome.then_refused("organisation.gone")


def test_P3_one_leaves_for_oneself():
    outcome = given(MILK).when(Leave(), by=AINO, role=Role.PARTICIPANT)
    outcome.then(Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT, has_left=True))


def test_P3_somebody_who_never_came_does_not_leave():
    given().when(Leave(), by="person_none", role=Role.PARTICIPANT).then_refused("person.gone")


def test_P4_somebody_is_sent_away_and_let_in_again():
    away = Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT, removed_ms=NOW)
    given().when(RemovePerson(person=AINO)).then(away)
    given(away).when(RemovePerson(person=AINO), at_ms=NOW + 1).then_nothing()
    given(away).when(RemovePerson(person=AINO, is_removed=False)).then(
        replace(away, removed_ms=None)
    )
    given().when(RemovePerson(person=FANNY)).then_refused("person.yourself")


def test_P5_who_is_muted_looks_on():
    muted = Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT, is_muted=True)
    given().when(MutePerson(person=AINO, is_muted=True)).then(muted)
    given(muted).when(MutePerson(person=AINO, is_muted=False)).then(replace(muted, is_muted=None))
    given().when(MutePerson(person=FANNY, is_muted=True)).then_refused("person.yourself")
    writing = AddNote(id="note_new", text="Uusi", at=HERE)
    board = replace(MAPPING, state=SectionState.OPEN)
    asked = given(muted, board).when(writing, by=AINO, role=Role.PARTICIPANT)
    asked.then_refused("person.muted")
    given(muted).when(Leave(), by=AINO, role=Role.PARTICIPANT).then(replace(muted, has_left=True))
    remembering = AddRows(rows=(NewRow(id="row_1", text="Kävijät"),))
    given(muted).when(remembering, by=AINO, role=Role.PARTICIPANT).the(MemoRow, "row_1")


def test_P6_somebody_belongs_to_another_organisation_and_their_notes_do_not():
    moved = Person(id=AINO, role=Role.PARTICIPANT, organisation=SYDAN, is_member=True)
    given(MILK).when(MovePerson(person=AINO, organisation=SYDAN)).then(moved)
    alone = Person(id=AINO, role=Role.PARTICIPANT)
    given(moved).when(MovePerson(person=AINO, organisation=None)).then(alone)
    given().when(MovePerson(person=AINO, organisation=NEW.id)).then_refused("organisation.gone")


def test_P7_nobody_new_comes_into_a_locked_desk_and_nobody_who_was_sent_away():
    locked = replace(INFO, is_locked=True)
    given().when(LockDesk(is_locked=True)).then(locked)
    given(locked).when(LockDesk(is_locked=False)).then(INFO)
    new = given(locked).when(joining("person_new"), by=SYSTEM, role=Role.SYSTEM)
    new.then_refused("desk.locked")
    away = Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT, has_left=True)
    back = given(locked, away).when(joining(AINO), by=SYSTEM, role=Role.SYSTEM)
    back.then(replace(away, has_left=False))
    removed = replace(away, removed_ms=NOW)
    again = given(removed).when(joining(AINO), by=SYSTEM, role=Role.SYSTEM)
    again.then_refused("person.removed")
    helper = joining("person_new", Role.FACILITATOR)
    given(locked).when(helper, by=SYSTEM, role=Role.SYSTEM).the(Person, "person_new")


def test_P8_the_memo_opens_to_who_came_by_the_organisations_link():
    by_code = given().when(joining("person_new", organisation=SYDAN), by=SYSTEM, role=Role.SYSTEM)
    assert by_code.the(Person, "person_new").is_member is None
    link = Join(id="person_new", role=Role.PARTICIPANT, organisation=SYDAN, is_member=True)
    member = by_code.when(link, by=SYSTEM, role=Role.SYSTEM)
    assert member.the(Person, "person_new").is_member
    same = member.when(joining("person_new", organisation=SYDAN), by=SYSTEM, role=Role.SYSTEM)
    assert same.the(Person, "person_new").is_member
    other = same.when(joining("person_new", organisation=MARTAT), by=SYSTEM, role=Role.SYSTEM)
    assert other.the(Person, "person_new").is_member is None


def test_P9_who_is_put_into_an_organisation_shares_its_memo():
    moved = given().when(MovePerson(person=AINO, organisation=SYDAN)).the(Person, AINO)
    assert moved.is_member


LINK = "person_link"
BY_LINK = Join(id="person_new", role=Role.COMMENTER, organisation=MARTAT, came_by=LINK)


def test_P10_who_comes_by_a_link_to_comment_has_a_seat_of_their_own():
    came = given().when(BY_LINK, by=SYSTEM, role=Role.SYSTEM).the(Person, BY_LINK.id)
    assert (came.role, came.organisation, came.came_by) == (Role.COMMENTER, MARTAT, LINK)
    assert not came.is_member


def test_P10_by_one_link_so_many_come_and_all_of_them_again():
    there = [
        Person(id=f"person_c{i}", role=Role.COMMENTER, came_by=LINK, has_left=True)
        for i in range(MAX_PEOPLE_OF_LINK)
    ]
    system: dict[str, Any] = {"by": SYSTEM, "role": Role.SYSTEM}
    full = given(*there)
    full.when(BY_LINK, **system).then_refused("person.link_full", limit=MAX_PEOPLE_OF_LINK)
    assert full.when(replace(BY_LINK, id="person_c0"), **system).refused is None
    assert given(*there[1:]).when(BY_LINK, **system).refused is None
    assert full.when(replace(BY_LINK, came_by="person_other"), **system).refused is None
