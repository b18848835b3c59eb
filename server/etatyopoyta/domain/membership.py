"""Which clusters go when notes leave them."""

from collections.abc import Iterable, Iterator

from etatyopoyta.domain.command import Gone
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Measure, Note


def emptied(desk: Desk, leaving: Iterable[Note]) -> Iterator[Gone]:
    """The clusters that these notes leave empty, save those that a measure came from (C2)."""
    leaving_from = {note.id: note.cluster for note in leaving if note.cluster is not None}
    left = set(leaving_from.values())
    if not left:
        return
    still = {n.cluster for n in desk.of(Note) if n.cluster in left and n.id not in leaving_from}
    needed = {cluster for measure in desk.of(Measure) for cluster in measure.clusters}
    for cluster_id in sorted(left - still - needed):
        yield Gone(cluster_id)
