"""Measures: clusters in words that can be counted."""

import pytest
from msgspec.structs import replace
from tests.domain.given import BREAD, MILK, NOW, a_cluster, a_goal, a_measure, a_note, given

from etatyopoyta.domain.measures import (
    EditMeasure,
    ProposeMeasure,
    WithdrawMeasure,
)
from etatyopoyta.domain.records import GoalState, MeasureState
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

GROUP = a_cluster("cluster_1")
MILK_IN = replace(MILK, cluster=GROUP.id)
BREAD_IN = replace(BREAD, cluster=GROUP.id)
STEPS = a_measure("measure_1", clusters=(GROUP.id,), notes=(MILK.id,))
WITHDRAWN = replace(STEPS, state=MeasureState.WITHDRAWN)


def proposing(measure_id: str = "measure_1", **fields: str) -> ProposeMeasure:
    return ProposeMeasure(id=measure_id, cluster=GROUP.id, **{"name": "Liikkujien määrä", **fields})


def test_M1_a_measure_keeps_the_notes_in_the_order_in_which_they_were_written():
    oldest = a_note("note_oldest", cluster=GROUP.id, created_ms=NOW - 1)
    outcome = given(BREAD_IN, MILK_IN, oldest, GROUP).when(proposing(unit=" askelta "))
    notes = (oldest.id, MILK.id, BREAD.id)
    outcome.then(replace(STEPS, notes=notes, unit="askelta"))


def test_M1_notes_that_come_later_are_no_sources():
    outcome = given(MILK_IN, BREAD, GROUP).when(proposing())
    outcome.desk.apply({BREAD.id: {"cluster": GROUP.id}})
    assert outcome.the(type(STEPS), STEPS.id).notes == (MILK.id,)


def test_M1_a_measure_has_a_name():
    given(MILK_IN, GROUP).when(proposing(name=" ")).then_refused("measure.empty")
    longest = "x" * MAX_TITLE_CHARACTERS
    given(MILK_IN, GROUP).when(proposing(name=longest)).then(replace(STEPS, name=longest))
    given(MILK_IN, GROUP).when(proposing(name=longest + "x")).then_refused("measure.too_long")
    given(MILK_IN, GROUP).when(proposing(unit=longest + "x")).then_refused(
        "measure.detail.too_long"
    )


def test_M1_cluster_and_id_are_right():
    given(MILK).when(proposing()).then_refused("cluster.gone")
    given(MILK_IN, GROUP, STEPS).when(proposing()).then_refused("id.taken")


def test_M2_a_cluster_with_one_note_is_enough():
    given(MILK_IN, GROUP).when(proposing()).then(STEPS)


def test_M2_a_cluster_without_notes_is_refused():
    given(MILK, GROUP).when(proposing()).then_refused("cluster.empty_of_notes", id=GROUP.id)


def test_M3_a_cluster_has_one_proposed_measure():
    given(MILK_IN, GROUP, STEPS).when(proposing("measure_2")).then_refused(
        "measure.exists", id=STEPS.id, name=STEPS.name
    )


def test_M3_after_a_withdrawal_the_cluster_may_be_proposed_anew():
    outcome = given(MILK_IN, GROUP, WITHDRAWN).when(proposing("measure_2"))
    outcome.then(replace(STEPS, id="measure_2"))


@pytest.mark.parametrize(
    ("state", "is_taken"),
    [
        (MeasureState.ACCEPTED, True),
        (MeasureState.PARKED, False),
        (MeasureState.REJECTED, False),
        (MeasureState.MERGED, False),
    ],
)
def test_M3_the_measure_counts_while_it_is_in_use(state: MeasureState, is_taken: bool):
    outcome = given(MILK_IN, GROUP, replace(STEPS, state=state)).when(proposing("measure_2"))
    if is_taken:
        outcome.then_refused("measure.exists", id=STEPS.id)
    else:
        outcome.then(replace(STEPS, id="measure_2"))


def test_M3_a_measure_of_another_cluster_does_not_count():
    other = a_measure("measure_2", clusters=("cluster_2",))
    given(MILK_IN, GROUP, other).when(proposing()).then(STEPS)


def test_M6_a_measure_begins_with_what_its_notes_agreed_on():
    outcome = given(MILK_IN, GROUP).when(proposing(source=" laskuri ", interval="kuukausi"))
    outcome.then(replace(STEPS, source="laskuri", interval="kuukausi"))
    given(MILK_IN, GROUP).when(proposing(source="x" * 201)).then_refused("measure.detail.too_long")


def test_M4_an_edit_of_the_present_wording_counts_the_version():
    command = EditMeasure(id=STEPS.id, base=1, name="Askeleet", unit="askelta")
    given(STEPS).when(command).then(replace(STEPS, name="Askeleet", unit="askelta", version=2))


def test_M4_an_edit_of_another_wording_is_refused_with_the_present_one():
    edited = replace(STEPS, name="Askeleet", version=2)
    given(edited).when(EditMeasure(id=STEPS.id, base=1, name="Matkat")).then_refused(
        "text.changed", id=STEPS.id, text="Askeleet", version=2
    )


@pytest.mark.parametrize("base", [1, 7])
def test_M4_an_edit_that_changes_nothing_is_no_change(base: int):
    given(STEPS).when(EditMeasure(id=STEPS.id, base=base, name=STEPS.name)).then_nothing()


def test_M4_a_unit_is_taken_away():
    counted = replace(STEPS, unit="askelta")
    outcome = given(counted).when(EditMeasure(id=STEPS.id, base=1, unit=None))
    outcome.then(replace(STEPS, version=2))


def test_M4_an_edit_keeps_to_the_limits():
    given(STEPS).when(EditMeasure(id=STEPS.id, base=1, name="")).then_refused("measure.empty")
    given().when(EditMeasure(id=STEPS.id, base=1)).then_refused("measure.gone")


def test_M5_a_measure_that_no_goal_rests_on_is_withdrawn():
    other = a_goal("goal_1", measures=("measure_2",))
    given(STEPS, other).when(WithdrawMeasure(id=STEPS.id)).then(WITHDRAWN)


@pytest.mark.parametrize("state", list(GoalState))
def test_M5_a_measure_that_a_goal_rests_on_is_not_withdrawn(state: GoalState):
    goal = a_goal("goal_1", measures=(STEPS.id,), state=state)
    given(STEPS, goal).when(WithdrawMeasure(id=STEPS.id)).then_refused(
        "measure.in_use", id=STEPS.id, goal=goal.text
    )


def test_M5_withdrawing_twice_changes_nothing():
    given(WITHDRAWN).when(WithdrawMeasure(id=STEPS.id)).then_nothing()
