"""Random commands on the small desk: few ids, so that they meet and get in each other's way."""

from collections.abc import Iterator

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    AUTUMN,
    BREAK,
    CULTURE,
    MAPPING,
    MARTAT,
    NAMELESS,
    NOW,
    OLLI,
    P1,
    P2,
    SIRI,
    SKETCHING,
    SYDAN,
    a_note,
)
from tests.properties.figures import FIGURES
from tests.properties.following import FOLLOWING
from tests.properties.publishing import PUBLISHING
from tests.properties.started import PEOPLE

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
    merging,
    notes,
    people,
    planning,
    privacy,
    series,
    voting,
)
from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    BOARD_EDGE,
    Advance,
    Direction,
    Late,
    Level,
    May,
    Note,
    NoteId,
    On,
    PersonId,
    Point,
    Record,
    Reveals,
    Role,
    RoundKind,
    Screen,
    Shows,
    Text,
    Whose,
)


class Turn(Command, frozen=True, tag="test.turn"):
    """Hide, reveal or hand over a note, as commands to come will."""

    may = May.EDIT_DESK

    id: NoteId
    is_hidden: bool
    author: PersonId | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        note = desk.get(Note, self.id)
        yield replace(note, is_hidden=self.is_hidden, author=self.author)


def ids(prefix: str, count: int = 4) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{prefix}_{i}" for i in range(count)])


