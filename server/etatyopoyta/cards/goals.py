"""The tables of the card: goals by focus area and network."""

from collections.abc import Mapping, Set

from etatyopoyta.cards.evidence import network_name, owner_name
from etatyopoyta.cards.model import FocusTable, GoalPlace, GoalRow, MeasureRow, NetworkRow
from etatyopoyta.cards.order import distinct
from etatyopoyta.cards.reached import reached
from etatyopoyta.cards.statuses import signs
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Goal, GoalState, Network


def oldest_first(desk: Desk) -> list[Goal]:
    """All goals, in the order in which they were made."""
    return sorted(desk.of(Goal), key=lambda goal: (goal.created_ms, goal.id))


def goal_places(desk: Desk, words: Words) -> dict[str, GoalPlace]:
    """Where each goal stands, by the goal's id, oldest first."""
    shorts = {a.key: words("focus_area.short", number=a.number) for a in desk.info.focus_areas}
    places = {}
    for goal in oldest_first(desk):
        network = desk.find(goal.network)
        named = network_name(words, network) if isinstance(network, Network) else goal.network
        places[goal.id] = GoalPlace(
            id=goal.id,
            text=goal.text,
            state=goal.state,
            focus_area_key=goal.focus_area,
            focus_area=shorts.get(goal.focus_area, goal.focus_area),
            network=named,
        )
    return places


def goal_rows(
    desk: Desk,
    words: Words,
    places: Mapping[str, GoalPlace],
    measures: Mapping[str, MeasureRow],
    in_use: Set[str],
) -> dict[str, GoalRow]:
    """Each goal with its evidence, by id, oldest first.

    A goal on the card rests on measures in use; one beside it keeps what it once rested on.
    """
    statuses = {choice.key: words.text(choice.name) for choice in desk.info.statuses}
    of_status = signs(desk.info.statuses)
    age_groups = {group.key: words.text(group.name) for group in desk.info.age_groups}
    rows = {}
    for goal in oldest_first(desk):
        kept = in_use if goal.state is GoalState.ON_CARD else measures.keys()
        of_goal = tuple(measures[m] for m in goal.measures if m in measures and m in kept)
        sources = {source.id: source for measure in of_goal for source in measure.sources}
        rows[goal.id] = GoalRow(
            place=places[goal.id],
            measures=of_goal,
            sources=tuple(sources.values()),
            organisations=distinct(source.organisation for source in sources.values()),
            actual=goal.actual or reached(words, of_goal),
            status_key=goal.status,
            status=statuses.get(goal.status, goal.status) if goal.status else None,
            age_groups=tuple(age_groups.get(key, key) for key in goal.age_groups or ()),
            owner=owner_name(desk, words, goal.owner),
            reason=goal.reason,
            sign=of_status.get(goal.status) if goal.status else None,
        )
    return rows


def focus_tables(desk: Desk, words: Words, goals: Mapping[str, GoalRow]) -> tuple[FocusTable, ...]:
    """A table per focus area with a row for every network, also for those without a goal."""
    slots: dict[tuple[str, str], list[GoalRow]] = {}
    for goal in oldest_first(desk):
        if goal.state is GoalState.ON_CARD:
            slots.setdefault((goal.focus_area, goal.network), []).append(goals[goal.id])
    networks = sorted(desk.of(Network), key=lambda network: (network.order, network.id))
    return tuple(
        FocusTable(
            key=area.key,
            number=area.number,
            short=words("focus_area.short", number=area.number),
            title=words("focus_area", number=area.number, name=words.text(area.name)),
            rows=tuple(
                NetworkRow(
                    id=network.id,
                    name=network_name(words, network),
                    is_named=network.name is not None,
                    is_example=network.is_example,
                    goals=tuple(slots.get((area.key, network.id), ())),
                )
                for network in networks
            ),
        )
        for area in desk.info.focus_areas
    )
