"""Goals: what a network aims at under a focus area. One or two each, by the council's rule."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.editing import edit
from etatyopoyta.domain.known import (
    MAX_REASON_CHARACTERS,
    known_age_groups,
    known_owner,
    must_be_in_use,
)
from etatyopoyta.domain.records import (
    Goal,
    GoalId,
    GoalState,
    Key,
    May,
    Measure,
    MeasureId,
    Network,
    NetworkId,
    OwnerId,
    Record,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import clean, clean_or_none
from etatyopoyta.domain.voting import must_not_be_voted_on

GOALS_PER_NETWORK = 2
"""Under one focus area, unless a facilitator has raised the network's limit (P1)."""
MAX_RAISED_LIMIT = 9
MAX_GOAL_CHARACTERS = 500


class PromoteMeasure(Command, frozen=True, tag="goal.promote"):
    """Make a measure a goal of a network on the card.

    G1  A network has at most its limit of goals under a focus area: the next one is refused
        with the goals that are there, so that one can be replaced, merged with or parked.
    G2  With `replaces`, that goal is parked and the new one takes its slot.
    G3  With `park`, the goal is kept beside the card and takes no slot; it is one or the other.
    G4  A measure becomes a goal once per network and focus area.
    G12  Only a measure in use becomes a goal; its age groups and its owner are the goal's, too.
    G13  What is parked or replaced keeps the reason that was given, until it is placed again.
    """

    may = May.PROMOTE

    id: GoalId
    measure: MeasureId
    focus_area: Key
    network: NetworkId
    text: str
    replaces: GoalId | None = None
    park: bool = False
    reason: str | None = None
    """Why the one is replaced, or the new one is parked."""

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        if self.park and self.replaces is not None:
            raise Refused("goal.two_ways", id=self.id)
        measure = must_be_in_use(desk.get(Measure, self.measure))
        reason = clean_or_none(self.reason, MAX_REASON_CHARACTERS, "goal.reason")
        _known_slot(desk, self.focus_area, self.network)
        for other in desk.of(Goal):
            if measure.id in other.measures and _same_slot(other, self.focus_area, self.network):
                raise Refused("goal.exists", id=other.id, text=other.text)
        if self.replaces is not None:
            yield _parked_from(desk, self.replaces, self.focus_area, self.network, reason)
        elif not self.park:
            _needs_slot(desk, self.focus_area, self.network)
        yield Goal(
            id=self.id,
            focus_area=self.focus_area,
            network=self.network,
            text=clean(self.text, MAX_GOAL_CHARACTERS, "goal"),
            state=GoalState.PARKED if self.park else GoalState.ON_CARD,
            measures=(measure.id,),
            created_ms=asked.at_ms,
            age_groups=measure.age_groups,
            owner=measure.owner,
            reason=reason if self.park else None,
        )


class MergeIntoGoal(Command, frozen=True, tag="goal.merge"):
    """Let a goal rest on a further measure: its sources become the goal's sources, too.

    G5  Merging a measure that the goal already rests on changes nothing (G12).
    """

    may = May.PROMOTE

    id: GoalId
    measure: MeasureId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        goal = desk.get(Goal, self.id)
        measure = must_be_in_use(desk.get(Measure, self.measure))
        yield replace(goal, measures=tuple(dict.fromkeys((*goal.measures, measure.id))))


class SuggestGoal(Command, frozen=True, tag="goal.suggest"):
    """Suggest a goal for a network while the card is sketched. It takes no slot yet.

    G6  A suggestion is on the card only when somebody who may promote has placed it.
    """

    may = May.PROPOSE_GOALS

    id: GoalId
    focus_area: Key
    network: NetworkId
    text: str

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        _known_slot(desk, self.focus_area, self.network)
        yield Goal(
            id=self.id,
            focus_area=self.focus_area,
            network=self.network,
            text=clean(self.text, MAX_GOAL_CHARACTERS, "goal"),
            state=GoalState.SUGGESTED,
            measures=(),
            created_ms=asked.at_ms,
        )


class PlaceGoal(Command, frozen=True, tag="goal.place"):
    """Put a suggested or parked goal, or one of another network, into a slot (G1, G2, G13).

    G14  The measures that it rests on are in use.
    """

    may = May.PROMOTE

    id: GoalId
    focus_area: Key
    network: NetworkId
    replaces: GoalId | None = None
    reason: str | None = None
    """Why the one is replaced."""

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        goal = desk.get(Goal, self.id)
        _known_slot(desk, self.focus_area, self.network)
        is_there = _same_slot(goal, self.focus_area, self.network)
        if is_there and goal.state is GoalState.ON_CARD:
            return
        for measure in desk.of(Measure):
            if measure.id in goal.measures:
                must_be_in_use(measure)
        reason = clean_or_none(self.reason, MAX_REASON_CHARACTERS, "goal.reason")
        if self.replaces is not None:
            yield _parked_from(desk, self.replaces, self.focus_area, self.network, reason)
        else:
            _needs_slot(desk, self.focus_area, self.network)
        yield replace(
            goal,
            focus_area=self.focus_area,
            network=self.network,
            state=GoalState.ON_CARD,
            reason=None,
        )


