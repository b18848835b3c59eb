"""Voting: rounds that open and close, and votes that are bound to the ids of what they are for."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    Cluster,
    Goal,
    GoalState,
    May,
    Measure,
    Note,
    On,
    Person,
    Record,
    Round,
    RoundId,
    RoundKind,
    RoundState,
    Section,
    SectionId,
    Shows,
    TargetId,
    Vote,
    VoteId,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean

MAX_ROUNDS = 30
MAX_DOTS = 10
MAX_HALL_DOTS = 1_000
MAX_VOTES = 4_000
"""Of one round: its end shows all of them at once, each a line in the patch."""

Dots = Annotated[int, Meta(ge=1, le=MAX_DOTS)]
Rate = Annotated[int, Meta(ge=1, le=5)]


class RoundPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a round is about and by what rules it goes."""

    title: str
    on: On
    kind: RoundKind
    dots: Dots = 3
    cap: Dots = 1
    is_secret: bool = True
    section: SectionId | None = None


class AddRound(Command, frozen=True, tag="round.add"):
    """Plan a round of voting on the current workshop's notes or clusters, or on measures or goals.

    E1  A target gets at most `cap` of a person's dots, and no more than the person has.
    E2  A desk has at most 30 rounds.
    """

    may = May.RUN_AGENDA

    id: RoundId
    plan: RoundPlan

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        if desk.count(Round) >= MAX_ROUNDS:
            raise Refused("round.too_many", limit=MAX_ROUNDS)
        yield _planned(desk, self.id, self.plan)


class EditRound(Command, frozen=True, tag="round.edit"):
    """Plan a round anew (E1).

    E3  What has begun is not planned any more: people have voted by its rules.
    """

    may = May.RUN_AGENDA

    id: RoundId
    plan: RoundPlan

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield _planned(desk, _must_be_planned(desk, self.id).id, self.plan)


class RemoveRound(Command, frozen=True, tag="round.remove"):
    """Take a planned round away (E3)."""

    may = May.RUN_AGENDA

    round: RoundId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        yield Gone(_must_be_planned(desk, self.round).id)


class OpenRound(Command, frozen=True, tag="round.open"):
    """Let people vote.

    E4  One round is open at a time.
    E5  A round that is opened again keeps its votes; they are hidden until it closes again.
    """

    may = May.RUN_AGENDA

    round: RoundId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        opened = desk.get(Round, self.round)
        other = open_round(desk)
        if other is not None and other.id != opened.id:
            raise Refused("round.other_open", id=other.id, title=other.title)
        if other is None:
            yield from _opened(desk, opened, asked)


class CloseRound(Command, frozen=True, tag="round.close"):
    """End a round: what people voted for is shown to all.

    E6  In a secret round nobody learns who voted for what, in no view and in no file.
    E7  Closing what is not open changes nothing.
    """

    may = May.RUN_AGENDA

    round: RoundId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        closed = desk.get(Round, self.round)
        if closed.state is RoundState.OPEN:
            yield from _closed(desk, closed, asked)


