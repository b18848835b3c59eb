"""The records that a desk consists of. State is a set of these by id.

Rules for all of them (docs/decisions/0001-log-format.md):
- `None` means absent and is never written; no other default is left out.
- A field is never renamed and never changes its meaning: logs are readable for ever.
- A field that comes later is None by default, so that old records stay what they were.
- Times are milliseconds since 1970 (UTC), minutes of a day count from midnight in the desk's zone.
"""

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

RecordId = NewType("RecordId", str)
NoteId = Annotated[str, Meta(pattern=r"^note_[0-9A-Za-z]{1,24}\Z")]
ClusterId = Annotated[str, Meta(pattern=r"^cluster_[0-9A-Za-z]{1,24}\Z")]
MeasureId = Annotated[str, Meta(pattern=r"^measure_[0-9A-Za-z]{1,24}\Z")]
GoalId = Annotated[str, Meta(pattern=r"^goal_[0-9A-Za-z]{1,24}\Z")]
CardTextId = Annotated[str, Meta(pattern=r"^text_[0-9A-Za-z]{1,24}\Z")]
FigureId = Annotated[str, Meta(pattern=r"^figure_[0-9A-Za-z]{1,24}\Z")]
OrganisationId = Annotated[str, Meta(pattern=r"^org_[0-9A-Za-z]{1,24}\Z")]
PersonId = Annotated[str, Meta(pattern=r"^person_[0-9A-Za-z]{1,24}\Z")]
NetworkId = Annotated[str, Meta(pattern=r"^network_[0-9A-Za-z]{1,24}\Z")]
WorkshopId = Annotated[str, Meta(pattern=r"^workshop_[0-9A-Za-z]{1,24}\Z")]
SectionId = Annotated[str, Meta(pattern=r"^section_[0-9A-Za-z]{1,24}\Z")]
RoundId = Annotated[str, Meta(pattern=r"^round_[0-9A-Za-z]{1,24}\Z")]
VoteId = Annotated[str, Meta(pattern=r"^vote_[0-9A-Za-z]{1,24}\Z")]
TargetId = Annotated[str, Meta(pattern=r"^(note|cluster|measure|goal)_[0-9A-Za-z]{1,24}\Z")]
RowId = Annotated[str, Meta(pattern=r"^row_[0-9A-Za-z]{1,24}\Z")]
AreaId = Annotated[str, Meta(pattern=r"^area_[0-9A-Za-z]{1,24}\Z")]
CommentId = Annotated[str, Meta(pattern=r"^comment_[0-9A-Za-z]{1,24}\Z")]
ApprovalId = Annotated[str, Meta(pattern=r"^approval_[0-9A-Za-z]{1,24}\Z")]
VersionId = Annotated[str, Meta(pattern=r"^version_[0-9]{1,6}\Z")]
ActualId = Annotated[str, Meta(pattern=r"^actual_[0-9A-Za-z]{1,24}\Z")]
MinutesId = Annotated[str, Meta(pattern=r"^minutes_[0-9A-Za-z]{1,24}\Z")]
CardRowId = Annotated[str, Meta(pattern=r"^(goal|text|figure|measure|network)_[0-9A-Za-z]{1,24}\Z")]
"""A row of the card, to say something about."""
OwnerId = Annotated[str, Meta(pattern=r"^(org|person|network)_[0-9A-Za-z]{1,24}\Z")]
"""Who answers for something."""
Key = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,40}\Z")]

MAX_AT_ONCE = 1_000
"""Records that one command may name."""
SeveralNotes = Annotated[tuple[NoteId, ...], Meta(min_length=1, max_length=MAX_AT_ONCE)]

DESK = "desk"
CARD = "card"
BOARD_EDGE = 100_000
"""Board coordinates run from -BOARD_EDGE to BOARD_EDGE, in CSS pixels at zoom 1."""


