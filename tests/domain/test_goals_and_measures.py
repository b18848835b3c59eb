"""What goals take over from measures, whom they are for, and why they were put aside."""

import pytest
from msgspec.structs import replace
from tests.domain.given import CULTURE, INFO, MARTAT, NOW, P1, a_goal, a_measure, given
from tests.properties.started import AGE_GROUPS

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.goals import (
    EditGoal,
    MergeIntoGoal,
    ParkGoal,
    PlaceGoal,
    PromoteMeasure,
)
from etatyopoyta.domain.known import MAX_REASON_CHARACTERS
from etatyopoyta.domain.records import GoalState, MeasureState

AGED = replace(INFO, age_groups=AGE_GROUPS)
STEPS = a_measure("measure_1", age_groups=("young",), owner=MARTAT)
NEW = a_goal("goal_new", measures=(STEPS.id,), age_groups=("young",), owner=MARTAT)
FIRST, SECOND = a_goal("goal_1", created_ms=NOW + 1), a_goal("goal_2", created_ms=NOW)
PARKED = replace(FIRST, state=GoalState.PARKED, reason="Liian laaja")
PROMOTE = PromoteMeasure(
    id=NEW.id, measure=STEPS.id, focus_area=P1, network=CULTURE.id, text=NEW.text
)
PLACE = PlaceGoal(id=FIRST.id, focus_area=P1, network=CULTURE.id)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (MeasureState.ACCEPTED, None),
        (MeasureState.PARKED, "measure.set_aside"),
        (MeasureState.REJECTED, "measure.set_aside"),
        (MeasureState.MERGED, "measure.set_aside"),
    ],
)
def test_G12_a_measure_in_use_becomes_a_goal(state: MeasureState, code: str | None):
    measure = replace(STEPS, state=state)
    promoted = given(measure).when(PROMOTE)
    merged = given(measure, FIRST).when(MergeIntoGoal(id=FIRST.id, measure=STEPS.id))
    if code is None:
        promoted.then(NEW)
        merged.then(replace(FIRST, measures=(STEPS.id,)))
    else:
        promoted.then_refused(code, id=STEPS.id)
        merged.then_refused(code, id=STEPS.id)


def test_G13_a_replaced_goal_keeps_the_reason():
    outcome = given(STEPS, FIRST, SECOND).when(
        replace(PROMOTE, replaces=FIRST.id, reason=" Liian laaja ")
    )
    outcome.then(PARKED, NEW)


def test_G13_a_goal_that_is_parked_at_once_keeps_the_reason():
    outcome = given(STEPS).when(replace(PROMOTE, park=True, reason="Ei mahdu"))
    outcome.then(replace(NEW, state=GoalState.PARKED, reason="Ei mahdu"))
    given(STEPS).when(replace(PROMOTE, reason="Turha")).then(NEW)


def test_G13_a_goal_that_is_placed_again_has_none():
    given(PARKED, SECOND).when(PLACE).then(FIRST)
    outcome = given(PARKED, SECOND).when(replace(PLACE, replaces=SECOND.id, reason="Vaihto"))
    outcome.then(FIRST, replace(SECOND, state=GoalState.PARKED, reason="Vaihto"))


@pytest.mark.parametrize(
    "command",
    [
        replace(PROMOTE, reason="x" * (MAX_REASON_CHARACTERS + 1)),
        replace(PLACE, reason="x" * (MAX_REASON_CHARACTERS + 1)),
        ParkGoal(id=FIRST.id, reason="x" * (MAX_REASON_CHARACTERS + 1)),
    ],
)
def test_G13_a_reason_keeps_to_its_limit(command: Command):
    given(STEPS, PARKED).when(command).then_refused("goal.reason.too_long")


@pytest.mark.parametrize("state", [MeasureState.PARKED, MeasureState.REJECTED])
def test_G14_a_goal_is_placed_while_its_measures_are_in_use(state: MeasureState):
    beside = replace(NEW, state=GoalState.PARKED)
    place = replace(PLACE, id=NEW.id)
    given(STEPS, beside).when(place).then(NEW)
    given(replace(STEPS, state=state, name="Askeleet"), beside).when(place).then_refused(
        "measure.set_aside", name="Askeleet", state=state
    )


def test_G15_parking_what_is_parked_changes_its_reason_only():
    given(FIRST).when(ParkGoal(id=FIRST.id, reason="Liian laaja")).then(PARKED)
    given(PARKED).when(ParkGoal(id=FIRST.id)).then_nothing()
    given(PARKED).when(ParkGoal(id=FIRST.id, reason="Muu syy")).then(
        replace(PARKED, reason="Muu syy")
    )


def test_G16_age_groups_and_owner_are_on_the_desk():
    edit = EditGoal(id=FIRST.id, base=1, age_groups=("old", "young"), owner=CULTURE.id)
    changed = replace(FIRST, age_groups=("young", "old"), owner=CULTURE.id, version=2)
    outcome = given(AGED, FIRST).when(edit).then(changed)
    outcome.when(EditGoal(id=FIRST.id, base=2, age_groups=None, owner=None)).then(
        replace(FIRST, version=3)
    )
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, age_groups=("old",))).then_refused(
        "age_group.gone", id="old"
    )
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, owner="person_none")).then_refused(
        "owner.gone", id="person_none"
    )
