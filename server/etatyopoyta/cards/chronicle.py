"""From the changes of a desk, in order, to what was decided in each section of a workshop."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from etatyopoyta.cards.card_facts import card_facts
from etatyopoyta.cards.evidence import measure_name, network_name, organisation_of
from etatyopoyta.cards.minutes_model import Fact, VoteResult
from etatyopoyta.cards.order import distinct
from etatyopoyta.cards.votes import vote_result
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.records import (
    Cluster,
    DeskInfo,
    Goal,
    GoalState,
    Measure,
    MeasureState,
    Network,
    Note,
    Person,
    Round,
    RoundState,
    Section,
    SectionState,
)


class Happened(NamedTuple):
    """An entry of the log: when, by which command, and what it changed."""

    at_ms: int
    command: str
    changes: Sequence[Change]


class Held(Struct):
    """What happened in a section, or outside of all."""

    spans: list[tuple[int, int | None]] = field(default_factory=list)
    """From when to when it was open; to None while it is."""
    people: dict[str, Person] = field(default_factory=dict)
    """Who had joined, as they were last while it was open."""
    notes: list[int] = field(default_factory=list)
    """When each note was written."""
    told: list["Told"] = field(default_factory=list)
    """What was decided, in order."""
    votes: list["Counted"] = field(default_factory=list)
    """Rounds as they ended, in order."""
    clusters: dict[str, "Sized"] = field(default_factory=dict)
    """As they were when it was opened last."""


class Made(NamedTuple):
    """A cluster that may still get another title and other notes, as long as its section lasts."""

    cluster: str


class Told(NamedTuple):
    """Something that was decided, and when."""

    at_ms: int
    what: Fact | Made


class Counted(NamedTuple):
    """What came of a round, and when."""

    at_ms: int
    round: str
    result: VoteResult


class Sized(NamedTuple):
    """A cluster's title, and the notes that all see in it."""

    title: str
    notes: list[Note]


