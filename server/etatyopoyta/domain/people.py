"""Who takes part. Names of people are kept outside the log."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    May,
    Network,
    NetworkId,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Record,
    Role,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean

MAX_PEOPLE_OF_LINK = 200
"""Of one that many come in by."""


class AddOrganisation(Command, frozen=True, tag="organisation.add"):
    """Add an organisation.

    P1  Two organisations of one desk do not have the same name, whatever the letter case.
    """

    may = May.EDIT_DESK

    id: OrganisationId
    name: str
    network: NetworkId | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        must_be_new(desk, self.id)
        yield Organisation(
            id=self.id,
            name=_free_name(desk, self.name, self.id),
            network=self.network and desk.get(Network, self.network).id,
        )


class EditOrganisation(Command, frozen=True, tag="organisation.edit"):
    """Change an organisation's name and network (P1)."""

    may = May.EDIT_DESK

    id: OrganisationId
    name: str
    network: NetworkId | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(
            desk.get(Organisation, self.id),
            name=_free_name(desk, self.name, self.id),
            network=self.network and desk.get(Network, self.network).id,
        )


class Join(Command, frozen=True, tag="person.join"):
    """Take part. Only the server says this, after it has checked a code or link.

    P2  Somebody who comes back keeps their notes, role and organisation, if they name no other.
    P8  The code lets anybody name any organisation; its memo opens to who came by its link.
    P7  Nobody new comes in while the desk is locked, and nobody who was sent away.
    P10  By one link to comment 200 people come in.
    """

    may = May.JOIN

    id: PersonId
    role: Role
    organisation: OrganisationId | None = None
    is_member: bool = False
    came_by: PersonId | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        organisation = self.organisation and desk.get(Organisation, self.organisation).id
        must_be_let_in(desk, self.id, self.role, self.came_by)
        known = desk.find(self.id)
        if not isinstance(known, Person):
            known = Person(id=self.id, role=self.role, came_by=self.came_by)
        stays = organisation in {None, known.organisation}
        yield replace(
            known,
            organisation=organisation or known.organisation,
            is_member=self.is_member or (known.is_member if stays else None) or None,
            has_left=False,
        )


class Leave(Command, frozen=True, tag="person.leave"):
    """Leave the desk for good on this device. The notes stay.

    P3  One leaves for oneself only.
    """

    may = May.LEAVE

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.get(Person, asked.by), has_left=True)


class RemovePerson(Command, frozen=True, tag="person.remove"):
    """Send somebody away: their pages are closed and they do not come in again. Notes stay.

    P4  It can be taken back. Nobody sends themselves away.
    """

    may = May.EDIT_DESK

    person: PersonId
    is_removed: bool = True

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        person = _somebody_else(desk, asked, self.person)
        if self.is_removed != (person.removed_ms is not None):
            yield replace(person, removed_ms=asked.at_ms if self.is_removed else None)


class MutePerson(Command, frozen=True, tag="person.mute"):
    """Let somebody look on only, or let them take part again.

    P5  Who is muted may leave and edit their memo, whatever is open. Nobody mutes themselves.
    """

    may = May.EDIT_DESK

    person: PersonId
    is_muted: bool

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        person = _somebody_else(desk, asked, self.person)
        yield replace(person, is_muted=self.is_muted or None)


class MovePerson(Command, frozen=True, tag="person.move"):
    """Say to which organisation somebody belongs.

    P6  What they wrote before stays that of the organisation under which they wrote it.
    P9  They share its memo from then on.
    """

    may = May.EDIT_DESK

    person: PersonId
    organisation: OrganisationId | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        organisation = self.organisation and desk.get(Organisation, self.organisation).id
        person = desk.get(Person, self.person)
        is_member = organisation is not None or None
        yield replace(person, organisation=organisation, is_member=is_member)


class LockDesk(Command, frozen=True, tag="desk.lock"):
    """Let nobody new in, or open the door again (P7)."""

    may = May.EDIT_DESK

    is_locked: bool

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, is_locked=self.is_locked or None)


def _somebody_else(desk: Desk, asked: Asked, person_id: str) -> Person:
    person = desk.get(Person, person_id)
    if person.id == asked.by:
        raise Refused("person.yourself", id=person.id)
    return person


def must_be_let_in(desk: Desk, person: str, role: Role, came_by: str | None = None) -> None:
    """Pass for whom the door is open (P7, P10); Refused."""
    known = desk.find(person)
    if isinstance(known, Person) and known.removed_ms is not None:
        raise Refused("person.removed", id=known.id)
    if desk.info.is_locked and role is Role.PARTICIPANT and known is None:
        raise Refused("desk.locked")
    if came_by is not None and known is None:
        by_it = sum(other.came_by == came_by for other in desk.of(Person))
        if by_it >= MAX_PEOPLE_OF_LINK:
            raise Refused("person.link_full", limit=MAX_PEOPLE_OF_LINK)


def _free_name(desk: Desk, name: str, record_id: str) -> str:
    kept = clean(name, MAX_TITLE_CHARACTERS, "organisation")
    for other in desk.of(Organisation):
        if other.id != record_id and other.name.casefold() == kept.casefold():
            raise Refused("organisation.exists", id=other.id, name=other.name)
    return kept
