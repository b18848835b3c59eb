"""From a draft to published versions, and what is frozen meanwhile."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    CULTURE,
    FANNY,
    NAMELESS,
    NOW,
    P1,
    P2,
    RATE,
    SHEET,
    a_desk,
    a_goal,
    a_line,
    a_measure,
    given,
)
from tests.domain.on_card import an_approval

from etatyopoyta.domain.card import AddCardText, EditCardText, RemoveCardText
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.copying import structure_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import FillDesk, NameNetwork
from etatyopoyta.domain.figures import SetFigure
from etatyopoyta.domain.goals import (
    EditGoal,
    MergeIntoGoal,
    ParkGoal,
    PlaceGoal,
    PromoteMeasure,
    SuggestGoal,
)
from etatyopoyta.domain.measures import EditMeasure
from etatyopoyta.domain.publishing import (
    MoveCard,
    PublishCard,
    ReopenCard,
    WithdrawVersion,
    in_force,
    versions,
)
from etatyopoyta.domain.records import CARD, Card, CardState, CardVersion, Network, Role

COMMENTED = replace(SHEET, state="kommentoitavana", comments_until="2025-06-30")
APPROVED = replace(SHEET, state="hyvaksytty")
PUBLISHED = replace(SHEET, state="julkaistu")
GOAL = a_goal("goal_0")
FIRST = CardVersion(id="version_1", number=1, published_ms=NOW, by=FANNY)


def test_T1_a_draft_is_put_up_for_comments_and_then_approved():
    outcome = given(GOAL, an_approval("approval_0")).when(
        MoveCard(to="kommentoitavana", comments_until="2025-06-30")
    )
    outcome.then(COMMENTED)
    outcome.when(MoveCard(to="hyvaksytty")).then(APPROVED)


@pytest.mark.parametrize("there", [SHEET, APPROVED])
def test_T1_no_step_is_left_out_or_taken_twice(there: Card):
    given(there).when(MoveCard(to="hyvaksytty", reason="Kiire")).then_refused(
        "card.no_such_step", state=there.state, to="hyvaksytty"
    )


def test_T2_back_goes_only_who_says_why():
    given(APPROVED).when(MoveCard(to="luonnos")).then_refused("card.needs_reason", to="luonnos")
    given(APPROVED).when(MoveCard(to="luonnos", reason=" Virhe ")).then(
        replace(SHEET, reason="Virhe")
    )
    given(APPROVED).when(
        MoveCard(to="kommentoitavana", comments_until="2025-06-30", reason="Lisää aikaa")
    ).then(replace(COMMENTED, reason="Lisää aikaa"))


def test_T2_a_published_card_is_reopened_instead():
    given(PUBLISHED).when(MoveCard(to="luonnos", reason="Virhe")).then_refused("card.no_such_step")


@pytest.mark.parametrize("day", [None, "2025-06-14", "2025-02-30"])
def test_T3_comments_are_taken_until_a_day_to_come(day: str | None):
    command = MoveCard(to="kommentoitavana", comments_until=day)
    given().when(command).then_refused("card.no_such_day", day=day)


def test_T3_the_day_itself_still_counts_and_another_may_be_named():
    given(COMMENTED).when(MoveCard(to="kommentoitavana", comments_until="2025-06-15")).then(
        replace(COMMENTED, comments_until="2025-06-15")
    )


def test_T4_networks_that_have_not_approved_are_named():
    goals = (GOAL, a_goal("goal_1", network=NAMELESS.id, focus_area=P2))
    command = MoveCard(to="hyvaksytty")
    given(COMMENTED, *goals, an_approval("approval_0")).when(command).then_refused(
        "card.approvals_missing", networks=[NAMELESS.id], approved=1, all=2
    )
    given(COMMENTED, *goals).when(replace(command, reason="Kokous päätti")).then(
        replace(APPROVED, reason="Kokous päätti")
    )


def test_T4_a_card_without_a_goal_is_approved_for_a_reason_only():
    given(COMMENTED).when(MoveCard(to="hyvaksytty")).then_refused("card.approvals_missing", all=0)


@pytest.mark.parametrize("there", [SHEET, COMMENTED, PUBLISHED])
def test_T5_only_an_approved_card_is_published(there: Card):
    given(there).when(PublishCard()).then_refused("card.not_approved_yet", state=there.state)


def test_T6_versions_are_numbered_from_one():
    given(APPROVED).when(PublishCard()).then(PUBLISHED, FIRST)
    withdrawn = replace(FIRST, withdrawn_ms=NOW, withdrawn_why="Virhe")
    given(APPROVED, withdrawn).when(PublishCard()).then(
        PUBLISHED, replace(FIRST, id="version_2", number=2)
    )


def test_T7_a_published_card_is_reopened_as_a_draft():
    given(replace(PUBLISHED, reason="Kokous"), FIRST).when(ReopenCard()).then(SHEET)
    given(APPROVED).when(ReopenCard()).then_refused("card.not_published", state="hyvaksytty")


def test_T8_withdrawing_takes_a_reason_and_happens_once():
    given(SHEET, FIRST).when(WithdrawVersion(id=FIRST.id, reason=" ")).then_refused(
        "version.reason.empty"
    )
    outcome = given(SHEET, FIRST).when(WithdrawVersion(id=FIRST.id, reason="Väärä luku"))
    outcome.then(replace(FIRST, withdrawn_ms=NOW, withdrawn_why="Väärä luku"))
    outcome.when(WithdrawVersion(id=FIRST.id, reason="Taas")).then_refused("version.is_withdrawn")
    given().when(WithdrawVersion(id=FIRST.id, reason="Mikä")).then_refused("version.gone")


def test_T9_without_the_version_in_force_the_card_is_a_draft_again():
    gone = replace(FIRST, withdrawn_ms=NOW, withdrawn_why="Virhe")
    given(PUBLISHED, FIRST).when(WithdrawVersion(id=FIRST.id, reason="Virhe")).then(
        gone, replace(SHEET, reason="Virhe")
    )


def test_T9_an_older_version_is_withdrawn_without_that():
    second = replace(FIRST, id="version_2", number=2)
    outcome = given(PUBLISHED, FIRST, second).when(WithdrawVersion(id=FIRST.id, reason="Virhe"))
    outcome.then(replace(FIRST, withdrawn_ms=NOW, withdrawn_why="Virhe"))
    assert in_force(versions(outcome.desk)) == second


def test_in_force_is_the_newest_that_was_not_withdrawn():
    second = replace(FIRST, id="version_2", number=2, withdrawn_ms=NOW)
    assert in_force([]) is None
    assert in_force([FIRST, second]) == FIRST
    assert in_force([second]) is None


FREEZES: dict[str, Command] = {
    "a line": EditCardText(id="text_0", base=1, text="Uusi"),
    "a new line": AddCardText(id="text_9", section="strengths", text="Uusi"),
    "no line": RemoveCardText(id="text_0"),
    "a figure": SetFigure(id=RATE.id, base=1, value=1.0),
    "a goal": EditGoal(id="goal_0", base=1, text="Uusi"),
    "a place": PlaceGoal(id="goal_0", focus_area=P2, network=CULTURE.id),
    "a place on the card": PlaceGoal(id="goal_1", focus_area=P1, network=CULTURE.id),
    "beside": ParkGoal(id="goal_0"),
    "a new goal": PromoteMeasure(
        id="goal_9", measure="measure_0", focus_area=P2, network=CULTURE.id, text="Uusi"
    ),
    "a name": NameNetwork(network=CULTURE.id, name=None),
}
GOES_ON: dict[str, Command] = {
    "what was reached": EditGoal(id="goal_0", base=1, actual="12 %", status="going"),
    "a measure": EditMeasure(id="measure_0", base=1, name="Uusi"),
    "a source": MergeIntoGoal(id="goal_0", measure="measure_0"),
    "a suggestion": SuggestGoal(id="goal_9", focus_area=P1, network=CULTURE.id, text="Ehdotus"),
    "beside the card": EditGoal(id="goal_1", base=1, text="Uusi"),
}
ON_DESK = (
    GOAL,
    a_goal("goal_1", state="parked"),
    a_line("text_0"),
    a_measure("measure_0"),
)


@pytest.mark.parametrize("card", [APPROVED, PUBLISHED], ids=lambda card: card.state)
@pytest.mark.parametrize("what", FREEZES)
def test_T5_what_is_approved_or_published_stays_as_it_is_worded(what: str, card: Card):
    given(card, *ON_DESK).when(FREEZES[what]).then_refused("card.frozen", state=card.state)
    assert given(COMMENTED, *ON_DESK).when(FREEZES[what]).refused is None


@pytest.mark.parametrize("what", GOES_ON)
def test_T5_the_follow_up_goes_on(what: str):
    outcome = given(PUBLISHED, *ON_DESK).when(GOES_ON[what])
    assert outcome.refused is None
    assert outcome.decision.patch


def test_a_published_desk_is_filled_in_several_parts():
    line = a_line("text_0")
    given(PUBLISHED).when(FillDesk(records=(line,)), by="system", role=Role.SYSTEM).then(line)


def test_a_copy_of_a_published_desk_begins_as_a_draft():
    named = replace(CULTURE, approvers=(FANNY,))
    copied = Desk(structure_of(a_desk(PUBLISHED, FIRST, named), "Uusi", with_organisations=True))
    assert copied.card.state == CardState.DRAFT
    assert copied.get(Network, CULTURE.id).approvers is None
    assert [*copied.of(CardVersion)] == []
    assert CARD in copied
