"""The card's way from a draft to a published, numbered version."""

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec.structs import replace

from etatyopoyta.domain.approving import tally
from etatyopoyta.domain.calendar import Day, end_of, is_in_calendar
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.known import MAX_REASON_CHARACTERS
from etatyopoyta.domain.records import Card, CardState, CardVersion, May, Record, VersionId
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import clean, clean_or_none

STEPS = (CardState.DRAFT, CardState.COMMENTED, CardState.APPROVED)
"""Between these the card moves forwards and backwards; publishing is a step of its own."""


class MoveCard(Command, frozen=True, tag="card.state"):
    """Go on to the next state of the card, or back to an earlier one.

    T1  From luonnos to kommentoitavana, from there to hyväksytty: one step at a time.
    T2  Back goes only who says why. A published card is reopened instead.
    T3  Comments are taken until a day that is named, and not over yet; another day is named later.
    T4  Approved is the card when every network with a goal on it has approved all its rows, and
        there is one: else refused with the networks that are missing, unless a reason is given.
    """

    may = May.PUBLISH

    to: Literal["luonnos", "kommentoitavana", "hyvaksytty"]
    comments_until: Day | None = None
    reason: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        card, to = desk.card, CardState(self.to)
        reason = clean_or_none(self.reason, MAX_REASON_CHARACTERS, "card.reason")
        _must_be_a_step(card, to, reason)
        if to is CardState.COMMENTED:
            _must_be_ahead(self.comments_until, asked)
        if to is CardState.APPROVED and reason is None:
            _must_be_approved(desk)
        until = self.comments_until if to is CardState.COMMENTED else None
        yield replace(card, state=to.value, comments_until=until, reason=reason)


class PublishCard(Command, frozen=True, tag="card.publish"):
    """Publish the card as it is now. There is no way to undo it (L8).

    T5  Only an approved card is published.
    T6  Versions are numbered from 1 without a gap.
    """

    may = May.PUBLISH

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        card = desk.card
        if card.state != CardState.APPROVED:
            raise Refused("card.not_approved_yet", state=card.state)
        number = 1 + max((version.number for version in desk.of(CardVersion)), default=0)
        yield CardVersion(
            id=f"version_{number}", number=number, published_ms=asked.at_ms, by=asked.by
        )
        yield replace(card, state=CardState.PUBLISHED.value, comments_until=None)


class ReopenCard(Command, frozen=True, tag="card.reopen"):
    """Begin the next version: the card is a draft again. What was published stays.

    T7  Only a published card is reopened.
    """

    may = May.PUBLISH

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        card = desk.card
        if card.state != CardState.PUBLISHED:
            raise Refused("card.not_published", state=card.state)
        yield replace(card, state=CardState.DRAFT.value, reason=None)


class WithdrawVersion(Command, frozen=True, tag="version.withdraw"):
    """Take a published version back, visibly: its address says so from now on.

    T8  It takes a reason, and a version is withdrawn once.
    T9  With the version that is in force the card becomes a draft again.
    """

    may = May.PUBLISH

    id: VersionId
    reason: str

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        version = desk.get(CardVersion, self.id)
        if version.withdrawn_ms is not None:
            raise Refused("version.is_withdrawn", number=version.number)
        reason = clean(self.reason, MAX_REASON_CHARACTERS, "version.reason")
        newest = max(other.number for other in desk.of(CardVersion))
        yield replace(version, withdrawn_ms=asked.at_ms, withdrawn_why=reason)
        if version.number == newest and desk.card.state == CardState.PUBLISHED:
            yield replace(desk.card, state=CardState.DRAFT.value, reason=reason)


def versions(desk: Desk) -> list[CardVersion]:
    """The published versions, oldest first, the withdrawn ones as well."""
    return sorted(desk.of(CardVersion), key=lambda version: version.number)


def in_force(versions: Iterable[CardVersion]) -> CardVersion | None:
    """The newest of these versions that was not withdrawn."""
    valid = [version for version in versions if version.withdrawn_ms is None]
    return max(valid, key=lambda version: version.number, default=None)


def published_number(desk: Desk) -> int | None:
    """The number of the version that the card stands at while it is published."""
    newest = in_force(desk.of(CardVersion)) if desk.card.state == CardState.PUBLISHED else None
    return None if newest is None else newest.number


def _must_be_a_step(card: Card, to: CardState, reason: str | None) -> None:
    """T1, T2: `to` is the next state, the same for another day, or an earlier one with a reason."""
    if card.state not in STEPS:
        raise Refused("card.no_such_step", state=card.state, to=to)
    there, wanted = STEPS.index(CardState(card.state)), STEPS.index(to)
    if wanted > there + 1 or (wanted == there and to is not CardState.COMMENTED):
        raise Refused("card.no_such_step", state=card.state, to=to)
    if wanted < there and reason is None:
        raise Refused("card.needs_reason", state=card.state, to=to)


def _must_be_ahead(day: str | None, asked: Asked) -> None:
    """T3."""
    if day is None or not is_in_calendar(day) or end_of(day) <= asked.at_ms:
        raise Refused("card.no_such_day", day=day)


def _must_be_approved(desk: Desk) -> None:
    """T4."""
    found = tally(desk)
    if found.missing or not found.with_goals:
        approved = len(found.with_goals) - len(found.missing)
        raise Refused(
            "card.approvals_missing",
            networks=list(found.missing),
            approved=approved,
            all=len(found.with_goals),
        )
