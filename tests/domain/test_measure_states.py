"""What becomes of a measure: accepted, parked, rejected, merged, taken up again."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    BREAD,
    MILK,
    a_cluster,
    a_goal,
    a_measure,
    given,
)

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.known import MAX_REASON_CHARACTERS
from etatyopoyta.domain.measures import (
    AcceptMeasure,
    ParkMeasure,
    RejectMeasure,
    ReopenMeasure,
    WithdrawMeasure,
)
from etatyopoyta.domain.records import GoalState, Measure, MeasureState

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
