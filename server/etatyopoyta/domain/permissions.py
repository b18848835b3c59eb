"""Who may do what now: role × open section × ownership. What is not granted is denied."""

from collections.abc import Iterable

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import May, Note, Person, Role, Whose
from etatyopoyta.domain.refused import Refused

EVERYTHING_ON_A_DESK: dict[May, Whose] = {
    may: Whose.ALL for may in May if may not in {May.FILL_DESK, May.JOIN}
}

ALWAYS: dict[Role, dict[May, Whose]] = {
    Role.SYSTEM: {May.FILL_DESK: Whose.ALL, May.JOIN: Whose.ALL, May.EDIT_DESK: Whose.ALL},
    Role.FACILITATOR: EVERYTHING_ON_A_DESK,
    Role.SECRETARY: {
        May.LEAVE: Whose.ALL,
        May.PROPOSE_MEASURES: Whose.ALL,
        May.PROPOSE_GOALS: Whose.ALL,
        May.PROMOTE: Whose.ALL,
        May.EDIT_CARD: Whose.ALL,
        May.EDIT_FIGURES: Whose.ALL,
    },
    Role.PARTICIPANT: {May.LEAVE: Whose.ALL},
    Role.VIEWER: {},
}
"""What a role may do whatever section is open. Printed to TypeScript by `make types`."""

FROM_SECTION = frozenset({Role.PARTICIPANT})
"""Roles that the open section's grants are for."""


def whose(desk: Desk, role: Role, may: May) -> Whose | None:
    """Whose notes `role` may do this to now; None when it may not at all."""
    always = ALWAYS[role].get(may)
    if always is not None or role not in FROM_SECTION:
        return always
    section = desk.open_section()
    return section.grants.get(may) if section else None


def authorise(desk: Desk, by: str, role: Role, may: May, touched: Iterable[Note]) -> None:
    """Pass, or Refused("not_allowed") or, for somebody else's note, Refused("note.not_yours")."""
    scope = whose(desk, role, may)
    if scope is None:
        raise Refused("not_allowed", may=may)
    if scope is Whose.ALL:
        return
    for note in touched:
        if not is_theirs(desk, by, note, scope):
            raise Refused("note.not_yours", id=note.id)


def is_theirs(desk: Desk, by: str, note: Note, scope: Whose) -> bool:
    """The note is the person's own, or of their organisation where that is enough (V5)."""
    if scope is Whose.ALL or note.author == by:
        return True
    if scope is Whose.OWN or note.organisation is None:
        return False
    person = desk.find(by)
    return isinstance(person, Person) and person.organisation == note.organisation