class Role(StrEnum):
    """In what capacity somebody acts."""

    FACILITATOR = "facilitator"
    SECRETARY = "secretary"
    PARTICIPANT = "participant"
    VIEWER = "viewer"
    COMMENTER = "commenter"
    """Reads the card by a link and comments on its rows."""
    REPORTER = "reporter"
    """Enters what was reached, for one organisation, by a link."""
    SYSTEM = "system"


class May(StrEnum):
    """What an act needs permission for."""

    FILL_DESK = "desk.fill"
    JOIN = "people.join"
    LEAVE = "people.leave"
    EDIT_DESK = "desk.edit"
    RUN_AGENDA = "agenda.run"
    ADD_NOTES = "notes.add"
    EDIT_NOTES = "notes.edit"
    MOVE_NOTES = "notes.move"
    REMOVE_NOTES = "notes.remove"
    REVEAL_NOTES = "notes.reveal"
    GROUP_NOTES = "notes.group"
    PROPOSE_MEASURES = "measures.propose"
    PROPOSE_GOALS = "goals.propose"
    PROMOTE = "goals.promote"
    EDIT_CARD = "card.edit"
    EDIT_FIGURES = "figures.edit"
    VOTE = "votes.cast"
    EDIT_MEMO = "memo.edit"
    COMMENT = "card.comment"
    APPROVE = "card.approve"
    PUBLISH = "card.publish"
    REPORT = "actuals.report"
    EDIT_MINUTES = "minutes.edit"


class Whose(StrEnum):
    """Whose notes a permission covers."""

    OWN = "own"
    ORGANISATION = "organisation"
    ALL = "all"


class Shows(StrEnum):
    """What others learn of a note's author; fixed at the note's birth."""

    NAME = "name"
    ORGANISATION = "organisation"
    NOTHING = "nothing"


class Late(StrEnum):
    """What becomes of an act on one's own notes that arrives after its section was closed."""

    REFUSE = "refuse"
    MARK = "mark"
    PARK = "park"


class Advance(StrEnum):
    """Who goes on to the next section when the time of one has run out."""

    HAND = "hand"
    CLOCK = "clock"


class Reveals(StrEnum):
    """When what was written in a private section is shown to all."""

    HAND = "hand"
    END = "end"


class Screen(StrEnum):
    """What the projector in the hall shows."""

    SECTION = "section"
    """The clock, what is done now, and how one gets in."""
    BOARD = "board"
    CARD = "card"
    RESULTS = "results"
    """Of the voting round that was closed last."""
    BLANK = "blank"


class On(StrEnum):
    """What a voting round is about."""

    NOTES = "notes"
    CLUSTERS = "clusters"
    MEASURES = "measures"
    GOALS = "goals"


class RoundKind(StrEnum):
    DOTS = "dots"
    """Each person has so many dots to give."""
    RATING = "rating"
    """Each person says of each thing, from 1 to 5, how important and how feasible it is."""


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Text(Struct, frozen=True, kw_only=True):
    """A text in the desk's languages; a missing one falls back to Finnish."""

    fi: str
    sv: str | None = None
    en: str | None = None


class Point(Struct, frozen=True):
    """A place on the board, in CSS pixels at zoom 1."""

    x: Annotated[int, Meta(ge=-BOARD_EDGE, le=BOARD_EDGE)]
    y: Annotated[int, Meta(ge=-BOARD_EDGE, le=BOARD_EDGE)]


class Link(Struct, frozen=True, kw_only=True):
    """Material behind a section; `url` is https or None while it is not known."""

    title: Text
    url: str | None = None


class Choice(Struct, frozen=True, kw_only=True):
    """One word of a vocabulary that the template sets (a status, an age group)."""

    key: Key
    name: Text


class FocusArea(Struct, frozen=True, kw_only=True):
    """A priority that the wellbeing services county sets for the period."""

    key: Key
    number: int
    name: Text


