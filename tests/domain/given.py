"""Given / when / then for rules, on a small desk.

    given(MILK).when(MoveNotes(to={MILK.id: HERE})).then(replace(MILK, at=HERE))

`given` puts further records on the small desk, or other versions of the ones that are there.
Without `by` and `role` a facilitator asks; `section` was open where they acted. Every change is
also undone and compared.
"""

from typing import Self, TypeVar

import msgspec

from etatyopoyta.domain.catalogue import AnyCommand
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.deciding import Decision, decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import (
    CARD,
    DESK,
    Area,
    Card,
    CardSection,
    CardText,
    Choice,
    Cluster,
    DeskInfo,
    Figure,
    FigureStatus,
    FocusArea,
    Goal,
    GoalState,
    May,
    Measure,
    MeasureState,
    MemoRow,
    Network,
    Note,
    On,
    Organisation,
    Person,
    Point,
    Record,
    Role,
    Round,
    RoundKind,
    Section,
    Shows,
    Text,
    Vote,
    Whose,
    Workshop,
)
from etatyopoyta.domain.refused import Refused

NOW = 1_750_000_000_000
FANNY, SAKARI = "person_fanny", "person_sakari"
"""The facilitator and the secretary."""
AINO, OLLI, SIRI = "person_aino", "person_olli", "person_siri"
"""Participants: Aino and Olli of the same organisation, Siri of another one."""
MARTAT, SYDAN = "org_martat", "org_sydan"
P1, P2 = "p1", "p2"
HERE, THERE = Point(0, 0), Point(300, -200)

INFO = DeskInfo(
    id=DESK,
    title=Text(fi="Pöytä"),
    council=Text(fi="Neuvottelukunta"),
    timezone="Europe/Helsinki",
    template="nekku",
    workshop="workshop_1",
    focus_areas=(
        FocusArea(key=P1, number=1, name=Text(fi="Elintavat")),
        FocusArea(key=P2, number=2, name=Text(fi="Osallisuus")),
    ),
    statuses=(
        Choice(key="going", name=Text(fi="Käynnissä")),
        Choice(key="done", name=Text(fi="Valmis")),
    ),
)
SHEET = Card(
    id=CARD,
    title=Text(fi="Järjestökortti"),
    report=Text(fi="Hyvinvointikertomus"),
    sections=(
        CardSection(key="strengths", kind="texts", title=Text(fi="Vahvuudet")),
        CardSection(key="population", kind="figures", title=Text(fi="Väestö")),
        CardSection(key="goals_p1", kind="goals", title=Text(fi="Tavoitteet"), focus_area=P1),
    ),
)
CULTURE = Network(id="network_1", order=1, name=Text(fi="Kulttuuriverkosto"), is_example=True)
NAMELESS = Network(id="network_2", order=2)
SKETCHING = Section(
    id="section_card",
    workshop="workshop_1",
    order=1,
    title=Text(fi="Kortin hahmottelua"),
    kind="card",
    starts_at=805,
    minutes=35,
    grants={May.EDIT_CARD: Whose.ALL, May.PROPOSE_GOALS: Whose.ALL},
)
BREAK = Section(
    id="section_break",
    workshop="workshop_1",
    order=2,
    title=Text(fi="Tauko"),
    kind="break",
    starts_at=840,
    minutes=10,
)
MAPPING = Section(
    id="section_board",
    workshop="workshop_1",
    order=3,
    title=Text(fi="Mittareiden kartoitus"),
    kind="board",
    starts_at=850,
    minutes=50,
    grants={
        May.ADD_NOTES: Whose.ALL,
        May.EDIT_NOTES: Whose.OWN,
        May.MOVE_NOTES: Whose.OWN,
        May.REMOVE_NOTES: Whose.OWN,
        May.GROUP_NOTES: Whose.ALL,
    },
)
AUTUMN = Section(
    id="section_autumn",
    workshop="workshop_2",
    order=1,
    title=Text(fi="Syksyn avaus"),
    kind="talk",
    starts_at=780,
    minutes=5,
)
RATE = Figure(
    id="figure_rate",
    section="population",
    order=1,
    label=Text(fi="Väkiluku"),
    status=FigureStatus.PLACEHOLDER,
)
SMALL_DESK: tuple[Record, ...] = (
    INFO,
    SHEET,
    CULTURE,
    NAMELESS,
    Workshop(id="workshop_1", number=1, title=Text(fi="Työpaja 1"), date="2025-06-15"),
    Workshop(id="workshop_2", number=2, title=Text(fi="Työpaja 2")),
    SKETCHING,
    BREAK,
    MAPPING,
    AUTUMN,
    Organisation(id=MARTAT, name="Martat", network=CULTURE.id),
    Organisation(id=SYDAN, name="Sydänyhdistys"),
    Person(id=FANNY, role=Role.FACILITATOR),
    Person(id=SAKARI, role=Role.SECRETARY),
    Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT),
    Person(id=OLLI, role=Role.PARTICIPANT, organisation=MARTAT),
    Person(id=SIRI, role=Role.PARTICIPANT, organisation=SYDAN),
    RATE,
)


