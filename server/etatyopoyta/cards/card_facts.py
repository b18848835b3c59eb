"""What was said of the card and agreed to, as facts: comments, approvals, states and versions.

Comments are told by row and organisation, approvals by network: never by person.
"""

from collections.abc import Iterator

from etatyopoyta.cards.evidence import network_name
from etatyopoyta.cards.minutes_model import Fact
from etatyopoyta.cards.words import Words, day_of
from etatyopoyta.domain.approving import agrees
from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.records import (
    Approval,
    Card,
    CardState,
    CardText,
    CardVersion,
    Comment,
    CommentState,
    Figure,
    Goal,
    Measure,
    Network,
    Organisation,
    Record,
)


def card_facts(words: Words, change: Change, desk: Desk) -> Iterator[Fact]:
    """What this change says; `desk` is the one after it."""
    match change.old, change.new:
        case Card() as old, Card() as new:
            yield from _card(words, old, new)
        case None, CardVersion() as new:
            yield _fact(words, "published", version=new.number)
        case CardVersion(), CardVersion(withdrawn_ms=int()) as new:
            yield _fact(words, "withdrawn", new.withdrawn_why, version=new.number)
        case None, Comment() as new:
            key = "flagged" if new.is_flag else "commented"
            yield _fact(words, key, **_of_comment(words, new, desk))
        case Comment() as old, Comment() as new:
            yield from _handled(words, old, new, desk)
        case Comment() as old, None:
            yield _fact(words, "comment_removed", **_of_comment(words, old, desk))
        case _, Approval() as new:
            yield _fact(words, "approved", **_of_approval(words, new, desk))
        case Approval() as old, None:
            yield _fact(words, "approval_taken_back", **_of_approval(words, old, desk))
        case Goal() as old, new:
            yield from _lapsed(words, old, new, desk)
        case Network() as old, Network() as new if old.approvers != new.approvers:
            network, count = network_name(words, new), len(new.approvers or ())
            yield _fact(words, "approvers", network=network, count=count)


def _fact(words: Words, key: str, reason: str | None = None, /, **values: object) -> Fact:
    return Fact(text=words(f"minutes.did.{key}", **values), reason=reason)


def _card(words: Words, old: Card, new: Card) -> Iterator[Fact]:
    if old.state != new.state:
        was, now = (words.known(f"state.{s}", s) for s in (old.state, new.state))
        reason = None if new.state == CardState.PUBLISHED else new.reason
        yield _fact(words, "card_state", reason, old=was, new=now)
    until = new.comments_until
    if until is not None and until != old.comments_until:
        day = day_of(until)
        yield _fact(words, "comments_until", day=words.day(day) if day else until)


def _handled(words: Words, old: Comment, new: Comment, desk: Desk) -> Iterator[Fact]:
    if old.state is new.state and old.answer == new.answer:
        return
    key = "comment_answered" if old.state is new.state else f"comment_{new.state}"
    answer = None if new.state is CommentState.OPEN else new.answer
    yield _fact(words, key, answer, **_of_comment(words, new, desk))


def _lapsed(words: Words, old: Goal, new: Record | None, desk: Desk) -> Iterator[Fact]:
    """The approvals that hold no more since the goal changed, and those that do again."""
    of_goal = [approval for approval in desk.of(Approval) if approval.goal == old.id]
    for key, agreed, agree in (("lapsed", old, new), ("approval_again", new, old)):
        found = [a for a in of_goal if agrees(a, agreed) and not agrees(a, agree)]
        for approval in {(a.network, a.wording): a for a in found}.values():
            yield _fact(words, key, **_of_approval(words, approval, desk))


def _of_comment(words: Words, comment: Comment, desk: Desk) -> dict[str, object]:
    by = desk.find(comment.organisation) if comment.organisation else None
    named = by.name if isinstance(by, Organisation) else words("minutes.no_organisation")
    return {"row": _row(words, desk.find(comment.about)), "organisation": named}


def _of_approval(words: Words, approval: Approval, desk: Desk) -> dict[str, object]:
    network = desk.find(approval.network)
    named = network_name(words, network) if isinstance(network, Network) else approval.network
    return {"network": named, "text": approval.wording}


def _row(words: Words, row: Record | None) -> str:
    match row:
        case Goal(text=text) | CardText(text=text):
            return text
        case Figure(label=label):
            return words.text(label)
        case Measure(name=name):
            return name
        case Network():
            return network_name(words, row)
        case _:
            return words("minutes.vote.gone")
