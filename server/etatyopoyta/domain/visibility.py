"""What a viewer gets of a record. Hidden is hidden on the wire (V1–V5).

A viewer belongs to audiences: themselves, their organisation, their role. A record has a part that
all get, and for some audiences a larger one. A part is a set of fields; an empty one is no record.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.membership import organisation_of
from etatyopoyta.domain.patch import Form, Patch, diff, form
from etatyopoyta.domain.permissions import LEADING
from etatyopoyta.domain.records import (
    KINDS,
    Comment,
    MemoRow,
    Note,
    Record,
    Role,
    Section,
    Shows,
    Vote,
)

Audiences: TypeAlias = frozenset[str]
"""Of one viewer: the ids of the person and of their organisation, and the role."""
ANYBODY: Audiences = frozenset()
"""The viewer who sees no more than all do: most seats, most of the time, so that is shared."""
NAMELESS = frozenset({Role.COMMENTER, Role.REPORTER})
"""Roles of links that go from hand to hand outside the desk: nobody is named to them."""
Part: TypeAlias = frozenset[str]
FIELDS: dict[type[Record], Part] = {
    kind: frozenset(("t", *kind.__struct_fields__)) for kind in KINDS.values()
}
"""Of each kind. A patch of a later version may hold more, of which nobody knows who may see it."""
NOTHING: Part = frozenset()


def audiences(desk: Desk, person: str, role: Role) -> Audiences:
    """What this person belongs to, acting in this role."""
    organisation = organisation_of(desk, person, role)
    return frozenset(filter(None, (person, organisation, role.value)))


def veil(record: Record, to: Audiences) -> Form | None:
    """The form of `record` that this viewer gets; None when it is not there for them."""
    return _within(_part(record, to), form(record))


class Views(Struct, frozen=True):
    """One change as everybody sees it, and as those see it who see more."""

    common: Patch
    audiences: Audiences
    """For whom it looks different."""
    changes: tuple[Change, ...] = ()
    patch: Patch = {}

    def to(self, viewer: Audiences) -> Patch:
        """The change as this viewer sees it."""
        mine = viewer & self.audiences
        if not mine:
            return self.common
        seen: Patch = {}
        for change in self.changes:
            _put(seen, change.id, _also_from(self.common, change, _seen(mine, change, self.patch)))
        return seen


def views(changes: Iterable[Change], patch: Patch) -> Views:
    """The changes, which `patch` brought about, per view; most have the common one only."""
    changes = tuple(changes)
    common: Patch = {}
    more: set[str] = set()
    for change in changes:
        seen = _seen(ANYBODY, change, patch)
        _put(common, change.id, seen)
        if change.old is not None and seen is patch[change.id]:
            continue  # a change that all see whole, such as a move
        for audience in _audiences_of(change):
            if _seen(frozenset((audience,)), change, patch) != seen:
                more.add(audience)
    return Views(common, frozenset(more), changes, patch) if more else Views(common, ANYBODY)


def sees_more(record: Record, viewer: Audiences) -> Audiences:
    """The audiences for which this viewer sees more of the record than all do."""
    parts = VEILED.get(type(record))
    return ANYBODY if parts is None else viewer.intersection(parts(record)[1])


def own_records(desk: Desk, viewer: Audiences) -> Patch:
    """What the viewer has beyond the common view: sent once after a snapshot."""
    extra: Patch = {}
    for kind in VEILED:
        for record in desk.of(kind):
            if sees_more(record, viewer):
                change = diff(veil(record, ANYBODY), veil(record, viewer))
                if change:
                    extra[record.id] = change
    return extra


def _put(patch: Patch, record_id: str, seen: Form | None) -> None:
    """Nothing that a viewer does not see changed: no word of it."""
    if seen is None or seen:
        patch[record_id] = seen


def _seen(viewer: Audiences, change: Change, patch: Patch) -> Form | None:
    """How the change looks; None when the record is gone, empty when nothing is to be seen."""
    record_id, old, new = change
    changed = patch[record_id]
    before = None if old is None else _part(old, viewer)
    after = None if new is None else _part(new, viewer)
    if new is None or changed is None or not after:
        return None if before else {}
    if old is None or before is after or before == after:
        return _within(after, changed)
    return diff(veil(old, viewer), veil(new, viewer))


def _also_from(common: Patch, change: Change, mine: Form | None) -> Form | None:
    """The viewer's change, also for who has the record as all saw it before.

    Such is a page whose snapshot is older than the change, and whose welcome comes after it (O6).
    """
    seen = common.get(change.id)
    if mine is None or seen is None:
        return mine
    return {**{key: value for key, value in seen.items() if value is not None}, **mine}


def _within(part: Part, of: Form) -> Form | None:
    if not part:
        return None
    return of if of.keys() <= part else {key: of[key] for key in of if key in part}


def _audiences_of(change: Change) -> set[str]:
    return {
        audience
        for record in (change.old, change.new)
        if record is not None and type(record) in VEILED
        for audience in VEILED[type(record)](record)[1]
    }


def _part(record: Record, viewer: Audiences) -> Part:
    parts = VEILED.get(type(record))
    if parts is None:
        return FIELDS[type(record)]
    common, more = parts(record)
    mine = viewer.intersection(more) if viewer else viewer
    for audience in mine:
        part = more[audience]
        common = part if part >= common else common | part
    return common


def _note(note: Note) -> tuple[Part, Mapping[str, Part]]:
    """A hidden note is for others an id and, unless the desk is anonymous, an organisation (V3).

    The author's id goes to the author, to others only where the note shows names.
    """
    to_author = {} if note.author is None else {note.author: FIELDS[Note]}
    return (_HIDDEN_NOTE if note.is_hidden else _NOTE)[note.shows], to_author


def _section(section: Section) -> tuple[Part, Mapping[str, Part]]:
    """What a facilitator is to say is for facilitators."""
    if section.speaker_notes is None:
        return _SECTION, {}
    return _SECTION, {Role.FACILITATOR.value: FIELDS[Section]}


def _vote(vote: Vote) -> tuple[Part, Mapping[str, Part]]:
    """While the round is open others see that there are votes; what the hall gives, facilitators.

    Once it is over they see what for, and of the voter what the round and the desk allow.
    """
    more = {} if vote.voter is None else {vote.voter: FIELDS[Vote]}
    if vote.is_in_hall:
        more[Role.FACILITATOR.value] = FIELDS[Vote]
    return _HIDDEN_VOTE if vote.is_hidden else _VOTE[vote.shows], more


def _comment(comment: Comment) -> tuple[Part, Mapping[str, Part]]:
    """Whose organisation a comment is from, all see; who wrote it, they and those who handle it."""
    more = {role.value: FIELDS[Comment] for role in LEADING}
    return _COMMENT, more if comment.author is None else {**more, comment.author: FIELDS[Comment]}


def _row(row: MemoRow) -> tuple[Part, Mapping[str, Part]]:
    """A memo is there for those whose it is; facilitators learn that there are rows (V4)."""
    owner = row.organisation or row.author
    more = {Role.FACILITATOR.value: _COUNTED_ROW}
    return NOTHING, more if owner is None else {**more, owner: FIELDS[MemoRow]}


_NOTE = {
    Shows.NAME: FIELDS[Note],
    Shows.ORGANISATION: FIELDS[Note] - {"author"},
    Shows.NOTHING: FIELDS[Note] - {"author", "organisation"},
}
_HIDDEN_NOTE = {
    Shows.NAME: frozenset({"t", "id", "is_hidden", "organisation"}),
    Shows.ORGANISATION: frozenset({"t", "id", "is_hidden", "organisation"}),
    Shows.NOTHING: frozenset({"t", "id", "is_hidden"}),
}
_HIDDEN_VOTE = frozenset({"t", "id", "round", "dots", "is_hidden", "is_in_hall"})
_VOTE = {
    Shows.NAME: FIELDS[Vote],
    Shows.ORGANISATION: FIELDS[Vote] - {"voter"},
    Shows.NOTHING: FIELDS[Vote] - {"voter", "organisation"},
}
_COUNTED_ROW = frozenset({"t", "id", "organisation", "workshop", "dropped_ms"})
_COMMENT = FIELDS[Comment] - {"author"}
_SECTION = FIELDS[Section] - {"speaker_notes"}

VEILED: dict[type[Record], Callable[[Any], tuple[Part, Mapping[str, Part]]]] = {
    Note: _note,
    Section: _section,
    Vote: _vote,
    MemoRow: _row,
    Comment: _comment,
}
"""Kinds of which not all see everything: the part for all, and those for further audiences."""
