"""Writes the recorded logs that are not there yet: `python -m tests.replays.make`.

A recorded log is for ever, as every log is (O8): one that is there is never written anew. A new
command gets into a new log. Pytest and Vitest replay them; each is plain JSON:
`entries`, the patches in order; `commands`, what each came from; `records`, all forms at the end;
`hash`, the state hash.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from tests.domain.given import (
    BREAK,
    CULTURE,
    HERE,
    MAPPING,
    MARTAT,
    NAMELESS,
    NOW,
    OLLI,
    P1,
    P2,
    RATE,
    SKETCHING,
    SMALL_DESK,
    SYDAN,
    THERE,
    a_note,
    forms,
)
from tests.replays.commenting import commenting
from tests.replays.figures import figures
from tests.replays.following import following
from tests.replays.measures import measures, merging
from tests.replays.publishing import publishing
from tests.replays.workshop import AINOS, FANNYS, OLLIS, SAKARIS, SIRIS, SYSTEMS, Step, workshop

from etatyopoyta.domain.agenda import (
    AdvanceAgenda,
    CloseSection,
    ExtendSection,
    OpenSection,
    PauseSection,
    ResumeSection,
    SetAdvance,
    SetWorkshopDate,
)
from etatyopoyta.domain.card import AddCardText, EditCardText, RemoveCardText
from etatyopoyta.domain.clusters import (
    AddToCluster,
    DissolveCluster,
    MakeCluster,
    MergeClusters,
    MoveClusters,
    NameCluster,
    SplitCluster,
    UngroupNotes,
)
from etatyopoyta.domain.command import Asked
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import FillDesk, NameDesk, NameNetwork, SetAnonymity, SetLateRule
from etatyopoyta.domain.figures import SetFigure
from etatyopoyta.domain.goals import (
    EditGoal,
    MergeIntoGoal,
    ParkGoal,
    PlaceGoal,
    PromoteMeasure,
    RemoveGoal,
    SetGoalLimit,
    SuggestGoal,
)
from etatyopoyta.domain.hall import (
    Announce,
    ShowOnScreen,
)
from etatyopoyta.domain.measures import EditMeasure, ProposeMeasure, WithdrawMeasure
from etatyopoyta.domain.minutes import WriteMinutes
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes, UnparkNotes
from etatyopoyta.domain.people import (
    AddOrganisation,
    EditOrganisation,
    Join,
    Leave,
)
from etatyopoyta.domain.planning import (
    AddSection,
    EditSection,
    GiveMinutes,
    MoveSection,
    RemoveSection,
    SkipSection,
)
from etatyopoyta.domain.privacy import RevealNotes
from etatyopoyta.domain.records import (
    Advance,
    AnyRecord,
    Late,
    May,
    Point,
    Reveals,
    Role,
    Screen,
    Shows,
    Text,
    Whose,
)

FOLDER = Path(__file__).parent
MAPPED = MAPPING.id
"""What every act of a recorded log names as the section that was open; it matters in one."""


def filled(*more: AnyRecord) -> list[Step]:
    """The first entry: the small desk."""
    return [(FillDesk(records=(*SMALL_DESK, *more)), SYSTEMS)]  # type: ignore[arg-type]


def board() -> list[Step]:
    """Notes are written, moved, grouped and proposed as measures."""
    texts = {
        "note_1": ("Kävijämäärä", AINOS),
        "note_2": ("Osallistujien määrä\nvuodessa", OLLIS),
        "note_3": ('Lainausmerkki " ja kenoviiva \\', SIRIS),
        "note_4": ("Hymyjä 😀👩‍👩‍👧 ja ääkkösiä", SIRIS),
        "note_5": ("Poistettava", AINOS),
        "note_6": ("Vapaaehtoistunnit", FANNYS),
    }
    added: list[Step] = [
        (AddNote(id=note, text=text, at=Point(40 * i, 30 * i), unit="kpl"), by)
        for i, (note, (text, by)) in enumerate(texts.items())
    ]
    return [
        *filled(),
        (OpenSection(section=MAPPING.id), FANNYS),
        *added,
        (EditNote(id="note_1", base=1, text="Kävijöitä", unit=None, source="Oma tilasto"), AINOS),
        (MoveNotes(to={"note_1": THERE, "note_5": HERE}), AINOS),
        (RemoveNotes(notes=("note_5",)), AINOS),
        (MakeCluster(id="cluster_1", notes=("note_1", "note_2"), title="Kävijät", at=HERE), OLLIS),
        (AddToCluster(cluster="cluster_1", notes=("note_3", "note_4")), SIRIS),
        (
            SplitCluster(
                cluster="cluster_1",
                notes=("note_3", "note_4"),
                id="cluster_2",
                title="Muut",
                at=THERE,
            ),
            FANNYS,
        ),
        (NameCluster(cluster="cluster_1", title="Kävijät ja osallistujat"), FANNYS),
        (MoveClusters(to={"cluster_1": Point(10, 10), "cluster_2": HERE}), FANNYS),
        (UngroupNotes(to={"note_4": Point(-5, -5)}), SIRIS),
        (ProposeMeasure(id="measure_1", cluster="cluster_1", name="Osallistujat"), FANNYS),
        (EditMeasure(id="measure_1", base=1, name="Osallistujia", unit="henkilöä"), FANNYS),
        (MakeCluster(id="cluster_3", notes=("note_6",), title="Tunnit", at=HERE), FANNYS),
        (MergeClusters(into="cluster_3", clusters=("cluster_1",)), FANNYS),
        (ProposeMeasure(id="measure_2", cluster="cluster_2", name="Turha"), FANNYS),
        (WithdrawMeasure(id="measure_2"), FANNYS),
        (MakeCluster(id="cluster_4", notes=("note_4",), title="Hymyt", at=HERE), FANNYS),
        (DissolveCluster(cluster="cluster_4", to={"note_4": THERE}), FANNYS),
    ]


def card() -> list[Step]:
    """The card gets its lines, goals and figures."""
    promoted = [
        PromoteMeasure(
            id=f"goal_{i}",
            measure=f"measure_{i}",
            focus_area=P1,
            network=CULTURE.id,
            text=f"Tavoite {i}",
        )
        for i in (1, 2)
    ]
    groups: list[Step] = [
        step
        for i in (1, 2)
        for step in (
            (AddNote(id=f"note_{i}", text=f"Mittari {i}", at=Point(i, i)), FANNYS),
            (
                MakeCluster(id=f"cluster_{i}", notes=(f"note_{i}",), title=f"Ryhmä {i}", at=HERE),
                FANNYS,
            ),
            (ProposeMeasure(id=f"measure_{i}", cluster=f"cluster_{i}", name=f"M {i}"), FANNYS),
        )
    ]
    return [
        *filled(),
        (AddCardText(id="text_1", section="strengths", text="Vapaaehtoiset"), FANNYS),
        (AddCardText(id="text_2", section="strengths", text="Talkoot", kind="feature"), FANNYS),
        (EditCardText(id="text_2", base=1, text="Talkooväki", kind=None, source="THL"), FANNYS),
        (RemoveCardText(id="text_1"), FANNYS),
        (SetFigure(id=RATE.id, base=1, value=162_000.0), FANNYS),
        (
            SetFigure(id=RATE.id, base=2, value=0.1, as_of="2024", source="THL", is_confirmed=True),
            FANNYS,
        ),
        *groups,
        *((command, FANNYS) for command in promoted),
        (SetGoalLimit(network=CULTURE.id, focus_area=P1, limit=3), FANNYS),
        (SetGoalLimit(network=CULTURE.id, focus_area=P2, limit=1), FANNYS),
        (SuggestGoal(id="goal_3", focus_area=P1, network=CULTURE.id, text="Ehdotus"), FANNYS),
        (PlaceGoal(id="goal_3", focus_area=P1, network=CULTURE.id), FANNYS),
        (MergeIntoGoal(id="goal_1", measure="measure_2"), FANNYS),
        (EditGoal(id="goal_1", base=1, text="Liikkeelle", actual="12 %", status="going"), FANNYS),
        (EditGoal(id="goal_1", base=2, actual=None, status="done"), FANNYS),
        (ParkGoal(id="goal_2"), FANNYS),
        (RemoveGoal(id="goal_2"), FANNYS),
    ]


def desk() -> list[Step]:
    """People come and go, the agenda runs, names change; one note is hidden throughout."""
    secret = a_note("note_1", text="Salaisuus", is_hidden=True, shows=Shows.NOTHING)
    return [
        *filled(secret),
        (NameDesk(title=Text(fi="Toinen pöytä", sv="Annat bord")), FANNYS),
        (NameDesk(title=Text(fi="Toinen pöytä", en="Another desk")), FANNYS),
        (NameNetwork(network=NAMELESS.id, name=Text(fi="Liikuntaverkosto")), FANNYS),
        (NameNetwork(network=CULTURE.id, name=None), FANNYS),
        (AddOrganisation(id="org_new", name="Kulttuurikulma", network=NAMELESS.id), FANNYS),
        (EditOrganisation(id=SYDAN, name="Sydänyhdistys ry", network=NAMELESS.id), FANNYS),
        (EditOrganisation(id=MARTAT, name="Martat", network=None), FANNYS),
        (Join(id="person_new", role=Role.PARTICIPANT, organisation="org_new"), SYSTEMS),
        (Leave(), OLLIS),
        (Join(id=OLLI, role=Role.PARTICIPANT), SYSTEMS),
        (SetWorkshopDate(workshop="workshop_2", date="2025-10-15"), FANNYS),
        (SetWorkshopDate(workshop="workshop_1", date=None), FANNYS),
        (OpenSection(section=BREAK.id), FANNYS),
        (ExtendSection(section=BREAK.id, minutes=5), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (SetAnonymity(shows=Shows.NAME), FANNYS),
        (EditNote(id="note_1", base=1, text="Suurempi salaisuus"), AINOS),
        (AddNote(id="note_2", text="Nimellä", at=HERE), SIRIS),
        (CloseSection(section=MAPPING.id), FANNYS),
    ]


def late() -> list[Step]:
    """Notes come in after their section was closed, by each rule; one is taken onto the board."""
    return [
        *filled(),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_1", text="Ajoissa", at=HERE), AINOS),
        (CloseSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_2", text="Myöhässä", at=HERE), AINOS),
        (EditNote(id="note_1", base=1, text="Täydennetty"), AINOS),
        (MoveNotes(to={"note_1": THERE}), AINOS),
        (SetLateRule(late=Late.PARK), FANNYS),
        (AddNote(id="note_3", text="Sivuun", at=HERE), SIRIS),
        (AddNote(id="note_4", text="Sivuun sekin", at=THERE), OLLIS),
        (UnparkNotes(to={"note_3": Point(40, 50)}), FANNYS),
        (SetLateRule(late=Late.REFUSE), FANNYS),
    ]


def agenda() -> list[Step]:
    """The agenda is planned anew and runs by the clock, with one stop."""
    ends_ms = NOW + 60_000 * 13  # opened as the eighth step, stopped for one, five minutes of it
    return [
        *filled(),
        (
            AddSection(
                id="section_talk",
                workshop="workshop_1",
                before=BREAK.id,
                title=Text(fi="Puheenvuoro"),
                kind="talk",
                minutes=15,
                grants={},
            ),
            FANNYS,
        ),
        (
            EditSection(
                section="section_talk",
                minutes=5,
                instruction=Text(fi="Kuunnellaan", sv="Vi lyssnar"),
                grants={May.ADD_NOTES: Whose.ALL},
            ),
            FANNYS,
        ),
        (MoveSection(section="section_talk", before=SKETCHING.id), FANNYS),
        (SkipSection(section=SKETCHING.id), FANNYS),
        (RemoveSection(section=BREAK.id), FANNYS),
        (SetAdvance(advance=Advance.CLOCK, grace_s=0), FANNYS),
        (OpenSection(section="section_talk"), SYSTEMS),
        (PauseSection(section="section_talk"), FANNYS),
        (ResumeSection(section="section_talk"), FANNYS),
        (GiveMinutes(minutes={MAPPING.id: 45}), FANNYS),
        (AdvanceAgenda(section="section_talk", ends_ms=ends_ms), SYSTEMS),
    ]


def private() -> list[Step]:
    """Notes are written in private, and revealed: one lies on another, one comes late."""
    return [
        *filled(),
        (EditSection(section=MAPPING.id, is_private=True), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_1", text="Kätketty", at=HERE), AINOS),
        (AddNote(id="note_2", text="Kätketty sekin", at=HERE), SIRIS),
        (CloseSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_3", text="Myöhästynyt", at=THERE), OLLIS),
        (RevealNotes(workshop="workshop_1"), FANNYS),
        (AddNote(id="note_4", text="Julkinen", at=HERE), OLLIS),
        (ShowOnScreen(screen=Screen.BOARD), FANNYS),
        (Announce(text="Kahvia on aulassa."), FANNYS),
        (Announce(text=None), FANNYS),
    ]


def revealed() -> list[Step]:
    """What was written in a private section is shown as it ends; another one's stays hidden."""
    return [
        *filled(),
        (EditSection(section=SKETCHING.id, is_private=True), FANNYS),
        (OpenSection(section=SKETCHING.id), FANNYS),
        (AddNote(id="note_1", text="Salaisuus", at=HERE), FANNYS),
        (EditSection(section=MAPPING.id, is_private=True, reveals=Reveals.END), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_2", text="Kätketty", at=HERE), AINOS),
        (CloseSection(section=MAPPING.id), FANNYS),
    ]


def minutes() -> list[Step]:
    """The secretary writes minutes of a section that was held."""
    here = {"workshop": "workshop_1", "section": MAPPED}
    return [
        *filled(),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_1", text="Kävijämäärä", at=HERE), AINOS),
        (CloseSection(section=MAPPING.id), FANNYS),
        (WriteMinutes(id="minutes_1", workshop="workshop_1", base=0, text="Avattiin."), SAKARIS),
        (WriteMinutes(id="minutes_2", base=0, text="Vilkasta.", **here), SAKARIS),
        (WriteMinutes(id="minutes_2", base=1, text="Vilkasta\nkeskustelua.", **here), SAKARIS),
        (WriteMinutes(id="minutes_1", workshop="workshop_1", base=1, text=""), FANNYS),
    ]


def record(steps: Iterable[Step]) -> dict[str, object]:
    """The log of these steps, a minute apart."""
    state = Desk()
    entries, commands = [], []
    for minute, (command, (person, role)) in enumerate(steps):
        patch = decide(state, Asked(person, role, NOW + 60_000 * minute, MAPPED), command).patch
        assert patch, f"{command} changes nothing"
        state.apply(patch)
        entries.append(patch)
        commands.append(command.__struct_config__.tag)
    return {
        "commands": commands,
        "entries": entries,
        "records": forms(state),
        "hash": state.state_hash(),
    }


LOGS = {
    "board": board,
    "card": card,
    "commenting": commenting,
    "desk": desk,
    "late": late,
    "agenda": agenda,
    "private": private,
    "revealed": revealed,
    "workshop": workshop,
    "following": following,
    "figures": figures,
    "measures": measures,
    "merging": merging,
    "minutes": minutes,
    "publishing": publishing,
}


def main() -> None:
    """Write what is missing."""
    for name, steps in LOGS.items():
        path = FOLDER / f"{name}.json"
        if not path.exists():
            body = msgspec.json.format(msgspec.json.encode(record(steps())), indent=1)
            path.write_bytes(body + b"\n")


if __name__ == "__main__":
    main()