class Chronicle:
    """Takes a desk's entries one by one, and keeps what belongs to one workshop."""

    def __init__(self, words: Words, workshop: str) -> None:
        self._words = words
        self._workshop = workshop
        self.held: dict[str | None, Held] = {}
        self.parked: tuple[Fact, ...] = ()
        self.ended_ms = 0
        self._now: str | None = None
        """The section that is open."""
        self._titles: dict[str, str] = {}
        self._is_current = False

    def take(self, happened: Happened, desk: Desk) -> None:
        """The next entry, and the desk after it."""
        was_current, now = self._is_current, self._now
        self._is_current = desk.info.workshop == self._workshop
        for _, _, new in happened.changes:
            if isinstance(new, Cluster):
                self._titles[new.id] = new.title
        if happened.command != "desk.fill":
            section = desk.find(now) if now else None
            is_elsewhere = isinstance(section, Section) and section.workshop != self._workshop
            if not is_elsewhere and (now or was_current):
                self._note(self.held.setdefault(now, Held()), happened, desk)
        for change in happened.changes:
            self._follow_agenda(change, happened, desk)
            self._follow_people(change)
            self._follow_workshop(change, desk)
        self.ended_ms = happened.at_ms

    def finish(self, desk: Desk) -> None:
        """The last entry was taken: this is the desk now."""
        if self._is_current:
            self.parked = tuple(self._put_aside(desk))

        for held in self.held.values():
            self._settle(held, desk, self.ended_ms)

    # --- clusters -----------------------------------------------------------------------------

    def _settle(self, held: Held, desk: Desk, at_ms: int) -> None:
        """Say of the clusters that were made how they are now, and what became of the others."""
        is_told = bool(held.clusters) or any(isinstance(told.what, Made) for told in held.told)
        within = self._within(desk) if is_told else {}
        for at, (made_ms, what) in enumerate(held.told):
            if isinstance(what, Made):
                held.clusters.pop(what.cluster, None)
                notes = within.get(what.cluster, [])
                key = "cluster_made" if notes else "cluster_named"
                title = self._titles[what.cluster]
                fact = self._fact(key, _behind(desk, notes), title=title, notes=len(notes))
                held.told[at] = Told(made_ms, fact)
        for cluster, was in held.clusters.items():
            now = desk.find(cluster)
            if isinstance(now, Cluster):
                facts = self._changed(was, Sized(now.title, within.get(cluster, [])), desk)
                held.told += [Told(at_ms, fact) for fact in facts]
        held.clusters = {}

    def _changed(self, was: Sized, now: Sized, desk: Desk) -> Iterator[Fact]:
        if was.title != now.title:
            yield self._fact("cluster_renamed", old=was.title, title=now.title)
        if {note.id for note in was.notes} != {note.id for note in now.notes}:
            behind, notes = _behind(desk, now.notes), len(now.notes)
            yield self._fact("cluster_changed", behind, title=now.title, notes=notes)

    def _within(self, desk: Desk) -> dict[str, list[Note]]:
        """The notes that all see in each cluster of the workshop."""
        within: defaultdict[str, list[Note]] = defaultdict(list)
        for note in desk.of(Note):
            if note.cluster and note.workshop == self._workshop and not note.is_hidden:
                within[note.cluster].append(note)
        return within

    def _sized(self, desk: Desk) -> dict[str, Sized]:
        within = self._within(desk)
        return {
            cluster.id: Sized(cluster.title, within.get(cluster.id, []))
            for cluster in desk.of(Cluster)
            if cluster.workshop == self._workshop
        }

    # --- what is open, who is here ----------------------------------------------------------

    def _follow_agenda(self, change: Change, happened: Happened, desk: Desk) -> None:
        _, old, new = change
        if not isinstance(new, Section) or new.workshop != self._workshop:
            if isinstance(new, Section) and new.state is SectionState.OPEN:
                self._now = new.id
            return
        was_open = isinstance(old, Section) and old.state is SectionState.OPEN
        if new.state is SectionState.OPEN and not was_open:
            self._now = new.id
            held = self.held.setdefault(new.id, Held())
            held.spans.append((happened.at_ms, None))
            held.clusters = self._sized(desk)
            held.people.update((p.id, p) for p in desk.of(Person) if _is_here(p))
        elif was_open and new.state is not SectionState.OPEN:
            held = self.held[new.id]
            held.spans[-1] = (held.spans[-1][0], happened.at_ms)
            self._settle(held, desk, happened.at_ms)
            if self._now == new.id:
                self._now = None

    def _follow_people(self, change: Change) -> None:
        _, _, new = change
        held = self.held.get(self._now) if self._now else None
        if held is not None and isinstance(new, Person) and _is_here(new):
            held.people[new.id] = new

    def _follow_workshop(self, change: Change, desk: Desk) -> None:
        _, old, new = change
        was = old.workshop if isinstance(old, DeskInfo) else None
        if isinstance(new, DeskInfo) and was == self._workshop != new.workshop:
            self.parked = tuple(self._put_aside(desk))

    # --- what was decided -------------------------------------------------------------------

    def _note(self, held: Held, happened: Happened, desk: Desk) -> None:
        held.told += [Told(happened.at_ms, what) for what in self._told(happened, desk)]
        for _, old, new in happened.changes:
            if isinstance(new, Note) and old is None and new.workshop == self._workshop:
                held.notes.append(happened.at_ms)
            was_closed = isinstance(old, Round) and old.state is RoundState.CLOSED
            if isinstance(new, Round) and new.state is RoundState.CLOSED and not was_closed:
                result = vote_result(desk, self._words, new)
                held.votes.append(Counted(happened.at_ms, new.id, result))

    def _told(self, happened: Happened, desk: Desk) -> Iterator[Fact | Made]:
        yield from self._clusters(happened)
        revealed = [
            new
            for _, old, new in happened.changes
            if isinstance(old, Note) and isinstance(new, Note) and old.is_hidden > new.is_hidden
        ]
        if revealed:
            yield self._fact("revealed", _behind(desk, revealed), count=len(revealed))
        for change in happened.changes:
            match change.old, change.new:
                case old, Measure() as new:
                    yield from self._measure(old, new, desk)
                case Section() as old, Section() as new:
                    yield from self._section(old, new, happened)
                case Network() as old, Network() as new:
                    yield from self._network(old, new, desk)
        yield from self._goals(happened, desk)
        for change in happened.changes:
            yield from card_facts(self._words, change, desk)

    def _fact(
        self,
        key: str,
        behind: tuple[str, ...] = (),
        reason: str | None = None,
        /,
        **values: object,
    ) -> Fact:
        text = self._words(f"minutes.did.{key}", **values)
        return Fact(text=text, organisations=behind, reason=reason)

    def _clusters(self, happened: Happened) -> Iterator[Fact | Made]:
        into = next(
            (n.cluster for _, _, n in happened.changes if isinstance(n, Note) and n.cluster), None
        )
        for record_id, old, new in happened.changes:
            if isinstance(new, Cluster) and old is None and new.workshop == self._workshop:
                yield Made(record_id)
            if not isinstance(old, Cluster) or new is not None:
                continue
            if happened.command == "cluster.merge" and into is not None:
                yield self._fact("cluster_merged", old=old.title, title=self._titles[into])
            else:
                yield self._fact("cluster_gone", title=old.title)

    def _measure(self, old: object, new: Measure, desk: Desk) -> Iterator[Fact]:
        was = old.state if isinstance(old, Measure) else None
        if new.state is not was:
            merged = new if isinstance(old, Measure) and new.merged_into else old
            to = merged.merged_into if isinstance(merged, Measure) else None
            into = desk.find(to) if to else None
            key = f"measure_{new.state}" + ("_again" if was and new.state == "proposed" else "")
            if was is MeasureState.MERGED:
                key = "measure_unmerged"
            yield self._fact(
                key,
                _behind(desk, _notes_of(desk, [new])),
                None if new.state in _PLAIN else new.reason,
                name=measure_name(self._words, new),
                into=measure_name(self._words, into) if isinstance(into, Measure) else "–",
            )
        if isinstance(old, Measure) and old.name != new.name:
            yield self._fact("measure_named", old=old.name, new=new.name)

    def _goals(self, happened: Happened, desk: Desk) -> Iterator[Fact]:
        changes = [c for c in happened.changes if isinstance(c.old or c.new, Goal)]
        came = [c.new for c in changes if _is_on_card(c.new) and not _is_on_card(c.old)]
        for _, old, new in changes:
            if isinstance(new, Goal):
                yield from self._goal(old if isinstance(old, Goal) else None, new, came, desk)
            elif isinstance(old, Goal):
                yield self._fact("goal_removed", **self._slot(old, desk))

    def _goal(
        self, old: Goal | None, new: Goal, came: Sequence[object], desk: Desk
    ) -> Iterator[Fact]:
        slot = self._slot(new, desk)
        measures = [m for i in new.measures if isinstance(m := desk.find(i), Measure)]
        notes = _notes_of(desk, measures)
        if old is None or old.state is not new.state:
            by = next((g for g in came if isinstance(g, Goal) and g.id != new.id), None)
            if new.state is GoalState.PARKED and _is_on_card(old) and by is not None:
                yield self._fact("goal_replaced", (), new.reason, by=by.text, **slot)
            else:
                reason = new.reason if new.state is GoalState.PARKED else None
                yield self._fact(f"goal_{new.state}", _behind(desk, notes), reason, **slot)
        if old is not None and old.text != new.text:
            yield self._fact("goal_reworded", old=old.text, **slot)
        if old is not None and set(new.measures) - set(old.measures):
            added = [measure_name(self._words, m) for m in measures if m.id not in old.measures]
            yield self._fact("goal_merged", measure=", ".join(added), **slot)

    def _section(self, old: Section, new: Section, happened: Happened) -> Iterator[Fact]:
        title = self._words.text(new.title)
        if new.state is SectionState.SKIPPED and old.state is not new.state:
            yield self._fact("section_skipped", title=title)
        if new.given is not None and new.given != old.given:
            yield self._fact("section_given", title=title, given=new.given, planned=new.minutes)
        was, ends = old.ends_ms, new.ends_ms
        if happened.command == "section.extend" and was is not None and ends is not None:
            key = "section_extended" if ends > was else "section_shortened"
            minutes = max(1, round(abs(ends - was) / 60_000))
            yield self._fact(key, title=title, minutes=minutes)

    def _network(self, old: Network, new: Network, desk: Desk) -> Iterator[Fact]:
        name = network_name(self._words, new)
        if new.name is not None and new.name != old.name:
            yield self._fact("network_named", network=name, old=network_name(self._words, old))
        for key, limit in new.limits.items():
            if old.limits.get(key) != limit:
                focus_area = self._focus_area(desk, key)
                yield self._fact("limit", network=name, focus_area=focus_area, limit=limit)

    def _slot(self, goal: Goal, desk: Desk) -> dict[str, object]:
        network = desk.get(Network, goal.network)
        return {
            "text": goal.text,
            "network": network_name(self._words, network),
            "focus_area": self._focus_area(desk, goal.focus_area),
        }

    def _focus_area(self, desk: Desk, key: str) -> str:
        area = next((a for a in desk.info.focus_areas if a.key == key), None)
        return key if area is None else self._words("focus_area.short", number=area.number)

    def _put_aside(self, desk: Desk) -> Iterator[Fact]:
        """What was put aside and is still there: notes of the workshop, measures and goals."""
        words = self._words
        for note in desk.of(Note):
            if note.workshop == self._workshop and note.parked_ms and not note.is_hidden:
                text = words("minutes.parked.note", text=note.text)
                yield Fact(text=text, organisations=_behind(desk, [note]))
        for measure in desk.of(Measure):
            if measure.state is MeasureState.PARKED:
                text = words("minutes.parked.measure", text=measure_name(words, measure))
                behind = _behind(desk, _notes_of(desk, [measure]))
                yield Fact(text=text, organisations=behind, reason=measure.reason)
        for goal in desk.of(Goal):
            if goal.state is GoalState.PARKED:
                text = words("minutes.parked.goal", **self._slot(goal, desk))
                yield Fact(text=text, reason=goal.reason)


_PLAIN = frozenset({MeasureState.PROPOSED, MeasureState.ACCEPTED})


def _is_here(person: Person) -> bool:
    return not person.has_left and person.removed_ms is None


def _is_on_card(goal: object) -> bool:
    return isinstance(goal, Goal) and goal.state is GoalState.ON_CARD


def _notes_of(desk: Desk, measures: Iterable[Measure]) -> list[Note]:
    ids = dict.fromkeys(note_id for measure in measures for note_id in measure.notes)
    return [note for i in ids if isinstance(note := desk.find(i), Note)]


def _behind(desk: Desk, notes: Iterable[Note]) -> tuple[str, ...]:
    """The organisations of notes that all see, where the notes show them."""
    return distinct(organisation_of(desk, note) for note in notes if not note.is_hidden)
