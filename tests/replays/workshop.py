"""The steps of a whole workshop: memos, voting, and people who are led."""

from tests.domain.given import (
    AINO,
    AUTUMN,
    FANNY,
    HERE,
    MAPPING,
    MARTAT,
    OLLI,
    SAKARI,
    SIRI,
    SMALL_DESK,
    SYDAN,
    THERE,
)

from etatyopoyta.domain.agenda import CloseSection, OpenSection
from etatyopoyta.domain.areas import AddArea, EditArea, RemoveArea
from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.hall import FreezeScreen, GatherAll, LetGo, Spotlight
from etatyopoyta.domain.memo import (
    AddRows,
    EditRow,
    KeepRows,
    NewRow,
    Posted,
    PostRows,
    RemoveRows,
    UndoBatch,
)
from etatyopoyta.domain.people import LockDesk, MovePerson, MutePerson, RemovePerson
from etatyopoyta.domain.planning import EditSection, RemoveSection
from etatyopoyta.domain.records import On, Person, Point, Role, RoundKind
from etatyopoyta.domain.series import ContinueWorkshop
from etatyopoyta.domain.voting import (
    AddRound,
    CastVote,
    CloseRound,
    CountHall,
    EditRound,
    OpenRound,
    RateTarget,
    RemoveRound,
    RoundPlan,
)

FANNYS, SYSTEMS = (FANNY, Role.FACILITATOR), ("system", Role.SYSTEM)
SAKARIS = (SAKARI, Role.SECRETARY)
AINOS, OLLIS, SIRIS = ((person, Role.PARTICIPANT) for person in (AINO, OLLI, SIRI))
Step = tuple[Command, tuple[str, Role]]


def workshop() -> list[Step]:
    """Memos are posted, rounds are held, people are led, the next workshop is planned."""
    aino = Person(id=AINO, role=Role.PARTICIPANT, organisation=MARTAT, is_member=True)
    desk = [aino if record.id == AINO else record for record in SMALL_DESK]
    rows = tuple(NewRow(id=f"row_{i}", text=f"Salaisuus {i}", unit="kpl") for i in range(4))
    dots = RoundPlan(title="Tärkeimmät", on=On.CLUSTERS, kind=RoundKind.DOTS, section=MAPPING.id)
    rating = RoundPlan(title="Arvio", on=On.NOTES, kind=RoundKind.RATING, is_secret=False)
    return [
        (FillDesk(records=tuple(desk)), SYSTEMS),  # type: ignore[arg-type]
        (AddRows(rows=rows, batch="tuonti"), AINOS),
        (EditRow(id="row_0", base=1, text="Kävijät", unit=None), AINOS),
        (RemoveRows(rows=("row_1",)), AINOS),
        (KeepRows(rows=("row_2",), is_kept=False), AINOS),
        (EditSection(section=MAPPING.id, speaker_notes="Salaisuus: kahvia", areas=None), FANNYS),
        (AddArea(id="area_1", title="Parkki", at=THERE, width=400, height=300), FANNYS),
        (AddArea(id="area_2", title="Turha", at=THERE, width=400, height=300), FANNYS),
        (
            EditArea(id="area_1", title="Sivuun", at=HERE, width=300, height=400, is_closed=True),
            FANNYS,
        ),
        (RemoveArea(id="area_2"), FANNYS),
        (AddRound(id="round_1", plan=dots), FANNYS),
        (AddRound(id="round_2", plan=dots), FANNYS),
        (AddRound(id="round_3", plan=dots), FANNYS),
        (EditRound(id="round_2", plan=rating), FANNYS),
        (RemoveRound(round="round_3"), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (PostRows(rows={"row_0": Posted(note="note_1", at=Point(900, 0))}), AINOS),
        (UndoBatch(batch="tuonti"), AINOS),
        (MakeCluster(id="cluster_1", notes=("note_1",), title="Kävijät", at=HERE), FANNYS),
        (CastVote(id="vote_1", round="round_1", target="cluster_1", dots=1), AINOS),
        (CountHall(id="vote_2", round="round_1", target="cluster_1", dots=7), FANNYS),
        (CloseSection(section=MAPPING.id), FANNYS),
        (OpenRound(round="round_2"), FANNYS),
        (
            RateTarget(id="vote_3", round="round_2", target="note_1", importance=5, feasibility=2),
            SIRIS,
        ),
        (CloseRound(round="round_2"), FANNYS),
        (GatherAll(view="board", at=HERE, width=800), FANNYS),
        (LetGo(), FANNYS),
        (Spotlight(cluster="cluster_1"), FANNYS),
        (FreezeScreen(is_frozen=True), FANNYS),
        (MutePerson(person=OLLI, is_muted=True), FANNYS),
        (MovePerson(person=OLLI, organisation=SYDAN), FANNYS),
        (RemovePerson(person=OLLI), FANNYS),
        (LockDesk(is_locked=True), FANNYS),
        (RemoveSection(section=AUTUMN.id), FANNYS),
        (
            ContinueWorkshop(
                workshop="workshop_2",
                after="workshop_1",
                review="section_review",
                sections={MAPPING.id: "section_again"},
                areas={"area_1": "area_3"},
            ),
            FANNYS,
        ),
    ]
