"""The card's figures: statistics with a value, a date and a source, or missing."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.calendar import AsOf, must_be_in_calendar
from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import clean_text
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.records import (
    Figure,
    FigureId,
    FigureStatus,
    Key,
    May,
    Record,
    Text,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean_or_none

MAX_FIGURES_IN_SECTION = 100
MAX_FIGURES_AT_ONCE = 200
MAX_UNIT_CHARACTERS = 40
Year = Annotated[str, Meta(pattern=r"^[0-9]{4}\Z")]
Named = Annotated[str, Meta(min_length=1, max_length=MAX_TITLE_CHARACTERS)]
"""The id of a figure, or its reference at its source."""


class SetFigure(Command, frozen=True, tag="figure.set"):
    """Give a figure its value, date and source, or say more exactly what it is.

    F1  Without a value it is missing: a placeholder, never a number.
    F2  A value without a date or a source is unconfirmed.
    F4  Its date is a day, month or year of the calendar.
    F3  The figure that was edited must still be the same: else refused with the present value.
    F5  Who changed it stands in it; what was not fetched as it is now has no time of fetching.
    """

    may = May.EDIT_FIGURES

    id: FigureId
    base: int
    value: float | None
    as_of: AsOf | None = None
    source: str | None = None
    is_confirmed: bool = False
    label: Text | UnsetType = UNSET
    unit: str | UnsetType | None = UNSET
    region: str | UnsetType | None = UNSET
    remark: Text | UnsetType | None = UNSET
    made_in: Year | UnsetType | None = UNSET
    source_ref: str | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        figure = desk.get(Figure, self.id)
        edited = _stated(figure, self.value, self.as_of, self.source, self.is_confirmed)
        if self.label is not UNSET:
            edited = replace(edited, label=clean_text(self.label, "figure.label"))
        if self.unit is not UNSET:
            edited = replace(edited, unit=_unit(self.unit))
        if self.region is not UNSET:
            edited = replace(edited, region=_detail(self.region))
        if self.remark is not UNSET:
            edited = replace(edited, remark=_remark(self.remark))
        if self.made_in is not UNSET:
            edited = replace(edited, made_in=_in_calendar(self.made_in))
        if self.source_ref is not UNSET:
            edited = replace(edited, source_ref=_detail(self.source_ref))
        yield from _entered(figure, edited, self.base, asked)


class AddFigure(Command, frozen=True, tag="figure.add"):
    """Put a further figure on the card, behind those of its group.

    F6  The section is one of the card's that hold figures.
    F7  A section holds at most 100 figures.
    F8  It stands behind the last of its group; what stood behind that moves on.
    """

    may = May.EDIT_FIGURES

    id: FigureId
    section: Key
    label: Text
    group: Key | None = None
    value: float | None = None
    unit: str | None = None
    as_of: AsOf | None = None
    region: str | None = None
    source: str | None = None
    source_ref: str | None = None
    is_confirmed: bool = False

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        if not any(s.key == self.section and s.kind == "figures" for s in desk.card.sections):
            raise Refused("card.no_such_section", section=self.section)
        there = [figure for figure in desk.of(Figure) if figure.section == self.section]
        if len(there) >= MAX_FIGURES_IN_SECTION:
            raise Refused("card.figures_full", limit=MAX_FIGURES_IN_SECTION)
        mates = [figure.order for figure in there if figure.group == self.group]
        order = max(mates or (figure.order for figure in there), default=0) + 1
        figure = Figure(
            id=self.id,
            section=self.section,
            group=self.group,
            order=order,
            label=clean_text(self.label, "figure.label"),
            unit=_unit(self.unit),
            region=_detail(self.region),
            source_ref=_detail(self.source_ref),
            status=FigureStatus.PLACEHOLDER,
            entered_by=asked.by,
        )
        yield _stated(figure, self.value, self.as_of, self.source, self.is_confirmed)
        if any(other.order == order for other in there):
            for other in there:
                if other.order >= order:
                    yield replace(other, order=other.order + 1)


class RemoveFigure(Command, frozen=True, tag="figure.remove"):
    """Take a figure off the card. It stays in the history."""

    may = May.EDIT_FIGURES

    id: FigureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        yield Gone(desk.get(Figure, self.id).id)


class ImportedFigure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a table or a statistics source says of a figure."""

    figure: Named
    base: int
    value: float | None
    as_of: AsOf | None = None
    source: str | None = None
    unit: str | None = None
    """For a figure that has none yet."""
    made_in: Year | None = None
    retrieved_ms: Annotated[int, Meta(ge=0)] | None = None
    """When it was fetched from a source; None out of a table."""


