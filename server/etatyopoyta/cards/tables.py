"""The card's tables and the evidence behind them, as rows."""

from collections.abc import Iterator

from etatyopoyta.cards.model import CardModel, FocusTable, GoalRow, MeasureRow
from etatyopoyta.cards.table import (
    MISSING,
    Row,
    Table,
    headed,
    lines,
    listed,
    measured,
    numbers,
    placed,
    table,
    when,
    whole,
)
from etatyopoyta.cards.words import Words


def evidence_tables(card: CardModel) -> Iterator[Table]:
    """The tables in their order: the card's own first, then what lies behind them."""
    words = Words(card.edition.language)
    for focus in card.tables:
        yield _focus_table(focus, words)
    yield goals_table(card, words)
    yield _measures(card, words)
    yield _actuals(card, words)
    yield _clusters(card, words)
    yield _notes(card, words)


def _focus_table(focus: FocusTable, words: Words) -> Table:
    rows: list[Row] = []
    for network in focus.rows:
        name = words("network.example", name=network.name) if network.is_example else network.name
        if not network.goals:
            rows.append((name, *[None] * 7))
        rows.extend(
            (
                name,
                goal.text,
                goal.actual,
                goal.status,
                lines(measured(words, m.name, m.unit) for m in goal.measures),
                len(goal.sources),
                numbers(goal.sources),
                listed(goal.organisations),
            )
            for goal in network.goals
        )
    columns = (
        ("network", 28),
        ("goals", 38),
        ("actual", 20),
        ("status", 15),
        ("measures", 28),
        ("source_notes", 12),
        ("note_numbers", 22),
        ("organisations", 46),
    )
    return Table(
        key=f"card_{focus.key}",
        name=focus.short,
        title=focus.title,
        columns=headed(words, columns),
        rows=tuple(rows),
    )


OF_GOAL = 9
"""Columns of the table of goals that come before those of the measures."""


def goals_table(card: CardModel, words: Words) -> Table:
    """Every goal with a row for each note behind each of its measures."""
    on_card = [goal for table in card.tables for row in table.rows for goal in row.goals]
    rows = [
        row for goal in (*on_card, *card.parked, *card.suggested) for row in _goal_rows(goal, words)
    ]
    return table(
        words,
        "goals",
        (
            ("focus_area", 14),
            ("network", 24),
            ("goal", 40),
            ("place", 13),
            ("status", 16),
            ("actual", 22),
            ("age_groups", 22),
            ("owner", 24),
            ("reason", 28),
            ("measure", 30),
            ("unit", 12),
            ("number", 8),
            ("note", 40),
            ("organisation", 30),
            ("note_id", 18),
            ("goal_id", 18),
        ),
        rows,
    )


def _goal_rows(goal: GoalRow, words: Words) -> Iterator[Row]:
    place = goal.place
    start: Row = (
        place.focus_area,
        place.network,
        goal.text,
        words(f"goal_state.{place.state}"),
        goal.status,
        goal.actual,
        listed(goal.age_groups),
        goal.owner,
        goal.reason,
    )
    if not goal.measures:
        yield (*start, *[None] * 6, place.id)
    for measure in goal.measures:
        for note in measure.sources:
            behind = (note.number, note.text, note.organisation, note.id)
            yield (*start, measure.name, measure.unit, *behind, place.id)
        if not measure.sources:
            yield (*start, measure.name, measure.unit, *[None] * 4, place.id)


