"""What an export prints. Strings are in the edition's language, nothing is left to look up.

Never in it: authors, hidden notes, and the organisation of a note that shows nothing.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from etatyopoyta.cards.words import Language
from etatyopoyta.domain.records import GoalState

Separator = Literal["semicolon", "comma"]


class Edition(Struct, frozen=True, kw_only=True):
    """What is asked for: a language, and which moment of the desk this is."""

    language: Language
    n: int
    """Number of the last entry of the log that is in it."""
    made_at: datetime
    """With its zone; shown in the desk's."""
    version: int | None = None
    """Number of the published version that this is."""
    is_public: bool = False
    """For everybody: with what the public page shows, and nothing that lies behind it."""
    separator: Separator | None = None
    """Of a CSV file; None is what a spreadsheet in the language opens."""
    chart: str | None = None
    """Of a picture: the chart that it shows; None is the board."""


class SourceNote(Struct, frozen=True, kw_only=True):
    """A note that a measure grew from."""

    number: int
    """The note's number in this edition, from 1."""
    id: str
    text: str
    organisation: str | None


class GoalPlace(Struct, frozen=True, kw_only=True):
    """A goal and where it stands."""

    id: str
    text: str
    state: GoalState
    focus_area_key: str
    focus_area: str
    """Short: "Painopiste 1"."""
    network: str


class ActualRow(Struct, frozen=True, kw_only=True):
    """What was reached of a measure in a year."""

    id: str
    year: int
    organisation: str | None
    value: float | None
    text: str | None
    as_of: str | None
    source: str | None


class MeasureRow(Struct, frozen=True, kw_only=True):
    """A measure with its definition and everything that it grew from."""

    id: str
    name: str
    """In the edition's language, where it has a name in that."""
    state_key: str
    state: str
    unit: str | None
    meaning: str | None
    source: str | None
    collection: str | None
    interval: str | None
    owner: str | None
    """An organisation, a network, or the role of a person: persons are never named."""
    direction: str | None
    baseline: float | None
    baseline_as_of: str | None
    target: float | None
    target_year: int | None
    level: str | None
    age_groups: tuple[str, ...]
    indicator: str | None
    actuals: tuple[ActualRow, ...]
    """By year, then organisation."""
    clusters: tuple[str, ...]
    sources: tuple[SourceNote, ...]
    organisations: tuple[str, ...]
    goals: tuple[GoalPlace, ...]
    reason: str | None = None
    """Why it was parked, rejected or merged."""
    merged_into: str | None = None
    """The name of the measure that it is part of now, through every merge."""


class GoalRow(Struct, frozen=True, kw_only=True):
    """A goal with its measures and, through them, the notes and organisations behind it."""

    place: GoalPlace
    measures: tuple[MeasureRow, ...]
    sources: tuple[SourceNote, ...]
    organisations: tuple[str, ...]
    actual: str | None
    status_key: str | None
    status: str | None
    age_groups: tuple[str, ...]
    owner: str | None
    reason: str | None
    """Why it was parked or replaced."""
    sign: str | None = None
    """Of its status, before the word."""

    @property
    def text(self) -> str:
        """The goal's wording."""
        return self.place.text

    @property
    def signed_status(self) -> str | None:
        """The status as it is printed: its sign and its word."""
        return " ".join(filter(None, (self.sign, self.status))) or None


class NetworkRow(Struct, frozen=True, kw_only=True):
    """A network's row of a focus area's table, also when it has no goal yet."""

    id: str
    name: str
    """"(nimeä)" for a slot that is to be named."""
    is_named: bool
    is_example: bool
    goals: tuple[GoalRow, ...]


class FocusTable(Struct, frozen=True, kw_only=True):
    """A focus area: all networks in their order, and the goals of each."""

    key: str
    number: int
    short: str
    title: str
    rows: tuple[NetworkRow, ...]


class FigureRow(Struct, frozen=True, kw_only=True):
    """A figure; `value` is None while it is missing."""

    id: str
    group_key: str | None
    group: str | None
    label: str
    value: float | None
    unit: str | None
    as_of: str | None
    as_of_day: date | None
    """The same as a day, when it is one and not a month or a year."""
    region: str | None
    source: str | None
    source_ref: str | None
    status_key: str
    status: str
    made_in: str | None
    """Of a forecast: the year in which it was made."""
    remark: str | None
    """With that year."""


