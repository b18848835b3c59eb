"""What came of a round of voting, in counts: never who voted for what."""

from collections import defaultdict

from etatyopoyta.cards.evidence import measure_name
from etatyopoyta.cards.minutes_model import VoteLine, VoteResult
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Cluster, Goal, Measure, Note, Round, RoundKind, Vote


def vote_result(desk: Desk, words: Words, round_: Round) -> VoteResult:
    """The round's targets, the one with the most first. The round is over."""
    of_target: defaultdict[str, list[Vote]] = defaultdict(list)
    for vote in desk.of(Vote):
        if vote.round == round_.id and not vote.is_hidden:
            of_target[vote.target].append(vote)
    ranked = sorted(of_target.items(), key=lambda item: (-_weight(item[1]), item[0]))
    voters = {v.voter for votes in of_target.values() for v in votes if v.voter}
    kind = words(f"minutes.vote.{round_.kind}")
    how = words("minutes.vote.secret" if round_.is_secret else "minutes.vote.open")
    return VoteResult(
        title=round_.title,
        about=words("minutes.vote.about", kind=kind, how=how, voters=len(voters)),
        lines=tuple(
            VoteLine(target=_title(desk, words, target), result=_result(words, round_, votes))
            for target, votes in ranked
        ),
    )


def _weight(votes: list[Vote]) -> float:
    dots = sum(vote.dots or 0 for vote in votes)
    return dots or _mean([vote.importance for vote in votes])


def _result(words: Words, round_: Round, votes: list[Vote]) -> str:
    if round_.kind is RoundKind.RATING:
        return words(
            "minutes.vote.rated",
            importance=words.number(_mean([vote.importance for vote in votes])),
            feasibility=words.number(_mean([vote.feasibility for vote in votes])),
            count=len(votes),
        )
    dots = sum(vote.dots or 0 for vote in votes)
    in_hall = sum(vote.dots or 0 for vote in votes if vote.is_in_hall)
    key = "minutes.vote.dots_with_hall" if in_hall else "minutes.vote.dots_given"
    return words(key, dots=dots, hall=in_hall)


def _mean(values: list[int | None]) -> float:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 1) if known else 0.0


def _title(desk: Desk, words: Words, target: str) -> str:
    match desk.find(target):
        case Note(is_hidden=False, text=text):
            return text
        case Cluster(title=title):
            return title
        case Measure() as measure:
            return measure_name(words, measure)
        case Goal(text=text):
            return text
        case _:
            return words("minutes.vote.gone")