class Gathering(Struct, frozen=True, kw_only=True):
    """A view that everybody was brought to."""

    view: Key
    """board, list, card or results."""
    at: Point | None = None
    """Middle of what is to be seen of the board."""
    width: Annotated[int, Meta(ge=1, le=2 * BOARD_EDGE)] | None = None
    """How much of the board is to be seen, in its own pixels."""
    since_ms: int
    """When everybody was brought there: later is another gathering."""


class Record(Struct, frozen=True, kw_only=True, tag_field="t"):
    """One thing on a desk."""

    id: str


class DeskInfo(Record, frozen=True, kw_only=True, tag="desk"):
    """The desk itself and the vocabulary that its template sets."""

    title: Text
    council: Text
    timezone: str
    template: Key
    workshop: WorkshopId
    """The workshop that is held now or next."""
    shows: Shows = Shows.ORGANISATION
    focus_areas: tuple[FocusArea, ...] = ()
    age_groups: tuple[Choice, ...] = ()
    statuses: tuple[Choice, ...] = ()
    late: Late | None = None
    """None where nobody has said: then late acts are marked."""
    advance: Advance | None = None
    """None where nobody has said: then facilitators go on by hand."""
    grace_s: Annotated[int, Meta(ge=0, le=600)] | None = None
    """Seconds between the end of a section's time and the next section, by the clock."""
    screen: Screen | None = None
    """None where nobody has chosen: then the section."""
    announcement: str | None = None
    """What facilitators say to all, until they take it away."""
    is_locked: bool | None = None
    """Nobody new is let in."""
    gathering: Gathering | None = None
    """Where facilitators have brought everybody, until they let go."""
    spotlight: ClusterId | None = None
    """The cluster that everybody is to look at."""
    is_frozen: bool | None = None
    """The projector shows what it showed when this was said."""
    is_rehearsal: bool | None = None
    """Made to try things out on, with people who are played; it can be wiped."""
    screen_area: AreaId | None = None
    """The area that the projector's board is fitted to; None for all of it."""

    @property
    def late_rule(self) -> Late:
        """What becomes of late acts."""
        return self.late or Late.MARK


class Network(Record, frozen=True, kw_only=True, tag="network"):
    """One of the networks that set goals; `name` is None for a slot to be named."""

    order: int
    name: Text | None = None
    is_example: bool = False
    """Named in the slides as an example (ESIM), not yet confirmed."""
    limits: dict[str, int] = {}
    """Goals that this network may have, by focus area key; without an entry it is 2."""
    approvers: tuple[PersonId, ...] | None = None
    """Who approves the wording of this network's rows."""


class Workshop(Record, frozen=True, kw_only=True, tag="workshop"):
    """One of the series."""

    number: int
    title: Text
    date: str | None = None
    """ISO 8601 date, None while it is not set."""


class SectionState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"
    """Planned, and passed over."""


class Section(Record, frozen=True, kw_only=True, tag="section"):
    """A timed part of the agenda, and what participants may do while it is open."""

    workshop: WorkshopId
    order: int
    title: Text
    kind: Key
    """talk, presentation, card, break or board: which page it is about."""
    starts_at: int
    """Planned start, minutes from midnight."""
    minutes: int
    """Planned length."""
    instruction: Text | None = None
    links: tuple[Link, ...] = ()
    grants: dict[May, Whose] = {}
    state: SectionState = SectionState.PLANNED
    started_ms: int | None = None
    ends_ms: int | None = None
    """When its time runs out, extensions included. Time out closes nothing by itself."""
    closed_ms: int | None = None
    given: int | None = None
    """Minutes that it gets when it starts, where that is not what was planned."""
    is_private: bool | None = None
    """What is written in it is hidden from all others until it is revealed."""
    revealed_ms: int | None = None
    """When that was."""
    left_ms: int | None = None
    """What is left of its time while its clock stands still; then it has no end."""
    speaker_notes: str | None = None
    """What facilitators are to say or to remember; nobody else is sent it."""
    areas: tuple[AreaId, ...] | None = None
    """The areas that participants may write in while it is open; None for all."""
    reveals: Reveals | None = None
    """None where nobody has said: then facilitators reveal by hand."""

    @property
    def hides(self) -> bool:
        """Whether what is written in it is hidden now."""
        return self.is_private is True and self.revealed_ms is None

    @property
    def reveals_at_end(self) -> bool:
        """Whether what is hidden in it now is shown to all when it is closed."""
        return self.hides and self.reveals is Reveals.END

    @property
    def lasts(self) -> int:
        """Minutes that it gets when it starts."""
        return self.minutes if self.given is None else self.given


