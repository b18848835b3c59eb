"""What a goal's measures have reached, as it is printed."""

import pytest
from msgspec.structs import replace
from tests.cards.given import edition, full_desk
from tests.domain.reached import an_actual

from etatyopoyta.cards.building import build
from etatyopoyta.cards.table import MISSING
from etatyopoyta.cards.tables import evidence_tables
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import Actual

OF_B = an_actual("actual_1", organisation="org_b", value=412.0)
OF_A = an_actual("actual_2", organisation="org_a", value=12.5)


def desk_with(*actuals: Actual) -> Desk:
    """Goal 3 rests on measure_1 alone and has no words of its own; goal_1 has some."""
    desk = full_desk()
    desk.apply({actual.id: form(actual) for actual in actuals})
    return desk


def printed(*actuals: Actual, language: Language = "fi") -> str | None:
    (goal,) = build(desk_with(*actuals), edition(language)).tables[1].rows[2].goals
    return goal.actual and goal.actual.replace("\u00a0", " ")


def test_without_values_nothing_is_printed():
    assert printed() is None


def test_what_people_wrote_of_the_goal_goes_first():
    goals = build(desk_with(OF_B), edition()).tables[0].rows[0].goals
    assert goals[0].actual == "412 osallistujaa (2025)"


@pytest.mark.parametrize(
    ("actuals", "said"),
    [
        ((OF_B,), "412 hlö (2026, Örön Ystävät ry)"),
        ((OF_B, replace(OF_B, id="a", year=2027, value=1.5)), "1,5 hlö (2027, Örön Ystävät ry)"),
        ((OF_B, OF_A), "12,5–412 hlö (2026, 2 järjestöä)"),
        ((OF_B, OF_A, replace(OF_A, id="a", organisation=None, value=500.0)), "500 hlö (2026)"),
        ((replace(OF_B, value=None, text="Viihtyivät"),), "Viihtyivät (2026, Örön Ystävät ry)"),
    ],
    ids=["one", "newest year", "several are never added up", "one for all", "in words"],
)
def test_the_newest_values_are_printed_as_they_were_entered(actuals: tuple[Actual, ...], said: str):
    assert printed(*actuals) == said


def test_several_measures_are_named():
    desk = desk_with(OF_B, replace(OF_A, measure="measure_2"))
    desk.apply({"goal_3": {"measures": ["measure_1", "measure_2"]}})
    (goal,) = build(desk, edition()).tables[1].rows[2].goals
    assert (goal.actual or "").splitlines() == [
        "Osallistujat: 412\u00a0hlö (2026, Örön Ystävät ry)",
        "Tunnit: 12,5 (2026, Ankkurin Tupa ry)",
    ]


def test_the_table_has_a_row_for_each_value_and_says_what_is_missing():
    desk = desk_with(OF_B, replace(OF_A, organisation=None))
    desk.apply({"measure_1": {"baseline": 380.0, "baseline_as_of": "2025", "level": "output"}})
    desk.apply({"measure_1": {"target": 600.0, "target_year": 2029}})
    tables = {table.key: table for table in evidence_tables(build(desk, edition()))}
    rows = tables["actuals"].rows
    start = ("Osallistujat", "tuotos", "hlö", 380, 2025, 600, 2029, 2026)
    assert [row[:10] for row in rows[:2]] == [
        (*start, "kaikki yhdessä", 12.5),
        (*start, "Örön Ystävät ry", 412),
    ]
    assert rows[2][0] == "Tunnit"
    assert rows[2][9] is MISSING
