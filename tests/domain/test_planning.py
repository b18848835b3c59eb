"""Planning the agenda. The small desk has the card at 13.25, a break at 14.00, then the board."""

import pytest
from msgspec.structs import replace
from tests.domain.given import AUTUMN, BREAK, MAPPING, NOW, SKETCHING, given

from etatyopoyta.domain.planning import (
    AT_ONE,
    MAX_SECTIONS,
    AddSection,
    EditSection,
    GiveMinutes,
    MoveSection,
    RemoveSection,
    SkipSection,
)
from etatyopoyta.domain.records import May, Section, SectionState, Text, Whose

TALK = Text(fi="Puheenvuoro", sv="Inlägg")
HELD = replace(SKETCHING, state=SectionState.CLOSED, started_ms=NOW, closed_ms=NOW + 1)
RUNNING = replace(BREAK, state=SectionState.OPEN, started_ms=NOW, ends_ms=NOW + 600_000)
ADD = AddSection(
    id="section_new", workshop="workshop_1", title=TALK, kind="talk", minutes=15, grants={}
)
ADDED = Section(
    id="section_new",
    workshop="workshop_1",
    order=4,
    title=TALK,
    kind="talk",
    starts_at=900,
    minutes=15,
)


def test_B1_a_section_comes_last():
    given().when(ADD).then(ADDED)


def test_B1_a_section_comes_before_another_one_and_the_others_move_along():
    given().when(replace(ADD, before=BREAK.id)).then(
        replace(ADDED, order=2, starts_at=840),
        replace(BREAK, order=3, starts_at=855),
        replace(MAPPING, order=4, starts_at=865),
    )


def test_B1_the_first_one_starts_when_the_first_one_started():
    outcome = given().when(replace(ADD, before=SKETCHING.id))
    starts = [outcome.desk.get(Section, s.id).starts_at for s in (ADDED, SKETCHING, BREAK, MAPPING)]
    assert starts == [805, 820, 855, 865]


def test_B1_where_nothing_is_planned_it_starts_at_one():
    given().when(RemoveSection(section=AUTUMN.id)).when(replace(ADD, workshop="workshop_2")).then(
        replace(ADDED, workshop="workshop_2", order=1, starts_at=AT_ONE)
    )


def test_B1_it_comes_before_a_section_of_its_workshop():
    given().when(replace(ADD, before=AUTUMN.id)).then_refused("section.gone")
    given().when(replace(ADD, workshop="workshop_9")).then_refused("workshop.gone")
    given().when(replace(ADD, id=BREAK.id)).then_refused("id.taken")


def test_B2_there_are_forty_at_most():
    many = [
        replace(ADDED, id=f"section_{i}", order=4 + i, starts_at=900) for i in range(MAX_SECTIONS)
    ]
    given(*many[:-4]).when(ADD)
    given(*many[:-3]).when(ADD).then_refused("section.too_many")


@pytest.mark.parametrize("may", [May.RUN_AGENDA, May.EDIT_DESK, May.JOIN])
def test_B3_a_section_grants_only_what_it_can(may: May):
    given().when(replace(ADD, grants={may: Whose.ALL})).then_refused("section.not_grantable")
    edit = EditSection(section=BREAK.id, grants={may: Whose.ALL})
    given().when(edit).then_refused("section.not_grantable")


def test_B3_what_a_section_is_about_is_known():
    given().when(replace(ADD, kind="party")).then_refused("section.no_such_kind")


def test_B4_with_other_minutes_what_comes_after_moves_along():
    given().when(EditSection(section=BREAK.id, minutes=20)).then(
        replace(BREAK, minutes=20), replace(MAPPING, starts_at=860)
    )


def test_B4_with_another_start_what_comes_after_moves_along():
    given().when(EditSection(section=BREAK.id, starts_at=845)).then(
        replace(BREAK, starts_at=845), replace(MAPPING, starts_at=855)
    )


def test_B4_nothing_moves_to_another_day():
    late = EditSection(section=SKETCHING.id, starts_at=1430)
    given().when(late).then_refused("section.other_day")


def test_B4_a_text_moves_nothing():
    changed = EditSection(section=BREAK.id, title=TALK, instruction=Text(fi=" Kahvia "))
    given().when(changed).then(replace(BREAK, title=TALK, instruction=Text(fi="Kahvia")))
    wordless = replace(BREAK, instruction=Text(fi="Kahvia"))
    blank = EditSection(section=BREAK.id, instruction=Text(fi=" "))
    given(wordless).when(blank).then(BREAK)


