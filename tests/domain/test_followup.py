"""What was reached, what was aimed at, and the words for how an action stands."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    FANNY,
    INFO,
    MARTAT,
    NOW,
    SAKARI,
    SHEET,
    SIRI,
    SYDAN,
    Given,
    a_desk,
    a_goal,
    a_measure,
    given,
    is_readable,
)
from tests.domain.reached import an_actual

from etatyopoyta.domain.calendar import years_of
from etatyopoyta.domain.followup import (
    MAX_ACTUAL_CHARACTERS,
    MAX_ACTUALS_AT_ONCE,
    MAX_STATUSES,
    ActualGiven,
    ImportActuals,
    RemoveActual,
    SetActual,
    SetStatuses,
)
from etatyopoyta.domain.records import Choice, MeasureState, Person, Role, Text
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

WALKS = a_measure("measure_1")
REACHED = an_actual("actual_1", by=FANNY)


def row(**fields: object) -> ActualGiven:
    plain: dict[str, object] = {
        "id": "actual_1",
        "measure": WALKS.id,
        "year": 2026,
        "organisation": MARTAT,
        "value": 412.0,
        "as_of": "2026-12-31",
        "source": "Oma tilasto",
    }
    return ActualGiven(**{**plain, **fields})  # type: ignore[arg-type]


def entering(**fields: object) -> SetActual:
    return SetActual(given=row(**fields))


def test_W1_a_measure_a_year_and_an_organisation_have_one_value():
    given(WALKS).when(entering(source=" Oma tilasto ")).then(REACHED)
    for year, organisation in ((2027, MARTAT), (2026, None), (2026, SYDAN)):
        other = entering(id="actual_2", year=year, organisation=organisation)
        expected = replace(REACHED, id="actual_2", year=year, organisation=organisation)
        given(WALKS, REACHED).when(other).then(expected)
    again = entering(id="actual_2", value=1.0)
    given(WALKS, REACHED).when(again).then_refused("actual.exists", id="actual_1")


def test_W1_what_it_stands_for_is_there_and_in_use():
    given().when(entering()).then_refused("measure.gone")
    given(WALKS).when(entering(organisation="org_none")).then_refused("organisation.gone")
    for state in (MeasureState.WITHDRAWN, MeasureState.MERGED):
        given(replace(WALKS, state=state)).when(entering()).then_refused("measure.withdrawn")
    accepted = replace(WALKS, state=MeasureState.ACCEPTED)
    given(accepted).when(entering()).then(REACHED)
    given(WALKS, a_goal("actual_1")).when(entering()).then_refused("id.taken")


def test_W2_it_is_a_number_or_words_or_both():
    longest = "x" * MAX_ACTUAL_CHARACTERS
    given(WALKS).when(entering(text=longest)).then(replace(REACHED, text=longest))
    given(WALKS).when(entering(value=None, text="Kävijät viihtyivät")).then(
        replace(REACHED, value=None, text="Kävijät viihtyivät")
    )
    given(WALKS).when(entering(value=None, text=" ")).then_refused("actual.empty")
    given(WALKS).when(entering(text=longest + "x")).then_refused("actual.too_long")
    given(WALKS).when(entering(value=0.0)).then(replace(REACHED, value=0.0))


def test_W3_a_value_is_never_replaced_unseen():
    unseen, seen, other = (entering(value=500.0, base=base) for base in (None, 1, 2))
    there = given(WALKS, REACHED)
    there.when(unseen).then_refused("actual.exists", text=412.0, version=1)
    there.when(other).then_refused("actual.changed", text=412.0, version=1)
    there.when(seen).then(replace(REACHED, value=500.0, version=2))
    worded = replace(REACHED, value=None, text="Sanoin")
    given(WALKS, worded).when(entering()).then_refused("actual.exists", text="Sanoin")


def test_W3_there_is_nothing_to_replace_any_more():
    given(WALKS).when(entering(base=1)).then_refused("actual.gone")


def test_W4_the_same_once_more_changes_nothing():
    given(WALKS, REACHED).when(entering()).then_nothing()
    given(WALKS, REACHED).when(entering(id="actual_9", base=7)).then_nothing()


def test_W5_participants_and_reporters_report_for_their_own_organisation():
    reporter = Person(id="person_r", role=Role.REPORTER, organisation=SYDAN)
    for by, role, own, other in (
        (AINO, Role.PARTICIPANT, MARTAT, SYDAN),
        ("person_r", Role.REPORTER, SYDAN, MARTAT),
    ):
        own_value = replace(REACHED, organisation=own, by=by)
        given(WALKS, reporter).when(entering(organisation=own), by=by, role=role).then(own_value)
        for not_theirs in (other, None):
            given(WALKS, reporter).when(
                entering(organisation=not_theirs), by=by, role=role
            ).then_refused("actual.not_yours", organisation=not_theirs)


def test_W5_who_belongs_to_nobody_reports_nothing():
    nobody = Person(id=AINO, role=Role.PARTICIPANT)
    given(WALKS, nobody).when(
        entering(organisation=None), by=AINO, role=Role.PARTICIPANT
    ).then_refused("actual.not_yours")


def test_W5_facilitators_and_secretaries_report_for_all():
    for organisation in (MARTAT, SYDAN, None):
        expected = replace(REACHED, organisation=organisation, by=SAKARI)
        given(WALKS).when(entering(organisation=organisation), by=SAKARI, role=Role.SECRETARY).then(
            expected
        )


def test_W5_nobody_takes_back_what_others_entered():
    given(WALKS, REACHED).when(
        RemoveActual(id="actual_1", base=1), by=SIRI, role=Role.PARTICIPANT
    ).then_refused("actual.not_yours")
    given(WALKS, REACHED).when(
        RemoveActual(id="actual_1", base=1), by=AINO, role=Role.PARTICIPANT
    ).then_gone("actual_1")


def test_W6_the_year_is_one_of_the_cards_period():
    card = replace(SHEET, period="2026–2029")
    for year in (2026, 2029):
        given(WALKS, card).when(entering(year=year)).then(replace(REACHED, year=year))
    for year in (2025, 2030):
        given(WALKS, card).when(entering(year=year)).then_refused(
            "actual.other_year", first=2026, last=2029
        )


def test_W6_without_a_period_any_year_will_do():
    given(WALKS).when(entering(year=2000)).then(replace(REACHED, year=2000))
    assert not is_readable(entering(year=1999))
    assert not is_readable(entering(year=2101))


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2026–2029", range(2026, 2030)),
        ("2026 - 2029", range(2026, 2030)),
        ("Kausi 2026", range(2026, 2027)),
        ("20XX–20XX", None),
        ("2029–2026", None),
        ("2026, 2027, 2028", None),
        (None, None),
    ],
)
def test_W6_a_period_is_read_as_people_write_it(period: str | None, years: range | None):
    assert years_of(period) == years


def test_W7_it_has_a_date_of_the_calendar_and_a_source():
    given(WALKS).when(entering(as_of="2026-02-30")).then_refused("actual.no_such_day")
    given(WALKS).when(entering(as_of="2026")).then(replace(REACHED, as_of="2026"))
    assert not is_readable(entering(as_of="31.12.2026"))
    given(WALKS).when(entering(source=" ")).then_refused("actual.source.empty")
    given(WALKS).when(entering(source="x" * (MAX_TITLE_CHARACTERS + 1))).then_refused(
        "actual.source.too_long"
    )


def test_W8_all_rows_or_none():
    new = row(id="actual_2", year=2027)
    replacing = row(value=500.0, base=1)
    outcome = given(WALKS, REACHED).when(ImportActuals(rows=(new, replacing)))
    outcome.then(
        replace(REACHED, id="actual_2", year=2027), replace(REACHED, value=500.0, version=2)
    )


def test_W8_what_would_be_replaced_unseen_is_refused_together():
    later = replace(REACHED, id="actual_2", year=2027, version=3)
    new = row(id="actual_3", year=2028)
    rows = (new, row(value=1.0), row(value=2.0, year=2027, base=2))
    outcome = given(WALKS, REACHED, later).when(ImportActuals(rows=rows))
    conflicts = [
        {"id": "actual_1", "text": 412.0, "version": 1, "row": 2},
        {"id": "actual_2", "text": 412.0, "version": 3, "row": 3},
    ]
    outcome.then_refused("actuals.conflicts", count=2, rows=conflicts)


def test_W8_another_refusal_names_its_row():
    rows = (row(id="actual_2", year=2027), row(as_of="2026-02-30"))
    given(WALKS).when(ImportActuals(rows=rows)).then_refused("actual.no_such_day", row=2)
    given(WALKS).when(ImportActuals(rows=rows), by=SIRI, role=Role.PARTICIPANT).then_refused(
        "actual.not_yours", row=1
    )


def test_W8_as_many_as_fit_one_ask():
    rows = tuple(row(id=f"actual_{i}", year=2000 + i % 100) for i in range(MAX_ACTUALS_AT_ONCE))
    assert is_readable(ImportActuals(rows=rows))
    assert not is_readable(ImportActuals(rows=(*rows, row())))
    assert not is_readable(ImportActuals(rows=()))


def test_W9_no_two_rows_stand_for_the_same():
    twice = ImportActuals(rows=(row(), row(id="actual_2", value=2.0)))
    given(WALKS).when(twice).then_refused("actuals.twice", row=2, year=2026)
    same_id = ImportActuals(rows=(row(), row(year=2027)))
    given(WALKS).when(same_id).then_refused("id.taken", id="actual_1")


def test_W10_what_is_taken_back_is_what_was_seen():
    changed = replace(REACHED, version=2)
    given(WALKS, changed).when(RemoveActual(id="actual_1", base=1)).then_refused(
        "actual.changed", version=2, text=412.0
    )
    given(WALKS, changed).when(RemoveActual(id="actual_1", base=2)).then_gone("actual_1")
    given(WALKS).when(RemoveActual(id="actual_1", base=1)).then_refused("actual.gone")


def words(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=name.lower(), name=Text(fi=name)) for name in names)


def test_X1_there_are_two_to_eight_statuses_each_with_its_own_word():
    chosen = words("Alussa", "Kesken", "Valmis")
    given().when(SetStatuses(statuses=chosen)).then(replace(INFO, statuses=chosen))
    same_word = (*words("Alussa"), Choice(key="toinen", name=Text(fi="ALUSSA")))
    given().when(SetStatuses(statuses=same_word)).then_refused("status.twice", status="alussa")
    same_key = (*words("Alussa"), Choice(key="alussa", name=Text(fi="Toinen")))
    given().when(SetStatuses(statuses=same_key)).then_refused("status.twice", status="alussa")
    blank = (*words("Alussa"), Choice(key="b", name=Text(fi=" ")))
    given().when(SetStatuses(statuses=blank)).then_refused("status.empty")
    many = words(*(f"S{i}" for i in range(MAX_STATUSES)))
    assert is_readable(SetStatuses(statuses=many))
    assert not is_readable(SetStatuses(statuses=(*many, *words("Vielä"))))
    assert not is_readable(SetStatuses(statuses=words("Yksi")))


def test_X2_a_status_that_a_goal_has_stays():
    goal = a_goal("goal_1", status="going")
    without = words("Alussa", "Valmis")
    given(goal).when(SetStatuses(statuses=without)).then_refused("status.in_use", status="going")
    renamed = (Choice(key="going", name=Text(fi="Meneillään", sv="Pågår")), *words("Valmis"))
    given(goal).when(SetStatuses(statuses=renamed)).then(replace(INFO, statuses=renamed))


def test_a_desk_without_a_card_takes_no_values():
    desk = a_desk(WALKS)
    desk.apply({"card": None})
    Given(desk).when(entering()).then_refused("card.gone")


def test_who_entered_it_last_and_when_it_was_first():
    outcome = given(WALKS, REACHED).when(
        entering(value=1.0, base=1), at_ms=NOW + 5, by=AINO, role=Role.PARTICIPANT
    )
    outcome.then(replace(REACHED, value=1.0, by=AINO, version=2))
