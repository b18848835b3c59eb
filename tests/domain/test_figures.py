"""Figures of the card: values with dates and sources, or missing."""

import pytest
from msgspec.structs import replace
from tests.domain.given import FANNY, NOW, RATE, SAKARI, given, is_readable

from etatyopoyta.domain.figures import (
    MAX_FIGURES_AT_ONCE,
    MAX_FIGURES_IN_SECTION,
    MAX_UNIT_CHARACTERS,
    AddFigure,
    ImportedFigure,
    ImportFigures,
    RemoveFigure,
    SetFigure,
)
from etatyopoyta.domain.records import Figure, FigureStatus, Role, Text
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

KNOWN = replace(
    RATE, value=3.5, as_of="2024", source="THL", status=FigureStatus.CONFIRMED, version=4
)
OTHER = replace(RATE, id="figure_other", order=2, source_ref="sotkanet:7")
NEW = Text(fi="Uusi luku")


def setting(value: float | None, **fields: object) -> SetFigure:
    return SetFigure(id=RATE.id, base=1, value=value, **fields)  # type: ignore[arg-type]


def adding(**fields: object) -> AddFigure:
    plain: dict[str, object] = {"id": "figure_new", "section": "population", "label": NEW}
    return AddFigure(**{**plain, **fields})  # type: ignore[arg-type]


def row(figure: str, base: int, value: float | None, **fields: object) -> ImportedFigure:
    return ImportedFigure(figure=figure, base=base, value=value, **fields)  # type: ignore[arg-type]


def test_F1_without_a_value_a_figure_is_a_placeholder():
    known = replace(RATE, value=3.5, status=FigureStatus.UNCONFIRMED, version=4)
    command = SetFigure(
        id=RATE.id, base=4, value=None, as_of="2024", source="THL", is_confirmed=True
    )
    given(known).when(command).then(
        replace(RATE, as_of="2024", source="THL", version=5, entered_by=FANNY)
    )


def test_F1_zero_is_a_value():
    given(RATE).when(setting(0.0)).then(
        replace(RATE, value=0.0, status=FigureStatus.UNCONFIRMED, version=2, entered_by=FANNY)
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
            entered_by=FANNY,
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
    figure = given(RATE).when(setting(3.5, **fields)).the(Figure, RATE.id)
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
    figure = given(RATE).when(setting(1.0, as_of=as_of)).the(Figure, RATE.id)
    assert figure.as_of == as_of


@pytest.mark.parametrize("as_of", ["2023-02-29", "2024-02-30", "2024-04-31", "0000"])
def test_F4_other_dates_are_refused(as_of: str):
    given(RATE).when(setting(1.0, as_of=as_of)).then_refused("figure.no_such_day", as_of=as_of)


def test_F5_who_changed_a_figure_stands_in_it():
    outcome = given(RATE).when(setting(1.0), by=SAKARI, role=Role.SECRETARY)
    assert outcome.the(Figure, RATE.id).entered_by == SAKARI


def test_F5_what_is_set_by_hand_was_not_fetched():
    fetched = replace(KNOWN, retrieved_ms=NOW)
    same = SetFigure(id=RATE.id, base=4, value=3.5, as_of="2024", source="THL", unit="%")
    kept = given(fetched).when(same).the(Figure, RATE.id)
    assert (kept.retrieved_ms, kept.unit) == (NOW, "%")
    other = given(fetched).when(replace(same, value=3.6)).the(Figure, RATE.id)
    assert other.retrieved_ms is None


def test_F5_nothing_but_who_asks_is_no_change():
    entered = replace(KNOWN, entered_by=SAKARI)
    same = SetFigure(id=RATE.id, base=4, value=3.5, as_of="2024", source="THL", is_confirmed=True)
    given(entered).when(same).then_nothing()


def test_F5_what_a_figure_is_can_be_said_more_exactly():
    command = setting(
        150_000.0,
        as_of="2040",
        label=Text(fi=" Ennuste "),
        unit=" henkilöä",
        region="Kymenlaakso",
        remark=Text(fi="Laskelma", sv=" "),
        made_in="2024",
        source_ref="sotkanet:751",
    )
    given(RATE).when(command).then(
        replace(
            RATE,
            value=150_000.0,
            as_of="2040",
            label=Text(fi="Ennuste"),
            unit="henkilöä",
            region="Kymenlaakso",
            remark=Text(fi="Laskelma"),
            made_in="2024",
            source_ref="sotkanet:751",
            status=FigureStatus.UNCONFIRMED,
            version=2,
            entered_by=FANNY,
        )
    )


def test_F5_what_is_not_said_stays_and_none_takes_it_away():
    exact = replace(RATE, unit="%", region="Kotka", remark=NEW, made_in="2020")
    kept = given(exact).when(setting(1.0)).the(Figure, RATE.id)
    assert (kept.unit, kept.region, kept.remark, kept.made_in) == ("%", "Kotka", NEW, "2020")
    command = setting(1.0, unit=None, region="", remark=Text(fi=" "), made_in=None)
    bare = given(exact).when(command).the(Figure, RATE.id)
    assert (bare.unit, bare.region, bare.remark, bare.made_in) == (None, None, None, None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"label": Text(fi=" ")}, "figure.label.empty"),
        ({"label": Text(fi="x" * (MAX_TITLE_CHARACTERS + 1))}, "figure.label.too_long"),
        ({"unit": "x" * (MAX_UNIT_CHARACTERS + 1)}, "figure.unit.too_long"),
        ({"region": "x" * (MAX_TITLE_CHARACTERS + 1)}, "figure.detail.too_long"),
        ({"source_ref": "x" * (MAX_TITLE_CHARACTERS + 1)}, "figure.detail.too_long"),
        ({"remark": Text(fi="x" * (MAX_TITLE_CHARACTERS + 1))}, "figure.remark.too_long"),
        ({"made_in": "0000"}, "figure.no_such_day"),
    ],
)
def test_F5_details_keep_to_their_limits(fields: dict[str, object], code: str):
    given(RATE).when(setting(1.0, **fields)).then_refused(code)


