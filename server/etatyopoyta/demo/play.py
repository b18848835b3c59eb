"""A whole workshop, played through the public protocol: nothing here takes a short cut."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from importlib.resources import files
from math import ceil, sqrt
from pathlib import Path

import msgspec
from msgspec import Struct

from etatyopoyta.client import Connection, connect, join, new_id, open_link
from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.desks import NameNetwork
from etatyopoyta.domain.goals import EditGoal, MergeIntoGoal, PromoteMeasure
from etatyopoyta.domain.measures import ProposeMeasure
from etatyopoyta.domain.notes import AddNote, MoveNotes
from etatyopoyta.domain.people import AddOrganisation
from etatyopoyta.domain.records import Goal, GoalState, Point, Text
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.http import JoinAsked

OFF_TOPIC = "_muu"
FOCUS_AREAS = ("p1", "p2")
STATUSES = ("ei_aloitettu", "kaynnissa", "toteutunut")
NOTE_STEP = Point(220, 160)
LANE_COLUMNS = 4
SHELF_WIDTH = 8_600
"""Clusters stand on shelves as wide as this: the board fits a screen's shape."""
SHELF_GAP = 80
Say = Callable[[str], None]


class SampleNote(Struct, frozen=True):
    """A note of the sample, and the group that a person put it in."""

    id: str
    text: str
    organisation: str
    network: str
    cluster: str


class SampleNetwork(Struct, frozen=True):
    """A network of the sample, by the template's id."""

    id: str
    network: str
    name: Text


class SampleLabel(Struct, frozen=True):
    """The title of a group."""

    cluster: str
    title_fi: str
    title_sv: str


class Sample(Struct, frozen=True):
    """Everything that is played."""

    notes: tuple[SampleNote, ...]
    networks: tuple[SampleNetwork, ...]
    titles: dict[str, str]

    @property
    def organisations(self) -> dict[str, str]:
        """The network of each organisation."""
        return {note.organisation: note.network for note in self.notes}


class Played(Struct, frozen=True):
    """What came of it."""

    organisations: int
    notes: int
    clusters: int
    measures: int
    goals: int
    parked: int
    files: tuple[str, ...]


def sample() -> Sample:
    """The sample that the package ships."""
    folder = files("etatyopoyta.demo")
    lines = folder.joinpath("notes.jsonl").read_bytes().splitlines()
    labels = _read(folder.joinpath("labels.json").read_bytes(), tuple[SampleLabel, ...])
    return Sample(
        notes=tuple(msgspec.json.decode(line, type=SampleNote) for line in lines),
        networks=_read(folder.joinpath("networks.json").read_bytes(), tuple[SampleNetwork, ...]),
        titles={label.cluster: label.title_fi for label in labels},
    )


async def play(
    base: str, desk_id: str, secret: str, code: str, output: Path, say: Say, pace_s: float = 0.0
) -> Played:
    """Play the sample on an empty desk of the template `nekku`; `pace_s` between two notes."""
    content = sample()
    _, token = await open_link(base, desk_id, secret)
    async with connect(base, desk_id, token) as facilitator:
        await _prepare(facilitator, content)
        say(f"{len(content.organisations)} organisations are on the list, the section is open")
        placed = await _post(base, code, content, say, pace_s)
        clusters = await _cluster(facilitator, content, placed)
        say(f"{len(clusters)} clusters made of {len(placed)} notes")
        measures = await _propose(facilitator, content, clusters)
        say(f"{len(measures)} clusters proposed as measures")
        await _promote(facilitator, content, measures)
        goals = list(facilitator.desk.of(Goal))
        on_card = [goal for goal in goals if goal.state is GoalState.ON_CARD]
        say(f"{len(on_card)} goals on the card, {len(goals) - len(on_card)} parked")
        written = tuple([await _export(facilitator, name, output) for name in ("xlsx", "json")])
        for path in written:
            say(f"written: {path}")
    return Played(
        organisations=len(content.organisations),
        notes=len(placed),
        clusters=len(clusters),
        measures=len(measures),
        goals=len(on_card),
        parked=len(goals) - len(on_card),
        files=tuple(map(str, written)),
    )


async def _prepare(facilitator: Connection, content: Sample) -> None:
    for network in content.networks:
        await facilitator.ask(NameNetwork(network=network.id, name=network.name))
    ids = {network.network: network.id for network in content.networks}
    for name, network_name in content.organisations.items():
        command = AddOrganisation(id=new_id("org"), name=name, network=ids[network_name])
        await facilitator.ask(command)
    await facilitator.ask(OpenSection(section="section_board"))


async def _post(base: str, code: str, content: Sample, say: Say, pace_s: float) -> dict[str, str]:
    """Every organisation posts its notes at the same time; sample id → note id."""
    placed: dict[str, str] = {}
    places = shelves([len(own) for own in _by_organisation(content).values()])
    async with AsyncExitStack() as seats, asyncio.TaskGroup() as tasks:
        for number, (name, own) in enumerate(_by_organisation(content).items(), start=1):
            asked = JoinAsked(code=code, name=f"Osallistuja {number}", organisation_name=name)
            desk_id, token = await join(base, asked)
            seat = await seats.enter_async_context(connect(base, desk_id, token))
            tasks.create_task(_post_own(seat, own, places[number - 1], placed, pace_s))
    say(f"{len(placed)} notes posted")
    return placed