class Organisation(Record, frozen=True, kw_only=True, tag="organisation"):
    """An organisation that takes part."""

    name: str
    network: NetworkId | None = None


class Person(Record, frozen=True, kw_only=True, tag="person"):
    """Somebody who takes part. Names are kept outside the log."""

    role: Role
    organisation: OrganisationId | None = None
    has_left: bool = False
    is_member: bool | None = None
    """Came by the organisation's own link, or was put into it: shares its memo."""
    is_muted: bool | None = None
    """May look on only."""
    removed_ms: int | None = None
    """When facilitators sent them away."""
    came_by: PersonId | None = None
    """The id that a link stands for which many come in by, each with a seat of their own."""


class Note(Record, frozen=True, kw_only=True, tag="note"):
    """A sticky note: an indicator in use, with at least its name."""

    workshop: WorkshopId
    text: str
    at: Point
    author: PersonId | None = None
    organisation: OrganisationId | None = None
    shows: Shows
    is_hidden: bool = False
    """Only its author sees the text (V1: stored, not derived from the section)."""
    cluster: ClusterId | None = None
    unit: str | None = None
    source: str | None = None
    interval: str | None = None
    target_group: str | None = None
    version: int = 1
    """Counts the edits of the text; an edit names the version it was made on."""
    created_ms: int
    late: SectionId | None = None
    """The section after whose closing it was written or last edited late."""
    parked_ms: int | None = None
    """When it was put aside; None while it is on the board."""


class Cluster(Record, frozen=True, kw_only=True, tag="cluster"):
    """Notes that belong together. Membership stands on the notes."""

    workshop: WorkshopId
    title: str
    at: Point


class MeasureState(StrEnum):
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    PARKED = "parked"
    REJECTED = "rejected"
    MERGED = "merged"
    """Into another one, which has its sources now."""


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    NEUTRAL = "neutral"


class Level(StrEnum):
    """Where in the impact chain something is measured."""

    INPUT = "input"
    """panos"""
    OUTPUT = "output"
    """tuotos"""
    OUTCOME = "outcome"
    """tulos"""
    IMPACT = "impact"
    """vaikuttavuus"""


class Merge(Struct, frozen=True, kw_only=True):
    """What the merge of a measure into another one changed, so that it can be undone."""

    state: MeasureState
    """Of the measure before."""
    clusters: tuple[ClusterId, ...]
    """That the other one has by this merge."""
    notes: tuple[NoteId, ...]
    goals: dict[GoalId, tuple[MeasureId, ...]]
    """Goals that rested on the measure, each with all that it rested on."""


class Measure(Record, frozen=True, kw_only=True, tag="measure"):
    """What clusters say, in words that can be counted."""

    name: str
    state: MeasureState
    clusters: tuple[ClusterId, ...]
    notes: tuple[NoteId, ...]
    """The notes it grew from, in the order in which they were written."""
    unit: str | None = None
    version: int = 1
    created_ms: int
    name_sv: str | None = None
    meaning: str | None = None
    """What it shows."""
    source: str | None = None
    collection: str | None = None
    """How it is collected: counted, asked, estimated."""
    interval: str | None = None
    owner: OwnerId | None = None
    direction: Direction | None = None
    baseline: float | None = None
    baseline_as_of: str | None = None
    """The day, month or year that the baseline stands for."""
    target: float | None = None
    target_year: int | None = None
    level: Level | None = None
    age_groups: tuple[Key, ...] | None = None
    indicator: str | None = None
    """The statistic that it is, or stands beside: "sotkanet:127"."""
    reason: str | None = None
    """Why it was parked, rejected or merged."""
    merged_into: MeasureId | None = None
    merge: Merge | None = None
    """Of a merged one; None where it was merged before this was kept."""

    @property
    def is_in_use(self) -> bool:
        """Whether it counts; the others are kept on record."""
        return self.state in {MeasureState.PROPOSED, MeasureState.ACCEPTED}


