"""Organisations and people."""

import pytest
from msgspec.structs import replace
from tests.domain.given import AINO, CULTURE, MARTAT, MILK, NAMELESS, SYDAN, given

from etatyopoyta.domain.people import AddOrganisation, EditOrganisation, Join, Leave
from etatyopoyta.domain.records import Organisation, Person, Role
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
