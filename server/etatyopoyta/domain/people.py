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
    """

    may = May.JOIN

    id: PersonId
    role: Role
    organisation: OrganisationId | None = None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        organisation = self.organisation and desk.get(Organisation, self.organisation).id
        known = desk.find(self.id)
        if isinstance(known, Person):
            yield replace(known, organisation=organisation or known.organisation, has_left=False)
        else:
            yield Person(id=self.id, role=self.role, organisation=organisation)


class Leave(Command, frozen=True, tag="person.leave"):
    """Leave the desk for good on this device. The notes stay.

    P3  One leaves for oneself only.
    """

    may = May.LEAVE

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.get(Person, asked.by), has_left=True)


def _free_name(desk: Desk, name: str, record_id: str) -> str:
    kept = clean(name, MAX_TITLE_CHARACTERS, "organisation")
    for other in desk.of(Organisation):
        if other.id != record_id and other.name.casefold() == kept.casefold():
            raise Refused("organisation.exists", id=other.id, name=other.name)
    return kept
