"""From a measure back to the notes and organisations that it grew from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from etatyopoyta.cards.model import ActualRow, ClusterRow, GoalPlace, MeasureRow, SourceNote
from etatyopoyta.cards.order import distinct
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    Actual,
    Cluster,
    Measure,
    Network,
    Note,
    Organisation,
    Person,
    Shows,
    Workshop,
)


def visible_notes(desk: Desk) -> list[Note]:
    """The notes that may be printed, in the order in which they were written."""
    shown = (note for note in desk.of(Note) if not note.is_hidden)
    return sorted(shown, key=lambda note: (note.created_ms, note.id))


def organisation_of(desk: Desk, note: Note) -> str | None:
    """The organisation's name, where the note shows it."""
    if note.shows is Shows.NOTHING or note.organisation is None:
        return None
    organisation = desk.find(note.organisation)
    return organisation.name if isinstance(organisation, Organisation) else None


def source_notes(desk: Desk) -> dict[str, SourceNote]:
    """The visible notes by id, numbered from 1."""
    return {
        note.id: SourceNote(
            number=number, id=note.id, text=note.text, organisation=organisation_of(desk, note)
        )
        for number, note in enumerate(visible_notes(desk), 1)
    }


def measure_rows(
    desk: Desk,
    words: Words,
    notes: Mapping[str, SourceNote],
    places: Iterable[tuple[str, GoalPlace]],
) -> dict[str, MeasureRow]:
    """All measures by id, oldest first, whatever became of them; `places` are pairs of measure id
    and goal.
    """
    goals: defaultdict[str, list[GoalPlace]] = defaultdict(list)
    for measure_id, place in places:
        goals[measure_id].append(place)
    actuals = actual_rows(desk)
    age_groups = {group.key: words.text(group.name) for group in desk.info.age_groups}
    rows = {}
    for measure in sorted(desk.of(Measure), key=lambda m: (m.created_ms, m.id)):
        sources = tuple(notes[note_id] for note_id in measure.notes if note_id in notes)
        clusters = (desk.find(cluster_id) for cluster_id in measure.clusters)
        rows[measure.id] = MeasureRow(
            id=measure.id,
            name=measure_name(words, measure),
            state_key=measure.state,
            state=words(f"measure_state.{measure.state}"),
            unit=measure.unit,
            meaning=measure.meaning,
            source=measure.source,
            collection=measure.collection,
            interval=measure.interval,
            owner=owner_name(desk, words, measure.owner),
            direction=words(f"direction.{measure.direction}") if measure.direction else None,
            baseline=measure.baseline,
            baseline_as_of=measure.baseline_as_of,
            target=measure.target,
            target_year=measure.target_year,
            level=words(f"level.{measure.level}") if measure.level else None,
            age_groups=tuple(age_groups.get(key, key) for key in measure.age_groups or ()),
            indicator=measure.indicator,
            actuals=tuple(actuals[measure.id]),
            clusters=tuple(c.title for c in clusters if isinstance(c, Cluster)),
            sources=sources,
            organisations=distinct(source.organisation for source in sources),
            goals=tuple(goals[measure.id]),
            reason=measure.reason,
            merged_into=_end_of(desk, words, measure),
        )
    return rows


def measure_name(words: Words, measure: Measure) -> str:
    """The measure's name in this language, where it has one in that."""
    return (measure.name_sv if words.language == "sv" else None) or measure.name


def _end_of(desk: Desk, words: Words, measure: Measure) -> str | None:
    """The measure that it was merged into, through every merge."""
    end = measure
    while end.merged_into and isinstance(found := desk.find(end.merged_into), Measure):
        end = found
    return None if end is measure else measure_name(words, end)


def actual_rows(desk: Desk) -> defaultdict[str, list[ActualRow]]:
    """What was reached, by measure id: year by year, and in a year by organisation."""
    rows: defaultdict[str, list[ActualRow]] = defaultdict(list)
    for actual in desk.of(Actual):
        organisation = desk.find(actual.organisation) if actual.organisation else None
        rows[actual.measure].append(
            ActualRow(
                id=actual.id,
                year=actual.year,
                organisation=organisation.name if isinstance(organisation, Organisation) else None,
                value=actual.value,
                text=actual.text,
                as_of=actual.as_of,
                source=actual.source,
            )
        )
    for of_measure in rows.values():
        of_measure.sort(key=lambda row: (row.year, row.organisation or "", row.id))
    return rows


def owner_name(desk: Desk, words: Words, owner: str | None) -> str | None:
    """Who answers for something, without a person's name."""
    found = desk.find(owner) if owner else None
    match found:
        case Organisation():
            return found.name
        case Network():
            return network_name(words, found)
        case Person():
            of = desk.find(found.organisation) if found.organisation else None
            known = of.name if isinstance(of, Organisation) else words(f"role.{found.role}")
            return words("owner.person", of=known)
        case _:
            return None


def network_name(words: Words, network: Network) -> str:
    """The network's name, or words for a slot that has none yet."""
    if network.name is None:
        return words("network.unnamed", order=network.order)
    return words.text(network.name)


def cluster_rows(
    desk: Desk, words: Words, notes: Mapping[str, SourceNote], measures: Iterable[MeasureRow]
) -> tuple[ClusterRow, ...]:
    """All clusters, the biggest first."""
    inside: defaultdict[str, list[SourceNote]] = defaultdict(list)
    for note in desk.of(Note):
        if note.cluster is not None and note.id in notes:
            inside[note.cluster].append(notes[note.id])
    proposed = {measure.id: measure.name for measure in measures}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for record in desk.of(Measure):
        for cluster_id in record.clusters:
            if record.id in proposed:
                names[cluster_id].append(proposed[record.id])
    rows = [
        ClusterRow(
            id=cluster.id,
            title=cluster.title,
            workshop=workshop_title(desk, words, cluster.workshop),
            notes=len(inside[cluster.id]),
            organisations=distinct(note.organisation for note in inside[cluster.id]),
            measures=tuple(names[cluster.id]),
        )
        for cluster in desk.of(Cluster)
    ]
    return tuple(sorted(rows, key=lambda row: -row.notes))


def workshop_title(desk: Desk, words: Words, workshop_id: str) -> str:
    """The workshop's title; its id when it is not on the desk."""
    workshop = desk.find(workshop_id)
    return words.text(workshop.title) if isinstance(workshop, Workshop) else workshop_id
