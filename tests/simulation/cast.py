"""The people of a simulated workshop, their desk, and what they do next."""

from collections.abc import Callable, Iterator
from random import Random

from msgspec import UNSET, Struct
from tests.room.hall import RECORDS

from etatyopoyta.domain.agenda import CloseSection, ExtendSection, OpenSection
from etatyopoyta.domain.clusters import AddToCluster, MakeCluster, NameCluster, UngroupNotes
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desks import SetAnonymity, SetLateRule
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes
from etatyopoyta.domain.patch import Form
from etatyopoyta.domain.people import AddOrganisation
from etatyopoyta.domain.records import (
    Late,
    May,
    Note,
    Organisation,
    Person,
    Point,
    Record,
    Role,
    Section,
    SectionState,
    Shows,
    Text,
    Whose,
)
from etatyopoyta.domain.visibility import Audiences

BOARD, SKETCHING = "section_board", "section_sketching"
ORGANISATIONS = ("org_a", "org_b")
ROLES = (Role.FACILITATOR, *[Role.PARTICIPANT] * 2, Role.VIEWER, *[Role.PARTICIPANT] * 9)
SECRET = "secret"
"""Begins the text of hidden notes; the author's id follows."""


class Guest(Struct, frozen=True):
    """Somebody who takes part."""

    person: str
    role: Role
    organisation: str | None

    @property
    def audiences(self) -> Audiences:
        """What they belong to."""
        return frozenset(filter(None, (self.person, self.organisation, self.role.value)))


def guests(count: int, first: int = 0) -> list[Guest]:
    """The first so many, or those after them."""
    return [
        Guest(
            f"person_{number}",
            ROLES[number] if number < len(ROLES) else Role.PARTICIPANT,
            ORGANISATIONS[number % 2] if number else None,
        )
        for number in range(first, first + count)
    ]


def records(of: list[Guest]) -> tuple[Record, ...]:
    """The desk before anybody has done anything."""
    return (
        *(record for record in RECORDS if not isinstance(record, Person)),
        Organisation(id="org_b", name="B ry"),
        Section(
            id=SKETCHING,
            workshop="workshop_1",
            order=2,
            title=Text(fi="Hahmottelu"),
            kind="board",
            starts_at=900,
            minutes=30,
            grants={May.ADD_NOTES: Whose.ALL, May.EDIT_NOTES: Whose.ORGANISATION},
            state=SectionState.PLANNED,
        ),
        *(Person(id=g.person, role=g.role, organisation=g.organisation) for g in of),
    )


def hidden_note(number: int, author: str) -> Note:
    """A note that only its author may read."""
    return Note(
        id=f"note_h{number}",
        workshop="workshop_1",
        text=f"{SECRET}_{author}_{number}",
        at=Point(0, number),
        author=author,
        organisation="org_a",
        shows=Shows.ORGANISATION,
        is_hidden=True,
        created_ms=1,
    )


class Doing(Struct, frozen=True):
    """What somebody has before them, and the number of what they do now."""

    who: Guest
    number: int
    shown: dict[str, Form]
    chance: Random

    def of(self, kind: str, *, is_own: bool = False) -> list[str]:
        """Ids of what is shown of a kind."""
        return [
            record_id
            for record_id, form in self.shown.items()
            if form["t"] == kind and (not is_own or form.get("author") == self.who.person)
        ]

    def some_notes(self) -> list[str]:
        """A few notes, most often the person's own; perhaps one that is not there."""
        is_own = self.chance.random() < 0.8 and self.who.role is Role.PARTICIPANT
        notes = self.of("note", is_own=is_own) or ["note_none"]
        return self.chance.sample(notes, min(len(notes), self.chance.randint(1, 3)))

    def place(self) -> Point:
        return Point(self.chance.randint(-500, 500), self.chance.randint(-500, 500))


