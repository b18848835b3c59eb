"""Measures are merged, and a merge is undone."""

from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    BREAD,
    MILK,
    NOW,
    OLLI,
    a_cluster,
    a_desk,
    a_goal,
    a_note,
    a_round,
    a_vote,
    given,
)
from tests.domain.test_measure_states import GOAL, MEALS, PARKED, STEPS

from etatyopoyta.domain.clusters import MergeClusters
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.goals import MergeIntoGoal
from etatyopoyta.domain.measures import EditMeasure
from etatyopoyta.domain.merging import MergeMeasures, UnmergeMeasure
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import (
    Actual,
    Goal,
    GoalState,
    Measure,
    MeasureState,
    Merge,
    On,
    Record,
    RoundState,
    Vote,
)
from etatyopoyta.domain.visibility import ANYBODY, veil
from etatyopoyta.domain.voting import CastVote

MERGE = MergeMeasures(id=STEPS.id, into=MEALS.id, reason="Sama asia")
UNDO = UnmergeMeasure(id=STEPS.id)
BREAK = Merge(state=STEPS.state, clusters=STEPS.clusters, notes=STEPS.notes, goals={})
MERGED = replace(
    STEPS, state=MeasureState.MERGED, reason="Sama asia", merged_into=MEALS.id, merge=BREAK
)


def by_id(desk: Desk) -> dict[str, Record]:
    return {item.id: item for item in desk}


def test_M15_the_other_measure_has_the_sources_of_both():
    shared = a_note("note_shared", created_ms=NOW - 1)
    target = replace(MEALS, clusters=("cluster_2", "cluster_1"), notes=(BREAD.id, shared.id))
    measure = replace(STEPS, notes=(MILK.id, shared.id, "note_gone"))
    outcome = given(MILK, BREAD, shared, measure, target).when(MERGE)
    outcome.then(
        replace(
            MERGED,
            notes=measure.notes,
            merge=replace(BREAK, clusters=(), notes=(MILK.id, "note_gone")),
        ),
        replace(target, notes=(shared.id, MILK.id, BREAD.id, "note_gone")),
    )