def test_F6_a_figure_is_added_with_what_is_known_of_it():
    command = adding(
        value=12.0, unit="kpl", as_of="2024", source="PRH", region="Kotka", is_confirmed=True
    )
    given().when(command).then(
        Figure(
            id="figure_new",
            section="population",
            order=2,
            label=NEW,
            value=12.0,
            unit="kpl",
            as_of="2024",
            source="PRH",
            region="Kotka",
            status=FigureStatus.CONFIRMED,
            entered_by=FANNY,
        )
    )


@pytest.mark.parametrize("section", ["strengths", "goals_p1", "nowhere"])
def test_F6_only_sections_of_figures_take_figures(section: str):
    given().when(adding(section=section)).then_refused("card.no_such_section", section=section)


def test_F6_a_figure_has_a_label_and_an_id_of_its_own():
    given().when(adding(label=Text(fi=""))).then_refused("figure.label.empty")
    given().when(adding(id=RATE.id)).then_refused("id.taken")


def test_F7_the_last_figure_that_a_section_holds_is_kept_and_the_next_is_refused():
    there = [replace(RATE, id=f"figure_{i}", order=i + 1) for i in range(1, MAX_FIGURES_IN_SECTION)]
    given(*there).when(adding()).then_refused("card.figures_full", limit=MAX_FIGURES_IN_SECTION)
    outcome = given(*there[1:]).when(adding())
    assert outcome.the(Figure, "figure_new").order == MAX_FIGURES_IN_SECTION + 1


def test_F8_a_figure_stands_behind_the_last_of_its_group():
    first, last = (
        replace(OTHER, id=f"figure_{i}", group="by_municipality", order=i) for i in (2, 3)
    )
    behind = replace(OTHER, id="figure_4", order=4)
    outcome = given(first, last, behind).when(adding(group="by_municipality"))
    new = outcome.the(Figure, "figure_new")
    assert (new.group, new.order) == ("by_municipality", 4)
    outcome.then(new, replace(behind, order=5))


def test_F8_the_first_of_a_group_stands_at_the_end():
    new = given(OTHER).when(adding(group="by_purpose")).the(Figure, "figure_new")
    assert new.order == 3


