"""Logs of whole workshops, and the minutes that are made of them."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
from msgspec import Raw
from tests.domain.given import (
    AUTUMN,
    CULTURE,
    HERE,
    MAPPING,
    NOW,
    P1,
    SKETCHING,
    THERE,
)
from tests.replays.make import filled
from tests.replays.workshop import AINOS, FANNYS, SAKARIS, SIRIS, Step

from etatyopoyta.cards.minutes_model import Minutes
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.agenda import CloseSection, ExtendSection, OpenSection
from etatyopoyta.domain.clusters import MakeCluster, MergeClusters, NameCluster
from etatyopoyta.domain.command import Asked
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import SetLateRule
from etatyopoyta.domain.goals import PromoteMeasure, SetGoalLimit
from etatyopoyta.domain.measures import ProposeMeasure
from etatyopoyta.domain.minutes import WriteMinutes
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes
from etatyopoyta.domain.people import Join, Leave
from etatyopoyta.domain.planning import EditSection, SkipSection
from etatyopoyta.domain.privacy import RevealNotes
from etatyopoyta.domain.records import Late, On, Role, RoundKind
from etatyopoyta.domain.voting import (
    AddRound,
    CastVote,
    CloseRound,
    CountHall,
    OpenRound,
    RoundPlan,
)
from etatyopoyta.log.batch import NO_BATCH_HASH, Entry, make_batch
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.room.minuting import minutes_of

MINUTE_MS = 60_000
SYSTEMS = ("system", Role.SYSTEM)
DOTS = RoundPlan(title="Tärkeimmät", on=On.CLUSTERS, kind=RoundKind.DOTS, dots=3, cap=2)


def promoted(goal: str, text: str, replaces: str | None = None) -> Step:
    measure = goal.replace("goal", "measure")
    return (
        PromoteMeasure(
            id=goal,
            measure=measure,
            focus_area=P1,
            network=CULTURE.id,
            text=text,
            replaces=replaces,
        ),
        FANNYS,
    )


def afternoon() -> list[Step]:
    """Private writing, grouping, a vote and promoting; secrets stay secret."""
    return [
        *filled(),
        (EditSection(section=MAPPING.id, is_private=True), FANNYS),
        (SkipSection(section=SKETCHING.id), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_1", text="Kätketty luonnos", at=HERE), AINOS),
        (EditNote(id="note_1", base=1, text="Kävijät vuodessa"), AINOS),
        (AddNote(id="note_2", text="Talkootunnit", at=THERE), SIRIS),
        (AddNote(id="note_3", text="Poissa <b>oleva</b>", at=THERE), SIRIS),
        (MoveNotes(to={"note_1": THERE}), AINOS),
        (ExtendSection(section=MAPPING.id, minutes=10), FANNYS),
        (Leave(), SIRIS),
        (RevealNotes(workshop="workshop_1"), FANNYS),
        (MakeCluster(id="cluster_1", notes=("note_1",), title="Ryhmä", at=HERE), FANNYS),
        (MakeCluster(id="cluster_2", notes=("note_2",), title="Tunnit", at=HERE), FANNYS),
        (MakeCluster(id="cluster_3", notes=("note_3",), title="Muut", at=HERE), FANNYS),
        (NameCluster(cluster="cluster_1", title="Kävijät"), FANNYS),
        (MergeClusters(into="cluster_2", clusters=("cluster_3",)), FANNYS),
        *(
            (ProposeMeasure(id=f"measure_{i}", cluster=f"cluster_{i}", name=f"M {i}"), FANNYS)
            for i in (1, 2)
        ),
        (AddRound(id="round_1", plan=DOTS), FANNYS),
        (AddRound(id="round_2", plan=DOTS), FANNYS),
        (OpenRound(round="round_1"), FANNYS),
        (CastVote(id="vote_1", round="round_1", target="cluster_2", dots=2), AINOS),
        (CountHall(id="vote_2", round="round_1", target="cluster_1", dots=5), FANNYS),
        (CloseRound(round="round_1"), FANNYS),
        (OpenRound(round="round_2"), FANNYS),
        (CastVote(id="vote_3", round="round_2", target="cluster_1", dots=1), AINOS),
        (CloseSection(section=MAPPING.id), FANNYS),
        (SetLateRule(late=Late.PARK), FANNYS),
        (AddNote(id="note_4", text="Myöhästynyt", at=HERE), AINOS),
        promoted("goal_1", "Liikunta lisääntyy"),
        promoted("goal_2", "Talkoot kasvavat", replaces="goal_1"),
        (SetGoalLimit(network=CULTURE.id, focus_area=P1, limit=3), FANNYS),
        (WriteMinutes(id="minutes_1", workshop="workshop_1", base=0, text="Avattiin."), SAKARIS),
        (
            WriteMinutes(
                id="minutes_2",
                workshop="workshop_1",
                section=MAPPING.id,
                base=0,
                text="Vilkasta & <b>iloista</b>.\n\n#set text(red)",
            ),
            SAKARIS,
        ),
        (Join(id="person_late", role=Role.PARTICIPANT), SYSTEMS),
        (OpenSection(section=AUTUMN.id), FANNYS),
        (AddNote(id="note_5", text="Syksyn lappu", at=HERE), FANNYS),
        (MakeCluster(id="cluster_5", notes=("note_5",), title="Syksy", at=HERE), FANNYS),
    ]


async def logged(steps: Iterable[Step], log: MemoryLog, desk_id: str = "desk_1") -> Desk:
    """Put these steps on the log, a minute apart; the desk at the end."""
    desk, hash_, n = Desk(), NO_BATCH_HASH, 0
    for n, (command, (person, role)) in enumerate(steps, 1):
        at_ms = NOW + MINUTE_MS * (n - 1)
        decision = decide(desk, Asked(person, role, at_ms, MAPPING.id), command)
        desk.apply(decision.patch)
        entry = Entry(
            n=n,
            at_ms=at_ms,
            by=person,
            role=role,
            rid=f"x:{n}",
            cmd=Raw(msgspec.json.encode(command)),
            patch=decision.patch,
            was=decision.was,
        )
        batch = make_batch(n, hash_, (entry,), mark=f"m{n}", salt=b"s")
        await log.append(desk_id, batch)
        hash_ = batch.hash
    return desk


def edition(language: Language = "fi") -> Edition:
    return Edition(language=language, n=40, made_at=datetime(2025, 6, 15, 15, tzinfo=UTC))


async def minutes(
    steps: Iterable[Step], workshop: str = "workshop_1", language: Language = "fi"
) -> Minutes:
    """The minutes of a workshop on a log of these steps."""
    log = MemoryLog()
    await logged(steps, log)
    return await minutes_of(log, "desk_1", 10_000, workshop, edition(language))
