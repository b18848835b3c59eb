"""From a desk to an edition of its card."""

from collections.abc import Iterable
from datetime import tzinfo

from etatyopoyta.cards.evidence import (
    cluster_rows,
    measure_rows,
    organisation_of,
    source_notes,
    visible_notes,
    workshop_title,
)
from etatyopoyta.cards.facts import coverage, sum_checks
from etatyopoyta.cards.goals import focus_tables, goal_places, goal_rows, oldest_first
from etatyopoyta.cards.introduction import introduction
from etatyopoyta.cards.model import CardModel, Edition, GoalRow, MeasureRow, NoteRow
from etatyopoyta.cards.parts import card_parts
from etatyopoyta.cards.public import public
from etatyopoyta.cards.words import Words, moment_of, zone_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.publishing import published_number
from etatyopoyta.domain.records import Cluster, GoalState, Measure, Note, Section

PUBLISHED = "julkaistu"
"""The state of a card that is no draft any more."""


def build(desk: Desk, edition: Edition) -> CardModel:
    """The card and what lies behind it, as the desk is now.

    Raises Refused("desk.gone" or "card.gone") for a desk that was never filled.
    """
    info, card = desk.info, desk.card
    words = Words(edition.language)
    zone = zone_of(info.timezone)
    notes = source_notes(desk)
    places = goal_places(desk, words)
    used = [(m, places[goal.id]) for goal in oldest_first(desk) for m in goal.measures]
    measures = measure_rows(desk, words, notes, used)
    in_use = {measure.id for measure in desk.of(Measure) if measure.is_in_use}
    set_of_measures = tuple(row for row in measures.values() if row.id in in_use)
    goals = goal_rows(desk, words, places, measures, in_use)
    tables = focus_tables(desk, words, goals)
    parts = card_parts(desk, words, tables, set_of_measures)
    clusters = cluster_rows(desk, words, notes, set_of_measures)
    note_rows = _note_rows(desk, words, zone, set_of_measures)
    card_of_all = CardModel(
        edition=edition,
        title=words.text(card.title),
        report=words.text(card.report),
        council=words.text(info.council),
        desk_title=words.text(info.title),
        period=card.period,
        state_key=card.state,
        state=words.known(f"state.{card.state}", card.state),
        version=edition.version or published_number(desk),
        mark=None if card.state == PUBLISHED else words("draft"),
        made_at=edition.made_at.astimezone(zone),
        introduction=introduction(desk, words),
        parts=parts,
        tables=tables,
        parked=_in_state(goals.values(), GoalState.PARKED),
        suggested=_in_state(goals.values(), GoalState.SUGGESTED),
        measures=set_of_measures,
        clusters=clusters,
        notes=note_rows,
        coverage=coverage(
            parts, tables, set_of_measures, clusters, note_rows, desk.count(Note) - len(notes)
        ),
        checks=sum_checks(words, parts),
        measures_aside=tuple(row for row in measures.values() if row.id not in in_use),
    )
    return public(card_of_all) if edition.is_public else card_of_all


def _note_rows(
    desk: Desk, words: Words, zone: tzinfo, measures: tuple[MeasureRow, ...]
) -> tuple[NoteRow, ...]:
    of_note: dict[str, list[MeasureRow]] = {}
    for measure in measures:
        for source in measure.sources:
            of_note.setdefault(source.id, []).append(measure)
    rows = []
    for number, note in enumerate(visible_notes(desk), 1):
        cluster = desk.find(note.cluster) if note.cluster else None
        late = desk.find(note.late) if note.late else None
        grown = of_note.get(note.id, [])
        goals = {goal.id: goal for measure in grown for goal in measure.goals}
        rows.append(
            NoteRow(
                number=number,
                id=note.id,
                text=note.text,
                organisation=organisation_of(desk, note),
                workshop=workshop_title(desk, words, note.workshop),
                cluster=cluster.title if isinstance(cluster, Cluster) else None,
                measures=tuple(measure.name for measure in grown),
                goals=tuple(goals.values()),
                unit=note.unit,
                source=note.source,
                interval=note.interval,
                target_group=note.target_group,
                created=moment_of(note.created_ms, zone),
                late=words.text(late.title) if isinstance(late, Section) else None,
                is_parked=note.parked_ms is not None,
            )
        )
    return tuple(rows)


def _in_state(goals: Iterable[GoalRow], state: GoalState) -> tuple[GoalRow, ...]:
    return tuple(goal for goal in goals if goal.place.state is state)
