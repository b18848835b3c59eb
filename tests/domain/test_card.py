"""The card's title, headings and texts."""

import pytest
from msgspec.structs import replace
from tests.domain.given import SHEET, Given, a_desk, a_line, given

from etatyopoyta.domain.card import (
    MAX_CARD_TEXT_CHARACTERS,
    MAX_PERIOD_CHARACTERS,
    MAX_TEXTS_IN_SECTION,
    AddCardText,
    EditCard,
    EditCardHeading,
    EditCardText,
    MoveCardText,
    RemoveCardText,
)
from etatyopoyta.domain.records import CARD, CardText, Text
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

LINE = a_line("text_1")


def adding(text: str = "Vapaaehtoiset", section: str = "strengths") -> AddCardText:
    return AddCardText(id="text_new", section=section, text=text)


def test_K1_a_line_goes_to_the_end_of_its_section():
    far = a_line("text_far", order=7)
    given(LINE, far).when(adding(" Yhteistyö ")).then(a_line("text_new", order=8, text="Yhteistyö"))


def test_K1_the_first_line_of_a_section():
    elsewhere = a_line("text_2", section="challenges", order=5)
    given(elsewhere).when(adding()).then(a_line("text_new", order=1))


@pytest.mark.parametrize("section", ["population", "goals_p1", "nowhere"])
def test_K1_only_sections_of_texts_take_lines(section: str):
    given().when(adding(section=section)).then_refused("card.no_such_section", section=section)


def test_K1_a_line_has_a_text_of_its_length():
    longest = "x" * MAX_CARD_TEXT_CHARACTERS
    given().when(adding(longest)).then(a_line("text_new", text=longest))
    given().when(adding(longest + "x")).then_refused("text.too_long")
    given().when(adding("")).then_refused("text.empty")
    given(a_line("text_new")).when(adding()).then_refused("id.taken")


def test_K1_a_desk_without_a_card_takes_no_lines():
    desk = a_desk()
    desk.apply({CARD: None})
    Given(desk).when(adding()).then_refused("card.gone")


def test_K2_the_last_line_that_a_section_holds_is_kept():
    lines = [a_line(f"text_{i}", order=i) for i in range(1, MAX_TEXTS_IN_SECTION)]
    given(*lines).when(adding()).then(a_line("text_new", order=MAX_TEXTS_IN_SECTION))


def test_K2_the_next_line_is_refused():
    lines = [a_line(f"text_{i}", order=i) for i in range(MAX_TEXTS_IN_SECTION)]
    given(*lines).when(adding()).then_refused("card.section_full", limit=MAX_TEXTS_IN_SECTION)


def test_K3_an_edit_of_the_present_wording_counts_the_version():
    command = EditCardText(id=LINE.id, base=1, text="Tukihenkilöt", kind="feature", source="THL")
    given(LINE).when(command).then(
        replace(LINE, text="Tukihenkilöt", kind="feature", source="THL", version=2)
    )


def test_K3_an_edit_of_another_wording_is_refused_with_the_present_one():
    edited = replace(LINE, text="Tukihenkilöt", version=2)
    given(edited).when(EditCardText(id=LINE.id, base=1, text="Talkoot")).then_refused(
        "text.changed", id=LINE.id, text="Tukihenkilöt", version=2
    )


def test_K3_an_edit_that_changes_nothing_is_no_change():
    given(LINE).when(EditCardText(id=LINE.id, base=9, text=LINE.text, kind=None)).then_nothing()


def test_K3_an_edit_keeps_to_the_limits():
    given(LINE).when(EditCardText(id=LINE.id, base=1, text=" ")).then_refused("text.empty")
    too_long = "x" * (MAX_TITLE_CHARACTERS + 1)
    given(LINE).when(EditCardText(id=LINE.id, base=1, source=too_long)).then_refused(
        "text.detail.too_long"
    )
    given().when(EditCardText(id=LINE.id, base=1)).then_refused("text.gone")


def test_a_line_is_removed():
    outcome = given(LINE).when(RemoveCardText(id=LINE.id)).then().then_gone(LINE.id)
    assert outcome.desk.count(CardText) == 0


def test_a_line_that_is_gone_is_not_removed_again():
    given().when(RemoveCardText(id=LINE.id)).then_refused("text.gone")