def several(of: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(of, min_size=1, max_size=4).map(tuple)


def maybe(of: st.SearchStrategy[str]) -> st.SearchStrategy[str | msgspec.UnsetType | None]:
    return st.just(msgspec.UNSET) | st.none() | of


NOTE, CLUSTER, MEASURE, GOAL, LINE = (
    ids("note", 6),
    ids("cluster"),
    ids("measure"),
    ids("goal"),
    ids("text"),
)
ROUND, VOTE, ROW, ZONE = ids("round"), ids("vote"), ids("row"), ids("area")
TARGET = NOTE | CLUSTER | MEASURE | GOAL
ROWS = st.lists(
    st.builds(memo.NewRow, id=ROW, text=st.sampled_from(["Salaisuus", " "]), unit=st.none()),
    min_size=1,
    max_size=2,
).map(tuple)
SIDE = st.integers(100, 20_000)
SECTION = st.sampled_from([SKETCHING.id, BREAK.id, MAPPING.id, AUTUMN.id, "section_none"])
NETWORK = st.sampled_from([CULTURE.id, CULTURE.id, NAMELESS.id, "network_none"])
ORGANISATION = st.sampled_from([MARTAT, SYDAN, "org_new"])
PERSON = st.sampled_from([AINO, OLLI, SIRI, "person_new"])
AREA = st.sampled_from([P1, P1, P2, "p9"])
WORDS = st.sampled_from(
    ["Kävijämäärä", "Askeleet", "Ateriat", "a\u0308iti", "x\x00", " ", "y" * 201]
) | st.text(min_size=1, max_size=12)
TEXT = st.builds(Text, fi=WORDS, sv=st.none() | WORDS)
BASE = st.sampled_from([1, 1, 2, 3])
AGES = st.sampled_from([msgspec.UNSET, None, ("young",), ("old", "young"), ("p9",)])
EDGE = st.integers(-BOARD_EDGE, BOARD_EDGE) | st.sampled_from([0, 1])
PLACE = st.builds(Point, EDGE, EDGE)
PLACES = st.dictionaries(NOTE, PLACE, min_size=1, max_size=4)
SHOWS = st.sampled_from(Shows)
MINUTES = st.integers(1, 600)
GRANTS = st.dictionaries(
    st.sampled_from([May.ADD_NOTES, May.RUN_AGENDA]), st.sampled_from(Whose), max_size=2
)

FILLING = st.builds(
    a_note,
    NOTE,
    text=st.sampled_from(["Salaisuus", "Maito"]),
    author=st.none() | PERSON,
    organisation=st.none() | ORGANISATION,
    shows=SHOWS,
    is_hidden=st.booleans(),
    at=PLACE,
)
COMMANDS: list[st.SearchStrategy[Command]] = [
    st.builds(desks.FillDesk, records=st.lists(FILLING, max_size=3).map(tuple)),
    st.builds(desks.NameDesk, title=TEXT),
    st.builds(desks.SetAnonymity, shows=SHOWS),
    st.builds(desks.SetLateRule, late=st.sampled_from(Late)),
    st.builds(desks.NameNetwork, network=NETWORK, name=st.none() | TEXT),
    st.builds(people.AddOrganisation, id=ORGANISATION, name=WORDS, network=st.none() | NETWORK),
    st.builds(people.EditOrganisation, id=ORGANISATION, name=WORDS, network=st.none() | NETWORK),
    st.builds(
        people.Join,
        id=PERSON,
        role=st.sampled_from(Role),
        organisation=st.none() | ORGANISATION,
        came_by=st.none() | PERSON,
    ),
    st.builds(people.Leave),
    st.builds(people.RemovePerson, person=PERSON, is_removed=st.booleans()),
    st.builds(people.MutePerson, person=PERSON, is_muted=st.booleans()),
    st.builds(people.MovePerson, person=PERSON, organisation=st.none() | ORGANISATION),
    st.builds(people.LockDesk, is_locked=st.booleans()),
    st.builds(agenda.OpenSection, section=SECTION),
    st.builds(agenda.CloseSection, section=SECTION),
    st.builds(agenda.ExtendSection, section=SECTION, minutes=st.integers(-120, 120)),
    st.builds(agenda.PauseSection, section=SECTION),
    st.builds(agenda.ResumeSection, section=SECTION),
    st.builds(agenda.AdvanceAgenda, section=SECTION, ends_ms=st.sampled_from([NOW + 1, NOW + 2])),
    st.builds(agenda.SetAdvance, advance=st.sampled_from(Advance), grace_s=st.integers(0, 600)),
    st.builds(
        planning.AddSection,
        id=SECTION | st.just("section_new"),
        workshop=ids("workshop", 3),
        title=TEXT,
        kind=st.sampled_from(["talk", "break", "party"]),
        minutes=MINUTES,
        grants=GRANTS,
        before=st.none() | SECTION,
        instruction=st.none() | TEXT,
    ),
    st.builds(
        planning.EditSection,
        section=SECTION,
        title=st.just(msgspec.UNSET) | TEXT,
        starts_at=st.just(msgspec.UNSET) | st.integers(0, 1439),
        minutes=st.just(msgspec.UNSET) | MINUTES,
        instruction=st.just(msgspec.UNSET) | st.none() | TEXT,
        grants=st.just(msgspec.UNSET) | GRANTS,
        is_private=st.just(msgspec.UNSET) | st.booleans(),
        reveals=st.sampled_from([msgspec.UNSET, None, *Reveals]),
    ),
    st.builds(planning.MoveSection, section=SECTION, before=st.none() | SECTION),
    st.builds(planning.RemoveSection, section=SECTION),
    st.builds(planning.SkipSection, section=SECTION, is_skipped=st.booleans()),
    st.builds(
        planning.GiveMinutes, minutes=st.dictionaries(SECTION, MINUTES, min_size=1, max_size=3)
    ),
    st.builds(
        agenda.SetWorkshopDate,
        workshop=ids("workshop", 3),
        date=st.sampled_from([None, "2025-10-15"]),
    ),
    st.builds(
        series.ContinueWorkshop,
        workshop=ids("workshop", 4),
        after=ids("workshop", 3),
        review=st.sampled_from(["section_review", MAPPING.id]),
        sections=st.just({MAPPING.id: "section_again"}),
        areas=st.just({}) | st.just({"area_0": "area_3"}),
    ),
    st.builds(hall.FreezeScreen, is_frozen=st.booleans()),
    st.builds(hall.GatherAll, view=st.sampled_from(["board", "card"]), at=st.none() | PLACE),
    st.builds(hall.LetGo),
    st.builds(hall.Spotlight, cluster=st.none() | CLUSTER),
    st.builds(areas.AddArea, id=ZONE, title=WORDS, at=PLACE, width=SIDE, height=SIDE),
    st.builds(
        areas.EditArea,
        id=ZONE,
        title=WORDS,
        at=PLACE,
        width=SIDE,
        height=SIDE,
        is_closed=st.booleans(),
    ),
    st.builds(areas.RemoveArea, id=ZONE),
    *(
        st.builds(
            kind,
            id=ROUND,
            plan=st.builds(
                voting.RoundPlan,
                title=WORDS,
                on=st.sampled_from(On),
                kind=st.sampled_from(RoundKind),
                dots=st.integers(1, 3),
                cap=st.integers(1, 3),
                is_secret=st.booleans(),
                section=st.none() | SECTION,
            ),
        )
        for kind in (voting.AddRound, voting.EditRound)
    ),
    st.builds(voting.RemoveRound, round=ROUND),
    st.builds(voting.OpenRound, round=ROUND),
    st.builds(voting.CloseRound, round=ROUND),
    *(
        st.builds(kind, id=VOTE, round=ROUND, target=TARGET, dots=st.integers(0, 3))
        for kind in (voting.CastVote, voting.CountHall)
    ),
    st.builds(
        voting.RateTarget,
        id=VOTE,
        round=ROUND,
        target=TARGET,
        importance=st.integers(1, 5),
        feasibility=st.integers(1, 5),
    ),
    st.builds(memo.AddRows, rows=ROWS, batch=st.none() | st.just("tuonti")),
    st.builds(memo.EditRow, id=ROW, base=BASE, text=st.just(msgspec.UNSET) | WORDS),
    st.builds(memo.RemoveRows, rows=several(ROW)),
    st.builds(memo.UndoBatch, batch=st.just("tuonti")),
    st.builds(memo.KeepRows, rows=several(ROW), is_kept=st.booleans()),
    st.builds(
        memo.PostRows,
        rows=st.dictionaries(
            ROW, st.builds(memo.Posted, note=NOTE, at=PLACE), min_size=1, max_size=2
        ),
    ),
    st.builds(
        notes.AddNote,
        id=NOTE,
        text=WORDS,
        at=PLACE,
        organisation=st.none() | ORGANISATION,
        unit=st.none() | WORDS,
    ),
    st.builds(
        notes.EditNote,
        id=NOTE,
        base=BASE,
        text=st.just(msgspec.UNSET) | WORDS,
        unit=maybe(WORDS),
        source=maybe(WORDS),
    ),
    st.builds(notes.MoveNotes, to=PLACES),
    st.builds(notes.UnparkNotes, to=PLACES),
    st.builds(notes.RemoveNotes, notes=several(NOTE)),
    st.builds(hall.ShowOnScreen, screen=st.sampled_from(Screen)),
    st.builds(hall.Announce, text=st.none() | WORDS),
    st.builds(privacy.RevealNotes, workshop=ids("workshop", 3)),
    st.builds(clusters.MakeCluster, id=CLUSTER, notes=several(NOTE), title=WORDS, at=PLACE),
    st.builds(clusters.AddToCluster, cluster=CLUSTER, notes=several(NOTE)),
    st.builds(clusters.UngroupNotes, to=PLACES),
    st.builds(clusters.NameCluster, cluster=CLUSTER, title=WORDS),
    st.builds(clusters.MoveClusters, to=st.dictionaries(CLUSTER, PLACE, min_size=1, max_size=2)),
    st.builds(clusters.MergeClusters, into=CLUSTER, clusters=several(CLUSTER)),
    st.builds(
        clusters.SplitCluster,
        cluster=CLUSTER,
        notes=several(NOTE),
        id=CLUSTER,
        title=WORDS,
        at=PLACE,
        votes=st.sampled_from([msgspec.UNSET, "stay", "move"]),
    ),
    st.builds(clusters.DissolveCluster, cluster=CLUSTER, to=PLACES),
    st.builds(measures.ProposeMeasure, id=MEASURE, cluster=CLUSTER, name=WORDS),
    st.builds(
        measures.EditMeasure,
        id=MEASURE,
        base=BASE,
        name=st.just(msgspec.UNSET) | WORDS,
        unit=maybe(WORDS),
        meaning=maybe(WORDS),
        indicator=maybe(st.sampled_from(["sotkanet:127", "sotkanet"])),
        owner=maybe(ORGANISATION | PERSON | NETWORK),
        direction=st.sampled_from([msgspec.UNSET, None, *Direction]),
        baseline=st.sampled_from([msgspec.UNSET, None, 0.0, 31.25]),
        baseline_as_of=maybe(st.sampled_from(["2025", "2025-02-28", "2025-02-30"])),
        level=st.sampled_from([msgspec.UNSET, None, *Level]),
        age_groups=AGES,
    ),
    st.builds(measures.WithdrawMeasure, id=MEASURE),
    st.builds(measures.AcceptMeasure, id=MEASURE),
    st.builds(measures.ParkMeasure, id=MEASURE, reason=st.none() | WORDS),
    st.builds(measures.RejectMeasure, id=MEASURE, reason=WORDS),
    st.builds(measures.ReopenMeasure, id=MEASURE),
    st.builds(merging.UnmergeMeasure, id=MEASURE),
    st.builds(merging.MergeMeasures, id=MEASURE, into=MEASURE, reason=WORDS),
    st.builds(
        goals.PromoteMeasure,
        id=GOAL,
        measure=MEASURE,
        focus_area=AREA,
        network=NETWORK,
        text=WORDS,
        replaces=st.none() | GOAL,
        park=st.booleans(),
        reason=st.none() | WORDS,
    ),
    st.builds(goals.MergeIntoGoal, id=GOAL, measure=MEASURE),
    st.builds(goals.SuggestGoal, id=GOAL, focus_area=AREA, network=NETWORK, text=WORDS),
    st.builds(
        goals.PlaceGoal, id=GOAL, focus_area=AREA, network=NETWORK, replaces=st.none() | GOAL
    ),
    st.builds(goals.ParkGoal, id=GOAL, reason=st.none() | WORDS),
    st.builds(goals.RemoveGoal, id=GOAL),
    st.builds(
        goals.EditGoal,
        id=GOAL,
        base=BASE,
        text=st.just(msgspec.UNSET) | WORDS,
        actual=maybe(WORDS),
        status=maybe(st.sampled_from(["going", "done", "lost"])),
        age_groups=AGES,
        owner=maybe(ORGANISATION | PERSON | NETWORK),
    ),
    st.builds(goals.SetGoalLimit, network=NETWORK, focus_area=AREA, limit=st.integers(1, 9)),
    st.builds(
        card.AddCardText, id=LINE, section=st.sampled_from(["strengths", "population"]), text=WORDS
    ),
    st.builds(
        card.EditCardText,
        id=LINE,
        base=BASE,
        text=st.just(msgspec.UNSET) | WORDS,
        kind=maybe(st.sampled_from(["feature", "both"])),
    ),
    st.builds(card.RemoveCardText, id=LINE),
    st.builds(card.MoveCardText, id=LINE, before=st.none() | LINE),
    st.builds(card.EditCard, base=BASE, title=st.just(msgspec.UNSET) | TEXT, period=maybe(WORDS)),
    st.builds(
        card.EditCardHeading,
        base=BASE,
        section=st.sampled_from(["strengths", "goals_p1"]),
        title=st.just(msgspec.UNSET) | TEXT,
        period=maybe(st.sampled_from(["", "2026–2029"])),
    ),
    *FIGURES,
    *FOLLOWING,
    *PUBLISHING,
]
HIDING: list[st.SearchStrategy[Command]] = [
    st.builds(Turn, id=NOTE, is_hidden=st.booleans(), author=st.none() | PERSON)
]
SYSTEM_ONLY = (desks.FillDesk, people.Join)


@st.composite
def asks(draw: st.DrawFn) -> tuple[Command, tuple[str, Role]]:
    """A command, and who asks in what role: most often somebody who may."""
    every = COMMANDS + HIDING
    command = draw(every[draw(st.integers(0, len(every) - 1))])
    who_may = PEOPLE[-1] if isinstance(command, SYSTEM_ONLY) else PEOPLE[0]
    return command, draw(st.sampled_from([*[who_may] * 12, *PEOPLE]))
