"""The agenda."""

import pytest
from msgspec.structs import replace
from tests.domain.given import AUTUMN, BREAK, INFO, MAPPING, NOW, given, is_readable

from etatyopoyta.domain.agenda import (
    MAX_EXTENSION_MINUTES,
    MINUTE_MS,
    AdvanceAgenda,
    CloseSection,
    ExtendSection,
    OpenSection,
    PauseSection,
    ResumeSection,
    SetAdvance,
    SetWorkshopDate,
)
from etatyopoyta.domain.records import (
    Advance,
    Role,
    Section,
    SectionState,
    Text,
    Workshop,
)


def opened(section: Section, at_ms: int = NOW) -> Section:
    ends_ms = at_ms + section.minutes * MINUTE_MS
    return replace(section, state=SectionState.OPEN, started_ms=at_ms, ends_ms=ends_ms)


def closed(section: Section, at_ms: int) -> Section:
    return replace(section, state=SectionState.CLOSED, closed_ms=at_ms)


LATER = NOW + 3 * MINUTE_MS
RUNNING = opened(BREAK)


def extending(minutes: int) -> ExtendSection:
    return ExtendSection(section=BREAK.id, minutes=minutes)


def test_A1_the_section_that_was_open_is_closed():
    outcome = given(RUNNING).when(OpenSection(section=MAPPING.id), at_ms=LATER)
    outcome.then(closed(RUNNING, LATER), opened(MAPPING, LATER))


def test_A1_one_section_is_open_on_the_whole_desk():
    outcome = given(RUNNING).when(OpenSection(section=AUTUMN.id), at_ms=LATER)
    states = [s.state for s in outcome.desk.of(Section)]
    assert states.count(SectionState.OPEN) == 1
    assert outcome.desk.open_section() == opened(AUTUMN, LATER)


def test_A1_opening_what_is_open_changes_nothing():
    given(RUNNING).when(OpenSection(section=BREAK.id), at_ms=LATER).then_nothing()


def test_A1_a_section_that_is_not_there_is_not_opened():
    given(RUNNING).when(OpenSection(section="section_none")).then_refused("section.gone")


def test_A2_the_planned_minutes_run_from_now_and_the_plan_stays():
    outcome = given().when(OpenSection(section=BREAK.id), at_ms=LATER)
    section = outcome.then(opened(BREAK, LATER)).the(Section, BREAK.id)
    assert (section.starts_at, section.minutes) == (BREAK.starts_at, BREAK.minutes)
    assert section.ends_ms == LATER + 10 * MINUTE_MS


def test_A2_a_section_started_again_is_as_new():
    ended = closed(RUNNING, NOW + 1)
    given(ended).when(OpenSection(section=BREAK.id), at_ms=LATER).then(opened(BREAK, LATER))


def test_A3_the_workshop_of_the_section_becomes_the_current_one():
    outcome = given().when(OpenSection(section=AUTUMN.id))
    outcome.then(opened(AUTUMN), replace(INFO, workshop="workshop_2"))


def test_A4_an_open_section_is_closed():
    outcome = given(RUNNING).when(CloseSection(section=BREAK.id), at_ms=LATER)
    outcome.then(closed(RUNNING, LATER))
    assert outcome.desk.open_section() is None


@pytest.mark.parametrize("section", [BREAK, closed(RUNNING, NOW)])
def test_A4_closing_what_is_not_open_changes_nothing(section: Section):
    given(section).when(CloseSection(section=BREAK.id), at_ms=LATER).then_nothing()


def test_A5_before_the_end_minutes_are_added_to_it():
    assert RUNNING.ends_ms is not None
    outcome = given(RUNNING).when(extending(5), at_ms=RUNNING.ends_ms)
    outcome.then(replace(RUNNING, ends_ms=RUNNING.ends_ms + 5 * MINUTE_MS))


def test_A5_after_the_end_they_count_from_now():
    assert RUNNING.ends_ms is not None
    late = RUNNING.ends_ms + 1
    outcome = given(RUNNING).when(extending(5), at_ms=late)
    outcome.then(replace(RUNNING, ends_ms=late + 5 * MINUTE_MS))


def test_A6_fewer_minutes_shorten_a_section():
    outcome = given(RUNNING).when(extending(-10))
    outcome.then(replace(RUNNING, ends_ms=NOW))


def test_A6_the_earliest_end_is_now():
    outcome = given(RUNNING).when(extending(-11), at_ms=LATER)
    outcome.then(replace(RUNNING, ends_ms=LATER))


def test_A6_an_extension_has_a_limit_both_ways():
    assert MAX_EXTENSION_MINUTES == 120
    assert [m for m in (-121, -120, 120, 121) if is_readable(extending(m))] == [-120, 120]


@pytest.mark.parametrize("section", [BREAK, closed(RUNNING, LATER)])
def test_A7_only_the_open_section_has_an_end_to_move(section: Section):
    given(section).when(extending(5)).then_refused("section.not_open", id=BREAK.id)


def test_A7_no_minutes_change_nothing():
    given(RUNNING).when(extending(0)).then_nothing()


