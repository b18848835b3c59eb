"""Planning the agenda: what its sections are, in what order, and when they are to start."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.agenda import sections_of
from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import clean_text
from etatyopoyta.domain.permissions import GRANTABLE
from etatyopoyta.domain.records import (
    Area,
    AreaId,
    May,
    Record,
    Reveals,
    Section,
    SectionId,
    SectionState,
    Text,
    Whose,
    Workshop,
    WorkshopId,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_NOTE_CHARACTERS, clean, clean_or_none

MAX_SECTIONS = 40
MAX_MINUTES = 600
DAY_MINUTES = 24 * 60
AT_ONE = 13 * 60
"""When a workshop starts where nothing is planned yet."""
KINDS = ("talk", "presentation", "card", "break", "board", "review")

Minutes = Annotated[int, Meta(ge=1, le=MAX_MINUTES)]
TimeOfDay = Annotated[int, Meta(ge=0, lt=DAY_MINUTES)]


class AddSection(Command, frozen=True, tag="section.add"):
    """Plan a section, before another one or as the last of the workshop.

    B1  It starts when the one before it is planned to end; what comes after it moves along.
    B2  A workshop has at most 40 sections.
    B3  A section grants participants only what the agenda can grant.
    """

    may = May.RUN_AGENDA

    id: SectionId
    workshop: WorkshopId
    title: Text
    kind: str
    minutes: Minutes
    grants: dict[May, Whose]
    before: SectionId | None = None
    instruction: Text | None = None
    is_private: bool = False
    speaker_notes: str | None = None
    reveals: Reveals | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        desk.get(Workshop, self.workshop)
        sections = sections_of(desk, self.workshop)
        if len(sections) >= MAX_SECTIONS:
            raise Refused("section.too_many", limit=MAX_SECTIONS)
        added = Section(
            id=self.id,
            workshop=self.workshop,
            order=0,
            title=clean_text(self.title, "section"),
            kind=_kind(self.kind),
            starts_at=AT_ONE,
            minutes=self.minutes,
            instruction=_instruction(self.instruction),
            grants=_granted(self.grants),
            is_private=self.is_private or None,
            speaker_notes=_spoken(self.speaker_notes),
            reveals=self.reveals,
        )
        yield from _changed(desk, _with(sections, added, _place(sections, self.before)))


class EditSection(Command, frozen=True, tag="section.edit"):
    """Change what is planned for a section; what is not named stays.

    B4  With other minutes, what is planned after it moves along; with another start, too.
    B5  Changed minutes are for the next start: an open section is extended instead.
    B6  What an open section grants is granted at once.
    B13  A private section hides what is written in it from then on; what was revealed stays so.
    B15  It names the areas that participants may write in (Z3); None for all.
    B14  Speaker notes are for facilitators; blank ones are none.
    """

    may = May.RUN_AGENDA

    section: SectionId
    title: Text | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    starts_at: TimeOfDay | UnsetType = UNSET
    minutes: Minutes | UnsetType = UNSET
    instruction: Text | UnsetType | None = UNSET
    grants: dict[May, Whose] | UnsetType = UNSET
    is_private: bool | UnsetType = UNSET
    speaker_notes: str | UnsetType | None = UNSET
    areas: tuple[AreaId, ...] | UnsetType | None = UNSET
    reveals: Reveals | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = edited = desk.get(Section, self.section)
        if self.title is not UNSET:
            edited = replace(edited, title=clean_text(self.title, "section"))
        if self.kind is not UNSET:
            edited = replace(edited, kind=_kind(self.kind))
        if self.instruction is not UNSET:
            edited = replace(edited, instruction=_instruction(self.instruction))
        if self.grants is not UNSET:
            edited = replace(edited, grants=_granted(self.grants))
        if self.starts_at is not UNSET:
            edited = replace(edited, starts_at=self.starts_at)
        if self.minutes is not UNSET:
            edited = replace(edited, minutes=self.minutes, given=None)
        if self.is_private is not UNSET:
            edited = replace(edited, is_private=self.is_private or None)
        if self.speaker_notes is not UNSET:
            edited = replace(edited, speaker_notes=_spoken(self.speaker_notes))
        if self.areas is not UNSET:
            known = self.areas and tuple(desk.get(Area, area).id for area in self.areas)
            edited = replace(edited, areas=known)
        if self.reveals is not UNSET:
            edited = replace(edited, reveals=self.reveals)
        moved = _end(edited) - _end(section)
        sections = sections_of(desk, section.workshop)
        index = sections.index(section)
        later = _moved(sections[index + 1 :], moved)
        yield from _changed(desk, [*sections[:index], edited, *later])


class MoveSection(Command, frozen=True, tag="section.move"):
    """Hold a section before another one, or last.

    B7  What came after it moves up, what comes after it now moves down: gaps stay gaps.
    B8  What has been held keeps its planned time, and only what is planned is moved.
    """

    may = May.RUN_AGENDA

    section: SectionId
    before: SectionId | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = desk.get(Section, self.section)
        _must_be_planned(section)
        if self.before == section.id:
            return
        others = _without(sections_of(desk, section.workshop), section)
        yield from _changed(desk, _with(others, section, _place(others, self.before)))


class RemoveSection(Command, frozen=True, tag="section.remove"):
    """Take a section off the agenda; what comes after it moves up.

    B9  What has been held stays on record: it can only be skipped before it starts.
    """

    may = May.RUN_AGENDA

    section: SectionId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        section = desk.get(Section, self.section)
        _must_be_planned(section)
        yield Gone(section.id)
        yield from _changed(desk, _without(sections_of(desk, section.workshop), section))


class SkipSection(Command, frozen=True, tag="section.skip"):
    """Pass a planned section over, or take it back into the agenda. Its plan stays.

    B10  Only what has not been held is skipped.
    """

    may = May.RUN_AGENDA

    section: SectionId
    is_skipped: bool = True

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        section = desk.get(Section, self.section)
        _must_be_planned(section)
        state = SectionState.SKIPPED if self.is_skipped else SectionState.PLANNED
        yield replace(section, state=state)


class GiveMinutes(Command, frozen=True, tag="section.give"):
    """Give planned sections more or fewer minutes than was planned, so that the day ends in time.

    B11  The plan stays as it was; the minutes count when the section starts.
    B12  Only what is still planned is given minutes.
    """

    may = May.RUN_AGENDA

    minutes: Annotated[dict[SectionId, Minutes], Meta(min_length=1, max_length=MAX_SECTIONS)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        for section_id, minutes in self.minutes.items():
            section = desk.get(Section, section_id)
            _must_be_planned(section)
            yield replace(section, given=None if minutes == section.minutes else minutes)


def as_planned(section: Section) -> Section:
    """The section as if it had never been held."""
    return replace(
        section,
        state=SectionState.PLANNED,
        started_ms=None,
        ends_ms=None,
        closed_ms=None,
        given=None,
        revealed_ms=None,
        left_ms=None,
    )


def _end(section: Section) -> int:
    return section.starts_at + section.minutes


def _place(sections: list[Section], before: str | None) -> int:
    """Where a section goes that comes before this one; Refused("section.gone")."""
    if before is None:
        return len(sections)
    for index, section in enumerate(sections):
        if section.id == before:
            return index
    raise Refused("section.gone", id=before)


def _with(sections: list[Section], section: Section, index: int) -> list[Section]:
    """The sections with one more in this place, which starts when the one before it ends."""
    if index > 0:
        starts_at = _end(sections[index - 1])
    elif sections:
        starts_at = sections[0].starts_at
    else:
        starts_at = section.starts_at
    placed = replace(section, starts_at=starts_at)
    return [*sections[:index], placed, *_moved(sections[index:], section.minutes)]


def _without(sections: list[Section], section: Section) -> list[Section]:
    index = sections.index(section)
    return [*sections[:index], *_moved(sections[index + 1 :], -section.minutes)]


def _moved(sections: Iterable[Section], minutes: int) -> list[Section]:
    """What has been held keeps its planned time."""
    return [
        replace(section, starts_at=section.starts_at + minutes) if _is_ahead(section) else section
        for section in sections
    ]


def _is_ahead(section: Section) -> bool:
    return section.started_ms is None


def _changed(desk: Desk, sections: list[Section]) -> Iterator[Section]:
    """Those that differ from what is there, numbered in this order; Refused past midnight."""
    for order, section in enumerate(sections, 1):
        if not 0 <= section.starts_at < DAY_MINUTES:
            raise Refused("section.other_day", id=section.id)
        numbered = replace(section, order=order)
        if desk.find(section.id) != numbered:
            yield numbered


def _must_be_planned(section: Section) -> None:
    if not _is_ahead(section):
        raise Refused("section.held", id=section.id)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Refused("section.no_such_kind", kind=kind)
    return kind


def _granted(grants: dict[May, Whose]) -> dict[May, Whose]:
    for may in grants:
        if may not in GRANTABLE:
            raise Refused("section.not_grantable", may=may)
    return grants


def _spoken(text: str | None) -> str | None:
    return clean_or_none(text, MAX_NOTE_CHARACTERS, "section.speaker_notes")


def _instruction(text: Text | None) -> Text | None:
    """The instruction made safe to keep; None when it says nothing."""
    if text is None or not text.fi.strip():
        return None
    return Text(
        fi=clean(text.fi, MAX_NOTE_CHARACTERS, "section.instruction"),
        sv=clean_or_none(text.sv, MAX_NOTE_CHARACTERS, "section.instruction"),
        en=clean_or_none(text.en, MAX_NOTE_CHARACTERS, "section.instruction"),
    )