def test_B5_an_open_section_ends_as_it_would():
    given(RUNNING).when(EditSection(section=BREAK.id, minutes=20)).then(
        replace(RUNNING, minutes=20), replace(MAPPING, starts_at=860)
    )


def test_B6_an_open_section_grants_at_once():
    grants = {May.ADD_NOTES: Whose.ALL}
    edit = EditSection(section=BREAK.id, grants=grants)
    outcome = given(RUNNING).when(edit)
    opened = outcome.then(replace(RUNNING, grants=grants)).desk.open_section()
    assert opened is not None
    assert opened.grants == grants


def test_B13_a_section_hides_from_then_on_and_what_was_revealed_stays_so():
    hiding = EditSection(section=BREAK.id, is_private=True)
    outcome = given(RUNNING).when(hiding).then(replace(RUNNING, is_private=True))
    assert outcome.the(Section, BREAK.id).hides
    revealed = replace(RUNNING, is_private=True, revealed_ms=NOW)
    given(revealed).when(hiding).then_nothing()
    assert not revealed.hides
    given(revealed).when(replace(hiding, is_private=False)).then(replace(revealed, is_private=None))
    new = given().when(replace(ADD, is_private=True)).the(Section, ADD.id)
    assert new.hides


def test_B7_the_others_make_room_and_gaps_stay():
    late = replace(MAPPING, starts_at=855)
    given(late).when(MoveSection(section=BREAK.id, before=SKETCHING.id)).then(
        replace(BREAK, order=1, starts_at=805), replace(SKETCHING, order=2, starts_at=815)
    )


def test_B7_a_section_becomes_the_last():
    given().when(MoveSection(section=BREAK.id, before=None)).then(
        replace(MAPPING, order=2, starts_at=840), replace(BREAK, order=3, starts_at=890)
    )


def test_B7_moving_it_where_it_is_changes_nothing():
    given().when(MoveSection(section=BREAK.id, before=BREAK.id)).then_nothing()
    given().when(MoveSection(section=BREAK.id, before=MAPPING.id)).then_nothing()


def test_B8_what_has_been_held_keeps_its_time_and_place():
    given(HELD).when(MoveSection(section=HELD.id, before=None)).then_refused("section.held")
    outcome = given(HELD).when(MoveSection(section=MAPPING.id, before=HELD.id))
    assert outcome.desk.get(Section, HELD.id).starts_at == HELD.starts_at


def test_B9_a_planned_section_goes_and_the_others_move_up():
    outcome = given().when(RemoveSection(section=BREAK.id)).then_gone(BREAK.id)
    assert outcome.the(Section, MAPPING.id) == replace(MAPPING, order=2, starts_at=840)


def test_B9_what_has_been_held_stays():
    given(HELD).when(RemoveSection(section=HELD.id)).then_refused("section.held")


def test_B10_a_planned_section_is_skipped_and_taken_back():
    skipped = replace(BREAK, state=SectionState.SKIPPED)
    given().when(SkipSection(section=BREAK.id)).then(skipped)
    given(skipped).when(SkipSection(section=BREAK.id, is_skipped=False)).then(BREAK)
    given(RUNNING).when(SkipSection(section=BREAK.id)).then_refused("section.held")


def test_B11_minutes_are_given_and_the_plan_stays():
    outcome = given().when(GiveMinutes(minutes={MAPPING.id: 40, BREAK.id: 5}))
    outcome.then(replace(MAPPING, given=40), replace(BREAK, given=5))
    back = GiveMinutes(minutes={MAPPING.id: 50})
    given(replace(MAPPING, given=40)).when(back).then(MAPPING)


def test_B12_what_runs_or_is_over_is_given_nothing():
    for section in (RUNNING, HELD):
        give = GiveMinutes(minutes={section.id: 5})
        given(section).when(give).then_refused("section.held")


def test_B14_speaker_notes_are_kept_and_blank_ones_are_none():
    spoken = EditSection(section=BREAK.id, speaker_notes=" Muista kahvi ")
    given().when(spoken).then(replace(BREAK, speaker_notes="Muista kahvi"))
    silent = EditSection(section=BREAK.id, speaker_notes=" ")
    given(replace(BREAK, speaker_notes="Muista kahvi")).when(silent).then(BREAK)