ENDS = NOW + BREAK.minutes * MINUTE_MS
ADVANCE = AdvanceAgenda(section=BREAK.id, ends_ms=ENDS)
STILL = replace(RUNNING, ends_ms=None, left_ms=4 * MINUTE_MS)


def test_A2_it_gets_the_minutes_it_was_given():
    shorter = replace(MAPPING, given=40)
    outcome = given(shorter).when(OpenSection(section=MAPPING.id))
    assert outcome.the(Section, MAPPING.id).ends_ms == NOW + 40 * MINUTE_MS


def test_A17_a_private_section_hides_again_when_it_is_started_again():
    shown = replace(closed(RUNNING, NOW), is_private=True, revealed_ms=NOW)
    outcome = given(shown).when(OpenSection(section=BREAK.id), at_ms=LATER)
    assert outcome.then(replace(opened(BREAK, LATER), is_private=True)).the(Section, BREAK.id).hides


def test_A9_the_server_goes_on_to_the_next_section():
    outcome = given(RUNNING).when(ADVANCE, by="system", role=Role.SYSTEM, at_ms=ENDS)
    outcome.then(closed(RUNNING, ENDS), opened(MAPPING, ENDS))


def test_A9_what_is_skipped_is_passed_over():
    last = replace(MAPPING, id="section_end", order=4)
    skipped = replace(MAPPING, state=SectionState.SKIPPED)
    given(RUNNING, skipped, last).when(ADVANCE, at_ms=ENDS).then(
        closed(RUNNING, ENDS), opened(last, ENDS)
    )


def test_A9_after_the_last_one_nothing_is_open():
    skipped = replace(MAPPING, state=SectionState.SKIPPED)
    outcome = given(RUNNING, skipped).when(ADVANCE, at_ms=ENDS).then(closed(RUNNING, ENDS))
    assert outcome.desk.open_section() is None


@pytest.mark.parametrize(
    "section", [BREAK, closed(RUNNING, NOW), replace(RUNNING, ends_ms=ENDS + 1), STILL]
)
def test_A10_another_end_changes_nothing(section: Section):
    given(section).when(ADVANCE, at_ms=ENDS).then_nothing()


def test_A12_while_the_clock_stands_still_what_is_left_changes():
    given(STILL).when(extending(5)).then(replace(STILL, left_ms=9 * MINUTE_MS))
    given(STILL).when(extending(-5)).then(replace(STILL, left_ms=0))


def test_A13_what_is_left_is_kept():
    pause = PauseSection(section=BREAK.id)
    given(RUNNING).when(pause, at_ms=ENDS - 4 * MINUTE_MS).then(STILL)
    given(RUNNING).when(pause, at_ms=ENDS + 1).then(replace(STILL, left_ms=0))


def test_A14_a_clock_that_stands_still_is_not_stopped_again():
    given(STILL).when(PauseSection(section=BREAK.id)).then_nothing()
    given().when(PauseSection(section=BREAK.id)).then_refused("section.not_open")


def test_A15_it_goes_on_with_what_was_left():
    resume = ResumeSection(section=BREAK.id)
    given(STILL).when(resume, at_ms=ENDS).then(replace(RUNNING, ends_ms=ENDS + 4 * MINUTE_MS))
    given(RUNNING).when(resume).then_nothing()
    given().when(resume).then_refused("section.not_open")


def test_A15_a_section_that_is_over_has_nothing_left():
    given(STILL).when(CloseSection(section=BREAK.id)).then(
        replace(closed(STILL, NOW), left_ms=None)
    )


def test_A16_the_clock_goes_on_after_a_grace():
    set_advance = SetAdvance(advance=Advance.CLOCK, grace_s=45)
    given().when(set_advance).then(replace(INFO, advance=Advance.CLOCK, grace_s=45))
    assert [s for s in (-1, 0, 600, 601) if is_readable(replace(set_advance, grace_s=s))] == [
        0,
        600,
    ]


@pytest.mark.parametrize("day", ["2025-02-29", "2025-04-31"])
def test_A8_a_day_that_is_not_in_the_calendar_is_refused(day: str):
    given().when(SetWorkshopDate(workshop="workshop_1", date=day)).then_refused(
        "workshop.no_such_day", date=day
    )


def test_A8_a_leap_day_is():
    workshop = Workshop(id="workshop_2", number=2, title=Text(fi="Työpaja 2"))
    dated = given(workshop).when(SetWorkshopDate(workshop=workshop.id, date="2028-02-29"))
    dated.then(replace(workshop, date="2028-02-29"))


def test_a_workshop_gets_a_date_and_loses_it():
    workshop = Workshop(id="workshop_2", number=2, title=Text(fi="Työpaja 2"))
    dated = given().when(SetWorkshopDate(workshop=workshop.id, date="2025-10-15"))
    dated.then(replace(workshop, date="2025-10-15"))
    dated.when(SetWorkshopDate(workshop=workshop.id, date=None)).then(workshop)


@pytest.mark.parametrize(
    "date", ["2025-13-01", "2025-1-1", "15.10.2025", "2025-10-15\n", "٢٠٢٥-10-15"]
)
def test_a_date_is_written_year_first(date: str):
    assert not is_readable(SetWorkshopDate(workshop="workshop_2", date=date))