class ParkGoal(Command, frozen=True, tag="goal.park"):
    """Take a goal off the card and keep it beside: its slot is free again (G13).

    G15  Parking what is parked changes its reason only, and only where one is given.
    """

    may = May.PROMOTE

    id: GoalId
    reason: str | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        goal = desk.get(Goal, self.id)
        reason = clean_or_none(self.reason, MAX_REASON_CHARACTERS, "goal.reason")
        yield replace(goal, state=GoalState.PARKED, reason=reason or goal.reason)


class RemoveGoal(Command, frozen=True, tag="goal.remove"):
    """Take a goal away altogether. Its measures stay.

    G7  A goal on the card is parked first: two steps before something agreed is gone.
    G11  One that votes are for stays.
    """

    may = May.PROMOTE

    id: GoalId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        goal = desk.get(Goal, self.id)
        if goal.state is GoalState.ON_CARD:
            raise Refused("goal.on_card", id=goal.id)
        must_not_be_voted_on(desk, [goal.id])
        yield Gone(goal.id)


class EditGoal(Command, frozen=True, tag="goal.edit"):
    """Change a goal's wording, actual (toteuma) or status, whom it is for or who answers for it.

    G8  The row that was edited must still be the same: else refused with the present text.
    G9  A status is one of the desk's status words.
    G16  Its age groups and its owner are on the desk.
    """

    may = May.PROMOTE

    id: GoalId
    base: int
    text: str | UnsetType = UNSET
    actual: str | UnsetType | None = UNSET
    status: Key | UnsetType | None = UNSET
    age_groups: tuple[Key, ...] | UnsetType | None = UNSET
    owner: OwnerId | UnsetType | None = UNSET

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        goal = desk.get(Goal, self.id)
        edited = goal
        if self.text is not UNSET:
            edited = replace(edited, text=clean(self.text, MAX_GOAL_CHARACTERS, "goal"))
        if self.actual is not UNSET:
            actual = clean_or_none(self.actual, MAX_GOAL_CHARACTERS, "goal.actual")
            edited = replace(edited, actual=actual)
        if self.status is not UNSET:
            if self.status is not None and self.status not in {c.key for c in desk.info.statuses}:
                raise Refused("goal.unknown_status", status=self.status)
            edited = replace(edited, status=self.status)
        if self.age_groups is not UNSET:
            edited = replace(edited, age_groups=known_age_groups(desk, self.age_groups))
        if self.owner is not UNSET:
            edited = replace(edited, owner=known_owner(desk, self.owner))
        yield from edit(goal, edited, self.base, goal.text)


class SetGoalLimit(Command, frozen=True, tag="network.limit"):
    """Let a network have more or fewer goals under a focus area (P1).

    G10  A limit is between the goals that are there now and 9.
    """

    may = May.EDIT_DESK

    network: NetworkId
    focus_area: Key
    limit: Annotated[int, Meta(ge=1, le=MAX_RAISED_LIMIT)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        _known_slot(desk, self.focus_area, self.network)
        network = desk.get(Network, self.network)
        there = len(goals_of(desk, self.focus_area, self.network))
        if self.limit < there:
            raise Refused("network.has_more_goals", id=network.id, goals=there)
        yield replace(network, limits={**network.limits, self.focus_area: self.limit})


def goals_of(desk: Desk, focus_area: str, network: str) -> list[Goal]:
    """The goals on the card in these slots, oldest first."""
    there = (
        goal
        for goal in desk.of(Goal)
        if goal.state is GoalState.ON_CARD and _same_slot(goal, focus_area, network)
    )
    return sorted(there, key=lambda goal: (goal.created_ms, goal.id))


def limit_of(network: Network, focus_area: str) -> int:
    """How many goals the network may have under the focus area."""
    return network.limits.get(focus_area, GOALS_PER_NETWORK)


def _same_slot(goal: Goal, focus_area: str, network: str) -> bool:
    return goal.focus_area == focus_area and goal.network == network


def _known_slot(desk: Desk, focus_area: str, network: str) -> None:
    if focus_area not in {area.key for area in desk.info.focus_areas}:
        raise Refused("focus_area.gone", id=focus_area)
    desk.get(Network, network)


def _needs_slot(desk: Desk, focus_area: str, network: str) -> None:
    there = goals_of(desk, focus_area, network)
    limit = limit_of(desk.get(Network, network), focus_area)
    if len(there) >= limit:
        raise Refused("goal.slots_full", limit=limit, goals=[goal.id for goal in there])


def _parked_from(
    desk: Desk, goal_id: str, focus_area: str, network: str, reason: str | None
) -> Goal:
    goal = desk.get(Goal, goal_id)
    if goal not in goals_of(desk, focus_area, network):
        raise Refused("goal.gone", id=goal_id)
    return replace(goal, state=GoalState.PARKED, reason=reason)