def a_note(note_id: str, **fields: object) -> Note:
    """A note of Aino's, with these fields instead."""
    plain: dict[str, object] = {
        "workshop": "workshop_1",
        "text": "Kävijämäärä",
        "at": HERE,
        "author": AINO,
        "organisation": MARTAT,
        "shows": Shows.ORGANISATION,
        "created_ms": NOW,
    }
    return Note(id=note_id, **{**plain, **fields})  # type: ignore[arg-type]  # msgspec checks none


def a_cluster(cluster_id: str, **fields: object) -> Cluster:
    """A cluster, with these fields instead."""
    plain = {"workshop": "workshop_1", "title": "Liikunta", "at": HERE}
    return Cluster(id=cluster_id, **{**plain, **fields})  # type: ignore[arg-type]


def a_measure(measure_id: str, **fields: object) -> Measure:
    """A proposed measure without sources, with these fields instead."""
    plain: dict[str, object] = {
        "name": "Liikkujien määrä",
        "state": MeasureState.PROPOSED,
        "clusters": (),
        "notes": (),
        "created_ms": NOW,
    }
    return Measure(id=measure_id, **{**plain, **fields})  # type: ignore[arg-type]


def a_goal(goal_id: str, **fields: object) -> Goal:
    """A goal of the culture network on the card, with these fields instead."""
    plain: dict[str, object] = {
        "focus_area": P1,
        "network": CULTURE.id,
        "text": "Liikunta lisääntyy",
        "state": GoalState.ON_CARD,
        "measures": (),
        "created_ms": NOW,
    }
    return Goal(id=goal_id, **{**plain, **fields})  # type: ignore[arg-type]


def a_line(line_id: str, **fields: object) -> CardText:
    """A line of the card, with these fields instead."""
    plain = {"section": "strengths", "order": 1, "text": "Vapaaehtoiset"}
    return CardText(id=line_id, **{**plain, **fields})  # type: ignore[arg-type]


def a_round(round_id: str, **fields: object) -> Round:
    """A planned secret round of three dots on clusters, with these fields instead."""
    plain: dict[str, object] = {
        "workshop": "workshop_1",
        "title": "Tärkeimmät",
        "on": On.CLUSTERS,
        "kind": RoundKind.DOTS,
        "dots": 3,
        "cap": 2,
        "is_secret": True,
    }
    return Round(id=round_id, **{**plain, **fields})  # type: ignore[arg-type]


def a_vote(vote_id: str, **fields: object) -> Vote:
    """Aino's dot for a cluster, in a secret round that is open, with these fields instead."""
    plain: dict[str, object] = {
        "round": "round_0",
        "target": "cluster_0",
        "dots": 1,
        "voter": AINO,
        "organisation": MARTAT,
        "shows": Shows.NOTHING,
    }
    return Vote(id=vote_id, **{**plain, **fields})  # type: ignore[arg-type]


def a_row(row_id: str, **fields: object) -> MemoRow:
    """A row that Aino wrote on her organisation's memo, with these fields instead."""
    plain: dict[str, object] = {
        "workshop": "workshop_1",
        "text": "Salaisuus",
        "author": AINO,
        "organisation": MARTAT,
        "created_ms": NOW,
    }
    return MemoRow(id=row_id, **{**plain, **fields})  # type: ignore[arg-type]


