"""What a viewer gets of a record. Hidden is hidden on the wire (V1–V5)."""

from msgspec import Struct

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.patch import Form, Patch, diff, form
from etatyopoyta.domain.records import Note, Record, Shows

ANYBODY = None
"""The viewer who owns nothing: most seats see exactly this, so its form is shared."""


def veil(record: Record, viewer: str | None) -> Form:
    """The form of `record` that the person `viewer` may see.

    A hidden note is for others an id and, unless the desk is anonymous, an organisation (V3).
    The author's id goes to the author, to others only where the note shows names.
    """
    full = form(record)
    if not isinstance(record, Note) or (viewer is not None and record.author == viewer):
        return full
    if record.is_hidden:
        veiled: Form = {"t": "note", "id": record.id, "is_hidden": True}
        if record.shows is not Shows.NOTHING and record.organisation is not None:
            veiled["organisation"] = record.organisation
        return veiled
    if record.shows is not Shows.NAME:
        full.pop("author", None)
    if record.shows is Shows.NOTHING:
        full.pop("organisation", None)
    return full


class Views(Struct, frozen=True):
    """One change as everybody sees it, and as the owners of what it touches see it."""

    common: Patch
    own: dict[str, Patch]


def views(changes: list[Change]) -> Views:
    """The changes per view; most entries have the common one only.

    An owner's view differs on their own records alone, so only those are looked at again.
    """
    common = _seen_by(ANYBODY, changes)
    theirs: dict[str, list[Change]] = {}
    for change in changes:
        owners = {r.author for r in (change.old, change.new) if isinstance(r, Note) and r.author}
        for owner in owners:
            theirs.setdefault(owner, []).append(change)
    own = {}
    for owner, changed in theirs.items():
        ids = {change.id for change in changed}
        mine = _seen_by(owner, changed)
        is_common = mine == {record_id: common[record_id] for record_id in ids & common.keys()}
        rest = {record_id: p for record_id, p in common.items() if record_id not in ids}
        own[owner] = common if is_common else {**rest, **mine}
    return Views(common, own)


def own_records(desk: Desk, viewer: str) -> Patch:
    """What the viewer's own records have beyond the common view: sent once after a snapshot."""
    extra: Patch = {}
    for note in desk.of(Note):
        if note.author == viewer:
            change = diff(veil(note, ANYBODY), veil(note, viewer))
            if change:
                extra[note.id] = change
    return extra


def _seen_by(viewer: str | None, changes: list[Change]) -> Patch:
    seen: Patch = {}
    for record_id, old, new in changes:
        change = diff(veil(old, viewer) if old else None, veil(new, viewer) if new else None)
        if change is None or change:
            seen[record_id] = change
    return seen
