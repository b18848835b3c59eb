"""One table for those who want only one: every goal and measure, back to the notes."""

from msgspec.structs import replace

from etatyopoyta.cards.model import CardModel, MeasureRow
from etatyopoyta.cards.table import Column, Row, Table
from etatyopoyta.cards.tables import OF_GOAL, goals_table
from etatyopoyta.cards.words import Words


def provenance_table(card: CardModel) -> Table:
    """The table of goals, then the measures that no goal has, and in each row the card's state."""
    words = Words(card.edition.language)
    goals = goals_table(card, words)
    loose = [row for measure in card.measures if not measure.goals for row in _rows(measure)]
    state = card.mark or card.state
    return replace(
        goals,
        columns=(*goals.columns, Column(words("about.state"), 14)),
        rows=tuple((*row, state) for row in (*goals.rows, *loose)),
    )


def _rows(measure: MeasureRow) -> list[Row]:
    """As of a measure in a goal, without the goal."""
    start: Row = (*[None] * OF_GOAL, measure.name, measure.unit)
    if not measure.sources:
        return [(*start, *[None] * 5)]
    return [
        (*start, note.number, note.text, note.organisation, note.id, None)
        for note in measure.sources
    ]
