"""What is frozen of the card once it is approved: its wording, and where its rows stand.

One look at what a change does, whatever command brings it about. What was reached, comments,
approvals and the definitions of measures go on.
"""

from collections.abc import Iterable

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.records import (
    CARD,
    Card,
    CardState,
    CardText,
    Figure,
    Goal,
    GoalState,
    Network,
    Record,
)
from etatyopoyta.domain.refused import Refused

FROZEN_IN = frozenset({CardState.APPROVED, CardState.PUBLISHED})


def must_not_be_frozen(desk: Desk, changes: Iterable[Change]) -> None:
    """Pass unless a change touches frozen wording, else Refused("card.frozen", state, id)."""
    for change in changes:
        kind = type(change.new or change.old)
        if kind in WORDING and is_frozen(desk) and _words(change.old) != _words(change.new):
            raise Refused("card.frozen", id=change.id, state=desk.card.state)


def is_frozen(desk: Desk) -> bool:
    """Whether the card is approved or published, so that its wording stays as it is."""
    card = desk.find(CARD)
    return isinstance(card, Card) and card.state in FROZEN_IN


def _words(record: Record | None) -> object:
    """Beside the card, goals are suggested, edited and removed as before."""
    if record is None or (isinstance(record, Goal) and record.state is not GoalState.ON_CARD):
        return None
    return tuple(getattr(record, field) for field in WORDING[type(record)])


WORDING: dict[type[Record], tuple[str, ...]] = {
    Card: ("title", "report", "period", "sections"),
    CardText: CardText.__struct_fields__,
    Figure: Figure.__struct_fields__,
    Goal: ("state", "focus_area", "network", "text"),
    Network: ("order", "name"),
}
"""By kind of record: the fields that are wording of the card; printed to TypeScript as well."""