def _measures(card: CardModel, words: Words) -> Table:
    rows: list[Row] = [
        (
            measure.name,
            _state(measure, words),
            measure.reason,
            measure.unit,
            measure.meaning,
            measure.level,
            measure.direction,
            measure.baseline,
            words.as_of(measure.baseline_as_of) if measure.baseline_as_of else None,
            measure.target,
            measure.target_year,
            measure.source,
            measure.collection,
            measure.interval,
            measure.owner,
            listed(measure.age_groups),
            measure.indicator,
            lines(measure.clusters),
            len(measure.sources),
            numbers(measure.sources),
            listed(measure.organisations),
            lines(placed(words, goal) for goal in measure.goals),
            measure.id,
        )
        for measure in (*card.measures, *card.measures_aside)
    ]
    columns = (
        ("measure", 36),
        ("measure_state", 16),
        ("reason", 28),
        ("unit", 14),
        ("meaning", 36),
        ("level", 12),
        ("direction", 14),
        ("baseline", 10),
        ("baseline_as_of", 12),
        ("target", 10),
        ("target_year", 9),
        ("data_source", 20),
        ("collection", 20),
        ("interval", 14),
        ("owner", 24),
        ("age_groups", 22),
        ("indicator", 16),
        ("clusters", 28),
        ("source_notes", 12),
        ("note_numbers", 22),
        ("organisations", 46),
        ("goals", 50),
        ("measure_id", 18),
    )
    return table(words, "measures", columns, rows)


def _actuals(card: CardModel, words: Words) -> Table:
    rows: list[Row] = []
    for measure in card.measures:
        start: Row = (measure.name, measure.level, measure.unit)
        aims: Row = (
            whole(measure.baseline),
            when(measure.baseline_as_of),
            whole(measure.target),
            measure.target_year,
        )
        if not measure.actuals:
            rows.append((*start, *aims, None, None, MISSING, *[None] * 3, measure.id))
        rows.extend(
            (
                *start,
                *aims,
                actual.year,
                actual.organisation or words("everybody"),
                whole(actual.value),
                actual.text,
                when(actual.as_of),
                actual.source,
                measure.id,
            )
            for actual in measure.actuals
        )
    columns = (
        ("measure", 36),
        ("level", 13),
        ("unit", 12),
        ("baseline", 11),
        ("baseline_as_of", 13),
        ("target", 11),
        ("target_year", 13),
        ("year", 8),
        ("organisation", 30),
        ("actual", 12),
        ("in_words", 36),
        ("as_of", 13),
        ("actual_source", 26),
        ("measure_id", 18),
    )
    return table(words, "actuals", columns, rows)


def _state(measure: MeasureRow, words: Words) -> str:
    if measure.merged_into is None:
        return measure.state
    return words("measure_merged", state=measure.state, name=measure.merged_into)


def _clusters(card: CardModel, words: Words) -> Table:
    rows: list[Row] = [
        (
            cluster.title,
            cluster.workshop,
            cluster.notes,
            len(cluster.organisations),
            listed(cluster.organisations),
            lines(cluster.measures),
            cluster.id,
        )
        for cluster in card.clusters
    ]
    columns = (
        ("cluster", 36),
        ("workshop", 20),
        ("notes_count", 11),
        ("organisations_count", 13),
        ("organisations", 44),
        ("measures", 36),
        ("cluster_id", 18),
    )
    return table(words, "clusters", columns, rows)


def _notes(card: CardModel, words: Words) -> Table:
    rows: list[Row] = [
        (
            note.number,
            note.text,
            note.organisation,
            note.workshop,
            note.cluster,
            lines(note.measures),
            lines(placed(words, goal) for goal in note.goals),
            note.unit,
            note.source,
            note.interval,
            note.target_group,
            note.created,
            note.late,
            words("parked") if note.is_parked else None,
            note.id,
        )
        for note in card.notes
    ]
    columns = (
        ("number", 8),
        ("note", 48),
        ("organisation", 28),
        ("workshop", 17),
        ("cluster", 26),
        ("measures", 26),
        ("goals", 40),
        ("unit", 11),
        ("data_source", 13),
        ("interval", 12),
        ("target_group", 13),
        ("created", 16),
        ("late", 22),
        ("parked", 10),
        ("note_id", 15),
    )
    return table(words, "notes", columns, rows)
