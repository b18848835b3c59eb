"""A desk with something in every corner, made by commands."""

from datetime import UTC, datetime

from msgspec.structs import replace

from etatyopoyta import templates
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import FillDesk, SetAnonymity
from etatyopoyta.domain.goals import EditGoal, PromoteMeasure, SuggestGoal
from etatyopoyta.domain.measures import ProposeMeasure
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import AddOrganisation, Join
from etatyopoyta.domain.records import Point, Role, Shows

START_MS = 1_764_000_000_000
"""24.11.2025 18.00 in Finland."""
MADE_AT = datetime(2025, 11, 24, 16, 30, tzinfo=UTC)
HERE = Point(0, 0)
HIDDEN = "piilossa oleva luonnos"
NAMELESS = "nimetön lappu"


def edition(language: Language = "fi") -> Edition:
    return Edition(language=language, n=42, made_at=MADE_AT)


class Given:
    """Says commands to a desk, a second apart."""

    def __init__(self, desk: Desk | None = None) -> None:
        self.desk = desk or Desk()
        self.now_ms = START_MS

    def said(self, command: Command, by: str = "person_f", role: Role = Role.FACILITATOR) -> None:
        asked = Asked(by, role, self.now_ms)
        self.desk.apply(decide(self.desk, asked, command).patch)
        self.now_ms += 1000

    def system(self, command: Command) -> None:
        self.said(command, by="system", role=Role.SYSTEM)

    def note(self, note_id: str, text: str, organisation: str | None, **details: str) -> None:
        self.said(AddNote(id=note_id, text=text, at=HERE, organisation=organisation, **details))


def new_desk() -> Given:
    given = Given()
    given.system(FillDesk(records=templates.load("nekku")))
    given.system(Join(id="person_f", role=Role.FACILITATOR))
    return given


def full_desk() -> Desk:
    """Four notes that show, a nameless and a hidden one; two measures, three goals, one beside."""
    given = new_desk()
    given.said(AddOrganisation(id="org_b", name="Örön Ystävät ry", network="network_1"))
    given.said(AddOrganisation(id="org_a", name="Ankkurin Tupa ry", network="network_2"))
    given.note("note_1", "kävijämäärä", "org_b", unit="hlö", interval="kuukausi")
    given.note("note_2", "osallistujien määrä", "org_a")
    given.note("note_3", "vapaaehtoistunnit", "org_a", unit="h")
    given.note("note_4", "palaute", "org_b")
    given.said(SetAnonymity(shows=Shows.NOTHING))
    given.note("note_5", NAMELESS, "org_b")
    given.note("note_6", HIDDEN, "org_a")
    given.desk.apply({"note_6": {"is_hidden": True}})
    cluster = MakeCluster(
        id="cluster_1", notes=("note_1", "note_2", "note_5"), title="Osallistujamäärä", at=HERE
    )
    given.said(cluster)
    given.said(MakeCluster(id="cluster_2", notes=("note_3",), title="Tunnit", at=HERE))
    given.said(ProposeMeasure(id="measure_1", cluster="cluster_1", name="Osallistujat", unit="hlö"))
    given.said(ProposeMeasure(id="measure_2", cluster="cluster_2", name="Tunnit"))
    given.said(promoted("goal_1", "measure_1", "p1", "network_1", "Osallistuminen lisääntyy"))
    given.said(promoted("goal_2", "measure_2", "p1", "network_1", "Vapaaehtoisuus vahvistuu"))
    given.said(promoted("goal_3", "measure_1", "p2", "network_3", "Arki on turvallista"))
    given.said(EditGoal(id="goal_1", base=1, status="kaynnissa", actual="412 osallistujaa (2025)"))
    beside = promoted("goal_4", "measure_2", "p2", "network_2", "Odottaa")
    given.said(replace(beside, park=True))
    given.said(SuggestGoal(id="goal_5", focus_area="p2", network="network_4", text="Ehdotus"))
    return given.desk


def promoted(
    goal_id: str, measure: str, focus_area: str, network: str, text: str
) -> PromoteMeasure:
    return PromoteMeasure(
        id=goal_id, measure=measure, focus_area=focus_area, network=network, text=text
    )