def next_act(doing: Doing) -> Command:
    """What the person does next."""
    kinds = _DEEDS + (_RUNNING if doing.who.role is Role.FACILITATOR else ())
    weights = [weight for _, weight in kinds]
    (deed, _), *_ = doing.chance.choices(kinds, weights)
    is_bare = len(doing.of("note")) < 3
    return _add(doing) if is_bare and doing.chance.random() < 0.7 else deed(doing)


def _add(doing: Doing) -> Command:
    taken = doing.of("note")
    is_taken = taken and doing.chance.random() < 0.03
    note_id = doing.chance.choice(taken) if is_taken else f"note_{doing.number}"
    return AddNote(id=note_id, text=f"text {doing.number}", at=doing.place())


def _edit(doing: Doing) -> Command:
    note_id = doing.some_notes()[0]
    form = doing.shown.get(note_id, {})
    base = form.get("version", 1)
    assert isinstance(base, int)
    text = f"text {doing.number}"
    if form.get("is_hidden"):
        text = f"{SECRET}_{doing.who.person}_{doing.number}"
    return EditNote(
        id=note_id, base=base, text=text, unit="kpl" if doing.chance.random() < 0.5 else UNSET
    )


def _move(doing: Doing) -> Command:
    return MoveNotes(to={note_id: doing.place() for note_id in doing.some_notes()})


def _remove(doing: Doing) -> Command:
    return RemoveNotes(notes=tuple(doing.some_notes()))


def _make_cluster(doing: Doing) -> Command:
    return MakeCluster(
        id=f"cluster_{doing.number}",
        notes=tuple(doing.some_notes()),
        title=f"title {doing.number}",
        at=doing.place(),
    )


def _add_to_cluster(doing: Doing) -> Command:
    cluster = doing.chance.choice(doing.of("cluster") or ["cluster_none"])
    return AddToCluster(cluster=cluster, notes=tuple(doing.some_notes()))


def _name_cluster(doing: Doing) -> Command:
    cluster = doing.chance.choice(doing.of("cluster") or ["cluster_none"])
    return NameCluster(cluster=cluster, title=f"title {doing.number}")


def _ungroup(doing: Doing) -> Command:
    return UngroupNotes(to={note_id: doing.place() for note_id in doing.some_notes()})


def _open_section(doing: Doing) -> Command:
    return OpenSection(section=doing.chance.choice([BOARD, BOARD, BOARD, SKETCHING]))


def _close_section(doing: Doing) -> Command:
    return CloseSection(section=doing.chance.choice([BOARD, SKETCHING]))


def _extend_section(doing: Doing) -> Command:
    return ExtendSection(section=BOARD, minutes=5)


def _set_anonymity(doing: Doing) -> Command:
    return SetAnonymity(shows=doing.chance.choice([Shows.ORGANISATION, Shows.NOTHING]))


def _set_late_rule(doing: Doing) -> Command:
    return SetLateRule(late=doing.chance.choice(list(Late)))


def _add_organisation(doing: Doing) -> Command:
    return AddOrganisation(id=f"org_{doing.number}", name=f"name {doing.number}")


_Deed = tuple[Callable[[Doing], Command], float]
_DEEDS: tuple[_Deed, ...] = (
    (_add, 5),
    (_edit, 3),
    (_move, 3),
    (_remove, 0.7),
    (_make_cluster, 0.5),
    (_add_to_cluster, 0.7),
    (_name_cluster, 0.3),
    (_ungroup, 0.3),
)
_RUNNING: tuple[_Deed, ...] = (
    (_open_section, 2),
    (_close_section, 0.4),
    (_extend_section, 0.5),
    (_set_anonymity, 0.5),
    (_set_late_rule, 0.5),
    (_add_organisation, 0.5),
)


def open_section(shown: dict[str, Form]) -> str | None:
    """The section that is open on somebody's screen."""
    open_ones: Iterator[str] = (
        record_id for record_id, form in shown.items() if form.get("state") == SectionState.OPEN
    )
    return next(open_ones, None)
