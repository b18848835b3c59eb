"""Texts and figures of the card."""

import pytest
from msgspec.structs import replace
from tests.domain.given import RATE, Given, a_desk, a_line, given, is_readable

from etatyopoyta.domain.card import (
    MAX_CARD_TEXT_CHARACTERS,
    MAX_TEXTS_IN_SECTION,
    AddCardText,
    EditCardText,
    RemoveCardText,
    SetFigure,
)
from etatyopoyta.domain.records import CARD, CardText, FigureStatus
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

LINE = a_line("text_1")


def adding(text: str = "Vapaaehtoiset", section: str = "strengths") -> AddCardText:
    return AddCardText(id="text_new", section=section, text=text)


def setting(value: float | None, **fields: object) -> SetFigure:
    return SetFigure(id=RATE.id, base=1, value=value, **fields)  # type: ignore[arg-type]


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


def test_F1_without_a_value_a_figure_is_a_placeholder():
    known = replace(RATE, value=3.5, status=FigureStatus.UNCONFIRMED, version=4)
    command = SetFigure(
        id=RATE.id, base=4, value=None, as_of="2024", source="THL", is_confirmed=True
    )
    given(known).when(command).then(replace(RATE, as_of="2024", source="THL", version=5))


def test_F1_zero_is_a_value():
    given(RATE).when(setting(0.0)).then(
        replace(RATE, value=0.0, status=FigureStatus.UNCONFIRMED, version=2)
    )


def test_F2_a_value_with_date_and_source_is_confirmed_by_somebody():
    outcome = given(RATE).when(setting(3.5, as_of="2024", source=" THL ", is_confirmed=True))
    outcome.then(
        replace(
            RATE,
            value=3.5,
            as_of="2024",
            source="THL",
            status=FigureStatus.CONFIRMED,
            version=2,
        )
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "THL", "is_confirmed": True},
        {"as_of": "2024", "is_confirmed": True},
        {"as_of": "2024", "source": " ", "is_confirmed": True},
        {"as_of": "2024", "source": "THL"},
    ],
)
def test_F2_a_value_without_date_source_or_confirmation_is_unconfirmed(fields: dict[str, object]):
    figure = given(RATE).when(setting(3.5, **fields)).the(type(RATE), RATE.id)
    assert figure.status is FigureStatus.UNCONFIRMED


@pytest.mark.parametrize("as_of", ["2024", "2024-11", "2024-11-04"])
def test_F2_a_figure_is_of_a_year_a_month_or_a_day(as_of: str):
    assert is_readable(setting(1.0, as_of=as_of))


@pytest.mark.parametrize("as_of", ["24", "2024-13", "2024-11-32", "4.11.2024", "2024\n", ""])
def test_F2_other_dates_are_unreadable(as_of: str):
    assert not is_readable(setting(1.0, as_of=as_of))


def test_F2_a_source_is_as_long_as_a_title_at_most():
    given(RATE).when(setting(1.0, source="x" * (MAX_TITLE_CHARACTERS + 1))).then_refused(
        "figure.source.too_long"
    )


def test_F3_the_figure_must_still_be_the_same():
    edited = replace(RATE, value=3.5, status=FigureStatus.UNCONFIRMED, version=2)
    given(edited).when(setting(4.0)).then_refused("text.changed", id=RATE.id, text=3.5, version=2)


def test_F3_setting_what_is_there_changes_nothing():
    edited = replace(RATE, value=3.5, status=FigureStatus.UNCONFIRMED, version=2)
    given(edited).when(setting(3.5)).then_nothing()


def test_F3_a_figure_that_is_not_there_is_refused():
    given().when(SetFigure(id="figure_9", base=1, value=1.0)).then_refused("figure.gone")


@pytest.mark.parametrize("as_of", ["2024-02-29", "0001", "9999-12-31"])
def test_F4_a_date_of_the_calendar_is_taken(as_of: str):
    figure = given(RATE).when(setting(1.0, as_of=as_of)).the(type(RATE), RATE.id)
    assert figure.as_of == as_of


@pytest.mark.parametrize("as_of", ["2023-02-29", "2024-02-30", "2024-04-31", "0000"])
def test_F4_other_dates_are_refused(as_of: str):
    given(RATE).when(setting(1.0, as_of=as_of)).then_refused("figure.no_such_day", as_of=as_of)
