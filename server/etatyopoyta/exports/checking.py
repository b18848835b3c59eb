"""Whether records from a file may stand on a desk: no command has checked them."""

import re
from collections.abc import Iterable

from etatyopoyta.domain.notes import MAX_NOTES_ON_DESK
from etatyopoyta.domain.records import (
    CARD,
    DESK,
    AnyRecord,
    Card,
    DeskInfo,
    Note,
    Record,
    Section,
)
from etatyopoyta.domain.refused import Refused

MAX_TIME_MS = 4_102_444_800_000
"""The year 2100."""
LENGTH = "left_ms"
"""The one that is no moment."""
_ID = re.compile(r"[a-z]+_[0-9A-Za-z]{1,24}")
_PREFIX = {"organisation": "org"}
"""Where an id does not begin with its record's own tag."""


def check(records: Iterable[AnyRecord]) -> None:
    """Pass, or Refused("import.unreadable", reason, id) for the first record that may not be."""
    seen: set[str] = set()
    notes = 0
    for record in records:
        if record.id in seen:
            raise _unreadable("id_twice", record)
        seen.add(record.id)
        notes += isinstance(record, Note)
        if not _has_right_id(record):
            raise _unreadable("id", record)
        if not all(0 <= moment <= MAX_TIME_MS for moment in _moments(record)):
            raise _unreadable("time", record)
        if isinstance(record, Section) and not all(
            link.url is None or link.url.startswith("https://") for link in record.links
        ):
            raise _unreadable("link", record)
    if not {DESK, CARD} <= seen:
        raise Refused("import.unreadable", reason="no_desk")
    if notes > MAX_NOTES_ON_DESK:
        raise Refused("desk.full", limit=MAX_NOTES_ON_DESK)


def _has_right_id(record: Record) -> bool:
    if isinstance(record, DeskInfo):
        return record.id == DESK
    if isinstance(record, Card):
        return record.id == CARD
    tag = str(record.__struct_config__.tag)
    prefix = _PREFIX.get(tag, tag)
    return record.id.startswith(f"{prefix}_") and _ID.fullmatch(record.id) is not None


def _moments(record: Record) -> list[int]:
    names = (name for name in record.__struct_fields__ if name.endswith("_ms") and name != LENGTH)
    found = (getattr(record, name) for name in names)
    return [moment for moment in found if moment is not None]


def _unreadable(reason: str, record: Record) -> Refused:
    return Refused("import.unreadable", reason=reason, id=record.id[:80])
