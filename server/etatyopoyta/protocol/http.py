"""Bodies of the HTTP API."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from etatyopoyta.domain.calendar import AsOf
from etatyopoyta.domain.followup import MAX_ACTUALS_AT_ONCE, Year
from etatyopoyta.domain.patch import Form
from etatyopoyta.domain.records import FigureId, MeasureId, OrganisationId, Role, Text
from etatyopoyta.protocol.frames import WireEntry

Code = Annotated[str, Meta(max_length=64)]
Language = Literal["fi", "sv", "en"]


class Invitation(Struct, frozen=True, forbid_unknown_fields=True):
    """What lets somebody in: the code as typed, or the link's secret."""

    code: Code


class OrganisationChoice(Struct, frozen=True):
    """An organisation of the desk, to choose at the door."""

    id: str
    name: str


class DeskAtDoor(Struct, frozen=True):
    """What a valid invitation tells before joining."""

    desk: str
    title: Text
    council: Text
    shows: str
    organisations: list[OrganisationChoice]
    organisation: OrganisationChoice | None = None
    """Whose link it is: who joins by it is a member."""


class JoinAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody joins: with an organisation of the list, or with the name of their own.

    By an organisation's link they join with that one.
    """

    code: Code
    name: Annotated[str, Meta(max_length=400)]
    organisation: OrganisationId | None = None
    organisation_name: Annotated[str, Meta(max_length=1000)] | None = None
    return_code: Annotated[str, Meta(max_length=64)] | None = None


class SecretGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """A facilitator's or viewer's secret, out of the fragment of their link."""

    secret: Annotated[str, Meta(max_length=128)]


class Seated(Struct, frozen=True):
    """A session was made; the cookie holds it. `return_code` brings a person back elsewhere."""

    desk: str
    person: str
    role: Role
    return_code: str | None = None


class Me(Struct, frozen=True):
    """Who the cookie says one is, and the ticket for the socket."""

    desk: str
    person: str
    role: Role
    name: str | None
    ticket: str


class Snapshot(Struct, frozen=True):
    """The state that all see, at entry `n`."""

    n: int
    mark: str
    records: dict[str, Form]


class Chapter(Struct, frozen=True):
    """A section while it was open; one that was started again has another."""

    section: str
    workshop: str
    title: Text
    opened_n: int
    opened_ms: int
    closed_n: int | None = None
    closed_ms: int | None = None


class Mark(Struct, frozen=True):
    """A minute in which something happened, and the last entry of it."""

    at_ms: int
    n: int


class Timeline(Struct, frozen=True):
    """When what happened on a desk, from its first entry to entry `n`."""

    n: int
    from_ms: int
    to_ms: int
    chapters: list[Chapter]
    minutes: list[Mark]


class HistoryPage(Struct, frozen=True):
    """Entries as all saw them, complete up to `n`. Those that showed nothing are left out."""

    n: int
    entries: list[WireEntry]


class ParticipantLink(Struct, frozen=True):
    """How participants get in, or the members of an organisation: for facilitators to show."""

    url: str
    code: str
    qr_svg: str


class NameGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody is called from now on."""

    name: Annotated[str, Meta(max_length=400)]


class LinkAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A link for somebody who leads the desk, writes it down, or shows it on a wall."""

    name: Annotated[str, Meta(max_length=400)] | None = None
    """Who it is for."""
    organisation: OrganisationId | None = None
    """Of a reporter: whose values they enter."""


class LinkMade(Struct, frozen=True):
    """A new link: its secret stands in the address, and nowhere else."""

    link: str
    role: Role
    url: str
    qr_svg: str


class RoleLink(Struct, frozen=True):
    """A link that opens the desk now, without its secret."""

    link: str
    role: Role
    person: str
    name: str | None
    is_mine: bool
    organisation: str | None = None


class RecoveryCode(Struct, frozen=True):
    """Seats the facilitator who asked for it, on any machine."""

    code: str


class TableRead(Struct, frozen=True):
    """A spreadsheet's rows as text, all equally long; nothing of it was stored."""

    sheet: str
    """Empty for a file without sheets."""
    others: tuple[str, ...]
    """Visible sheets that were not read."""
    rows: tuple[tuple[str, ...], ...]
    cut: tuple[str, ...]
    """Cells as in "B12" whose text was too long and was cut."""


class ActualRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was reached of a measure in a year, by one organisation or by all together."""

    measure: MeasureId
    year: Year
    organisation: OrganisationId | None = None
    value: float | None = None
    text: str | None = None
    as_of: AsOf
    source: str
    base: int | None = None
    """Version of the value that this one replaces; None where there was none."""


class ActualsGiven(Struct, frozen=True, forbid_unknown_fields=True):
    """Values to enter, all of them or none."""

    rows: Annotated[list[ActualRow], Meta(min_length=1, max_length=MAX_ACTUALS_AT_ONCE)]


class ActualsTaken(Struct, frozen=True):
    """They are entered; `n` is the entry of the log, None where all were there already."""

    n: int | None


class FiguresAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Which figures are to be looked up at their sources."""

    figures: Annotated[tuple[FigureId, ...], Meta(min_length=1, max_length=200)]
    earlier: Annotated[int, Meta(ge=1900, le=2100)] | None = None
    """The year for those that are there to compare with; ten years ago otherwise."""


class FigureFetched(Struct, frozen=True):
    """A figure as it is and as its source has it; nothing of it was stored."""

    figure: str
    base: int
    """The version of the figure that was compared."""
    old: float | None
    old_as_of: str | None
    value: float | None = None
    as_of: str | None = None
    made_in: str | None = None
    source: str | None = None
    title: str | None = None
    """What the source calls it now."""
    problem: str | None = None
    """The code of why there is no value."""


class FiguresFetched(Struct, frozen=True):
    """What the sources say, to choose from: one row for each, or several to choose one of."""

    retrieved_ms: int
    rows: list[FigureFetched]


class ExportMoves(Struct, frozen=True):
    """A file is not ready yet."""

    before: int
    """Files that are made before it."""
    share: float
    """How much of the work on it is done, from 0 to 1."""


class CopyAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A new desk like this one, or like a template; a rehearsal has people who are played."""

    title: Annotated[str, Meta(max_length=1000)]
    kind: Literal["copy", "rehearsal"] = "copy"
    template: Annotated[str, Meta(max_length=400)] | None = None


class NewDesk(Struct, frozen=True):
    """A desk that was made, and the facilitator's link to it."""

    desk: str
    url: str


class TemplateSaved(Struct, frozen=True, forbid_unknown_fields=True):
    """The name that this desk's structure is to be saved under."""

    name: Annotated[str, Meta(max_length=1000)]


class Templates(Struct, frozen=True):
    """What new desks can be made from: what came with the program, and what was saved."""

    shipped: list[str]
    saved: list[str]


class Problem(Struct, frozen=True):
    """A refusal over HTTP (RFC 9457): `code` is for ever, the sentence is in the locales."""

    type: str
    status: int
    code: str
    details: dict[str, object] = {}
