"""One command of every kind."""

from collections.abc import Iterable

from tests.domain.given import BREAK, CULTURE, HERE, INFO, MARTAT, NOW, OLLI, P1

from etatyopoyta.domain import (
    agenda,
    areas,
    card,
    clusters,
    desks,
    goals,
    hall,
    measures,
    memo,
    minutes,
    notes,
    people,
    planning,
    privacy,
    series,
    voting,
)
from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import (
    Advance,
    Late,
    On,
    Role,
    RoundKind,
    Screen,
    Shows,
    Text,
)

PLAN = voting.RoundPlan(title="Tärkeimmät", on=On.NOTES, kind=RoundKind.DOTS)


def command_on(tag: str, note: str) -> Command:
    """A command of that name about that note, where it is about one."""
    cluster, measure, goal, line = "cluster_1", "measure_1", "goal_1", "text_1"
    commands: Iterable[Command] = (
        desks.FillDesk(records=()),
        desks.NameDesk(title=Text(fi="Pöytä")),
        desks.SetAnonymity(shows=Shows.NAME),
        desks.SetLateRule(late=Late.PARK),
        desks.NameNetwork(network=CULTURE.id, name=None),
        goals.SetGoalLimit(network=CULTURE.id, focus_area=P1, limit=3),
        people.AddOrganisation(id="org_new", name="Uusi"),
        people.EditOrganisation(id=MARTAT, name="Martat", network=None),
        people.Join(id="person_new", role=Role.PARTICIPANT),
        people.Leave(),
        people.RemovePerson(person=OLLI),
        people.MutePerson(person=OLLI, is_muted=True),
        people.MovePerson(person=OLLI, organisation=None),
        people.LockDesk(is_locked=True),
        series.ContinueWorkshop(
            workshop="workshop_2", after="workshop_1", review="section_new", sections={}
        ),
        hall.FreezeScreen(is_frozen=True),
        hall.GatherAll(view="board"),
        hall.LetGo(),
        hall.Spotlight(cluster=None),
        areas.AddArea(id="area_1", title="Parkki", at=HERE, width=400, height=400),
        areas.EditArea(id="area_1", title="Parkki", at=HERE, width=400, height=400, is_closed=True),
        areas.RemoveArea(id="area_1"),
        voting.AddRound(id="round_1", plan=PLAN),
        voting.EditRound(id="round_1", plan=PLAN),
        voting.RemoveRound(round="round_1"),
        voting.OpenRound(round="round_1"),
        voting.CloseRound(round="round_1"),
        voting.CountHall(id="vote_1", round="round_1", target=note, dots=1),
        voting.CastVote(id="vote_1", round="round_1", target=note, dots=1),
        voting.RateTarget(id="vote_1", round="round_1", target=note, importance=1, feasibility=1),
        memo.AddRows(rows=(memo.NewRow(id="row_1", text="Rivi"),)),
        memo.EditRow(id="row_1", base=1),
        memo.RemoveRows(rows=("row_1",)),
        memo.UndoBatch(batch="tuonti"),
        memo.KeepRows(rows=("row_1",)),
        memo.PostRows(rows={"row_1": memo.Posted(note="note_new", at=HERE)}),
        agenda.OpenSection(section=BREAK.id),
        agenda.CloseSection(section=BREAK.id),
        agenda.ExtendSection(section=BREAK.id, minutes=5),
        agenda.PauseSection(section=BREAK.id),
        agenda.ResumeSection(section=BREAK.id),
        agenda.AdvanceAgenda(section=BREAK.id, ends_ms=NOW),
        agenda.SetAdvance(advance=Advance.CLOCK, grace_s=30),
        planning.AddSection(
            id="section_new",
            workshop=INFO.workshop,
            title=Text(fi="Uusi"),
            kind="talk",
            minutes=5,
            grants={},
        ),
        planning.EditSection(section=BREAK.id, minutes=5),
        planning.MoveSection(section=BREAK.id, before=None),
        planning.RemoveSection(section=BREAK.id),
        planning.SkipSection(section=BREAK.id),
        planning.GiveMinutes(minutes={BREAK.id: 5}),
        agenda.SetWorkshopDate(workshop=INFO.workshop, date=None),
        notes.AddNote(id="note_new", text="Uusi", at=HERE),
        notes.EditNote(id=note, base=1, text="Uusi"),
        notes.MoveNotes(to={note: HERE}),
        notes.UnparkNotes(to={note: HERE}),
        notes.RemoveNotes(notes=(note,)),
        hall.ShowOnScreen(screen=Screen.BOARD),
        hall.Announce(text="Kahvia"),
        privacy.RevealNotes(workshop=INFO.workshop),
        clusters.MakeCluster(id=cluster, notes=(note,), title="Ryhmä", at=HERE),
        clusters.AddToCluster(cluster=cluster, notes=(note,)),
        clusters.UngroupNotes(to={note: HERE}),
        clusters.NameCluster(cluster=cluster, title="Ryhmä"),
        clusters.MoveClusters(to={cluster: HERE}),
        clusters.MergeClusters(into=cluster, clusters=("cluster_2",)),
        clusters.SplitCluster(cluster=cluster, notes=(note,), id="c", title="Ryhmä", at=HERE),
        clusters.DissolveCluster(cluster=cluster),
        measures.ProposeMeasure(id=measure, cluster=cluster, name="Mittari"),
        measures.EditMeasure(id=measure, base=1),
        measures.WithdrawMeasure(id=measure),
        goals.PromoteMeasure(
            id=goal, measure=measure, focus_area=P1, network=CULTURE.id, text="Tavoite"
        ),
        goals.MergeIntoGoal(id=goal, measure=measure),
        goals.SuggestGoal(id=goal, focus_area=P1, network=CULTURE.id, text="Tavoite"),
        goals.PlaceGoal(id=goal, focus_area=P1, network=CULTURE.id),
        goals.ParkGoal(id=goal),
        goals.RemoveGoal(id=goal),
        goals.EditGoal(id=goal, base=1),
        card.AddCardText(id=line, section="strengths", text="Rivi"),
        card.EditCardText(id=line, base=1),
        card.RemoveCardText(id=line),
        card.SetFigure(id="figure_1", base=1, value=None),
        minutes.WriteMinutes(id="minutes_1", workshop=INFO.workshop, base=0, text="Avattiin"),
    )
    return next(c for c in commands if isinstance(c, COMMANDS[tag]))