def test_M16_goals_rest_on_the_other_measure():
    both = a_goal("goal_2", measures=(MEALS.id, STEPS.id), state=GoalState.PARKED)
    outcome = given(MILK, BREAD, STEPS, MEALS, GOAL, both).when(MERGE)
    goals = {goal.id: goal.measures for goal in (GOAL, both)}
    outcome.then(
        replace(MERGED, merge=replace(BREAK, goals=goals)),
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


def test_M19_an_undone_merge_leaves_both_as_they_were():
    both = a_goal("goal_2", measures=(MEALS.id, "measure_9", STEPS.id), state=GoalState.PARKED)
    accepted = replace(STEPS, state=MeasureState.ACCEPTED)
    votes = a_vote("vote_1", target=STEPS.id), a_vote("vote_2", target=MEALS.id, voter=OLLI)
    before = MILK, BREAD, accepted, MEALS, GOAL, both, *votes
    after = given(*before).when(MERGE).when(UNDO)
    assert by_id(after.desk) == by_id(a_desk(*before))
    after.when(UNDO).then_nothing()


def test_M19_votes_that_the_other_one_was_given_since_stay_there():
    held = a_round("round_1", on=On.MEASURES, state=RoundState.OPEN, dots=3, cap=3)
    vote = a_vote("vote_1", round=held.id, target=STEPS.id, dots=1)
    given_since = given(STEPS, MEALS, held, vote).when(MERGE)
    cast = CastVote(id="vote_9", round=held.id, target=MEALS.id, dots=2)
    outcome = given_since.when(cast, by=AINO).when(UNDO)
    assert outcome.the(Vote, vote.id).target == MEALS.id


def test_M19_a_hidden_vote_tells_nobody_where_it_came_from():
    vote = a_vote("vote_1", target=STEPS.id, is_hidden=True)
    merged = given(STEPS, MEALS, vote).when(MERGE)
    assert merged.the(Vote, vote.id).via == (STEPS.id,)
    assert "via" not in (veil(merged.the(Vote, vote.id), ANYBODY) or {})
    assert vote.id not in str(form(merged.the(Measure, STEPS.id)))


def test_M20_what_another_merge_has_brought_as_well_stays():
    third = replace(STEPS, id="measure_3", clusters=("cluster_3",), notes=(MILK.id, "note_9"))
    twice = given(MILK, BREAD, STEPS, MEALS, third).when(MERGE).when(replace(MERGE, id=third.id))
    one = twice.when(UNDO).the(Measure, MEALS.id)
    assert one.clusters == ("cluster_2", "cluster_3")
    assert set(one.notes) == {BREAD.id, MILK.id, "note_9"}
    assert twice.when(UNDO).when(replace(UNDO, id=third.id)).the(Measure, MEALS.id) == MEALS


def test_M20_what_was_said_about_the_other_one_since_stays():
    reached = Actual(id="actual_1", measure=MEALS.id, year=2026, value=4.0, created_ms=NOW)
    edit = EditMeasure(id=MEALS.id, base=1, meaning="Ruokaa riittää")
    outcome = given(MILK, BREAD, STEPS, MEALS, reached).when(MERGE).when(edit).when(UNDO)
    assert outcome.the(Measure, MEALS.id) == replace(MEALS, meaning="Ruokaa riittää", version=2)
    assert outcome.the(Actual, reached.id) == reached


def test_M20_clusters_that_became_one_meanwhile_are_both_measures_own():
    groups = a_cluster("cluster_1"), a_cluster("cluster_2")
    for into, gone in (("cluster_1", "cluster_2"), ("cluster_2", "cluster_1")):
        one = MergeClusters(into=into, clusters=(gone,))
        outcome = given(*groups, STEPS, MEALS).when(MERGE).when(one).when(UNDO)
        assert outcome.the(Measure, STEPS.id).clusters == (into,)
        assert outcome.the(Measure, MEALS.id).clusters == (into,)
    more = a_cluster("cluster_5")
    measure = replace(STEPS, clusters=("cluster_1", "cluster_5"))
    outcome = given(*groups, more, measure, MEALS).when(MERGE)
    outcome = outcome.when(MergeClusters(into="cluster_5", clusters=("cluster_1",))).when(UNDO)
    assert outcome.the(Measure, STEPS.id).clusters == ("cluster_5",)
    assert outcome.the(Measure, MEALS.id).clusters == MEALS.clusters


def test_M21_what_a_goal_got_since_stays():
    further = replace(STEPS, id="measure_3", clusters=("cluster_3",), notes=("note_9",))
    merged = given(MILK, BREAD, STEPS, MEALS, further, GOAL).when(MERGE)
    outcome = merged.when(MergeIntoGoal(id=GOAL.id, measure=further.id)).when(UNDO)
    assert outcome.the(Goal, GOAL.id).measures == (STEPS.id, further.id)


def test_M22_the_last_of_several_merges_is_undone_first():
    third = replace(STEPS, id="measure_3", clusters=("cluster_3",), notes=("note_9",))
    vote = a_vote("vote_1", target=STEPS.id)
    further = MergeMeasures(id=MEALS.id, into=third.id, reason="Laajempi")
    first = MILK, BREAD, STEPS, MEALS, third, GOAL, vote
    second = given(*first).when(MERGE).when(further)
    second.when(UNDO).then_refused("measure.merged_on", id=MEALS.id, name=MEALS.name)
    outcome = second.when(UnmergeMeasure(id=MEALS.id)).when(UNDO)
    assert by_id(outcome.desk) == by_id(a_desk(*first))


def test_M23_not_when_its_cluster_has_another_measure_by_now():
    other = replace(STEPS, id="measure_3", name="Uusi")
    given(MERGED, MEALS, other).when(UNDO).then_refused("measure.exists", id=other.id)
    given(replace(MERGED, merge=None), MEALS).when(UNDO).then_refused("measure.merge_not_kept")
    given(PARKED).when(UNDO).then_nothing()