def test_K4_title_report_and_period_are_edited_one_by_one():
    title, report = Text(fi="Kortti", sv="Kort"), Text(fi="Kertomus 2026")
    first = given().when(EditCard(base=1, title=title))
    first.then(replace(SHEET, title=title, version=2))
    then = first.when(EditCard(base=2, report=report, period=" 2026–2029 "))
    then.then(replace(SHEET, title=title, report=report, period="2026–2029", version=3))
    assert then.when(EditCard(base=3, period=" ")).desk.card.period is None


def test_K4_the_card_that_was_edited_must_still_be_the_same():
    edited = replace(SHEET, title=Text(fi="Toinen"), version=2)
    given(edited).when(EditCard(base=1, title=Text(fi="Kortti"))).then_refused(
        "text.changed", id=CARD, text="Toinen", version=2
    )
    given(edited).when(EditCard(base=1, title=Text(fi="Toinen"))).then_nothing()


def test_K5_a_title_and_a_report_have_a_text_in_finnish():
    given().when(EditCard(base=1, title=Text(fi=" ", sv="Kort"))).then_refused("card.title.empty")
    given().when(EditCard(base=1, report=Text(fi=""))).then_refused("card.report.empty")
    too_long = "x" * (MAX_TITLE_CHARACTERS + 1)
    given().when(EditCard(base=1, report=Text(fi=too_long))).then_refused("card.report.too_long")
    given().when(EditCard(base=1, period="x" * (MAX_PERIOD_CHARACTERS + 1))).then_refused(
        "card.period.too_long"
    )


def test_K6_a_heading_is_edited_and_the_others_stay():
    outcome = given().when(EditCardHeading(base=1, section="population", title=Text(fi="Luvut")))
    strengths, population, goals = SHEET.sections
    renamed = replace(population, title=Text(fi="Luvut"))
    outcome.then(replace(SHEET, sections=(strengths, renamed, goals), version=2))


@pytest.mark.parametrize("section", ["nowhere", "goals_p1"])
def test_K6_tables_of_focus_areas_are_named_elsewhere(section: str):
    command = EditCardHeading(base=1, section=section, title=Text(fi="Luvut"))
    given().when(command).then_refused("card.no_such_section", section=section)


@pytest.mark.parametrize(
    ("given_period", "period"),
    [("2026–2029", "2026–2029"), (" ", ""), ("", ""), (None, None)],
)
def test_K7_a_heading_has_its_own_period(given_period: str | None, period: str | None):
    first = given().when(EditCardHeading(base=1, section="strengths", period="2025"))
    then = first.when(EditCardHeading(base=2, section="strengths", period=given_period))
    assert then.desk.card.sections[0].period == period
    assert then.desk.card.period is None


@pytest.mark.parametrize("kind", ["feature", "strength", "challenge", "both", None])
def test_K8_a_line_is_of_a_kind_that_there_is(kind: str | None):
    line = given().when(replace(adding(), kind=kind)).the(CardText, "text_new")
    assert line.kind == kind


def test_K8_other_kinds_are_refused():
    given().when(replace(adding(), kind="half")).then_refused("text.no_such_kind", kind="half")
    command = EditCardText(id=LINE.id, base=1, kind="half")
    given(LINE).when(command).then_refused("text.no_such_kind", kind="half")


LINES = [a_line(f"text_{i}", order=i) for i in (1, 2, 3)]


def test_K9_a_line_is_moved_before_another_one():
    first, second, third = LINES
    given(*LINES).when(MoveCardText(id="text_3", before="text_1")).then(
        replace(third, order=1), replace(first, order=2), replace(second, order=3)
    )


def test_K9_a_line_is_moved_to_the_end():
    first, second, third = LINES
    given(*LINES).when(MoveCardText(id="text_1", before=None)).then(
        replace(second, order=1), replace(third, order=2), replace(first, order=3)
    )


def test_K9_a_line_that_is_there_already_stays():
    given(*LINES).when(MoveCardText(id="text_1", before="text_2")).then_nothing()
    given(*LINES).when(MoveCardText(id="text_3", before=None)).then_nothing()
    given(*LINES).when(MoveCardText(id="text_2", before="text_2")).then_nothing()


def test_K9_a_line_is_moved_within_its_section():
    elsewhere = a_line("text_9", section="features")
    command = MoveCardText(id="text_1", before="text_9")
    given(*LINES, elsewhere).when(command).then_refused("text.gone", id="text_9")
    given(*LINES).when(MoveCardText(id="text_8", before=None)).then_refused("text.gone")
