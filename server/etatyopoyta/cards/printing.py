"""Measures, evidence and cells as they are printed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from etatyopoyta.cards.figures import value_of
from etatyopoyta.cards.model import GoalRow, MeasureRow
from etatyopoyta.cards.pages import Entry, Grid
from etatyopoyta.cards.table import MISSING, Cell, headed, listed, measured
from etatyopoyta.cards.words import Words

MEASURE_COLUMNS = (
    ("measure", 26),
    ("definition", 34),
    ("baseline_and_target", 20),
    ("actual", 20),
)


def measure_grid(words: Words, measures: Iterable[MeasureRow]) -> Grid:
    """The set of measures: what each says, where it starts, where it is to get, what came."""
    listed_measures = tuple(measures)
    return Grid(
        caption="",
        columns=headed(words, MEASURE_COLUMNS),
        rows=tuple(_measure(words, measure) for measure in listed_measures),
        behind=tuple(
            f"{measured(words, measure.name, measure.unit)}\n{sources_of(words, measure)}"
            for measure in listed_measures
        ),
    )


def _measure(words: Words, measure: MeasureRow) -> tuple[Entry, ...]:
    return (
        measured(words, measure.name, measure.unit),
        "\n".join(_definition(words, measure)),
        "\n".join(_aim(words, measure)) or None,
        "\n".join(_actuals(words, measure)) or None,
    )


def _definition(words: Words, measure: MeasureRow) -> Iterator[str]:
    known = (
        ("state", measure.state),
        ("meaning", measure.meaning),
        ("source", measure.source),
        ("collection", measure.collection),
        ("interval", measure.interval),
        ("owner", measure.owner),
        ("direction", measure.direction),
        ("level", measure.level),
        ("ages", ", ".join(measure.age_groups)),
        ("indicator", measure.indicator),
    )
    return (words(f"measure.{key}", value=value) for key, value in known if value)


def _aim(words: Words, measure: MeasureRow) -> Iterator[str]:
    if measure.baseline is not None:
        value = value_of(words, measure.baseline, measure.unit)
        as_of = words.as_of(measure.baseline_as_of) if measure.baseline_as_of else words("missing")
        yield words("measure.baseline", value=value, as_of=as_of)
    if measure.target is not None:
        value = value_of(words, measure.target, measure.unit)
        yield words("measure.target", value=value, year=measure.target_year or words("missing"))


def _actuals(words: Words, measure: MeasureRow) -> Iterator[str]:
    for actual in measure.actuals:
        value = value_of(words, actual.value, measure.unit)
        said = " – ".join(filter(None, (value, actual.text))) or words("missing")
        as_of = words.as_of(actual.as_of) if actual.as_of else None
        behind = ", ".join(filter(None, (actual.organisation, actual.source, as_of)))
        yield f"{actual.year}: {said}" + (f" ({behind})" if behind else "")


def sources_of(words: Words, row: GoalRow | MeasureRow) -> str:
    """What a goal or a measure grew from: measures, organisations and how many notes."""
    missing = words("missing")
    told = [
        words("behind.organisations", names=listed(row.organisations) or missing),
        words("behind.notes", count=len(row.sources)),
    ]
    if isinstance(row, GoalRow):
        names = (measured(words, measure.name, measure.unit) for measure in row.measures)
        told.insert(0, words("behind.measures", names=listed(names) or missing))
    return "\n".join(told)


def shown(words: Words, cell: Cell) -> Entry:
    """A cell of a table as text."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case datetime():
            return words.moment(cell)
        case date():
            return words.day(cell)
        case int() | float():
            return words.number(cell)
        case _:
            assert cell is MISSING
            return None
