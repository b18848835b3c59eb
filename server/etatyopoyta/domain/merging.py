"""Merging measures, and taking a merge back."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.known import MAX_REASON_CHARACTERS, must_be_free, must_be_in_use
from etatyopoyta.domain.records import (
    Actual,
    Goal,
    May,
    Measure,
    MeasureId,
    MeasureState,
    Merge,
    Note,
    Record,
    Vote,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import clean
from etatyopoyta.domain.voting import moved_votes


class MergeMeasures(Command, frozen=True, tag="measure.merge"):
    """Merge a measure into another one. It stays on record, and says where it went and why.

    M15  The other one has the clusters and notes of both, each once, oldest note first.
    M16  The goals that rested on it rest on the other one; votes for it count there (Q7).
    M17  A measure is not merged into itself, and both are in use.
    M18  One that says what was reached is not merged: its numbers are of its own definition.
    """

    may = May.PROMOTE

    id: MeasureId
    into: MeasureId
    reason: str

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        if self.id == self.into:
            raise Refused("measure.itself", id=self.id)
        measure = must_be_in_use(desk.get(Measure, self.id))
        target = must_be_in_use(desk.get(Measure, self.into))
        if any(actual.measure == measure.id for actual in desk.of(Actual)):
            raise Refused("measure.has_actuals", id=measure.id, name=measure.name)
        reason = clean(self.reason, MAX_REASON_CHARACTERS, "measure.reason")
        others = _merges_into(desk, target, besides=measure.id)
        goals = [goal for goal in desk.of(Goal) if measure.id in goal.measures]
        yield replace(
            measure,
            state=MeasureState.MERGED,
            reason=reason,
            merged_into=target.id,
            merge=Merge(
                state=measure.state,
                clusters=_brought(measure.clusters, target.clusters, [m.clusters for m in others]),
                notes=_brought(measure.notes, target.notes, [m.notes for m in others]),
                goals={goal.id: goal.measures for goal in goals},
            ),
        )
        yield replace(
            target,
            clusters=tuple(dict.fromkeys((*target.clusters, *measure.clusters))),
            notes=_oldest_first(desk, {*target.notes, *measure.notes}),
        )
        for goal in goals:
            yield replace(goal, measures=_merged(goal.measures, measure.id, target.id))
        for vote in moved_votes(desk, {measure.id}, target.id):
            yield replace(vote, via=(*(vote.via or ()), measure.id))


class UnmergeMeasure(Command, frozen=True, tag="measure.unmerge"):
    """Undo the merge of a measure: both are again what they were.

    M19  It is in the state in which it was; votes that came from it are its own again, those that
         the other one was given since stay there.
    M20  The other one keeps its own sources, and what further measures were merged into it have
         brought. What was entered for it and said about it stays.
    M21  Goals rest again on what they rested on; what they got since stays.
    M22  Of several merges one after the other the last one is undone first.
    M23  Not when its cluster has another measure in use by now (M3).
    """

    may = May.PROMOTE

    id: MeasureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = desk.get(Measure, self.id)
        if measure.merged_into is None:
            return
        target, merge = desk.get(Measure, measure.merged_into), measure.merge
        if merge is None:
            raise Refused("measure.merge_not_kept", id=measure.id)
        if target.merged_into is not None:
            raise Refused("measure.merged_on", id=target.id, name=target.name)
        must_be_free(desk, measure.clusters, besides=target.id)
        yield replace(measure, state=merge.state, reason=None, merged_into=None, merge=None)
        others = _merges_into(desk, target, besides=measure.id)
        yield replace(
            target,
            clusters=_without(target.clusters, merge.clusters, [m.clusters for m in others]),
            notes=_without(target.notes, merge.notes, [m.notes for m in others]),
        )
        for goal in desk.of(Goal):
            if goal.id in merge.goals and target.id in goal.measures:
                before = merge.goals[goal.id]
                yield replace(goal, measures=_unmerged(goal.measures, before, self.id, target.id))
        for vote in desk.of(Vote):
            if vote.target == target.id and vote.via and vote.via[-1] == measure.id:
                yield replace(vote, target=measure.id, via=vote.via[:-1] or None)


def _merges_into(desk: Desk, target: Measure, besides: str) -> list[Merge]:
    """The other merges into a measure that were not undone."""
    into = (m for m in desk.of(Measure) if m.merged_into == target.id and m.id != besides)
    return [m.merge for m in into if m.merge is not None]


def _brought(
    new: Iterable[str], there: Iterable[str], others: Iterable[Iterable[str]]
) -> tuple[str, ...]:
    """What is not the other one's own: it is not there, or by other merges only."""
    own = set(there).difference(*others)
    return tuple(each for each in new if each not in own)


def _without(
    there: Iterable[str], brought: Iterable[str], others: Iterable[Iterable[str]]
) -> tuple[str, ...]:
    """What is left when something is taken along that no other merge has brought as well."""
    gone = set(brought).difference(*others)
    return tuple(each for each in there if each not in gone)


def _merged(measures: Iterable[str], measure: str, into: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(into if each == measure else each for each in measures))


def _unmerged(
    now: tuple[str, ...], before: tuple[str, ...], measure: str, target: str
) -> tuple[str, ...]:
    """What a goal rested on before; with what it got since, where that is more."""
    if now == _merged(before, measure, target):
        return before
    both = [each for each in before if each in {measure, target}]
    parts = ([*both] if each == target else [each] for each in now)
    return tuple(dict.fromkeys(each for part in parts for each in part))


def _oldest_first(desk: Desk, note_ids: set[str]) -> tuple[str, ...]:
    """Notes in the order in which they were written; those that are gone by now at the end."""
    there = [note for note in desk.of(Note) if note.id in note_ids]
    written = [note.id for note in sorted(there, key=lambda note: (note.created_ms, note.id))]
    return (*written, *sorted(note_ids.difference(written)))
