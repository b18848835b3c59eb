"""Comments on the rows of the card, and how they are handled: one by one, all in the log."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.domain.calendar import end_of
from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.permissions import whose
from etatyopoyta.domain.records import (
    CardRowId,
    CardState,
    Comment,
    CommentId,
    CommentState,
    Goal,
    May,
    Measure,
    Organisation,
    OrganisationId,
    Person,
    Record,
    Role,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import clean, clean_or_none

MAX_COMMENT_CHARACTERS = 2_000
MAX_COMMENTS = 2_000
"""On one desk."""
MAX_COMMENTS_OF_ONE = 200
"""Of one person, or of all who came by one link."""


class AddComment(Command, frozen=True, tag="comment.add"):
    """Say something about a row of the card.

    V1  The row is there.
    V2  Comments are taken while the card is kommentoitavana, until its last day is over. Who
        publishes the card writes them down at any time: they come by mail as well.
    V3  A flag says that a goal or measure does not match the notes it grew from. It is raised in
        every state, by people of the desk: who came by a link to comment wrote no notes.
    V4  A desk holds 2,000 comments, and 200 of one person or link.
    V5  Participants comment for their own organisation, others for the one that they name.
    """

    may = May.COMMENT

    id: CommentId
    about: CardRowId
    text: str
    organisation: OrganisationId | None = None
    is_flag: bool = False

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        row = desk.find(self.about)
        if row is None:
            raise Refused("comment.no_such_row", id=self.about)
        if self.is_flag and (asked.role is Role.COMMENTER or not isinstance(row, Goal | Measure)):
            raise Refused("comment.no_flag", id=self.about)
        if not self.is_flag:
            _must_be_taken(desk, asked)
        _must_have_room(desk, asked)
        yield Comment(
            id=self.id,
            about=self.about,
            text=clean(self.text, MAX_COMMENT_CHARACTERS, "comment"),
            author=asked.by,
            organisation=_organisation(desk, asked, self.organisation),
            is_flag=self.is_flag or None,
            created_ms=asked.at_ms,
        )


class HandleComment(Command, frozen=True, tag="comment.handle"):
    """Accept, reject or park a comment, or open it again.

    V6  Rejecting takes a reason; the others may have an answer.
    V7  What was handled may be handled anew; the last word counts.
    """

    may = May.PUBLISH

    id: CommentId
    state: CommentState
    answer: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        comment = desk.get(Comment, self.id)
        answer = clean_or_none(self.answer, MAX_COMMENT_CHARACTERS, "comment.answer")
        if self.state is CommentState.REJECTED and answer is None:
            raise Refused("comment.needs_reason", id=comment.id)
        if (self.state, answer) == (comment.state, comment.answer):
            return
        handled_ms = None if self.state is CommentState.OPEN else asked.at_ms
        yield replace(comment, state=self.state, answer=answer, handled_ms=handled_ms)


class RemoveComment(Command, frozen=True, tag="comment.remove"):
    """Take one's own comment back.

    V8  Only who wrote it does, and only while it is open.
    """

    may = May.COMMENT

    id: CommentId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        comment = desk.get(Comment, self.id)
        if comment.author != asked.by:
            raise Refused("comment.not_yours", id=comment.id)
        if comment.state is not CommentState.OPEN:
            raise Refused("comment.is_handled", id=comment.id)
        yield Gone(comment.id)


def _must_be_taken(desk: Desk, asked: Asked) -> None:
    """V2."""
    if whose(desk, asked.role, May.PUBLISH) is not None:
        return
    card = desk.card
    is_over = card.comments_until is not None and end_of(card.comments_until) <= asked.at_ms
    if card.state != CardState.COMMENTED or is_over:
        raise Refused("comment.closed", state=card.state)


def _must_have_room(desk: Desk, asked: Asked) -> None:
    """V4."""
    if desk.count(Comment) >= MAX_COMMENTS:
        raise Refused("comment.too_many", limit=MAX_COMMENTS)
    mates = _mates(desk, asked.by)
    own = sum(comment.author in mates for comment in desk.of(Comment))
    if own >= MAX_COMMENTS_OF_ONE:
        raise Refused("comment.too_many", limit=MAX_COMMENTS_OF_ONE)


def _mates(desk: Desk, by: str) -> set[str]:
    """The person, and all who came by the same link to comment."""
    person = desk.find(by)
    link = (person.came_by if isinstance(person, Person) else None) or by
    return {link, *(other.id for other in desk.of(Person) if other.came_by == link)}


def _organisation(desk: Desk, asked: Asked, named: str | None) -> str | None:
    """V5."""
    if asked.role is Role.PARTICIPANT:
        person = desk.find(asked.by)
        return person.organisation if isinstance(person, Person) else None
    return None if named is None else desk.get(Organisation, named).id
