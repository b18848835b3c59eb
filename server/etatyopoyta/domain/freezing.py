"""What is frozen of the card once it is approved: its wording, and where its rows stand.

One look at what a change does, whatever command brings it about. What was reached, comments,
approvals and the definitions of measures go on.
"""

from collections.abc import Callable, Iterable
from typing import Any

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
        if kind in _WORDING and is_frozen(desk) and _words(change.old) != _words(change.new):
            raise Refused("card.frozen", id=change.id, state=desk.card.state)


def is_frozen(desk: Desk) -> bool:
    """Whether the card is approved or published, so that its wording stays as it is."""
    card = desk.find(CARD)
    return isinstance(card, Card) and card.state in FROZEN_IN


def _words(record: Record | None) -> object:
    return None if record is None else _WORDING[type(record)](record)


def _of_goal(goal: Goal) -> object:
    """Beside the card, goals are suggested, edited and removed as before."""
    is_on_card = goal.state is GoalState.ON_CARD
    return (goal.focus_area, goal.network, goal.text) if is_on_card else None


_WORDING: dict[type[Record], Callable[[Any], object]] = {
    Card: lambda card: (card.title, card.report, card.period, card.sections),
    CardText: lambda line: line,
    Figure: lambda figure: figure,
    Goal: _of_goal,
    Network: lambda network: (network.order, network.name),
}
"""By kind of record: what of it is wording of the card."""
