"""Comments on rows, and how they are handled."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    FANNY,
    MARTAT,
    NOW,
    SAKARI,
    SHEET,
    SYDAN,
    a_desk,
    a_goal,
    a_line,
    given,
)
from tests.domain.on_card import a_comment

from etatyopoyta.domain.calendar import end_of
from etatyopoyta.domain.comments import (
    MAX_COMMENT_CHARACTERS,
    MAX_COMMENTS,
    MAX_COMMENTS_OF_ONE,
    AddComment,
    HandleComment,
    RemoveComment,
)
from etatyopoyta.domain.records import CommentState, Person, Role
from etatyopoyta.domain.visibility import ANYBODY, audiences, veil

GOAL = a_goal("goal_0")
COMMENTED = replace(SHEET, state="kommentoitavana", comments_until="2025-06-15")
LAST_MS = end_of("2025-06-15") - 1
ADD = AddComment(id="comment_1", about=GOAL.id, text=" Tarkennetaan ")
FLAG = replace(ADD, is_flag=True)
MADE = a_comment("comment_1")
MAIL = "person_mail"
AINOS: dict[str, Any] = {"by": AINO, "role": Role.PARTICIPANT}
MAILS: dict[str, Any] = {"by": MAIL, "role": Role.COMMENTER}
OPEN = a_comment("comment_1")


def test_V1_the_row_is_there_and_the_text_has_its_length():
    given(COMMENTED, GOAL).when(ADD, **AINOS).then(MADE)
    given(COMMENTED).when(ADD, **AINOS).then_refused("comment.no_such_row", id=GOAL.id)
    given(COMMENTED, GOAL).when(replace(ADD, text=" "), **AINOS).then_refused("comment.empty")
    long = replace(ADD, text="x" * (MAX_COMMENT_CHARACTERS + 1))
    given(COMMENTED, GOAL).when(long, **AINOS).then_refused("comment.too_long")


@pytest.mark.parametrize("who", [AINOS, MAILS], ids=["participant", "commenter"])
def test_V2_comments_are_taken_until_the_last_day_is_over(who: dict[str, Any]):
    assert given(COMMENTED, GOAL).when(ADD, at_ms=LAST_MS, **who).refused is None
    given(COMMENTED, GOAL).when(ADD, at_ms=LAST_MS + 1, **who).then_refused("comment.closed")
    for state in ("luonnos", "hyvaksytty", "julkaistu"):
        card = replace(SHEET, state=state)
        given(card, GOAL).when(ADD, **who).then_refused("comment.closed", state=state)


def test_V2_who_publishes_writes_down_what_came_by_mail_at_any_time():
    command = replace(ADD, organisation=SYDAN)
    made = replace(MADE, author=SAKARI, organisation=SYDAN)
    given(GOAL).when(command, by=SAKARI, role=Role.SECRETARY).then(made)


def test_V3_a_flag_is_raised_in_every_state():
    for state in ("luonnos", "kommentoitavana", "hyvaksytty", "julkaistu"):
        card = replace(SHEET, state=state)
        given(card, GOAL).when(FLAG, **AINOS).then(replace(MADE, is_flag=True))


def test_V3_no_flag_by_link_or_on_a_line():
    given(COMMENTED, GOAL).when(FLAG, **MAILS).then_refused("comment.no_flag")
    given(a_line("text_1")).when(replace(FLAG, about="text_1"), **AINOS).then_refused(
        "comment.no_flag"
    )


def test_V4_one_person_or_link_has_so_many():
    own = [a_comment(f"comment_a{i}", author=MAIL) for i in range(MAX_COMMENTS_OF_ONE)]
    given(COMMENTED, GOAL, *own).when(ADD, **MAILS).then_refused(
        "comment.too_many", limit=MAX_COMMENTS_OF_ONE
    )
    assert given(COMMENTED, GOAL, *own).when(ADD, **AINOS).refused is None


def test_V4_all_who_came_by_one_link_have_so_many_together():
    anna, bo = (Person(id=i, role=Role.COMMENTER, came_by=MAIL) for i in ("person_a", "person_b"))
    before = a_comment("comment_b", author=MAIL)  # when all of them were one author
    own = [a_comment(f"comment_a{i}", author=anna.id) for i in range(MAX_COMMENTS_OF_ONE - 1)]
    desk = given(COMMENTED, GOAL, anna, bo, *own)
    bos: dict[str, Any] = {"by": bo.id, "role": Role.COMMENTER}
    assert desk.when(ADD, **bos).refused is None
    full = given(COMMENTED, GOAL, anna, bo, before, *own)
    full.when(ADD, **bos).then_refused("comment.too_many", limit=MAX_COMMENTS_OF_ONE)
    assert full.when(ADD, **AINOS).refused is None


def test_V8_who_came_by_the_same_link_does_not_take_it_back():
    there = a_comment("comment_1", author="person_a")
    anna, bo = (Person(id=i, role=Role.COMMENTER, came_by=MAIL) for i in ("person_a", "person_b"))
    desk = given(COMMENTED, GOAL, anna, bo, there)
    command, role = RemoveComment(id=there.id), Role.COMMENTER
    desk.when(command, by=bo.id, role=role).then_refused("comment.not_yours", id=there.id)
    assert desk.when(command, by=anna.id, role=role).refused is None


def test_V4_a_desk_has_so_many():
    all_there = [a_comment(f"comment_a{i}", author=f"p_{i}") for i in range(MAX_COMMENTS)]
    given(COMMENTED, GOAL, *all_there).when(ADD).then_refused(
        "comment.too_many", limit=MAX_COMMENTS
    )


def test_V5_participants_comment_for_their_own_organisation():
    given(COMMENTED, GOAL).when(replace(ADD, organisation=SYDAN), **AINOS).then(MADE)


def test_V5_others_name_one_of_the_desk_or_none():
    by_mail = replace(MADE, author=MAIL, organisation=SYDAN)
    given(COMMENTED, GOAL).when(replace(ADD, organisation=SYDAN), **MAILS).then(by_mail)
    given(COMMENTED, GOAL).when(ADD, **MAILS).then(replace(by_mail, organisation=None))
    given(COMMENTED, GOAL).when(replace(ADD, organisation="org_none"), **MAILS).then_refused(
        "organisation.gone"
    )


def handling(state: CommentState, answer: str | None = None) -> HandleComment:
    return HandleComment(id=OPEN.id, state=state, answer=answer)


def test_V6_rejecting_takes_a_reason():
    given(OPEN).when(handling(CommentState.REJECTED, " ")).then_refused("comment.needs_reason")
    given(OPEN).when(handling(CommentState.REJECTED, "On jo"), at_ms=NOW + 5).then(
        replace(OPEN, state=CommentState.REJECTED, answer="On jo", handled_ms=NOW + 5)
    )


@pytest.mark.parametrize("state", [CommentState.ACCEPTED, CommentState.PARKED])
def test_V6_the_others_may_have_an_answer(state: CommentState):
    given(OPEN).when(handling(state)).then(replace(OPEN, state=state, handled_ms=NOW))


def test_V7_what_was_handled_may_be_handled_anew():
    accepted = replace(OPEN, state=CommentState.ACCEPTED, handled_ms=NOW)
    given(accepted).when(handling(CommentState.ACCEPTED)).then_nothing()
    given(accepted).when(handling(CommentState.OPEN)).then(OPEN)


def test_V8_only_who_wrote_it_takes_it_back_and_only_while_it_is_open():
    given(OPEN).when(RemoveComment(id=OPEN.id), **AINOS).then_gone(OPEN.id)
    given(OPEN).when(RemoveComment(id=OPEN.id)).then_refused("comment.not_yours")
    handled = replace(OPEN, state=CommentState.PARKED)
    given(handled).when(RemoveComment(id=OPEN.id), **AINOS).then_refused("comment.is_handled")


def test_who_wrote_a_comment_is_for_them_and_for_those_who_handle_it():
    desk = a_desk()
    others = veil(OPEN, ANYBODY)
    assert others is not None
    assert "author" not in others
    assert others["organisation"] == MARTAT
    for person, role in (
        (AINO, Role.PARTICIPANT),
        (FANNY, Role.FACILITATOR),
        (SAKARI, Role.SECRETARY),
    ):
        seen = veil(OPEN, audiences(desk, person, role))
        assert seen is not None
        assert seen["author"] == AINO
