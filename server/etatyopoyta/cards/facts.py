"""What can be counted about a card, and what in it does not add up."""

from collections.abc import Iterable

from etatyopoyta.cards.model import (
    CardPart,
    ClusterRow,
    Coverage,
    FigureRow,
    FocusCoverage,
    FocusTable,
    GoalRow,
    MeasureRow,
    NoteRow,
    SumCheck,
)
from etatyopoyta.cards.words import Words

PARTS_OF_A_WHOLE = "by_municipality"
"""Group of the figures that, by municipality, make up the whole region."""
THE_WHOLE = "figure_registered"
"""The figure of the whole region."""

SOTKANET = "sotkanet:"
"""How references begin whose source is to be named."""


def coverage(
    parts: tuple[CardPart, ...],
    tables: tuple[FocusTable, ...],
    measures: tuple[MeasureRow, ...],
    clusters: tuple[ClusterRow, ...],
    notes: tuple[NoteRow, ...],
    notes_hidden: int,
) -> Coverage:
    """How much of what was written reached the card. Goals are the ones on the card."""
    goals = [goal for table in tables for row in table.rows for goal in row.goals]
    behind_goals = _sources(goals)
    figures = [figure for part in parts for figure in part.figures]
    texts = [line for part in parts for line in part.texts]
    return Coverage(
        notes=len(notes),
        notes_hidden=notes_hidden,
        notes_in_clusters=sum(note.cluster is not None for note in notes),
        notes_behind_measures=len(_sources(measures)),
        notes_behind_goals=len(behind_goals),
        organisations=len({note.organisation for note in notes} - {None}),
        organisations_behind_goals=len({name for goal in goals for name in goal.organisations}),
        clusters=len(clusters),
        measures=len(measures),
        measures_on_card=len({measure.id for goal in goals for measure in goal.measures}),
        figures=len(figures),
        figures_missing=sum(figure.value is None for figure in figures),
        texts=len(texts),
        texts_without_source=sum(line.source is None for line in texts),
        focus_areas=tuple(
            FocusCoverage(
                short=table.short,
                goals=sum(len(row.goals) for row in table.rows),
                networks_with_goals=sum(bool(row.goals) for row in table.rows),
                networks=len(table.rows),
            )
            for table in tables
        ),
    )


def sum_checks(words: Words, parts: tuple[CardPart, ...]) -> tuple[SumCheck, ...]:
    """The whole against the sum of its parts, where all of them are known and differ."""
    figures = [figure for part in parts for figure in part.figures]
    total = next((figure for figure in figures if figure.id == THE_WHOLE), None)
    of_whole = [figure for figure in figures if figure.group_key == PARTS_OF_A_WHOLE]
    values = [figure.value for figure in of_whole if figure.value is not None]
    if total is None or total.value is None or not values or len(values) != len(of_whole):
        return ()
    difference = sum(values) - total.value
    if difference == 0:
        return ()
    days = {figure.as_of for figure in of_whole}
    sum_as_of = days.pop() if len(days) == 1 else None
    text = words(
        "check.same_day" if sum_as_of and sum_as_of == total.as_of else "check.other_day",
        sum=words.number(sum(values)),
        sum_day=words.as_of(sum_as_of) if sum_as_of else words("missing"),
        total=words.number(total.value),
        total_day=words.as_of(total.as_of) if total.as_of else words("missing"),
        difference=words.number(abs(difference)),
    )
    check = SumCheck(
        total=total, sum=sum(values), sum_as_of=sum_as_of, difference=difference, text=text
    )
    return (check,)


def figure_sources(figures: Iterable[FigureRow]) -> list[str]:
    """Where figures come from, each once, in the order of the card."""
    names: dict[str, None] = {}
    for figure in figures:
        if figure.source:
            names[figure.source] = None
        if figure.source_ref and figure.source_ref.startswith(SOTKANET):
            names["sotkanet"] = None  # its licence asks to be named, whatever was typed as source
    return list(names)


def _sources(rows: Iterable[GoalRow | MeasureRow]) -> set[str]:
    return {source.id for row in rows for source in row.sources}
