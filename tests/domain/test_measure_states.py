"""What becomes of a measure: accepted, parked, rejected, merged, taken up again."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    BREAD,
    MILK,
    NOW,
    OLLI,
    a_cluster,
    a_goal,
    a_measure,
    a_note,
    a_vote,
    given,
)

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.known import MAX_REASON_CHARACTERS
from etatyopoyta.domain.measures import (
    AcceptMeasure,
    MergeMeasures,
    ParkMeasure,
    RejectMeasure,
    ReopenMeasure,
    WithdrawMeasure,
)
from etatyopoyta.domain.records import Actual, GoalState, Measure, MeasureState

STEPS = a_measure("measure_1", clusters=("cluster_1",), notes=(MILK.id,))
MEALS = a_measure("measure_2", name="Ateriat", clusters=("cluster_2",), notes=(BREAD.id,))
GROUP = a_cluster("cluster_1")
ACCEPTED = replace(STEPS, state=MeasureState.ACCEPTED)
WITHDRAWN = replace(STEPS, state=MeasureState.WITHDRAWN)
PARKED = replace(STEPS, state=MeasureState.PARKED, reason="Ensi vuonna")
REJECTED = replace(STEPS, state=MeasureState.REJECTED, reason="Ei laskettavissa")
MERGED = replace(STEPS, state=MeasureState.MERGED, reason="Sama asia", merged_into=MEALS.id)
GOAL = a_goal("goal_1", measures=(STEPS.id,))

PARK = ParkMeasure(id=STEPS.id, reason=" Ensi vuonna ")
REJECT = RejectMeasure(id=STEPS.id, reason="Ei laskettavissa")
REOPEN = ReopenMeasure(id=STEPS.id)
MERGE = MergeMeasures(id=STEPS.id, into=MEALS.id, reason="Sama asia")


def test_M10_what_was_merged_stays_merged():
    for command in (PARK, REJECT, REOPEN, WithdrawMeasure(id=STEPS.id)):
        given(MERGED, MEALS).when(command).then_refused(
            "measure.merged", id=MEALS.id, name=MEALS.name
        )


def test_M11_a_proposed_measure_is_accepted():
    outcome = given(STEPS).when(AcceptMeasure(id=STEPS.id)).then(ACCEPTED)
    outcome.when(AcceptMeasure(id=STEPS.id)).then_nothing()


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        (WITHDRAWN, "measure.withdrawn"),
        (PARKED, "measure.set_aside"),
        (REJECTED, "measure.set_aside"),
        (MERGED, "measure.set_aside"),
    ],
)
def test_M11_what_is_not_in_use_is_not_accepted(measure: Measure, code: str):
    given(measure).when(AcceptMeasure(id=STEPS.id)).then_refused(code)


@pytest.mark.parametrize("measure", [STEPS, ACCEPTED, REJECTED, WITHDRAWN])
def test_M12_a_measure_is_parked(measure: Measure):
    given(measure).when(PARK).then(PARKED)
    given(measure).when(ParkMeasure(id=STEPS.id)).then(replace(PARKED, reason=None))


@pytest.mark.parametrize("command", [PARK, REJECT])
def test_M12_a_measure_that_a_goal_on_the_card_rests_on_stays(command: Command):
    given(STEPS, GOAL).when(command).then_refused("measure.on_card", id=STEPS.id, goal=GOAL.text)
    beside = replace(GOAL, state=GoalState.PARKED)
    assert not given(STEPS, beside).when(command).the(Measure, STEPS.id).is_in_use


@pytest.mark.parametrize("measure", [STEPS, ACCEPTED, PARKED])
def test_M13_a_measure_is_rejected_with_a_reason(measure: Measure):
    given(measure).when(REJECT).then(REJECTED)
    given(measure).when(replace(REJECT, reason=" ")).then_refused("measure.reason.empty")
    too_long = "x" * (MAX_REASON_CHARACTERS + 1)
    given(measure).when(replace(REJECT, reason=too_long)).then_refused("measure.reason.too_long")


@pytest.mark.parametrize("measure", [ACCEPTED, PARKED, REJECTED, WITHDRAWN])
def test_M14_a_measure_is_taken_up_again(measure: Measure):
    given(measure).when(REOPEN).then(STEPS).when(REOPEN).then_nothing()


def test_M14_not_when_its_cluster_has_another_measure():
    other = replace(STEPS, id="measure_3", name="Kävelyt")
    given(PARKED, other).when(REOPEN).then_refused("measure.exists", id=other.id, name=other.name)
    given(ACCEPTED, other).when(REOPEN).then(STEPS)


def test_M15_the_other_measure_has_the_sources_of_both():
    shared = a_note("note_shared", created_ms=NOW - 1)
    target = replace(MEALS, clusters=("cluster_2", "cluster_1"), notes=(BREAD.id, shared.id))
    measure = replace(STEPS, notes=(MILK.id, shared.id, "note_gone"))
    outcome = given(MILK, BREAD, shared, measure, target).when(MERGE)
    outcome.then(
        replace(MERGED, notes=measure.notes),
        replace(target, notes=(shared.id, MILK.id, BREAD.id, "note_gone")),
    )


def test_M16_goals_rest_on_the_other_measure():
    both = a_goal("goal_2", measures=(MEALS.id, STEPS.id), state=GoalState.PARKED)
    outcome = given(MILK, BREAD, STEPS, MEALS, GOAL, both).when(MERGE)
    outcome.then(
        MERGED,
        replace(MEALS, clusters=("cluster_2", "cluster_1"), notes=(MILK.id, BREAD.id)),
        replace(GOAL, measures=(MEALS.id,)),
        replace(both, measures=(MEALS.id,)),
    )


def test_M16_votes_count_for_the_other_measure():
    votes = a_vote("vote_1", target=STEPS.id), a_vote("vote_2", target=MEALS.id, voter=OLLI)
    outcome = given(STEPS, MEALS, *votes).when(MERGE)
    assert {outcome.the(type(vote), vote.id).target for vote in votes} == {MEALS.id}


def test_M17_a_measure_is_merged_into_another_one_and_both_are_in_use():
    given(STEPS).when(replace(MERGE, into=STEPS.id)).then_refused("measure.itself")
    given(STEPS).when(MERGE).then_refused("measure.gone", id=MEALS.id)
    given(PARKED, MEALS).when(MERGE).then_refused("measure.set_aside", id=STEPS.id)
    rejected = replace(MEALS, state=MeasureState.REJECTED)
    given(STEPS, rejected).when(MERGE).then_refused("measure.set_aside", id=MEALS.id)
    given(STEPS, MEALS).when(replace(MERGE, reason="")).then_refused("measure.reason.empty")
    through = given(STEPS, MEALS).when(MERGE)
    third = MergeMeasures(id=MEALS.id, into=STEPS.id, reason="Takaisin")
    through.when(third).then_refused("measure.set_aside")


def test_M18_one_that_says_what_was_reached_is_not_merged():
    reached = Actual(id="actual_1", measure=STEPS.id, year=2026, value=4.0, created_ms=NOW)
    given(STEPS, MEALS, reached).when(MERGE).then_refused("measure.has_actuals", id=STEPS.id)
    elsewhere = replace(reached, measure=MEALS.id)
    assert given(STEPS, MEALS, elsewhere).when(MERGE).the(Measure, STEPS.id).merged_into == MEALS.id