class ImportFigures(Command, frozen=True, tag="figures.import"):
    """Give many figures their values at once: all of them, or none.

    F9  A row names its figure by id, or by a reference at its source that one figure alone has.
    F10  A figure is named once.
    F11  What has changed since it was looked at is not overwritten: refused with all such figures.
    F12  Imported is unconfirmed, until somebody says that it was checked (F2); what says the same
         as before stays as it was.
    """

    may = May.EDIT_FIGURES

    rows: Annotated[tuple[ImportedFigure, ...], Meta(min_length=1, max_length=MAX_FIGURES_AT_ONCE)]
    is_confirmed: bool = False

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        by_ref: dict[str, list[Figure]] = {}
        for figure in desk.of(Figure):
            by_ref.setdefault(figure.source_ref or "", []).append(figure)
        named = [(_named(desk, by_ref, row.figure), row) for row in self.rows]
        if len({figure.id for figure, _ in named}) < len(named):
            raise Refused("figure.twice")
        edits = [(figure, self._edited(figure, row, asked), row) for figure, row in named]
        changed = [
            figure.id
            for figure, edited, row in edits
            if edited != figure and row.base != figure.version
        ]
        if changed:
            raise Refused("figure.changed", ids=changed, count=len(changed))
        for figure, edited, row in edits:
            yield from _entered(figure, edited, row.base, asked)

    def _edited(self, figure: Figure, row: ImportedFigure, asked: Asked) -> Figure:
        edited = _stated(figure, row.value, row.as_of, row.source, self.is_confirmed)
        fetched = None if row.retrieved_ms is None else min(row.retrieved_ms, asked.at_ms)
        if not self.is_confirmed and _is_same(figure, edited):
            edited = replace(edited, status=figure.status)
        return replace(
            edited,
            unit=figure.unit or _unit(row.unit),
            made_in=_in_calendar(row.made_in) or figure.made_in,
            retrieved_ms=edited.retrieved_ms if fetched is None else fetched,
        )


def _named(desk: Desk, by_ref: dict[str, list[Figure]], name: str) -> Figure:
    found = desk.find(name)
    if isinstance(found, Figure):
        return found
    same = by_ref.get(name, [])
    if len(same) > 1:
        raise Refused("figure.ambiguous", figure=name)
    return same[0] if same else desk.get(Figure, name)


def _stated(
    figure: Figure, value: float | None, as_of: str | None, source: str | None, is_confirmed: bool
) -> Figure:
    """The figure with this value, date and source, and the status that follows from them."""
    source = clean_or_none(source, MAX_TITLE_CHARACTERS, "figure.source")
    if value is None:
        status = FigureStatus.PLACEHOLDER
    elif is_confirmed and as_of and source:
        status = FigureStatus.CONFIRMED
    else:
        status = FigureStatus.UNCONFIRMED
    stated = replace(figure, value=value, as_of=_in_calendar(as_of), source=source, status=status)
    return stated if _is_same(figure, stated) else replace(stated, retrieved_ms=None)


def _is_same(figure: Figure, other: Figure) -> bool:
    return (figure.value, figure.as_of, figure.source) == (other.value, other.as_of, other.source)


def _entered(figure: Figure, edited: Figure, base: int, asked: Asked) -> Iterator[Figure]:
    if edited != figure:
        yield from edit(figure, replace(edited, entered_by=asked.by), base, figure.value)


def _in_calendar(as_of: str | None) -> str | None:
    must_be_in_calendar(as_of, Refused("figure.no_such_day", as_of=as_of))
    return as_of


def _remark(remark: Text | None) -> Text | None:
    """None when it says nothing."""
    if remark is None or not remark.fi.strip():
        return None
    return clean_text(remark, "figure.remark")


def _unit(unit: str | None) -> str | None:
    return clean_or_none(unit, MAX_UNIT_CHARACTERS, "figure.unit")


def _detail(detail: str | None) -> str | None:
    return clean_or_none(detail, MAX_TITLE_CHARACTERS, "figure.detail")
