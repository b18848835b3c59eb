"""Clusters: notes that belong together, as real objects."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.membership import emptied
from etatyopoyta.domain.records import (
    MAX_AT_ONCE,
    Cluster,
    ClusterId,
    May,
    Measure,
    Merge,
    Note,
    NoteId,
    Point,
    Record,
    SeveralNotes,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean
from etatyopoyta.domain.voting import moved_votes, must_not_be_voted_on, voted_on

Votes = Literal["stay", "move"]
"""What becomes of the votes for a cluster that is split."""


class MakeCluster(Command, frozen=True, tag="cluster.make"):
    """Make a cluster of notes, wherever they were before.

    C1  A hidden note is in no cluster: nobody may learn what it says by its company.
    C2  A cluster that has lost its last note goes, unless a measure was proposed from it.
    C9  A note that was put aside is in no cluster before it is taken onto the board.
    """

    may = May.GROUP_NOTES

    id: ClusterId
    notes: SeveralNotes
    title: str
    at: Point

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, note_id) for note_id in self.notes)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        must_be_new(desk, self.id)
        title = clean(self.title, MAX_TITLE_CHARACTERS, "cluster")
        yield Cluster(id=self.id, workshop=desk.info.workshop, title=title, at=self.at)
        yield from _move_into(desk, self.id, self.notes)


class AddToCluster(Command, frozen=True, tag="cluster.add"):
    """Put notes into a cluster, out of the ones where they were (C1, C2, C9)."""

    may = May.GROUP_NOTES

    cluster: ClusterId
    notes: SeveralNotes

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, note_id) for note_id in self.notes)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        desk.get(Cluster, self.cluster)
        yield from _move_into(desk, self.cluster, self.notes)


class UngroupNotes(Command, frozen=True, tag="cluster.take_out"):
    """Take notes out of their clusters and put them somewhere on the board (C2).

    C3  A note that is in no cluster stays where it is.
    """

    may = May.GROUP_NOTES

    to: Annotated[dict[NoteId, Point], Meta(min_length=1, max_length=MAX_AT_ONCE)]

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, note_id) for note_id in self.to)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        notes = [desk.get(Note, note_id) for note_id in self.to]
        grouped = [note for note in notes if note.cluster is not None]
        for note in grouped:
            yield replace(note, cluster=None, at=self.to[note.id])
        yield from emptied(desk, grouped)


class NameCluster(Command, frozen=True, tag="cluster.name"):
    """Give a cluster another title.

    C4  The title is not blank and at most 200 characters.
    """

    may = May.GROUP_NOTES

    cluster: ClusterId
    title: str

    def touches(self, desk: Desk) -> Iterable[Note]:
        return _inside(desk, {self.cluster})

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        title = clean(self.title, MAX_TITLE_CHARACTERS, "cluster")
        yield replace(desk.get(Cluster, self.cluster), title=title)


class MoveClusters(Command, frozen=True, tag="cluster.move"):
    """Put clusters with their notes somewhere else on the board."""

    may = May.GROUP_NOTES

    to: Annotated[dict[ClusterId, Point], Meta(min_length=1, max_length=MAX_AT_ONCE)]

    def touches(self, desk: Desk) -> Iterable[Note]:
        return _inside(desk, set(self.to))

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        for cluster_id, point in self.to.items():
            yield replace(desk.get(Cluster, cluster_id), at=point)


class MergeClusters(Command, frozen=True, tag="cluster.merge"):
    """Bring the notes of clusters into one of them.

    C10  Votes for a cluster that goes count for the one it went into (Q7).
    C5  Measures proposed from a cluster that goes point at the one it went into.
    C6  A cluster is not merged into itself.
    """

    may = May.GROUP_NOTES

    into: ClusterId
    clusters: Annotated[tuple[ClusterId, ...], Meta(min_length=1, max_length=MAX_AT_ONCE)]

    def touches(self, desk: Desk) -> Iterable[Note]:
        return _inside(desk, {self.into, *self.clusters})

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        if self.into in self.clusters:
            raise Refused("cluster.itself", id=self.into)
        desk.get(Cluster, self.into)
        gone = {desk.get(Cluster, cluster_id).id for cluster_id in self.clusters}
        for note in desk.of(Note):
            if note.cluster in gone:
                yield replace(note, cluster=self.into)
        for measure in desk.of(Measure):
            if {self.into, *gone} & set(measure.clusters):
                kept = (self.into if c in gone else c for c in measure.clusters)
                merge = _still_brought(desk, measure, {self.into, *gone}, self.into)
                yield replace(measure, clusters=tuple(dict.fromkeys(kept)), merge=merge)
        yield from moved_votes(desk, gone, self.into)
        for cluster_id in self.clusters:
            yield Gone(cluster_id)


class SplitCluster(Command, frozen=True, tag="cluster.split"):
    """Make a new cluster of some notes of a cluster.

    C7  The notes are of that cluster, and at least one stays behind.
    C11  Where there has been voting on clusters, it says what becomes of the votes.
    """

    may = May.GROUP_NOTES

    cluster: ClusterId
    notes: SeveralNotes
    id: ClusterId
    title: str
    at: Point
    votes: Votes | UnsetType = UNSET

    def touches(self, desk: Desk) -> Iterable[Note]:
        return (desk.get(Note, note_id) for note_id in self.notes)

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        must_be_new(desk, self.id)
        desk.get(Cluster, self.cluster)
        if self.votes is UNSET and self.cluster in voted_on(desk):
            raise Refused("cluster.split_votes", id=self.cluster)
        if self.votes == "move":
            yield from moved_votes(desk, {self.cluster}, self.id)
        inside = {note.id for note in desk.of(Note) if note.cluster == self.cluster}
        if not set(self.notes) <= inside:
            raise Refused("cluster.not_inside", id=self.cluster)
        if set(self.notes) == inside:
            raise Refused("cluster.nothing_left", id=self.cluster)
        title = clean(self.title, MAX_TITLE_CHARACTERS, "cluster")
        yield Cluster(id=self.id, workshop=desk.info.workshop, title=title, at=self.at)
        yield from _move_into(desk, self.id, self.notes)


class DissolveCluster(Command, frozen=True, tag="cluster.dissolve"):
    """Let a cluster's notes go free; each goes where `to` says, else where it once was.

    C8  A cluster that a measure was proposed from, or votes are for, is not dissolved.
    """

    may = May.GROUP_NOTES

    cluster: ClusterId
    to: dict[NoteId, Point] = field(default_factory=dict)

    def touches(self, desk: Desk) -> Iterable[Note]:
        return _inside(desk, {self.cluster})

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        cluster = desk.get(Cluster, self.cluster)
        measure = next((m for m in desk.of(Measure) if cluster.id in m.clusters), None)
        if measure is not None:
            raise Refused("cluster.in_use", id=cluster.id, measure=measure.name)
        must_not_be_voted_on(desk, [cluster.id])
        for note in desk.of(Note):
            if note.cluster == cluster.id:
                yield replace(note, cluster=None, at=self.to.get(note.id, note.at))
        yield Gone(cluster.id)


def _move_into(desk: Desk, cluster_id: str, note_ids: Iterable[str]) -> Iterator[Record | Gone]:
    notes = [desk.get(Note, note_id) for note_id in dict.fromkeys(note_ids)]
    for note in notes:
        if note.is_hidden:
            raise Refused("note.hidden", id=note.id)
        if note.parked_ms is not None:
            raise Refused("note.parked", id=note.id)
        yield replace(note, cluster=cluster_id)
    yield from emptied(desk, [note for note in notes if note.cluster != cluster_id])


def _still_brought(desk: Desk, measure: Measure, clusters: set[str], into: str) -> Merge | None:
    """The merge of a measure, where these of its clusters become one.

    Its merge has brought the one only if all that the other measure has of them came with it.
    """
    merge, target = measure.merge, desk.find(measure.merged_into or "")
    if merge is None or not isinstance(target, Measure):
        return merge
    brought = [c for c in merge.clusters if c not in clusters]
    if clusters & set(target.clusters) <= set(merge.clusters):
        brought.append(into)
    return replace(merge, clusters=tuple(brought))


def _inside(desk: Desk, clusters: set[str]) -> Iterator[Note]:
    """The notes of these clusters."""
    return (note for note in desk.of(Note) if note.cluster in clusters)