async def _post_own(
    seat: Connection, own: list[SampleNote], lane: Point, placed: dict[str, str], pace_s: float
) -> None:
    for number, note in enumerate(own):
        row, column = divmod(number, LANE_COLUMNS)
        at = Point(lane.x + column * NOTE_STEP.x, lane.y + row * NOTE_STEP.y)
        placed[note.id] = new_id("note")
        await seat.ask(AddNote(id=placed[note.id], text=note.text, at=at))
        await asyncio.sleep(pace_s)


def _by_organisation(content: Sample) -> dict[str, list[SampleNote]]:
    own: dict[str, list[SampleNote]] = {}
    for note in content.notes:
        own.setdefault(note.organisation, []).append(note)
    return own


async def _cluster(
    facilitator: Connection, content: Sample, placed: dict[str, str]
) -> dict[str, str]:
    """Cluster the notes as the sample says; its group → cluster id. What is off topic stays."""
    members: dict[str, list[str]] = {}
    for note in content.notes:
        if note.cluster != OFF_TOPIC:
            members.setdefault(note.cluster, []).append(placed[note.id])
    clusters: dict[str, str] = {}
    places = shelves([len(notes) for notes in members.values()])
    for at, (group, notes) in zip(places, members.items(), strict=False):
        clusters[group] = new_id("cluster")
        title = content.titles.get(group, group)
        command = MakeCluster(id=clusters[group], notes=tuple(notes), title=title, at=at)
        await facilitator.ask(command)
    below = places[-1]
    rest = [placed[note.id] for note in content.notes if note.cluster == OFF_TOPIC]
    to = {note: Point(i * NOTE_STEP.x, below.y) for i, note in enumerate(rest)}
    await facilitator.ask(MoveNotes(to=to))
    return clusters


def shelves(counts: list[int]) -> list[Point]:
    """Where clusters of so many notes stand beside and below each other, and a place below all."""
    places = []
    x = y = height = 0
    for count in counts:
        columns = max(2, ceil(sqrt(count * 0.91)))  # as the board lays them out
        width = columns * 212 + 28 + SHELF_GAP
        if x + width > SHELF_WIDTH:
            x, y, height = 0, y + height, 0
        places.append(Point(x, y))
        x += width
        height = max(height, ceil(count / columns) * 152 + 74 + SHELF_GAP)
    return [*places, Point(0, y + height)]


async def _propose(
    facilitator: Connection, content: Sample, clusters: dict[str, str]
) -> dict[str, str]:
    measures: dict[str, str] = {}
    for group, cluster_id in clusters.items():
        measures[group] = new_id("measure")
        name = content.titles.get(group, group)
        await facilitator.ask(ProposeMeasure(id=measures[group], cluster=cluster_id, name=name))
    return measures


async def _promote(facilitator: Connection, content: Sample, measures: dict[str, str]) -> None:
    """Each measure goes to the network that wrote most of its notes, under a focus area in turn.

    Where the slots are full, it is merged into a goal of a kindred name or parked.
    """
    ids = {network.network: network.id for network in content.networks}
    for number, (group, measure) in enumerate(measures.items()):
        networks = Counter(note.network for note in content.notes if note.cluster == group)
        text = content.titles.get(group, group)
        command = PromoteMeasure(
            id=new_id("goal"),
            measure=measure,
            focus_area=FOCUS_AREAS[number % len(FOCUS_AREAS)],
            network=ids[networks.most_common(1)[0][0]],
            text=text,
        )
        try:
            await facilitator.ask(command)
        except Refused as refused:
            if refused.code != "goal.slots_full":
                raise
            await _resolve(facilitator, command, number)
            continue
        status = STATUSES[number % len(STATUSES)]
        await facilitator.ask(EditGoal(id=command.id, base=1, status=status))


async def _resolve(facilitator: Connection, command: PromoteMeasure, number: int) -> None:
    there = [
        goal
        for goal in facilitator.desk.of(Goal)
        if (goal.focus_area, goal.network) == (command.focus_area, command.network)
    ]
    if there and number % 2:
        await facilitator.ask(MergeIntoGoal(id=there[0].id, measure=command.measure))
    else:
        await facilitator.ask(msgspec.structs.replace(command, park=True))


async def _export(facilitator: Connection, format_name: str, output: Path) -> Path:
    content = await facilitator.export(format_name)
    return await asyncio.to_thread(_write, output, format_name, content)


def _write(output: Path, format_name: str, content: bytes) -> Path:
    output.mkdir(parents=True, exist_ok=True)
    path = output / f"etatyopoyta-demo-LUONNOS.{format_name}"
    path.write_bytes(content)
    return path


def _read(content: bytes, kind: type) -> tuple:  # type: ignore[type-arg]  # the caller says of what
    return msgspec.json.decode(content, type=kind)
