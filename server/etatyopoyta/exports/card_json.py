"""A published card as JSON for everybody: what its page shows, to compute with."""

from typing import TypeVar

import msgspec
from msgspec import Struct

from etatyopoyta.cards.model import CardModel, Chart, GoalRow, MeasureRow
from etatyopoyta.cards.words import Language

SCHEMA = "etatyopoyta.card/1"
Rows = TypeVar("Rows")


class Reached(Struct, frozen=True):
    """What was reached in a year; the organisation is None for all together."""

    year: int
    organisation: str | None
    value: float | None
    text: str | None


class Measured(Struct, frozen=True, kw_only=True):
    """A measure of the set."""

    name: str
    unit: str | None
    meaning: str | None
    source: str | None
    interval: str | None
    baseline: float | None
    baseline_as_of: str | None
    target: float | None
    target_year: int | None
    reached: list[Reached]
    organisations: tuple[str, ...]
    notes: int
    """So many notes lie behind it."""


class Aimed(Struct, frozen=True, kw_only=True):
    """A goal of a network."""

    network: str
    text: str
    actual: str | None
    status: str | None
    age_groups: tuple[str, ...]
    owner: str | None
    measures: list[str]
    organisations: tuple[str, ...]
    notes: int


class Known(Struct, frozen=True, kw_only=True):
    """A figure; `value` is None where it is missing."""

    group: str | None
    label: str
    value: float | None
    unit: str | None
    as_of: str | None
    source: str | None
    remark: str | None
    status: str


class Written(Struct, frozen=True):
    """A line of text."""

    text: str
    kind: str | None
    source: str | None


class Part(Struct, frozen=True, kw_only=True):
    """A heading of the card and what stands under it."""

    key: str
    title: str
    texts: list[Written]
    figures: list[Known]
    charts: tuple[Chart, ...]
    goals: list[Aimed]
    measures: list[Measured]


class CardFile(Struct, frozen=True, kw_only=True):
    """The file."""

    schema: str
    language: Language
    version: int | None
    published_at: str
    title: str
    report: str
    council: str
    period: str | None
    parts: list[Part]


def card_json(card: CardModel) -> bytes:
    """The card in its language."""
    told = CardFile(
        schema=SCHEMA,
        language=card.edition.language,
        version=card.version,
        published_at=card.edition.made_at.isoformat(timespec="seconds"),
        title=card.title,
        report=card.report,
        council=card.council,
        period=card.period,
        parts=[
            Part(
                key=part.key,
                title=part.title,
                texts=_taken(part.texts, list[Written]),
                figures=_taken(part.figures, list[Known]),
                charts=part.charts,
                goals=[
                    _aimed(row.name, goal)
                    for row in (part.table.rows if part.table else ())
                    for goal in row.goals
                ],
                measures=[_measured(measure) for measure in part.measures],
            )
            for part in card.parts
        ],
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _aimed(network: str, goal: GoalRow) -> Aimed:
    return Aimed(
        network=network,
        text=goal.text,
        actual=goal.actual,
        status=goal.status,
        age_groups=goal.age_groups,
        owner=goal.owner,
        measures=[measure.name for measure in goal.measures],
        organisations=goal.organisations,
        notes=len(goal.sources),
    )


def _measured(measure: MeasureRow) -> Measured:
    return Measured(
        name=measure.name,
        unit=measure.unit,
        meaning=measure.meaning,
        source=measure.source,
        interval=measure.interval,
        baseline=measure.baseline,
        baseline_as_of=measure.baseline_as_of,
        target=measure.target,
        target_year=measure.target_year,
        reached=_taken(measure.actuals, list[Reached]),
        organisations=measure.organisations,
        notes=len(measure.sources),
    )


def _taken(rows: object, kind: type[Rows]) -> Rows:
    """Rows of the model with the fields that the file has of them."""
    return msgspec.convert(rows, kind, from_attributes=True)
