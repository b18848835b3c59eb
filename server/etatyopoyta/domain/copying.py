"""A new desk made like this one: its structure, without what people have written on it."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.planning import as_planned
from etatyopoyta.domain.records import (
    AnyRecord,
    Area,
    Card,
    CardState,
    CardText,
    CardVersion,
    DeskInfo,
    Figure,
    Network,
    Organisation,
    Round,
    RoundState,
    Section,
    Text,
    Workshop,
)


def structure_of(
    desk: Desk, title: str, *, with_organisations: bool, is_rehearsal: bool = False
) -> Iterator[AnyRecord]:
    """The records that a new desk begins with: agenda, areas, rounds, networks and the card.

    Nothing of it has been held or voted on, and no day is set. Notes, groups, measures, goals,
    memos and people stay where they are.
    """
    first = min(desk.of(Workshop), key=lambda workshop: workshop.number, default=None)
    for item in desk:
        match item:
            case DeskInfo():
                yield DeskInfo(
                    id=item.id,
                    title=Text(fi=title),
                    council=item.council,
                    timezone=item.timezone,
                    template=item.template,
                    workshop=item.workshop if first is None else first.id,
                    shows=item.shows,
                    focus_areas=item.focus_areas,
                    age_groups=item.age_groups,
                    statuses=item.statuses,
                    late=item.late,
                    advance=item.advance,
                    grace_s=item.grace_s,
                    is_rehearsal=is_rehearsal or None,
                )
            case Workshop():
                yield replace(item, date=None)
            case Section():
                yield as_planned(item)
            case Round():
                yield replace(item, state=RoundState.PLANNED, opened_ms=None, closed_ms=None)
            case Organisation() if with_organisations:
                yield item
            case Figure():
                yield replace(item, entered_by=None)
            case Card():
                yield replace(item, state=CardState.DRAFT.value, comments_until=None, reason=None)
            case Network():
                yield replace(item, approvers=None)
            case Area() | CardText():
                yield item


def unpublished(records: Iterable[AnyRecord]) -> Iterator[AnyRecord]:
    """The records of a desk as another desk's: what was published there is not published here.

    A version is what stood on its desk at an entry of its log, and that log is not this one.
    """
    for item in records:
        if isinstance(item, Card) and item.state == CardState.PUBLISHED:
            yield replace(item, state=CardState.APPROVED.value)
        elif not isinstance(item, CardVersion):
            yield item