class TextLine(Struct, frozen=True, kw_only=True):
    """A line of text under a heading."""

    id: str
    text: str
    kind_key: str | None
    kind: str | None
    source: str | None


class Series(Struct, frozen=True, kw_only=True):
    """Values of a chart, one per category; None is missing and never drawn as a number."""

    name: str
    values: tuple[float | None, ...]


class Chart(Struct, frozen=True, kw_only=True):
    """Bars of one or more series over the same categories, not empty."""

    key: str
    title: str
    unit: str | None
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    sources: tuple[str, ...] = ()
    """Of the values that are known."""


class CardPart(Struct, frozen=True, kw_only=True):
    """A heading of the card and what stands under it, by its kind."""

    key: str
    kind: str
    title: str
    texts: tuple[TextLine, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    table: FocusTable | None = None
    measures: tuple[MeasureRow, ...] = ()
    charts: tuple[Chart, ...] = ()


class ClusterRow(Struct, frozen=True, kw_only=True):
    """A cluster and how many notes and organisations it holds."""

    id: str
    title: str
    workshop: str
    notes: int
    organisations: tuple[str, ...]
    measures: tuple[str, ...]


class NoteRow(Struct, frozen=True, kw_only=True):
    """A note, and what became of it."""

    number: int
    id: str
    text: str
    organisation: str | None
    workshop: str
    cluster: str | None
    measures: tuple[str, ...]
    goals: tuple[GoalPlace, ...]
    unit: str | None
    source: str | None
    interval: str | None
    target_group: str | None
    created: datetime
    late: str | None
    """The section after whose end it came in."""
    is_parked: bool


class FocusCoverage(Struct, frozen=True, kw_only=True):
    """How far a focus area is filled."""

    short: str
    goals: int
    networks_with_goals: int
    networks: int


class Coverage(Struct, frozen=True, kw_only=True):
    """How much of what was written reached the card."""

    notes: int
    notes_hidden: int
    """Notes that are left out, because they are still hidden."""
    notes_in_clusters: int
    notes_behind_measures: int
    notes_behind_goals: int
    organisations: int
    """Organisations that a note names."""
    organisations_behind_goals: int
    clusters: int
    measures: int
    measures_on_card: int
    figures: int
    figures_missing: int
    texts: int
    texts_without_source: int
    focus_areas: tuple[FocusCoverage, ...]


class SumCheck(Struct, frozen=True, kw_only=True):
    """The parts of a whole do not add up to it: both are shown, neither is corrected."""

    total: FigureRow
    sum: float
    sum_as_of: str | None
    difference: float
    text: str


class AgendaRow(Struct, frozen=True, kw_only=True):
    """A section of the first workshop's agenda, as it was planned."""

    time: str
    """From and to: "13.05–13.25"."""
    title: str
    instruction: str | None


class WorkshopRow(Struct, frozen=True, kw_only=True):
    """One of the workshops; `day` is None while it is not set."""

    title: str
    number: int
    day: str | None


class Introduction(Struct, frozen=True, kw_only=True):
    """What a deck tells before the card's own content."""

    agenda: tuple[AgendaRow, ...]
    workshops: tuple[WorkshopRow, ...]
    """The first is the one whose agenda it is."""
    focus_areas: tuple[str, ...]
    age_groups: tuple[str, ...]
    networks: int
    goals_per_network: int


class CardModel(Struct, frozen=True, kw_only=True):
    """One edition of the card and of what lies behind it."""

    edition: Edition
    title: str
    report: str
    council: str
    desk_title: str
    period: str | None
    state_key: str
    state: str
    version: int | None
    """Number of the published version; None for what is not published."""
    mark: str | None
    """LUONNOS until the card is published; every page, sheet and file name carries it."""
    made_at: datetime
    """In the desk's zone."""
    introduction: Introduction
    parts: tuple[CardPart, ...]
    tables: tuple[FocusTable, ...]
    parked: tuple[GoalRow, ...]
    suggested: tuple[GoalRow, ...]
    measures: tuple[MeasureRow, ...]
    """The ones in use: proposed or accepted."""
    clusters: tuple[ClusterRow, ...]
    notes: tuple[NoteRow, ...]
    coverage: Coverage
    checks: tuple[SumCheck, ...]
    measures_aside: tuple[MeasureRow, ...] = ()
    """Parked, rejected, merged or withdrawn ones: they are on no page of the card itself."""