def an_area(area_id: str, **fields: object) -> Area:
    """An area around THERE, with these fields instead."""
    plain: dict[str, object] = {
        "workshop": "workshop_1",
        "title": "Parkki",
        "at": Point(THERE.x - 50, THERE.y - 50),
        "width": 100,
        "height": 100,
    }
    return Area(id=area_id, **{**plain, **fields})  # type: ignore[arg-type]


MILK = a_note("note_milk")
"""Aino's."""
BREAD = a_note("note_bread", author=SIRI, organisation=SYDAN, at=THERE, created_ms=NOW + 1)
"""Siri's."""

AnyKind = TypeVar("AnyKind", bound=Record)


class Outcome:
    """What a command led to on a desk."""

    def __init__(self, desk: Desk, asked: Asked, command: Command) -> None:
        self.desk = desk
        self.refused: Refused | None = None
        self.decision = Decision({}, {})
        before = desk.state_hash()
        try:
            self.decision = decide(desk, asked, command)
        except Refused as refused:
            self.refused = refused
        assert desk.state_hash() == before, "deciding changed the desk"
        self._undone(before)
        assert desk.apply(self.decision.patch) == list(self.decision.changes)

    def then(self, *records: Record) -> Self:
        """These records are so now, and no other one was changed."""
        self._not_refused()
        changed = [i for i, change in self.decision.patch.items() if change is not None]
        assert {i: self.desk.find(i) for i in changed} == {r.id: r for r in records}
        return self

    def then_gone(self, *ids: str) -> Self:
        """These records were removed, and no other one."""
        self._not_refused()
        gone = {i for i, change in self.decision.patch.items() if change is None}
        assert gone == set(ids)
        assert not any(i in self.desk for i in ids)
        return self

    def then_nothing(self) -> Self:
        """Nothing changed, and nothing was refused."""
        self._not_refused()
        assert self.decision == Decision({}, {})
        return self

    def then_refused(self, code: str, **details: object) -> Self:
        """A rule said no with this code, and at least these details."""
        assert self.refused is not None, f"changed {self.decision.patch}"
        assert self.refused.code == code
        assert {key: self.refused.details.get(key) for key in details} == details
        return self

    def when(
        self,
        command: Command,
        *,
        by: str = FANNY,
        role: Role = Role.FACILITATOR,
        at_ms: int = NOW,
        section: str | None = None,
    ) -> "Outcome":
        """A further command, on the desk as it is now."""
        self._not_refused()
        return Outcome(self.desk, Asked(by, role, at_ms, section), command)

    def the(self, kind: type[AnyKind], record_id: str) -> AnyKind:
        """The record as it is now."""
        self._not_refused()
        return self.desk.get(kind, record_id)

    def _not_refused(self) -> None:
        assert self.refused is None, f"{self.refused.code} {self.refused.details}"

    def _undone(self, before: str) -> None:
        again = Desk(self.desk)
        again.apply(self.decision.patch)
        again.apply(self.decision.was)
        assert again.state_hash() == before, "`was` does not undo"


class Given:
    """A desk that something is about to happen on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def when(
        self,
        command: Command,
        *,
        by: str = FANNY,
        role: Role = Role.FACILITATOR,
        at_ms: int = NOW,
        section: str | None = None,
    ) -> Outcome:
        """Somebody asks."""
        return Outcome(self._desk, Asked(by, role, at_ms, section), command)


def a_desk(*records: Record) -> Desk:
    """The small desk with these records on it."""
    return Desk((*SMALL_DESK, *records))


def given(*records: Record) -> Given:
    """The small desk with these records on it."""
    return Given(a_desk(*records))


def is_readable(command: Command) -> bool:
    """The wire lets the command in: its fields keep to their types' limits."""
    try:
        msgspec.json.decode(msgspec.json.encode(command), type=AnyCommand)
    except msgspec.ValidationError:
        return False
    return True


def forms(desk: Desk) -> dict[str, object]:
    """Every record's form by id."""
    return {record.id: form(record) for record in desk}
