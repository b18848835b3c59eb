"""A card for everybody: organisations and counts, never what notes say or who wrote what."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.cards.appendix import appendix_tables
from etatyopoyta.cards.facts import SOTKANET
from etatyopoyta.cards.model import (
    CardModel,
    CardPart,
    FigureRow,
    FocusTable,
    GoalRow,
    MeasureRow,
    SourceNote,
)
from etatyopoyta.cards.provenance import provenance_table
from etatyopoyta.cards.table import Table, headed
from etatyopoyta.cards.tables import evidence_tables
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.records import GoalState

BESIDE = frozenset({"goals", "clusters", "notes"})
"""Tables with a row for each note, or of what is not on the card."""
FOCUS = "card_"
"""How the keys of the focus areas' tables begin: they all have the same columns."""
NUMBERS = 6
"""The column there of the numbers by which one looks notes up."""
UNSEEN = SourceNote(number=0, id="", text="", organisation=None)
"""A note that is counted, and no more."""


def public(card: CardModel) -> CardModel:
    """What a public page shows of the card, and nothing else."""
    tables = {table.key: _table(table) for table in card.tables}
    measures = tuple(map(_measure, card.measures))
    return replace(
        card,
        desk_title="",
        introduction=replace(card.introduction, agenda=(), workshops=()),
        parts=tuple(_part(part, tables, measures) for part in card.parts),
        tables=tuple(tables.values()),
        parked=(),
        suggested=(),
        measures=measures,
        measures_aside=(),
        clusters=(),
        notes=(),
    )


def tables_of(card: CardModel) -> Iterator[Table]:
    """The card's tables in their order, for files that have one after the other."""
    tables = (*evidence_tables(card), *appendix_tables(card))
    if not card.edition.is_public:
        yield from tables
    else:
        yield from (_narrowed(table) for table in tables if table.key not in BESIDE)


def one_table(card: CardModel) -> Table:
    """All of the card's goals and measures for those who want only one table."""
    if not card.edition.is_public:
        return provenance_table(card)
    words = Words(card.edition.language)
    tables = [table for table in tables_of(card) if table.key.startswith(FOCUS)]
    [area] = headed(words, [("focus_area", 14)])
    return Table(
        key="goals",
        name=words("table.goals"),
        title=words("table.goals"),
        columns=(area, *(tables[0].columns if tables else ())),
        rows=tuple((table.name, *row) for table in tables for row in table.rows),
    )


def _narrowed(table: Table) -> Table:
    """The table without columns that are empty; a focus area's without that of numbers of notes."""
    if table.key.startswith(FOCUS):
        kept = [at for at in range(len(table.columns)) if at != NUMBERS]
    else:
        kept = [
            at for at in range(len(table.columns)) if any(row[at] is not None for row in table.rows)
        ]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _part(
    part: CardPart, tables: dict[str, FocusTable], measures: tuple[MeasureRow, ...]
) -> CardPart:
    return replace(
        part,
        figures=tuple(map(_figure, part.figures)),
        table=tables[part.table.key] if part.table else None,
        measures=measures if part.measures else (),
    )


def _figure(figure: FigureRow) -> FigureRow:
    is_named = figure.source_ref is not None and figure.source_ref.startswith(SOTKANET)
    return replace(figure, region=None, source_ref=figure.source_ref if is_named else None)


def _table(table: FocusTable) -> FocusTable:
    rows = (replace(row, goals=tuple(map(_goal, row.goals))) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _goal(goal: GoalRow) -> GoalRow:
    measures = tuple(map(_measure, goal.measures))
    return replace(goal, measures=measures, sources=_counted(goal.sources), reason=None)


def _measure(measure: MeasureRow) -> MeasureRow:
    return replace(
        measure,
        collection=None,
        owner=None,
        direction=None,
        level=None,
        age_groups=(),
        indicator=None,
        clusters=(),
        goals=tuple(goal for goal in measure.goals if goal.state is GoalState.ON_CARD),
        reason=None,
        actuals=tuple(replace(row, as_of=None, source=None) for row in measure.actuals),
        sources=_counted(measure.sources),
    )


def _counted(sources: tuple[SourceNote, ...]) -> tuple[SourceNote, ...]:
    return (UNSEEN,) * len(sources)
