"""Measures: what clusters say, in words that can be counted."""

from collections.abc import Iterator

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.records import (
    Cluster,
    ClusterId,
    Goal,
    May,
    Measure,
    MeasureId,
    MeasureState,
    Note,
    Record,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean, clean_or_none


class ProposeMeasure(Command, frozen=True, tag="measure.propose"):
    """Propose a cluster as a measure.

    M1  The measure keeps the notes that the cluster has now: its sources.
    M2  A cluster without notes says nothing that could be counted: refused.
    M3  One cluster, one proposed measure.
    """

    may = May.PROPOSE_MEASURES

    id: MeasureId
    cluster: ClusterId
    name: str
    unit: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        cluster = desk.get(Cluster, self.cluster)
        for other in desk.of(Measure):
            if cluster.id in other.clusters and other.state is MeasureState.PROPOSED:
                raise Refused("measure.exists", id=other.id, name=other.name)
        notes = sorted(
            (note for note in desk.of(Note) if note.cluster == cluster.id),
            key=lambda note: (note.created_ms, note.id),
        )
        if not notes:
            raise Refused("cluster.empty_of_notes", id=cluster.id)
        yield Measure(
            id=self.id,
            name=clean(self.name, MAX_TITLE_CHARACTERS, "measure"),
            unit=clean_or_none(self.unit, MAX_TITLE_CHARACTERS, "measure.detail"),
            state=MeasureState.PROPOSED,
            clusters=(cluster.id,),
            notes=tuple(note.id for note in notes),
            created_ms=asked.at_ms,
        )


class EditMeasure(Command, frozen=True, tag="measure.edit"):
    """Change a measure's name or unit. Its sources stay.

    M4  The wording that was edited must still be there: else refused with the present one.
    """

    may = May.PROPOSE_MEASURES

    id: MeasureId
    base: int
    name: str | UnsetType = UNSET
    unit: str | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = desk.get(Measure, self.id)
        edited = measure
        if self.name is not UNSET:
            edited = replace(edited, name=clean(self.name, MAX_TITLE_CHARACTERS, "measure"))
        if self.unit is not UNSET:
            unit = clean_or_none(self.unit, MAX_TITLE_CHARACTERS, "measure.detail")
            edited = replace(edited, unit=unit)
        yield from edit(measure, edited, self.base, measure.name)


class WithdrawMeasure(Command, frozen=True, tag="measure.withdraw"):
    """Take a proposal back. The measure stays on record, the cluster may be proposed anew.

    M5  A measure that a goal rests on is not withdrawn.
    """

    may = May.PROPOSE_MEASURES

    id: MeasureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = desk.get(Measure, self.id)
        goal = next((g for g in desk.of(Goal) if measure.id in g.measures), None)
        if goal is not None:
            raise Refused("measure.in_use", id=measure.id, goal=goal.text)
        yield replace(measure, state=MeasureState.WITHDRAWN)
