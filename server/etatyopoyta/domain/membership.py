"""What belongs to what: notes to clusters, people to organisations."""

from collections.abc import Iterable, Iterator

from etatyopoyta.domain.command import Gone
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Measure, Note, Person, Role
from etatyopoyta.domain.voting import voted_on


def emptied(desk: Desk, leaving: Iterable[Note]) -> Iterator[Gone]:
    """The clusters that these notes leave empty, save those that a measure or votes need (C2)."""
    leaving_from = {note.id: note.cluster for note in leaving if note.cluster is not None}
    left = set(leaving_from.values())
    if not left:
        return
    still = {n.cluster for n in desk.of(Note) if n.cluster in left and n.id not in leaving_from}
    needed = {cluster for measure in desk.of(Measure) for cluster in measure.clusters}
    needed |= voted_on(desk)
    for cluster_id in sorted(left - still - needed):
        yield Gone(cluster_id)


def organisation_of(desk: Desk, person: str, role: Role) -> str | None:
    """The organisation whose memo this person shares in this role; facilitators share none."""
    known = desk.find(person)
    if role is not Role.PARTICIPANT or not isinstance(known, Person) or not known.is_member:
        return None
    return known.organisation
