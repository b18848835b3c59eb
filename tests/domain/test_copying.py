"""A new desk made like another one."""

from msgspec.structs import replace
from tests.domain.given import (
    CULTURE,
    INFO,
    MAPPING,
    MARTAT,
    NOW,
    RATE,
    a_cluster,
    a_desk,
    a_goal,
    a_line,
    a_measure,
    a_note,
    a_round,
    a_row,
    a_vote,
    an_area,
)

from etatyopoyta.domain.copying import structure_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    Goal,
    Measure,
    MemoRow,
    Note,
    Organisation,
    Person,
    Round,
    RoundState,
    Section,
    SectionState,
    Text,
    Vote,
    Workshop,
)

HELD = replace(
    MAPPING,
    state=SectionState.CLOSED,
    started_ms=NOW,
    ends_ms=NOW,
    closed_ms=NOW,
    given=7,
    is_private=True,
    revealed_ms=NOW,
    speaker_notes="Muista kahvi",
)
USED = a_desk(
    replace(INFO, workshop="workshop_2", announcement="Kahvia", is_locked=True, is_frozen=True),
    HELD,
    a_note("note_1"),
    a_cluster("cluster_0"),
    a_measure("measure_1"),
    a_goal("goal_1"),
    a_line("text_1"),
    a_row("row_1"),
    a_round("round_0", state=RoundState.CLOSED, opened_ms=NOW, closed_ms=NOW),
    a_vote("vote_0"),
    an_area("area_1"),
)


def test_the_structure_is_carried_over_as_if_nothing_had_been_held():
    made = Desk(structure_of(USED, "Uusi pöytä", with_organisations=True))
    assert made.info == replace(INFO, title=Text(fi="Uusi pöytä"))
    assert made.get(Section, HELD.id) == replace(
        MAPPING, is_private=True, speaker_notes="Muista kahvi"
    )
    assert made.get(Round, "round_0") == a_round("round_0")
    assert {workshop.date for workshop in made.of(Workshop)} == {None}
    assert [area.id for area in made if area.id.startswith("area_")] == ["area_1"]
    for kept in (CULTURE, RATE, a_line("text_1"), USED.card):
        assert made.find(kept.id) == kept


def test_what_people_did_stays_where_it_is():
    made = Desk(structure_of(USED, "Uusi pöytä", with_organisations=True))
    for kind in (Note, Measure, Goal, MemoRow, Vote, Person):
        assert made.count(kind) == 0
    assert MARTAT in made
    assert Desk(structure_of(USED, "Malli", with_organisations=False)).count(Organisation) == 0


def test_a_rehearsal_says_that_it_is_one():
    made = Desk(structure_of(USED, "Harjoitus", with_organisations=True, is_rehearsal=True))
    assert made.info.is_rehearsal
