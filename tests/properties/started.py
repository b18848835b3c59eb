"""Where the random commands begin: who asks, and what half a workshop has left on the desk."""

from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    BREAK,
    CULTURE,
    FANNY,
    INFO,
    MAPPING,
    MARTAT,
    NOW,
    OLLI,
    SAKARI,
    SIRI,
    SYDAN,
    a_cluster,
    a_goal,
    a_line,
    a_measure,
    a_note,
    a_round,
    a_row,
    a_vote,
    an_area,
)
from tests.domain.on_card import a_comment, an_approval
from tests.domain.reached import an_actual

from etatyopoyta.domain.records import (
    Choice,
    GoalState,
    On,
    Person,
    Record,
    Role,
    RoundKind,
    RoundState,
    SectionState,
    Shows,
    Text,
)

AGE_GROUPS = (
    Choice(key="young", name=Text(fi="Lapset ja nuoret")),
    Choice(key="old", name=Text(fi="Ikääntyneet")),
)
PEOPLE = [
    (FANNY, Role.FACILITATOR),
    (SAKARI, Role.SECRETARY),
    (AINO, Role.PARTICIPANT),
    (OLLI, Role.PARTICIPANT),
    (SIRI, Role.PARTICIPANT),
    ("person_viewer", Role.VIEWER),
    ("system", Role.SYSTEM),
]
STARTED: tuple[Record, ...] = (
    replace(INFO, age_groups=AGE_GROUPS),
    replace(MAPPING, state=SectionState.OPEN, started_ms=NOW, ends_ms=NOW + 1),
    a_note("note_0", cluster="cluster_0"),
    a_note("note_1", cluster="cluster_0", author=SIRI, organisation=SYDAN),
    a_note("note_2", cluster="cluster_1", shows=Shows.NOTHING),
    a_note("note_3", text="Salaisuus", is_hidden=True),
    a_cluster("cluster_0"),
    a_cluster("cluster_1"),
    a_measure("measure_0", clusters=("cluster_0",), notes=("note_0",)),
    a_measure("measure_1", clusters=("cluster_1",), notes=("note_2",)),
    a_goal("goal_0", measures=("measure_0",)),
    a_goal("goal_1", state=GoalState.PARKED),
    a_line("text_0"),
    a_round("round_0", state=RoundState.OPEN, opened_ms=NOW),
    a_round("round_1", on=On.NOTES, section=BREAK.id),
    a_round("round_2", kind=RoundKind.RATING, dots=0, cap=0),
    a_vote("vote_0"),
    an_actual("actual_0", measure="measure_0"),
    a_row("row_0"),
    a_row("row_1", author=SIRI, organisation=SYDAN),
    an_area("area_0"),
    replace(CULTURE, approvers=(FANNY, AINO)),
    a_comment("comment_0"),
    an_approval("approval_0"),
    *(
        Person(id=person, role=Role.PARTICIPANT, organisation=organisation, is_member=True)
        for person, organisation in ((AINO, MARTAT), (OLLI, MARTAT), (SIRI, SYDAN))
    ),
)
"""What the first half of a workshop has left on the desk."""
