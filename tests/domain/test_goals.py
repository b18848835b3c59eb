"""Goals of the networks on the card."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    CULTURE,
    NAMELESS,
    NOW,
    P1,
    P2,
    a_goal,
    a_measure,
    given,
    is_readable,
)

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.goals import (
    GOALS_PER_NETWORK,
    MAX_GOAL_CHARACTERS,
    MAX_RAISED_LIMIT,
    EditGoal,
    MergeIntoGoal,
    ParkGoal,
    PlaceGoal,
    PromoteMeasure,
    RemoveGoal,
    SetGoalLimit,
    SuggestGoal,
)
from etatyopoyta.domain.records import Goal, GoalState, MeasureState

STEPS, MEALS = a_measure("measure_1"), a_measure("measure_2", name="Ateriat")
WITHDRAWN = replace(MEALS, state=MeasureState.WITHDRAWN)
FIRST, SECOND = a_goal("goal_1", created_ms=NOW + 1), a_goal("goal_2", created_ms=NOW)
NEW = a_goal("goal_new", measures=(STEPS.id,))
PARKED = replace(FIRST, state=GoalState.PARKED)


def promoting(**fields: object) -> PromoteMeasure:
    plain = {
        "id": NEW.id,
        "measure": STEPS.id,
        "focus_area": P1,
        "network": CULTURE.id,
        "text": NEW.text,
    }
    return PromoteMeasure(**{**plain, **fields})  # type: ignore[arg-type]


def placing(
    goal: Goal, focus_area: str = P1, network: str = CULTURE.id, replaces: str | None = None
) -> PlaceGoal:
    return PlaceGoal(id=goal.id, focus_area=focus_area, network=network, replaces=replaces)


def limiting(limit: int, focus_area: str = P1, network: str = CULTURE.id) -> SetGoalLimit:
    return SetGoalLimit(network=network, focus_area=focus_area, limit=limit)


def suggesting(text: str = "Ruoka maistuu", **fields: str) -> SuggestGoal:
    plain = {"id": "goal_new", "focus_area": P1, "network": CULTURE.id}
    return SuggestGoal(text=text, **{**plain, **fields})


def test_G1_a_network_has_two_goals_under_a_focus_area():
    assert GOALS_PER_NETWORK == 2
    given(STEPS, FIRST).when(promoting()).then(NEW)


def test_G1_the_third_goal_is_refused_with_the_ones_that_are_there():
    given(STEPS, FIRST, SECOND).when(promoting()).then_refused(
        "goal.slots_full", limit=2, goals=[SECOND.id, FIRST.id]
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(SECOND, focus_area=P2),
        replace(SECOND, network=NAMELESS.id),
        replace(SECOND, state=GoalState.PARKED),
        replace(SECOND, state=GoalState.SUGGESTED),
    ],
)
def test_G1_goals_elsewhere_take_no_slot(other: Goal):
    given(STEPS, FIRST, other).when(promoting()).then(NEW)


def test_G1_a_raised_limit_holds_under_its_focus_area():
    raised = replace(CULTURE, limits={P1: 3})
    given(raised, STEPS, FIRST, SECOND).when(promoting()).then(NEW)
    elsewhere = replace(CULTURE, limits={P2: 3})
    given(elsewhere, STEPS, FIRST, SECOND).when(promoting()).then_refused("goal.slots_full")


def test_G1_a_lowered_limit_holds():
    lowered = replace(CULTURE, limits={P1: 1})
    given(lowered, STEPS, FIRST).when(promoting()).then_refused("goal.slots_full", limit=1)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (promoting(measure="measure_9"), "measure.gone"),
        (promoting(measure=WITHDRAWN.id), "measure.withdrawn"),
        (promoting(focus_area="p9"), "focus_area.gone"),
        (promoting(network="network_9"), "network.gone"),
        (promoting(id=FIRST.id), "id.taken"),
        (promoting(text=" "), "goal.empty"),
        (promoting(text="x" * (MAX_GOAL_CHARACTERS + 1)), "goal.too_long"),
    ],
)
def test_G1_a_goal_needs_what_it_names(command: Command, code: str):
    given(STEPS, WITHDRAWN, FIRST).when(command).then_refused(code)


def test_G1_a_goal_of_the_greatest_length_is_kept():
    text = "x" * MAX_GOAL_CHARACTERS
    given(STEPS).when(promoting(text=text)).then(replace(NEW, text=text))


def test_G1_placing_needs_a_slot():
    given(FIRST, SECOND, replace(NEW, state=GoalState.SUGGESTED)).when(placing(NEW)).then_refused(
        "goal.slots_full"
    )
    given(FIRST, replace(NEW, state=GoalState.SUGGESTED)).when(placing(NEW)).then(NEW)


def test_G1_a_goal_goes_to_another_network():
    given(FIRST).when(placing(FIRST, P2, NAMELESS.id)).then(
        replace(FIRST, focus_area=P2, network=NAMELESS.id)
    )


def test_G1_placing_a_goal_where_it_is_changes_nothing():
    given(FIRST, SECOND).when(placing(FIRST)).then_nothing()


def test_G1_placing_needs_what_it_names():
    given(FIRST).when(placing(FIRST, "p9")).then_refused("focus_area.gone")
    given(FIRST).when(placing(FIRST, P1, "network_9")).then_refused("network.gone")
    given().when(placing(FIRST)).then_refused("goal.gone")


def test_G2_a_replaced_goal_is_parked():
    outcome = given(STEPS, FIRST, SECOND).when(promoting(replaces=FIRST.id))
    outcome.then(PARKED, NEW)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(FIRST, focus_area=P2),
        replace(FIRST, network=NAMELESS.id),
        replace(FIRST, state=GoalState.SUGGESTED),
    ],
)
def test_G2_only_a_goal_of_that_slot_is_replaced(elsewhere: Goal):
    given(STEPS, elsewhere).when(promoting(replaces=FIRST.id)).then_refused(
        "goal.gone", id=FIRST.id
    )


def test_G2_a_goal_that_is_not_there_is_not_replaced():
    given(STEPS).when(promoting(replaces=FIRST.id)).then_refused("goal.gone")


def test_G2_a_placed_goal_replaces_one():
    outcome = given(PARKED, SECOND, NEW).when(placing(FIRST, replaces=SECOND.id))
    outcome.then(FIRST, replace(SECOND, state=GoalState.PARKED))


def test_G2_a_goal_does_not_replace_itself():
    given(PARKED).when(placing(FIRST, replaces=FIRST.id)).then_refused("goal.gone")


def test_G3_a_parked_goal_takes_no_slot():
    outcome = given(STEPS, FIRST, SECOND).when(promoting(park=True))
    outcome.then(replace(NEW, state=GoalState.PARKED))


def test_G3_a_goal_either_replaces_another_or_is_parked():
    both = promoting(park=True, replaces=FIRST.id)
    given(STEPS, FIRST, SECOND).when(both).then_refused("goal.two_ways")


def test_G4_a_measure_becomes_a_goal_once_per_network_and_focus_area():
    given(STEPS, NEW).when(promoting(id="goal_9")).then_refused(
        "goal.exists", id=NEW.id, text=NEW.text
    )


def test_G4_a_parked_goal_counts():
    parked = replace(NEW, state=GoalState.PARKED)
    given(STEPS, parked).when(promoting(id="goal_9")).then_refused("goal.exists")


@pytest.mark.parametrize(("focus_area", "network"), [(P2, CULTURE.id), (P1, NAMELESS.id)])
def test_G4_a_measure_becomes_a_goal_elsewhere_too(focus_area: str, network: str):
    outcome = given(STEPS, NEW).when(promoting(id="goal_9", focus_area=focus_area, network=network))
    outcome.then(replace(NEW, id="goal_9", focus_area=focus_area, network=network))


def test_G5_a_goal_rests_on_a_further_measure():
    outcome = given(MEALS, NEW).when(MergeIntoGoal(id=NEW.id, measure=MEALS.id))
    outcome.then(replace(NEW, measures=(STEPS.id, MEALS.id)))


def test_G5_merging_what_the_goal_rests_on_changes_nothing():
    given(STEPS, NEW).when(MergeIntoGoal(id=NEW.id, measure=STEPS.id)).then_nothing()


def test_G5_merging_needs_what_it_names():
    merging = MergeIntoGoal(id=NEW.id, measure=MEALS.id)
    given(MEALS).when(merging).then_refused("goal.gone")
    given(NEW).when(merging).then_refused("measure.gone")
    given(NEW, WITHDRAWN).when(merging).then_refused("measure.withdrawn")


def test_G6_a_suggestion_is_not_on_the_card_and_takes_no_slot():
    suggested = a_goal("goal_new", text="Ruoka maistuu", state=GoalState.SUGGESTED)
    given(FIRST, SECOND).when(suggesting()).then(suggested)


def test_G6_a_placed_suggestion_is_on_the_card():
    outcome = given().when(suggesting()).when(placing(NEW))
    outcome.then(a_goal("goal_new", text="Ruoka maistuu"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (suggesting(id=FIRST.id), "id.taken"),
        (suggesting(focus_area="p9"), "focus_area.gone"),
        (suggesting(network="network_9"), "network.gone"),
        (suggesting(""), "goal.empty"),
        (suggesting("x" * (MAX_GOAL_CHARACTERS + 1)), "goal.too_long"),
    ],
)
def test_G6_a_suggestion_needs_what_it_names(command: Command, code: str):
    given(FIRST).when(command).then_refused(code)


def test_a_parked_goal_frees_its_slot():
    outcome = given(STEPS, FIRST, SECOND).when(ParkGoal(id=FIRST.id)).then(PARKED)
    outcome.when(promoting()).then(NEW)


def test_parking_twice_changes_nothing():
    given(PARKED).when(ParkGoal(id=FIRST.id)).then_nothing()


def test_G7_a_goal_on_the_card_is_not_removed():
    given(FIRST).when(RemoveGoal(id=FIRST.id)).then_refused("goal.on_card", id=FIRST.id)


@pytest.mark.parametrize("state", [GoalState.PARKED, GoalState.SUGGESTED])
def test_G7_a_goal_beside_the_card_is_removed_and_its_measures_stay(state: GoalState):
    goal = replace(NEW, state=state)
    given(STEPS, goal).when(RemoveGoal(id=goal.id)).then().then_gone(goal.id)


def test_G8_an_edit_of_the_present_row_counts_the_version():
    command = EditGoal(id=FIRST.id, base=1, text="Liikunta kasvaa", actual=" 12 % ", status="done")
    given(FIRST).when(command).then(
        replace(FIRST, text="Liikunta kasvaa", actual="12 %", status="done", version=2)
    )


def test_G8_an_edit_of_another_row_is_refused_with_the_present_text():
    edited = replace(FIRST, text="Liikunta kasvaa", version=2)
    given(edited).when(EditGoal(id=FIRST.id, base=1, actual="5 %")).then_refused(
        "text.changed", id=FIRST.id, text="Liikunta kasvaa", version=2
    )


def test_G8_an_edit_that_changes_nothing_is_no_change():
    given(FIRST).when(EditGoal(id=FIRST.id, base=9, text=FIRST.text)).then_nothing()


def test_G8_an_edit_keeps_to_the_limits():
    longest = "x" * MAX_GOAL_CHARACTERS
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, text=longest, actual=longest)).then(
        replace(FIRST, text=longest, actual=longest, version=2)
    )
    too_long = longest + "x"
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, text=too_long)).then_refused("goal.too_long")
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, actual=too_long)).then_refused(
        "goal.actual.too_long"
    )


def test_G9_a_status_is_one_of_the_desks():
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, status="going")).then(
        replace(FIRST, status="going", version=2)
    )
    given(FIRST).when(EditGoal(id=FIRST.id, base=1, status="lost")).then_refused(
        "goal.unknown_status", status="lost"
    )


def test_G9_a_status_is_taken_away():
    started = replace(FIRST, status="going")
    given(started).when(EditGoal(id=FIRST.id, base=1, status=None)).then(replace(FIRST, version=2))


def test_G10_a_limit_is_at_least_the_goals_that_are_there():
    given(FIRST, SECOND).when(limiting(2)).then(replace(CULTURE, limits={P1: 2}))
    given(FIRST, SECOND).when(limiting(1)).then_refused(
        "network.has_more_goals", id=CULTURE.id, goals=2
    )


def test_G10_parked_goals_do_not_hold_a_limit_up():
    given(PARKED, SECOND).when(limiting(1)).then(replace(CULTURE, limits={P1: 1}))


def test_G10_a_limit_is_from_1_to_9():
    assert MAX_RAISED_LIMIT == 9
    assert [n for n in range(-1, 12) if is_readable(limiting(n))] == list(range(1, 10))


def test_G10_limits_of_other_focus_areas_stay():
    raised = replace(CULTURE, limits={P2: 4})
    given(raised).when(limiting(3)).then(replace(CULTURE, limits={P1: 3, P2: 4}))


def test_G10_a_limit_needs_what_it_names():
    given().when(limiting(3, "p9")).then_refused("focus_area.gone")
    given().when(limiting(3, network="network_9")).then_refused("network.gone")
