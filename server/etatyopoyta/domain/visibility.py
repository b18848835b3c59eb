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
    return _veiled(record, form(record), viewer)


def _veiled(record: Record, full: Form, viewer: str | None) -> Form:
    """As `veil`, of a record whose full form is known."""
    if not isinstance(record, Note) or (viewer is not None and record.author == viewer):
        return full
    if record.is_hidden:
        veiled: Form = {"t": "note", "id": record.id, "is_hidden": True}
        if record.shows is not Shows.NOTHING and record.organisation is not None:
            veiled["organisation"] = record.organisation
        return veiled
    if record.shows is Shows.NAME:
        return full
    unseen = ("author", "organisation") if record.shows is Shows.NOTHING else ("author",)
    return {key: value for key, value in full.items() if key not in unseen}


class Views(Struct, frozen=True):
    """One change as everybody sees it, and as those owners see it who see more."""

    common: Patch
    own: dict[str, Patch]


def views(changes: list[Change]) -> Views:
    """The changes per view; most entries have the common one only.

    An owner's view differs on their own records alone, and often not even there: whoever is not
    in `own` sees the common one.
    """
    common: Patch = {}
    own: dict[str, Patch] = {}
    for change in changes:
        sides = [(side, form(side)) if side else None for side in (change.old, change.new)]
        seen = _seen_by(ANYBODY, sides)
        if seen is None or seen:
            common[change.id] = seen
        owners = {r.author for r in (change.old, change.new) if isinstance(r, Note) and r.author}
        for owner in owners:
            mine = _seen_by(owner, sides)
            if mine != seen:
                own.setdefault(owner, {})[change.id] = mine
    return Views(common, {owner: {**common, **mine} for owner, mine in own.items()})


def own_records(desk: Desk, viewer: str) -> Patch:
    """What the viewer's own records have beyond the common view: sent once after a snapshot."""
    extra: Patch = {}
    for note in desk.of(Note):
        if note.author == viewer:
            change = diff(veil(note, ANYBODY), veil(note, viewer))
            if change:
                extra[note.id] = change
    return extra


def _seen_by(viewer: str | None, sides: list[tuple[Record, Form] | None]) -> Form | None:
    """How the change of a record from one side to the other looks; None when it is gone."""
    old, new = (_veiled(*side, viewer) if side else None for side in sides)
    return diff(old, new)
