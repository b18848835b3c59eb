"""Who may do what now: role × open section × ownership. What is not granted is denied."""

from collections.abc import Iterable

from etatyopoyta.domain.command import Asked
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Late, May, Note, Person, Role, Section, SectionState, Whose
from etatyopoyta.domain.refused import Refused

EVERYTHING_ON_A_DESK: dict[May, Whose] = {
    may: Whose.ALL for may in May if may not in {May.FILL_DESK, May.JOIN}
}

ALWAYS: dict[Role, dict[May, Whose]] = {
    Role.SYSTEM: {
        May.FILL_DESK: Whose.ALL,
        May.JOIN: Whose.ALL,
        May.EDIT_DESK: Whose.ALL,
        May.RUN_AGENDA: Whose.ALL,
    },
    Role.FACILITATOR: EVERYTHING_ON_A_DESK,
    Role.SECRETARY: {
        May.LEAVE: Whose.ALL,
        May.PROPOSE_MEASURES: Whose.ALL,
        May.PROPOSE_GOALS: Whose.ALL,
        May.PROMOTE: Whose.ALL,
        May.EDIT_CARD: Whose.ALL,
        May.EDIT_FIGURES: Whose.ALL,
        May.COMMENT: Whose.ALL,
        May.APPROVE: Whose.ALL,
        May.PUBLISH: Whose.ALL,
        May.REPORT: Whose.ALL,
        May.EDIT_MINUTES: Whose.ALL,
    },
    Role.PARTICIPANT: {
        May.LEAVE: Whose.ALL,
        May.VOTE: Whose.ALL,
        May.EDIT_MEMO: Whose.ALL,
        May.COMMENT: Whose.ALL,
        May.APPROVE: Whose.ALL,
        May.REPORT: Whose.ALL,
    },
    Role.VIEWER: {},
    Role.COMMENTER: {May.COMMENT: Whose.ALL},
    Role.REPORTER: {May.REPORT: Whose.ALL},
}
"""What a role may do whatever section is open. Printed to TypeScript by `make types`.

Whether votes are taken is a matter of the round, and a memo is private to who may see it; whose
rows somebody approves stands on the network, and for whom they report on the person.
"""

LEADING = frozenset({Role.FACILITATOR, Role.SECRETARY})
"""Roles of those who lead the desk, or write it down."""

AT_THE_DESK = LEADING | {Role.PARTICIPANT}
"""Roles of those who work on it: they may take it away as a file, and look back."""

FROM_SECTION = frozenset({Role.PARTICIPANT})
"""Roles that the open section's grants are for."""

GRANTABLE = frozenset(
    {
        May.ADD_NOTES,
        May.EDIT_NOTES,
        May.MOVE_NOTES,
        May.REMOVE_NOTES,
        May.GROUP_NOTES,
        May.PROPOSE_MEASURES,
        May.PROPOSE_GOALS,
        May.PROMOTE,
        May.EDIT_CARD,
        May.EDIT_FIGURES,
    }
)
"""What a section may grant them. The agenda, the desk and its people stay the facilitators'."""

TAKEN_LATE: dict[Late, frozenset[May]] = {
    Late.REFUSE: frozenset(),
    Late.MARK: frozenset({May.ADD_NOTES, May.EDIT_NOTES, May.MOVE_NOTES}),
    Late.PARK: frozenset({May.ADD_NOTES, May.EDIT_NOTES}),
}
"""What a closed section still grants for one's own notes, by the desk's rule (D7)."""

LEFT_TO_MUTED = frozenset({May.LEAVE, May.EDIT_MEMO})
"""What somebody may do still whom facilitators have muted (P5)."""

LATE_FOR_MS = 30 * 60_000
"""For how long after it has closed."""


def whose(desk: Desk, role: Role, may: May) -> Whose | None:
    """Whose notes `role` may do this to now; None when it may not at all."""
    return _granted(desk.open_section(), role, may)


def authorise(desk: Desk, asked: Asked, may: May, touched: Iterable[Note]) -> str | None:
    """None, or the section after which the act is taken late.

    Raises Refused("not_allowed") or, for somebody else's note, Refused("note.not_yours").
    """
    _must_not_be_muted(desk, asked, may)
    scope, late = whose(desk, asked.role, may), None
    if scope is None and _is_taken_late(desk, asked, may):
        scope, late = Whose.OWN, asked.section
    if scope is None:
        raise Refused("not_allowed", may=may)
    if scope is Whose.ALL:
        return late
    for note in touched:
        if not is_theirs(desk, asked.by, note, scope):
            raise Refused("note.not_yours", id=note.id)
    return late


def _must_not_be_muted(desk: Desk, asked: Asked, may: May) -> None:
    person = desk.find(asked.by)
    if isinstance(person, Person) and person.is_muted and may not in LEFT_TO_MUTED:
        raise Refused("person.muted", may=may)


def _granted(section: Section | None, role: Role, may: May) -> Whose | None:
    """What the role may always do, else what this section grants it."""
    always = ALWAYS[role].get(may)
    if always is not None or role not in FROM_SECTION or section is None:
        return always
    return section.grants.get(may)


def _is_taken_late(desk: Desk, asked: Asked, may: May) -> bool:
    """The section where they acted has closed not long ago, and granted it until then."""
    section = None if asked.section is None else desk.find(asked.section)
    if not isinstance(section, Section) or section.state is not SectionState.CLOSED:
        return False
    is_recent = (
        section.closed_ms is not None and 0 <= asked.at_ms - section.closed_ms <= LATE_FOR_MS
    )
    was_granted = _granted(section, asked.role, may) is not None
    return is_recent and was_granted and may in TAKEN_LATE[desk.info.late_rule]


def is_theirs(desk: Desk, by: str, note: Note, scope: Whose) -> bool:
    """The note is the person's own, or of their organisation where that is enough (V5)."""
    if scope is Whose.ALL or note.author == by:
        return True
    if scope is Whose.OWN or note.organisation is None:
        return False
    person = desk.find(by)
    return isinstance(person, Person) and person.organisation == note.organisation
