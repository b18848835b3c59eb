"""What a viewer gets of a record. Hidden is hidden on the wire (V1–V5)."""

from collections.abc import Iterable

from msgspec import Struct

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.patch import Form, Patch, diff, form
from etatyopoyta.domain.records import KINDS, Note, Record, Shows

ANYBODY = None
"""The viewer who owns nothing: most seats see exactly this, so its form is shared."""
FIELDS = {kind: frozenset(("t", *kind.__struct_fields__)) for kind in KINDS.values()}
"""Of each kind. A patch of a later version may hold more, of which nobody knows who may see it."""


def veil(record: Record, viewer: str | None) -> Form:
    """The form of `record` that the person `viewer` may see.

    A hidden note is for others an id and, unless the desk is anonymous, an organisation (V3).
    The author's id goes to the author, to others only where the note shows names.
    """
    full = form(record)
    unseen = _unseen(record, viewer)
    if unseen is None:
        shown = {"t", "id", "is_hidden", *_shown_of_hidden(record)}
        return {key: value for key, value in full.items() if key in shown}
    return _without(unseen, full)


def _unseen(record: Record, viewer: str | None) -> tuple[str, ...] | None:
    """The fields that the viewer does not see; None when all but the least is hidden."""
    if not isinstance(record, Note) or (viewer is not None and record.author == viewer):
        return ()
    if record.is_hidden:
        return None
    match record.shows:
        case Shows.NAME:
            return ()
        case Shows.ORGANISATION:
            return ("author",)
        case Shows.NOTHING:
            return ("author", "organisation")


def _shown_of_hidden(record: Record) -> tuple[str, ...]:
    is_anonymous = not isinstance(record, Note) or record.shows is Shows.NOTHING
    return () if is_anonymous else ("organisation",)


def _without(unseen: tuple[str, ...], of: Form) -> Form:
    if not any(key in of for key in unseen):
        return of
    return {key: value for key, value in of.items() if key not in unseen}


class Views(Struct, frozen=True):
    """One change as everybody sees it, and as those owners see it who see more."""

    common: Patch
    own: dict[str, Patch]


def views(changes: Iterable[Change], patch: Patch) -> Views:
    """The changes, which `patch` brought about, per view; most have the common one only.

    An owner's view differs on their own records alone, and often not even there: whoever is not
    in `own` sees the common one.
    """
    common: Patch = {}
    own: dict[str, Patch] = {}
    for change in changes:
        seen = _seen_by(ANYBODY, change, patch)
        if seen is None or seen:
            common[change.id] = seen
        owners = {r.author for r in (change.old, change.new) if isinstance(r, Note) and r.author}
        for owner in owners:
            mine = _seen_by(owner, change, patch)
            if mine != seen:
                own.setdefault(owner, {})[change.id] = _from_either(mine, seen)
    return Views(common, {owner: {**common, **mine} for owner, mine in own.items()})


def _from_either(mine: Form | None, seen: Form | None) -> Form | None:
    """The owner's change, also for who has the record as all saw it before.

    Such is a page whose snapshot is older than the change, and whose welcome comes after it (O6).
    """
    if mine is None or seen is None:
        return mine
    return {**{key: value for key, value in seen.items() if value is not None}, **mine}


def own_records(desk: Desk, viewer: str) -> Patch:
    """What the viewer's own records have beyond the common view: sent once after a snapshot."""
    extra: Patch = {}
    for note in desk.of(Note):
        if note.author == viewer:
            change = diff(veil(note, ANYBODY), veil(note, viewer))
            if change:
                extra[note.id] = change
    return extra


def _seen_by(viewer: str | None, change: Change, patch: Patch) -> Form | None:
    """How the change looks; None when the record is gone."""
    record_id, old, new = change
    changed = patch[record_id]
    if new is None or changed is None:
        return None
    unseen = _unseen(new, viewer)
    is_plain = unseen is not None and (old is None or _unseen(old, viewer) == unseen)
    if is_plain and changed.keys() <= FIELDS[type(new)]:
        assert unseen is not None
        return _without(unseen, changed)
    return diff(veil(old, viewer) if old else None, veil(new, viewer))