class GoalState(StrEnum):
    SUGGESTED = "suggested"
    ON_CARD = "on_card"
    PARKED = "parked"


class Goal(Record, frozen=True, kw_only=True, tag="goal"):
    """A row of the card: what a network aims at under a focus area."""

    focus_area: Key
    network: NetworkId
    text: str
    state: GoalState
    measures: tuple[MeasureId, ...]
    actual: str | None = None
    status: Key | None = None
    version: int = 1
    created_ms: int
    age_groups: tuple[Key, ...] | None = None
    owner: OwnerId | None = None
    reason: str | None = None
    """Why it was parked or replaced."""


class CardState(StrEnum):
    """The states of the card, in the order in which it goes through them."""

    DRAFT = "luonnos"
    COMMENTED = "kommentoitavana"
    APPROVED = "hyvaksytty"
    PUBLISHED = "julkaistu"


class Card(Record, frozen=True, kw_only=True, tag="card"):
    """The organisation card."""

    title: Text
    report: Text
    """The report that the card is part of."""
    period: str | None = None
    state: Key = "luonnos"
    sections: tuple["CardSection", ...] = ()
    comments_until: str | None = None
    """The last day on which comments are taken, ISO 8601."""
    version: int | None = None
    """Of the title, the headings and their periods; None before the first edit."""
    reason: str | None = None
    """Why it went back to this state, or came to it though approvals were missing."""


class CardSection(Struct, frozen=True, kw_only=True):
    """A heading of the card, in the order of the slides."""

    key: Key
    kind: Key
    """texts, figures or goals: what stands under the heading."""
    title: Text
    focus_area: Key | None = None
    period: str | None = None
    """The years that it is about; empty while they are to be given, None where there are none."""


class TextKind(StrEnum):
    """What a line of the card says about the associations."""

    FEATURE = "feature"
    STRENGTH = "strength"
    CHALLENGE = "challenge"
    BOTH = "both"


class CardText(Record, frozen=True, kw_only=True, tag="text"):
    """A line of text on the card, written together."""

    section: Key
    order: int
    text: str
    kind: Key | None = None
    """One of TextKind, or None."""
    source: str | None = None
    version: int = 1


class FigureStatus(StrEnum):
    PLACEHOLDER = "placeholder"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


class Figure(Record, frozen=True, kw_only=True, tag="figure"):
    """A dated and sourced statistic; `value` is None while it is missing."""

    section: Key
    group: Key | None = None
    order: int
    label: Text
    value: float | None = None
    unit: str | None = None
    as_of: str | None = None
    """The day or year that the value stands for: 2024-11-04 or 2024."""
    region: str | None = None
    source: str | None = None
    source_ref: str | None = None
    status: FigureStatus
    remark: Text | None = None
    version: int = 1
    made_in: str | None = None
    """Of a forecast: the year in which it was made."""
    retrieved_ms: int | None = None
    """When it was fetched from its source."""
    entered_by: PersonId | None = None


class Round(Record, frozen=True, kw_only=True, tag="round"):
    """A round of voting."""

    workshop: WorkshopId
    title: str
    on: On
    kind: RoundKind
    dots: int
    """That each person may give in all; 0 in a rating."""
    cap: int
    """That each person may give one target."""
    is_secret: bool
    """Who voted for what stays with the voter even after the round."""
    state: RoundState = RoundState.PLANNED
    section: SectionId | None = None
    """The section that it opens and closes with."""
    opened_ms: int | None = None
    closed_ms: int | None = None