class CastVote(Command, frozen=True, tag="vote.cast"):
    """Give a target so many of one's dots; none takes them back.

    Q1  Votes are taken while the round is open only.
    Q2  The target is what the round is about, of its workshop, and there for all to see.
    Q3  Nobody gives more dots than they have, nor more to a target than its cap.
    Q4  Asked again for the same target, the dots are so many, not so many more; they are that
        target's own then, whatever it was merged with (M19).
    """

    may = May.VOTE

    id: VoteId
    round: RoundId
    target: TargetId
    dots: Annotated[int, Meta(ge=0, le=MAX_DOTS)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        round_ = _taking(desk, self.round, self.target, RoundKind.DOTS)
        mine = [v for v in votes_in(desk, round_) if v.voter == asked.by]
        elsewhere = sum(vote.dots or 0 for vote in mine if vote.target != self.target)
        if self.dots > round_.cap:
            raise Refused("vote.over_cap", limit=round_.cap)
        if elsewhere + self.dots > round_.dots:
            raise Refused("vote.no_dots_left", limit=round_.dots)
        here = [vote for vote in mine if vote.target == self.target]
        if not self.dots:
            yield from _taken_back(here)
            return
        vote = here[0] if here else _new(desk, asked, round_, self.id, self.target)
        yield replace(vote, dots=self.dots, via=None)
        yield from _taken_back(here[1:])


class RateTarget(Command, frozen=True, tag="vote.rate"):
    """Say of a target how important and how feasible it is, from 1 to 5 (Q1, Q2).

    Q5  Asked again for the same target, the later one counts.
    """

    may = May.VOTE

    id: VoteId
    round: RoundId
    target: TargetId
    importance: Rate
    feasibility: Rate

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        round_ = _taking(desk, self.round, self.target, RoundKind.RATING)
        here = [
            vote
            for vote in votes_in(desk, round_)
            if vote.voter == asked.by and vote.target == self.target
        ]
        vote = here[0] if here else _new(desk, asked, round_, self.id, self.target)
        rated = replace(vote, importance=self.importance, feasibility=self.feasibility)
        yield replace(rated, via=None)
        yield from _taken_back(here[1:])


class CountHall(Command, frozen=True, tag="vote.hall"):
    """Say how many dots people without a device give a target; none takes them back (Q1, Q2).

    Q6  They are marked as counted in the hall, and nobody's in particular.
    """

    may = May.RUN_AGENDA

    id: VoteId
    round: RoundId
    target: TargetId
    dots: Annotated[int, Meta(ge=0, le=MAX_HALL_DOTS)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        round_ = _taking(desk, self.round, self.target, RoundKind.DOTS)
        here = [v for v in votes_in(desk, round_) if v.is_in_hall and v.target == self.target]
        if not self.dots:
            yield from _taken_back(here)
            return
        vote = here[0] if here else _new(desk, asked, round_, self.id, self.target)
        counted = replace(vote, voter=None, organisation=None, shows=Shows.NOTHING)
        yield replace(counted, is_in_hall=True, dots=self.dots, via=None)
        yield from _taken_back(here[1:])


def open_round(desk: Desk) -> Round | None:
    """The round that takes votes now, if any."""
    return next((each for each in desk.of(Round) if each.state is RoundState.OPEN), None)


def votes_in(desk: Desk, round_: Round) -> Iterator[Vote]:
    """The votes of a round."""
    return (vote for vote in desk.of(Vote) if vote.round == round_.id)


def follow_agenda(
    desk: Desk, closed: Section | None, opened: Section | None, asked: Asked
) -> Iterator[Record]:
    """Close and open the rounds that are bound to these sections.

    E8  A planned round opens with its section, unless another one is open; it closes with it.
    """
    before = open_round(desk)
    is_over = before is not None and closed is not None and before.section == closed.id
    if before is not None and is_over:
        yield from _closed(desk, before, asked)
    if opened is None or (before is not None and not is_over):
        return
    for planned in desk.of(Round):
        if planned.section == opened.id and planned.state is RoundState.PLANNED:
            yield from _opened(desk, planned, asked)
            return


def must_not_be_voted_on(desk: Desk, ids: Iterable[str]) -> None:
    """Pass when these may go; what votes are for stays: Refused("voted.stays", id).

    While a round is open all that it is about stays, so that a refusal tells nobody's vote.
    """
    kept = voted_on(desk)
    for record_id in ids:
        if record_id in kept:
            raise Refused("voted.stays", id=record_id)


def voted_on(desk: Desk) -> set[str]:
    """What stays for the sake of votes: targets of closed rounds, all targets of an open one."""
    kept = {vote.target for vote in desk.of(Vote) if not vote.is_hidden}
    now = open_round(desk)
    if now is not None:
        kept.update(item.id for item in desk.of(_KINDS[now.on]))
    return kept


def moved_votes(desk: Desk, gone: set[str], into: str) -> Iterator[Vote]:
    """The votes of what goes, bound to what it goes into: nothing is wiped.

    Q7  Merging adds the votes up. Splitting says whether they stay or go along.
    """
    return (replace(vote, target=into) for vote in desk.of(Vote) if vote.target in gone)


_KINDS: dict[On, type[Record]] = {
    On.NOTES: Note,
    On.CLUSTERS: Cluster,
    On.MEASURES: Measure,
    On.GOALS: Goal,
}


def is_target(desk: Desk, round_: Round, target: str) -> bool:
    """Whether this can be voted for in the round."""
    found = desk.find(target)
    if found is None or type(found) is not _KINDS[round_.on]:
        return False
    match found:
        case Note():
            is_shown = not found.is_hidden and found.parked_ms is None
            return is_shown and found.workshop == round_.workshop
        case Cluster():
            return found.workshop == round_.workshop
        case Measure():
            return found.is_in_use
        case Goal():
            return found.state is not GoalState.PARKED
    return False


def _planned(desk: Desk, round_id: str, plan: RoundPlan) -> Round:
    is_rating = plan.kind is RoundKind.RATING
    return Round(
        id=round_id,
        workshop=desk.info.workshop,
        title=clean(plan.title, MAX_TITLE_CHARACTERS, "round"),
        on=plan.on,
        kind=plan.kind,
        dots=0 if is_rating else plan.dots,
        cap=0 if is_rating else min(plan.cap, plan.dots),
        is_secret=plan.is_secret,
        section=plan.section and desk.get(Section, plan.section).id,
    )


def _taking(desk: Desk, round_id: str, target: str, kind: RoundKind) -> Round:
    round_ = desk.get(Round, round_id)
    if round_.state is not RoundState.OPEN:
        raise Refused("round.not_open", id=round_.id)
    if round_.kind is not kind or not is_target(desk, round_, target):
        raise Refused("vote.no_such_target", id=target)
    return round_


def _new(desk: Desk, asked: Asked, round_: Round, vote_id: str, target: str) -> Vote:
    must_be_new(desk, vote_id)
    if sum(1 for _ in votes_in(desk, round_)) >= MAX_VOTES:
        raise Refused("round.full", limit=MAX_VOTES)
    person = desk.find(asked.by)
    return Vote(
        id=vote_id,
        round=round_.id,
        target=target,
        voter=asked.by,
        organisation=person.organisation if isinstance(person, Person) else None,
        shows=Shows.NOTHING if round_.is_secret else desk.info.shows,
    )


def _taken_back(votes: Iterable[Vote]) -> Iterator[Gone]:
    """Several of one voter's for one target come of a merge."""
    return (Gone(vote.id) for vote in votes)


def _opened(desk: Desk, round_: Round, asked: Asked) -> Iterator[Record]:
    yield replace(round_, state=RoundState.OPEN, opened_ms=asked.at_ms, closed_ms=None)
    yield from (replace(vote, is_hidden=True) for vote in votes_in(desk, round_))


def _closed(desk: Desk, round_: Round, asked: Asked) -> Iterator[Record]:
    yield replace(round_, state=RoundState.CLOSED, closed_ms=asked.at_ms)
    yield from (replace(vote, is_hidden=False) for vote in votes_in(desk, round_))


def _must_be_planned(desk: Desk, round_id: str) -> Round:
    round_ = desk.get(Round, round_id)
    if round_.state is not RoundState.PLANNED:
        raise Refused("round.begun", id=round_.id)
    return round_
