"""Voting."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    BREAK,
    FANNY,
    HERE,
    INFO,
    MAPPING,
    MARTAT,
    MILK,
    NOW,
    OLLI,
    SIRI,
    SKETCHING,
    a_cluster,
    a_goal,
    a_measure,
    a_note,
    a_round,
    a_vote,
    given,
)

from etatyopoyta.domain.agenda import AdvanceAgenda, CloseSection, OpenSection
from etatyopoyta.domain.clusters import DissolveCluster, MergeClusters, SplitCluster, UngroupNotes
from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.goals import RemoveGoal
from etatyopoyta.domain.notes import RemoveNotes
from etatyopoyta.domain.patch import diff, form
from etatyopoyta.domain.records import (
    GoalState,
    MeasureState,
    On,
    Role,
    Round,
    RoundKind,
    RoundState,
    SectionState,
    Shows,
    Vote,
)
from etatyopoyta.domain.visibility import ANYBODY, veil, views
from etatyopoyta.domain.voting import (
    MAX_ROUNDS,
    MAX_VOTES,
    AddRound,
    CastVote,
    CloseRound,
    CountHall,
    EditRound,
    OpenRound,
    RateTarget,
    RemoveRound,
    RoundPlan,
)

PLANNED = a_round("round_0")
OPEN = replace(PLANNED, state=RoundState.OPEN, opened_ms=NOW)
RATING = replace(OPEN, kind=RoundKind.RATING, dots=0, cap=0)
ONE, TWO = a_cluster("cluster_0"), a_cluster("cluster_1")
OURS = (OPEN, ONE, TWO)


def cast(target: str = ONE.id, dots: int = 1, vote_id: str = "vote_new") -> CastVote:
    return CastVote(id=vote_id, round=OPEN.id, target=target, dots=dots)


def test_E1_nobody_can_give_a_target_more_dots_than_they_have():
    plan = RoundPlan(title=" Tärkeimmät ", on=On.CLUSTERS, kind=RoundKind.DOTS, dots=2, cap=5)
    add = AddRound(id="round_0", plan=plan)
    given().when(add).then(replace(PLANNED, dots=2, cap=2))
    rating = AddRound(
        id="round_0", plan=RoundPlan(title="Arvio", on=On.GOALS, kind=RoundKind.RATING)
    )
    assert given().when(rating).the(Round, "round_0").dots == 0


def test_E2_there_are_thirty_rounds():
    rounds = [a_round(f"round_{i}") for i in range(MAX_ROUNDS)]
    add = AddRound(id="round_x", plan=RoundPlan(title="Vielä", on=On.NOTES, kind=RoundKind.DOTS))
    given(*rounds).when(add).then_refused("round.too_many", limit=MAX_ROUNDS)


def test_E3_what_has_begun_is_not_planned_any_more():
    edit = EditRound(id="round_0", plan=RoundPlan(title="Toinen", on=On.NOTES, kind=RoundKind.DOTS))
    given(PLANNED).when(edit).then(
        replace(PLANNED, title="Toinen", on=On.NOTES, dots=3, cap=1, is_secret=True)
    )
    given(OPEN).when(edit).then_refused("round.begun")
    given(PLANNED).when(RemoveRound(round=PLANNED.id)).then_gone(PLANNED.id)
    given(OPEN).when(RemoveRound(round=OPEN.id)).then_refused("round.begun")


def test_E4_one_round_is_open_at_a_time():
    given(PLANNED).when(OpenRound(round=PLANNED.id)).then(OPEN)
    given(OPEN).when(OpenRound(round=OPEN.id)).then_nothing()
    other = a_round("round_1")
    given(OPEN, other).when(OpenRound(round=other.id)).then_refused(
        "round.other_open", id=OPEN.id, title=OPEN.title
    )


def test_E5_a_round_that_is_opened_again_keeps_its_votes_and_hides_them():
    closed = replace(OPEN, state=RoundState.CLOSED, closed_ms=NOW)
    shown = a_vote("vote_0", is_hidden=False)
    given(closed, shown).when(OpenRound(round=OPEN.id)).then(OPEN, replace(shown, is_hidden=True))


def test_E6_the_end_of_a_round_shows_what_was_voted_for():
    vote = a_vote("vote_0")
    outcome = given(OPEN, vote).when(CloseRound(round=OPEN.id))
    over = replace(OPEN, state=RoundState.CLOSED, closed_ms=NOW)
    outcome.then(over, replace(vote, is_hidden=False))
    seen = veil(replace(vote, is_hidden=False), ANYBODY) or {}
    assert seen["target"] == ONE.id
    assert not {"voter", "organisation"} & seen.keys()


def test_E6_in_an_open_round_others_learn_of_the_voter_what_the_desk_allows():
    vote = a_vote("vote_0", is_hidden=False)
    named = veil(replace(vote, shows=Shows.NAME), ANYBODY) or {}
    assert (named["voter"], named["organisation"]) == (AINO, MARTAT)
    ours = veil(replace(vote, shows=Shows.ORGANISATION), ANYBODY) or {}
    assert ours["organisation"] == MARTAT
    assert "voter" not in ours


def test_E7_closing_what_is_not_open_changes_nothing():
    given(PLANNED).when(CloseRound(round=PLANNED.id)).then_nothing()


BOUND = replace(PLANNED, section=MAPPING.id)


def test_E8_a_round_opens_and_closes_with_its_section():
    opened = given(BOUND).when(OpenSection(section=MAPPING.id))
    assert opened.the(Round, BOUND.id).state is RoundState.OPEN
    assert opened.when(CloseSection(section=MAPPING.id)).the(Round, BOUND.id).closed_ms == NOW


def test_E8_the_round_of_the_next_section_opens_when_that_of_the_last_closes():
    first = replace(BOUND, section=BREAK.id)
    second = replace(BOUND, id="round_1")
    for advance in (
        OpenSection(section=MAPPING.id),
        AdvanceAgenda(section=BREAK.id, ends_ms=NOW + BREAK.minutes * 60_000),
    ):
        started = given(first, second).when(OpenSection(section=BREAK.id))
        outcome = started.when(advance)
        assert outcome.the(Round, first.id).state is RoundState.CLOSED
        assert outcome.the(Round, second.id).state is RoundState.OPEN


def test_E8_a_round_that_is_open_by_hand_goes_on():
    outcome = given(replace(OPEN, id="round_1"), BOUND).when(OpenSection(section=MAPPING.id))
    assert outcome.the(Round, "round_1").state is RoundState.OPEN
    assert outcome.the(Round, BOUND.id).state is RoundState.PLANNED


def test_E8_starting_a_section_again_does_not_open_its_round_again():
    over = replace(BOUND, state=RoundState.CLOSED)
    held = replace(MAPPING, state=SectionState.CLOSED)
    assert given(over, held).when(OpenSection(section=MAPPING.id)).the(Round, over.id) == over


def test_Q1_votes_are_taken_while_the_round_is_open():
    outcome = given(*OURS).when(cast(), by=AINO, role=Role.PARTICIPANT)
    outcome.then(a_vote("vote_new"))
    for state in (RoundState.PLANNED, RoundState.CLOSED):
        round_ = replace(OPEN, state=state)
        given(round_, ONE).when(cast(), by=AINO, role=Role.PARTICIPANT).then_refused(
            "round.not_open"
        )


@pytest.mark.parametrize(
    ("on", "record", "is_one"),
    [
        (On.CLUSTERS, ONE, True),
        (On.CLUSTERS, replace(ONE, workshop="workshop_2"), False),
        (On.NOTES, ONE, False),
        (On.NOTES, MILK, True),
        (On.NOTES, replace(MILK, is_hidden=True), False),
        (On.NOTES, replace(MILK, parked_ms=1), False),
        (On.MEASURES, a_measure("measure_0"), True),
        (On.MEASURES, a_measure("measure_0", state=MeasureState.ACCEPTED), True),
        (On.MEASURES, a_measure("measure_0", state=MeasureState.WITHDRAWN), False),
        (On.MEASURES, a_measure("measure_0", state=MeasureState.REJECTED), False),
        (On.GOALS, a_goal("goal_0"), True),
        (On.GOALS, a_goal("goal_0", state=GoalState.PARKED), False),
    ],
)
def test_Q2_the_target_is_what_the_round_is_about(on: On, record: object, is_one: bool):
    outcome = given(replace(OPEN, on=on), record).when(cast(record.id))  # type: ignore[attr-defined,arg-type]
    if is_one:
        assert outcome.the(Vote, "vote_new").target == record.id  # type: ignore[attr-defined]
    else:
        outcome.then_refused("vote.no_such_target")


def test_Q2_dots_are_not_ratings():
    given(RATING, ONE).when(cast()).then_refused("vote.no_such_target")
    rate = RateTarget(id="vote_1", round=OPEN.id, target=ONE.id, importance=5, feasibility=1)
    given(*OURS).when(rate).then_refused("vote.no_such_target")


def test_Q3_nobody_gives_more_dots_than_they_have_nor_more_than_the_cap():
    given(*OURS).when(cast(dots=3)).then_refused("vote.over_cap", limit=2)
    mine = a_vote("vote_0", dots=2)
    asked = given(*OURS, mine).when(cast(TWO.id, 2), by=AINO, role=Role.PARTICIPANT)
    asked.then_refused("vote.no_dots_left", limit=3)
    given(*OURS, mine).when(cast(TWO.id), by=AINO, role=Role.PARTICIPANT).then(
        a_vote("vote_new", target=TWO.id)
    )
    given(*OURS, mine).when(cast(TWO.id, 2), by=OLLI, role=Role.PARTICIPANT).then(
        a_vote("vote_new", target=TWO.id, dots=2, voter=OLLI)
    )


def test_Q3_a_round_holds_so_many_votes():
    votes = [a_vote(f"vote_{i}", voter=f"person_{i}") for i in range(MAX_VOTES)]
    given(*OURS, *votes).when(cast()).then_refused("round.full", limit=MAX_VOTES)


def test_Q4_asked_again_the_dots_are_so_many():
    mine = a_vote("vote_0")
    for _ in range(2):
        given(*OURS, mine).when(cast(dots=2), by=AINO, role=Role.PARTICIPANT).then(
            replace(mine, dots=2)
        )
    given(*OURS, mine).when(cast(dots=0), by=AINO, role=Role.PARTICIPANT).then_gone(mine.id)
    given(*OURS).when(cast(dots=0), by=AINO, role=Role.PARTICIPANT).then_nothing()


def test_Q4_an_id_that_is_taken_is_nobodys_vote():
    given(*OURS, MILK).when(cast(vote_id=MILK.id)).then_refused("id.taken")


def test_Q5_of_two_ratings_the_later_one_counts():
    rate = RateTarget(id="vote_1", round=OPEN.id, target=ONE.id, importance=5, feasibility=1)
    rated = a_vote("vote_1", dots=None, importance=5, feasibility=1)
    once = given(RATING, ONE).when(rate, by=AINO, role=Role.PARTICIPANT)
    once.then(rated)
    again = RateTarget(id="vote_2", round=OPEN.id, target=ONE.id, importance=2, feasibility=3)
    once.when(again, by=AINO, role=Role.PARTICIPANT).then(
        replace(rated, importance=2, feasibility=3)
    )


def test_Q6_the_hall_is_counted_and_nobodys_in_particular():
    count = CountHall(id="vote_h", round=OPEN.id, target=ONE.id, dots=12)
    hall = a_vote("vote_h", dots=12, voter=None, organisation=None, is_in_hall=True)
    counted = given(*OURS).when(count)
    counted.then(hall)
    fewer = CountHall(id="vote_i", round=OPEN.id, target=ONE.id, dots=3)
    counted.when(fewer).then(replace(hall, dots=3))
    nobody = CountHall(id="vote_i", round=OPEN.id, target=ONE.id, dots=0)
    given(*OURS, hall).when(nobody).then_gone(hall.id)
    assert veil(hall, frozenset({FANNY, "facilitator"})) == form(hall)
    assert "target" not in (veil(hall, frozenset({SIRI, "participant"})) or {})


def test_Q7_merging_adds_the_votes_up_also_of_one_voter():
    mine, more = a_vote("vote_0"), a_vote("vote_1", target=TWO.id)
    merged = given(*OURS, mine, more).when(MergeClusters(into=TWO.id, clusters=(ONE.id,)))
    assert merged.the(Vote, "vote_0").target == TWO.id


def test_C10_a_later_vote_for_what_was_merged_takes_the_place_of_both():
    mine, more = a_vote("vote_0"), a_vote("vote_1", target=TWO.id)
    merged = given(*OURS, mine, more).when(MergeClusters(into=TWO.id, clusters=(ONE.id,)))
    both = merged.when(cast(TWO.id, 2), by=AINO, role=Role.PARTICIPANT)
    both.then(replace(mine, target=TWO.id, dots=2)).then_gone("vote_1")


IN_ONE = [a_note(f"note_{i}", cluster=ONE.id) for i in range(2)]


@pytest.mark.parametrize(("votes", "target"), [("stay", ONE.id), ("move", "cluster_new")])
def test_Q7_splitting_says_what_becomes_of_the_votes(votes: str, target: str):
    split = SplitCluster(
        cluster=ONE.id,
        notes=("note_0",),
        id="cluster_new",
        title="Uusi",
        at=HERE,
        votes=votes,  # type: ignore[arg-type]
    )
    outcome = given(*OURS, *IN_ONE, a_vote("vote_0")).when(split)
    assert outcome.the(Vote, "vote_0").target == target


def test_C11_splitting_without_saying_so_is_refused_where_there_was_voting():
    split = SplitCluster(cluster=ONE.id, notes=("note_0",), id="cluster_n", title="Uusi", at=HERE)
    given(*OURS, *IN_ONE).when(split).then_refused("cluster.split_votes")
    given(PLANNED, ONE, *IN_ONE).when(split)
    over = replace(OPEN, state=RoundState.CLOSED)
    given(over, ONE, *IN_ONE).when(split).the(Round, over.id)
    shown = a_vote("vote_0", is_hidden=False)
    given(over, ONE, *IN_ONE, shown).when(split).then_refused("cluster.split_votes")


def test_N17_what_votes_are_for_stays_and_a_refusal_tells_nobodys_vote():
    note = replace(MILK, id="note_0")
    over = replace(OPEN, state=RoundState.CLOSED)
    for vote in ([], [a_vote("vote_0")]):
        dissolve = given(*OURS, *vote).when(DissolveCluster(cluster=ONE.id))
        dissolve.then_refused("voted.stays", id=ONE.id)
    shown = a_vote("vote_0", is_hidden=False)
    given(over, ONE, shown).when(DissolveCluster(cluster=ONE.id)).then_refused("voted.stays")
    given(over, ONE).when(DissolveCluster(cluster=ONE.id)).then_gone(ONE.id)
    on_notes = replace(OPEN, on=On.NOTES)
    given(on_notes, note).when(RemoveNotes(notes=(note.id,))).then_refused("voted.stays")


def test_G11_a_goal_that_votes_are_for_stays():
    parked = a_goal("goal_0", state=GoalState.PARKED)
    on_goals = replace(OPEN, on=On.GOALS)
    given(on_goals, parked).when(RemoveGoal(id=parked.id)).then_refused("voted.stays")


def test_C2_a_cluster_that_votes_are_for_stays_when_it_is_empty():
    note = a_note("note_0", cluster=ONE.id)
    given(*OURS, note).when(UngroupNotes(to={note.id: HERE})).then(
        replace(note, cluster=None, at=HERE)
    )


def test_while_a_round_is_open_others_see_that_there_are_votes_and_no_more():
    vote = a_vote("vote_0", shows=Shows.NAME)
    for viewer in (ANYBODY, frozenset({OLLI, MARTAT, "participant"}), frozenset({"facilitator"})):
        assert veil(vote, viewer) == {
            "t": "vote",
            "id": vote.id,
            "round": OPEN.id,
            "dots": 1,
            "is_hidden": True,
        }
    assert veil(vote, frozenset({AINO})) == form(vote)
    moved = replace(vote, target=TWO.id)
    change = diff(form(vote), form(moved))
    seen = views([Change(vote.id, vote, moved)], {vote.id: change})
    assert seen.common == {}
    assert seen.to(frozenset({AINO})) == {vote.id: {"target": TWO.id}}


def test_a_desk_without_sections_or_rounds_has_nothing_to_follow():
    assert list(Desk([INFO]).of(Round)) == []
    assert SKETCHING.state is SectionState.PLANNED
