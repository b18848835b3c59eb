"""The series: a workshop goes on from the one before it."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, field
from msgspec.structs import replace

from etatyopoyta.domain.agenda import sections_of
from etatyopoyta.domain.command import Asked, Command, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.planning import MAX_SECTIONS, as_planned
from etatyopoyta.domain.records import (
    Area,
    AreaId,
    May,
    Record,
    Section,
    SectionId,
    Text,
    Workshop,
    WorkshopId,
)
from etatyopoyta.domain.refused import Refused

REVIEW_MINUTES = 10
REVIEW = Text(fi="Viimeksi sovittua", sv="Överenskommet senast", en="Agreed last time")


class ContinueWorkshop(Command, frozen=True, tag="workshop.continue"):
    """Plan a workshop as the one before it: its agenda and areas, with what was agreed first.

    S1  It has no agenda yet, and the other one has.
    S2  Its first section is about what was agreed last time; the others begin after it.
    S3  Structure is carried over, people and open items are the desk's anyway. Notes stay where
        they are: on the board of their own workshop.
    """

    may = May.RUN_AGENDA

    workshop: WorkshopId
    after: WorkshopId
    review: SectionId
    sections: Annotated[dict[SectionId, SectionId], Meta(max_length=MAX_SECTIONS)]
    """By the id of each section of the other workshop: the id of its copy."""
    areas: dict[AreaId, AreaId] = field(default_factory=dict)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        desk.get(Workshop, self.workshop)
        before = sections_of(desk, desk.get(Workshop, self.after).id)
        if sections_of(desk, self.workshop):
            raise Refused("workshop.planned", id=self.workshop)
        if not before:
            raise Refused("workshop.not_planned", id=self.after)
        copies = [*self.sections.values(), *self.areas.values(), self.review]
        if len(set(copies)) < len(copies):
            raise Refused("id.taken", id=self.review)
        for copy in copies:
            must_be_new(desk, copy)
        for area in desk.of(Area):
            if area.workshop == self.after and area.id in self.areas:
                yield replace(area, id=self.areas[area.id], workshop=self.workshop)
        yield Section(
            id=self.review,
            workshop=self.workshop,
            order=1,
            title=REVIEW,
            kind="review",
            starts_at=before[0].starts_at,
            minutes=REVIEW_MINUTES,
        )
        kept = [section for section in before if section.id in self.sections]
        for order, section in enumerate(kept, 2):
            yield self._copy(section, order)

    def _copy(self, section: Section, order: int) -> Section:
        areas = None
        if section.areas is not None:
            areas = tuple(self.areas[area] for area in section.areas if area in self.areas)
        return replace(
            as_planned(section),
            id=self.sections[section.id],
            workshop=self.workshop,
            order=order,
            starts_at=section.starts_at + REVIEW_MINUTES,
            areas=areas,
        )