class Vote(Record, frozen=True, kw_only=True, tag="vote"):
    """What one voter, or the people in the hall, say of one target."""

    round: RoundId
    target: TargetId
    dots: int | None = None
    importance: int | None = None
    """1 to 5, in a rating."""
    feasibility: int | None = None
    voter: PersonId | None = None
    organisation: OrganisationId | None = None
    shows: Shows
    """What others learn of the voter once the round is over; nothing where it is secret."""
    is_hidden: bool = True
    """The round is open: others see neither the target nor the voter."""
    is_in_hall: bool | None = None
    """Dots of people without a device, counted in the hall and entered by a facilitator."""
    via: tuple[MeasureId, ...] | None = None
    """The merged measures that it was given to first, and then came to."""


class MemoRow(Record, frozen=True, kw_only=True, tag="row"):
    """An indicator on the private memo of an organisation, or of a person without one."""

    workshop: WorkshopId
    """The workshop that it was written or last kept for."""
    text: str
    author: PersonId | None = None
    organisation: OrganisationId | None = None
    unit: str | None = None
    source: str | None = None
    interval: str | None = None
    target_group: str | None = None
    note: NoteId | None = None
    """The note that was last made of it."""
    batch: Key | None = None
    """The paste or import that it came with."""
    dropped_ms: int | None = None
    """When it was taken out of use; it stays in the memo's history."""
    version: int = 1
    created_ms: int


class Area(Record, frozen=True, kw_only=True, tag="area"):
    """A titled zone of the board; what lies in it lies there by its place."""

    workshop: WorkshopId
    title: str
    at: Point
    """Its upper left corner."""
    width: int
    height: int
    is_closed: bool | None = None
    """Facilitators only may put something in or take something out, in every section."""


class CommentState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PARKED = "parked"


class Comment(Record, frozen=True, kw_only=True, tag="comment"):
    """What somebody says about a row of the card."""

    about: CardRowId
    text: str
    author: PersonId | None = None
    organisation: OrganisationId | None = None
    state: CommentState = CommentState.OPEN
    answer: str | None = None
    is_flag: bool | None = None
    """Says that the row does not match the notes that it grew from."""
    created_ms: int
    handled_ms: int | None = None


class Approval(Record, frozen=True, kw_only=True, tag="approval"):
    """An approver of a network agrees to the wording of a goal. It lapses when that changes."""

    network: NetworkId
    goal: GoalId
    by: PersonId
    wording: str
    """What was agreed to, as it was."""
    at_ms: int


class CardVersion(Record, frozen=True, kw_only=True, tag="version"):
    """A published card: the one that stood on the desk at the entry that made this record."""

    number: int
    published_ms: int
    by: PersonId | None = None
    withdrawn_ms: int | None = None
    withdrawn_why: str | None = None


class Actual(Record, frozen=True, kw_only=True, tag="actual"):
    """What was reached (toteuma) of a measure in a year, by one organisation or by all."""

    measure: MeasureId
    year: int
    organisation: OrganisationId | None = None
    value: float | None = None
    text: str | None = None
    """In words, where it is no number."""
    as_of: str | None = None
    source: str | None = None
    by: PersonId | None = None
    created_ms: int
    version: int = 1


class MinutesText(Record, frozen=True, kw_only=True, tag="minutes"):
    """What the secretary writes in the minutes of a workshop, above what the log says."""

    workshop: WorkshopId
    section: SectionId | None = None
    """Of one chapter; None for the beginning."""
    text: str
    version: int = 1


AnyRecord = (
    DeskInfo
    | Network
    | Workshop
    | Section
    | Organisation
    | Person
    | Note
    | Cluster
    | Measure
    | Goal
    | Card
    | CardText
    | Figure
    | Round
    | Vote
    | MemoRow
    | Area
    | Comment
    | Approval
    | CardVersion
    | Actual
    | MinutesText
)
KINDS: dict[str, type[Record]] = {
    str(kind.__struct_config__.tag): kind for kind in AnyRecord.__args__
}
