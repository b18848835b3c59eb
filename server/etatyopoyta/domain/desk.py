"""The state of one desk: its records by id, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple, Self, TypeVar

import msgspec

from etatyopoyta.domain.patch import Patch, form, merge, record
from etatyopoyta.domain.records import (
    CARD,
    DESK,
    KINDS,
    Card,
    DeskInfo,
    Record,
    Section,
    SectionState,
)
from etatyopoyta.domain.refused import Refused

Kind = TypeVar("Kind", bound=Record)


class Change(NamedTuple):
    """What a patch did to one record; None is a record that was not there, or is not any more."""

    id: str
    old: Record | None
    new: Record | None


class Desk:
    """Records by id. `apply` is the only way to change one, and it never refuses."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._by_kind: dict[type[Record], dict[str, Record]] = {k: {} for k in KINDS.values()}
        self._kind_of: dict[str, type[Record]] = {}
        for item in records:
            self._put(item)

    def __contains__(self, record_id: str) -> bool:
        return self.find(record_id) is not None

    def __iter__(self) -> Iterator[Record]:
        for kind in KINDS.values():
            yield from self.of(kind)

    def find(self, record_id: str) -> Record | None:
        """The record, or None."""
        kind = self._kind_of.get(record_id)
        return None if kind is None else self._by_kind[kind].get(record_id)

    def get(self, kind: type[Kind], record_id: str) -> Kind:
        """The record of that kind, or Refused("<kind>.gone")."""
        found = self.find(record_id)
        if not isinstance(found, kind):
            raise Refused(f"{kind.__struct_config__.tag}.gone", id=record_id)
        return found

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        """All records of a kind, in the order in which they were made."""
        yield from self._by_kind[kind].values()  # type: ignore[misc]  # keyed by their own type

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return len(self._by_kind[kind])

    @property
    def info(self) -> DeskInfo:
        """The desk's own record."""
        return self.get(DeskInfo, DESK)

    @property
    def card(self) -> Card:
        """The organisation card."""
        return self.get(Card, CARD)

    def open_section(self) -> Section | None:
        """The section that is open now, if any."""
        return next((s for s in self.of(Section) if s.state is SectionState.OPEN), None)

    def apply(self, patch: Patch) -> list[Change]:
        """Take a patch from the log and say what it did. Never refuses, does no I/O (O4)."""
        changes = []
        for record_id, change in patch.items():
            old = self.find(record_id)
            new = None if change is None else record(merge(form(old) if old else {}, change))
            changes.append(Change(record_id, old, new))
        self.adopt(changes)
        return changes

    def adopt(self, changes: Iterable[Change]) -> None:
        """As `apply`, of a patch whose changes were told when it was decided on this state."""
        for record_id, _, new in changes:
            if new is None:
                self._remove(record_id)
            else:
                self._put(new)

    def overlay(self) -> "Overlay":
        """A draft on top of this desk: reads through, writes stay in the draft (L4)."""
        return Overlay(self)

    def state_hash(self) -> str:
        """SHA-256 of all records in canonical form; equal desks have equal hashes."""
        forms = sorted((form(item) for item in self), key=lambda f: str(f["id"]))
        return sha256(msgspec.json.encode(forms, order="deterministic")).hexdigest()

    def _put(self, item: Record) -> None:
        self._kind_of[item.id] = type(item)
        self._by_kind[type(item)][item.id] = item

    def _remove(self, record_id: str) -> None:
        kind = self._kind_of.pop(record_id, None)
        if kind is not None:
            self._by_kind[kind].pop(record_id, None)


class Overlay(Desk):
    """A desk as it would be: the confirmed one below, changes of a batch on top."""

    def __init__(self, below: Desk) -> None:
        self._by_kind = defaultdict(dict)  # most kinds stay empty
        self._kind_of = {}
        self._below = below
        self._removed: set[str] = set()

    def find(self, record_id: str) -> Record | None:
        found = super().find(record_id)
        if found is not None or record_id in self._removed:
            return found
        return self._below.find(record_id)

    def open_section(self) -> Section | None:
        is_changed = self._by_kind[Section] or self._removed
        return super().open_section() if is_changed else self._below.open_section()

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        on_top: dict[str, Kind] = dict(self._by_kind[kind])  # type: ignore[arg-type]
        for item in self._below.of(kind):
            if item.id not in self._removed:
                yield on_top.pop(item.id, item)
        yield from on_top.values()

    def count(self, kind: type[Record]) -> int:
        changed = self._by_kind[kind]
        new = sum(1 for record_id in changed if record_id not in self._below)
        gone = sum(
            1 for record_id in self._removed if isinstance(self._below.find(record_id), kind)
        )
        return self._below.count(kind) + new - gone

    def _put(self, item: Record) -> None:
        super()._put(item)
        self._removed.discard(item.id)

    def _remove(self, record_id: str) -> None:
        super()._remove(record_id)
        self._removed.add(record_id)

    @classmethod
    def of_nothing(cls) -> Self:
        """A draft on top of an empty desk."""
        return cls(Desk())
