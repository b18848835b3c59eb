"""Approvals of the wording of rows."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    CULTURE,
    FANNY,
    NAMELESS,
    NOW,
    OLLI,
    P2,
    a_desk,
    a_goal,
    given,
)
from tests.domain.on_card import an_approval

from etatyopoyta.domain.approving import (
    GiveApproval,
    NameApprovers,
    TakeBackApproval,
    Tally,
    tally,
)
from etatyopoyta.domain.records import GoalState, Person, Record, Role

GOAL = a_goal("goal_0")
NAMED = replace(CULTURE, approvers=(AINO, OLLI))
GIVEN = an_approval("approval_0")
GIVE = GiveApproval(id="approval_0", goal=GOAL.id, wording=GOAL.text)
AINOS: dict[str, Any] = {"by": AINO, "role": Role.PARTICIPANT}


def test_U1_persons_of_the_desk_are_named_each_once():
    naming = NameApprovers(network=CULTURE.id, approvers=(AINO, OLLI, AINO))
    given().when(naming).then(NAMED)
    given(NAMED).when(replace(naming, approvers=())).then(CULTURE)


def test_U1_who_may_not_approve_is_not_named():
    viewer = Person(id="person_wall", role=Role.VIEWER)
    away = Person(id=OLLI, role=Role.PARTICIPANT, removed_ms=NOW)
    for person in (viewer, away):
        naming = NameApprovers(network=CULTURE.id, approvers=(person.id,))
        given(person).when(naming).then_refused("approval.not_for_role", id=person.id)
    naming = NameApprovers(network=CULTURE.id, approvers=("person_none",))
    given().when(naming).then_refused("person.gone")


def test_U2_what_was_approved_stays_so_when_others_are_named():
    outcome = given(NAMED, GOAL, GIVEN).when(NameApprovers(network=CULTURE.id, approvers=(FANNY,)))
    outcome.then(replace(CULTURE, approvers=(FANNY,)))
    assert tally(outcome.desk).missing == ()


def test_U3_only_an_approver_of_the_network_approves():
    given(NAMED, GOAL).when(GIVE, **AINOS).then(GIVEN)
    given(NAMED, GOAL).when(GIVE, by=FANNY).then_refused(
        "approval.not_approver", network=CULTURE.id
    )
    given(GOAL).when(GIVE, **AINOS).then_refused("approval.not_approver")


@pytest.mark.parametrize("state", [GoalState.PARKED, GoalState.SUGGESTED])
def test_U4_only_goals_on_the_card_are_approved(state: GoalState):
    given(NAMED, replace(GOAL, state=state)).when(GIVE, **AINOS).then_refused(
        "approval.not_on_card"
    )


def test_U5_another_wording_than_was_read_is_refused_with_the_present():
    edited = replace(GOAL, text="Uusi", version=2)
    given(NAMED, edited).when(GIVE, **AINOS).then_refused("text.changed", text="Uusi", version=2)


def test_U6_giving_it_again_changes_nothing():
    again = replace(GIVE, id="approval_9")
    given(NAMED, GOAL, GIVEN).when(again, **AINOS).then_nothing()


def test_U6_one_that_lapsed_is_renewed():
    old = replace(GIVEN, wording="Vanha")
    again = replace(GIVE, id="approval_9")
    given(NAMED, GOAL, old).when(again, at_ms=NOW + 1, **AINOS).then(replace(GIVEN, at_ms=NOW + 1))
    given(NAMED, GOAL, replace(GIVEN, by=OLLI)).when(GIVE, **AINOS).then_refused("id.taken")


def test_U7_everybody_takes_back_their_own_only():
    given(GOAL, GIVEN).when(TakeBackApproval(id=GIVEN.id), **AINOS).then_gone(GIVEN.id)
    given(GOAL, GIVEN).when(TakeBackApproval(id=GIVEN.id)).then_refused("approval.not_yours")


ELSEWHERE = a_goal("goal_1", network=NAMELESS.id)


@pytest.mark.parametrize(
    ("records", "missing"),
    [
        ((GOAL, GIVEN), ()),
        ((GOAL,), (CULTURE.id,)),
        ((GOAL, replace(GIVEN, wording="Vanha")), (CULTURE.id,)),
        ((GOAL, replace(GIVEN, network=NAMELESS.id)), (CULTURE.id,)),
        ((GOAL, GIVEN, a_goal("goal_2", focus_area=P2)), (CULTURE.id,)),
        ((GOAL, GIVEN, a_goal("goal_2", state=GoalState.PARKED)), ()),
        ((replace(GOAL, actual="12 %"), GIVEN), ()),
    ],
)
def test_a_network_has_approved_when_each_of_its_rows_is_as_it_is_worded(
    records: tuple[Record, ...], missing: tuple[str, ...]
):
    assert tally(a_desk(*records)) == Tally((CULTURE.id,), missing)


def test_networks_without_a_goal_have_nothing_to_approve():
    assert tally(a_desk()) == Tally((), ())
    assert tally(a_desk(GOAL, ELSEWHERE, GIVEN)) == Tally((CULTURE.id, NAMELESS.id), (NAMELESS.id,))