def test_a_figure_is_removed_once():
    given().when(RemoveFigure(id=RATE.id)).then().then_gone(RATE.id)
    given().when(RemoveFigure(id="figure_9")).then_refused("figure.gone")


def test_F9_a_row_names_its_figure_by_id_or_by_a_reference_of_its_own():
    rows = (row(RATE.id, 1, 1.0), row("sotkanet:7", 1, 14.5, unit="%", made_in="2023"))
    outcome = given(OTHER).when(ImportFigures(rows=rows))
    assert outcome.the(Figure, RATE.id).value == 1.0
    by_ref = outcome.the(Figure, OTHER.id)
    assert (by_ref.value, by_ref.unit, by_ref.made_in, by_ref.version) == (14.5, "%", "2023", 2)


def test_F9_a_reference_of_several_figures_names_none():
    twin = replace(OTHER, id="figure_twin")
    command = ImportFigures(rows=(row("sotkanet:7", 1, 1.0),))
    given(OTHER, twin).when(command).then_refused("figure.ambiguous", figure="sotkanet:7")
    given().when(command).then_refused("figure.gone", id="sotkanet:7")


def test_F9_a_unit_that_is_there_stays():
    percent = replace(RATE, unit="%")
    command = ImportFigures(rows=(row(RATE.id, 1, 1.0, unit="kpl"),))
    assert given(percent).when(command).the(Figure, RATE.id).unit == "%"


def test_F10_a_figure_is_named_once():
    rows = (row(OTHER.id, 1, 1.0), row("sotkanet:7", 1, 2.0))
    given(OTHER).when(ImportFigures(rows=rows)).then_refused("figure.twice")


@pytest.mark.parametrize(
    ("count", "is_let_in"),
    [(0, False), (1, True), (MAX_FIGURES_AT_ONCE, True), (MAX_FIGURES_AT_ONCE + 1, False)],
)
def test_F10_an_import_has_as_many_rows_as_one_command_may(count: int, is_let_in: bool):
    command = ImportFigures(rows=(row(RATE.id, 1, 1.0),) * count)
    assert is_readable(command) is is_let_in


def test_F11_what_has_changed_meanwhile_is_named_and_nothing_is_imported():
    rows = (row(OTHER.id, 1, 2.0), row(RATE.id, 3, 4.0))
    given(OTHER, KNOWN).when(ImportFigures(rows=rows)).then_refused(
        "figure.changed", ids=[RATE.id], count=1
    )


def test_F11_what_says_the_same_is_no_conflict():
    same = row(RATE.id, 1, 3.5, as_of="2024", source="THL")
    given(KNOWN).when(ImportFigures(rows=(same,))).then_nothing()


def test_F12_imported_is_unconfirmed_until_somebody_says_that_it_was_checked():
    fetched = row(RATE.id, 4, 3.6, as_of="2025", source="Sotkanet", retrieved_ms=NOW - 5)
    expected = replace(
        KNOWN,
        value=3.6,
        as_of="2025",
        source="Sotkanet",
        status=FigureStatus.UNCONFIRMED,
        retrieved_ms=NOW - 5,
        entered_by=FANNY,
        version=5,
    )
    given(KNOWN).when(ImportFigures(rows=(fetched,))).then(expected)
    checked = ImportFigures(rows=(fetched,), is_confirmed=True)
    given(KNOWN).when(checked).then(replace(expected, status=FigureStatus.CONFIRMED))


def test_F12_nothing_was_fetched_in_the_future():
    fetched = row(RATE.id, 1, 1.0, retrieved_ms=NOW + 60_000)
    outcome = given(RATE).when(ImportFigures(rows=(fetched,)))
    assert outcome.the(Figure, RATE.id).retrieved_ms == NOW


def test_F12_a_missing_value_makes_the_figure_missing():
    outcome = given(KNOWN).when(ImportFigures(rows=(row(RATE.id, 4, None),), is_confirmed=True))
    assert outcome.the(Figure, RATE.id).status is FigureStatus.PLACEHOLDER


def test_F12_a_day_that_is_none_is_refused():
    bad = row(RATE.id, 1, 1.0, as_of="2023-02-29")
    given().when(ImportFigures(rows=(bad,))).then_refused("figure.no_such_day")
