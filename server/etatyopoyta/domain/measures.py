"""Measures: what clusters say, in words that can be counted."""

import re
from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.calendar import AsOf, must_be_in_calendar
from etatyopoyta.domain.command import Asked, Command, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.known import (
    MAX_REASON_CHARACTERS,
    known_age_groups,
    known_owner,
    must_be_free,
    must_be_in_use,
)
from etatyopoyta.domain.records import (
    Cluster,
    ClusterId,
    Direction,
    Goal,
    GoalState,
    Key,
    Level,
    May,
    Measure,
    MeasureId,
    MeasureState,
    Note,
    OwnerId,
    Record,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean, clean_or_none

MAX_MEANING_CHARACTERS = 500
MIN_TARGET_YEAR, MAX_TARGET_YEAR = 2000, 2100
_INDICATOR = re.compile(r"[a-z]+:[0-9A-Za-z_./+-]{1,60}")

Year = Annotated[int, Meta(ge=MIN_TARGET_YEAR, le=MAX_TARGET_YEAR)]
Changed = str | UnsetType | None


class ProposeMeasure(Command, frozen=True, tag="measure.propose"):
    """Propose a cluster as a measure.

    M1  The measure keeps the notes that the cluster has now: its sources.
    M2  A cluster without notes says nothing that could be counted: refused.
    M3  One cluster, one measure in use.
    M6  It begins with the unit, source and interval that are given with it.
    """

    may = May.PROPOSE_MEASURES

    id: MeasureId
    cluster: ClusterId
    name: str
    unit: str | None = None
    source: str | None = None
    interval: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        cluster = desk.get(Cluster, self.cluster)
        must_be_free(desk, (cluster.id,))
        notes = sorted(
            (note for note in desk.of(Note) if note.cluster == cluster.id),
            key=lambda note: (note.created_ms, note.id),
        )
        if not notes:
            raise Refused("cluster.empty_of_notes", id=cluster.id)
        yield Measure(
            id=self.id,
            name=clean(self.name, MAX_TITLE_CHARACTERS, "measure"),
            unit=_detail(self.unit),
            source=_detail(self.source),
            interval=_detail(self.interval),
            state=MeasureState.PROPOSED,
            clusters=(cluster.id,),
            notes=tuple(note.id for note in notes),
            created_ms=asked.at_ms,
        )


class EditMeasure(Command, frozen=True, tag="measure.edit"):
    """Change a measure's definition, or a part of it. Its sources stay.

    M4  The wording that was edited must still be there: else refused with the present one.
    M7  Its owner and its age groups are on the desk.
    M8  An indicator is written with its source, as "sotkanet:127".
    M9  The baseline is of a day, month or year of the calendar.
    """

    may = May.PROPOSE_MEASURES

    id: MeasureId
    base: int
    name: str | UnsetType = UNSET
    unit: Changed = UNSET
    name_sv: Changed = UNSET
    meaning: Changed = UNSET
    source: Changed = UNSET
    collection: Changed = UNSET
    interval: Changed = UNSET
    owner: OwnerId | UnsetType | None = UNSET
    direction: Direction | UnsetType | None = UNSET
    baseline: float | UnsetType | None = UNSET
    baseline_as_of: AsOf | UnsetType | None = UNSET
    target: float | UnsetType | None = UNSET
    target_year: Year | UnsetType | None = UNSET
    level: Level | UnsetType | None = UNSET
    age_groups: tuple[Key, ...] | UnsetType | None = UNSET
    indicator: Changed = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = desk.get(Measure, self.id)
        edited = replace(measure, **self._texts(), **self._values(desk))
        yield from edit(measure, edited, self.base, measure.name)

    def _texts(self) -> dict[str, str | None]:
        """The texts that are given, as they are kept."""
        kept: dict[str, str | None] = {}
        if self.name is not UNSET:
            kept["name"] = clean(self.name, MAX_TITLE_CHARACTERS, "measure")
        if self.meaning is not UNSET:
            kept["meaning"] = _detail(self.meaning, MAX_MEANING_CHARACTERS)
        short = {
            "unit": self.unit,
            "name_sv": self.name_sv,
            "source": self.source,
            "collection": self.collection,
            "interval": self.interval,
            "indicator": self.indicator,
        }
        kept |= {field: _detail(text) for field, text in short.items() if text is not UNSET}
        indicator = kept.get("indicator")
        if indicator is not None and not _INDICATOR.fullmatch(indicator):
            raise Refused("measure.no_such_indicator", indicator=indicator)
        return kept

    def _values(self, desk: Desk) -> dict[str, object]:
        """What else is given, once it is known to be right."""
        values: dict[str, object] = {
            "direction": self.direction,
            "baseline": self.baseline,
            "baseline_as_of": self.baseline_as_of,
            "target": self.target,
            "target_year": self.target_year,
            "level": self.level,
        }
        if self.owner is not UNSET:
            values["owner"] = known_owner(desk, self.owner)
        if self.age_groups is not UNSET:
            values["age_groups"] = known_age_groups(desk, self.age_groups)
        if self.baseline_as_of is not UNSET:
            as_of = self.baseline_as_of
            must_be_in_calendar(as_of, Refused("measure.no_such_day", as_of=as_of))
        return {field: value for field, value in values.items() if value is not UNSET}


class WithdrawMeasure(Command, frozen=True, tag="measure.withdraw"):
    """Take a proposal back. The measure stays on record, the cluster may be proposed anew.

    M5  A measure that a goal rests on is not withdrawn.
    M10  One that was merged into another one stays merged.
    """

    may = May.PROPOSE_MEASURES

    id: MeasureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = _must_not_be_merged(desk, self.id)
        goal = next((g for g in desk.of(Goal) if measure.id in g.measures), None)
        if goal is not None:
            raise Refused("measure.in_use", id=measure.id, goal=goal.text)
        yield replace(measure, state=MeasureState.WITHDRAWN, reason=None)


class AcceptMeasure(Command, frozen=True, tag="measure.accept"):
    """Agree on a measure: it is the council's from now on.

    M11  What was withdrawn, parked or rejected is taken up again first.
    """

    may = May.PROMOTE

    id: MeasureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = must_be_in_use(desk.get(Measure, self.id))
        yield replace(measure, state=MeasureState.ACCEPTED)


class ParkMeasure(Command, frozen=True, tag="measure.park"):
    """Put a measure aside for later (M10). A reason may be given.

    M12  A measure that a goal on the card rests on stays in use.
    """

    may = May.PROMOTE

    id: MeasureId
    reason: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = _must_not_be_on_card(desk, self.id)
        reason = clean_or_none(self.reason, MAX_REASON_CHARACTERS, "measure.reason")
        yield replace(measure, state=MeasureState.PARKED, reason=reason)


class RejectMeasure(Command, frozen=True, tag="measure.reject"):
    """Decide against a measure (M10, M12).

    M13  There is a reason: those who wrote the notes can read why.
    """

    may = May.PROMOTE

    id: MeasureId
    reason: str

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = _must_not_be_on_card(desk, self.id)
        reason = clean(self.reason, MAX_REASON_CHARACTERS, "measure.reason")
        yield replace(measure, state=MeasureState.REJECTED, reason=reason)


class ReopenMeasure(Command, frozen=True, tag="measure.reopen"):
    """Take a measure up again: it is proposed, as it was at first (M10).

    M14  Not when its cluster has another measure in use by now (M3).
    """

    may = May.PROMOTE

    id: MeasureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        measure = _must_not_be_merged(desk, self.id)
        if not measure.is_in_use:
            must_be_free(desk, measure.clusters)
        yield replace(measure, state=MeasureState.PROPOSED, reason=None)


def _detail(text: str | None, limit: int = MAX_TITLE_CHARACTERS) -> str | None:
    return clean_or_none(text, limit, "measure.detail")


def _must_not_be_merged(desk: Desk, measure_id: str) -> Measure:
    measure = desk.get(Measure, measure_id)
    into = measure.merged_into and desk.find(measure.merged_into)
    if isinstance(into, Measure):
        raise Refused("measure.merged", id=into.id, name=into.name)
    return measure


def _must_not_be_on_card(desk: Desk, measure_id: str) -> Measure:
    measure = _must_not_be_merged(desk, measure_id)
    for goal in desk.of(Goal):
        if goal.state is GoalState.ON_CARD and measure.id in goal.measures:
            raise Refused("measure.on_card", id=measure.id, goal=goal.text)
    return measure
