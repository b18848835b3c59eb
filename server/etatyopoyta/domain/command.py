"""A command says what somebody wants. Its class holds its rules, its fields are the wire."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec import Struct

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import May, Note, Record, Role
from etatyopoyta.domain.refused import Refused


class Asked(Struct, frozen=True):
    """Who asks, in what role, and when."""

    by: str
    role: Role
    at_ms: int
    section: str | None = None
    """The section that was open where they acted, perhaps without a connection."""
    late: str | None = None
    """That section, when it is closed by now and the act is taken all the same (D6)."""


class Gone(Struct, frozen=True):
    """Decided: the record with this id is removed."""

    id: str


class Command(Struct, frozen=True, kw_only=True, tag_field="t", forbid_unknown_fields=True):
    """What somebody wants to change."""

    may: ClassVar[May]

    def touches(self, desk: Desk) -> Iterable[Note]:
        """The notes that somebody must own where a permission covers own notes only."""
        return ()

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        """The records as they become and the ids that go, or Refused."""
        raise NotImplementedError


def must_be_new(desk: Desk, record_id: str) -> None:
    """Pass when no record has this id, else Refused("id.taken")."""
    if record_id in desk:
        raise Refused("id.taken", id=record_id)
