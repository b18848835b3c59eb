"""What two editions of the card differ in."""

from tests.cards.given import edition, full_desk

from etatyopoyta.cards.building import build
from etatyopoyta.cards.comparing import ChangedField, ChangedRow, Comparison, compare
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form, Patch


def compared(change: Patch, language: Language = "fi") -> Comparison:
    """The full desk's card against the same after this patch."""
    desk = full_desk()
    later = Desk(desk)
    later.apply(change)
    return compare(build(desk, edition(language)), build(later, edition(language)))


def test_equal_cards_differ_in_nothing():
    found = compared({})
    assert (found.added, found.changed, found.removed) == ((), (), ())
    assert found.unchanged > 20


def test_a_reworded_goal_tells_the_old_and_the_new_wording():
    found = compared({"goal_1": {"text": "Osallisuus vahvistuu"}})
    assert found.changed == (
        ChangedRow(
            id="goal_1",
            place="Painopiste 1, Kulttuuriverkosto",
            title="Osallisuus vahvistuu",
            fields=(
                ChangedField(
                    name="Tavoite", old="Osallistuminen lisääntyy", new="Osallisuus vahvistuu"
                ),
            ),
        ),
    )


def test_a_goal_that_went_says_why_and_one_that_came_is_new():
    found = compared(
        {
            "goal_2": {"state": "parked", "reason": "Siirretään ensi vuoteen"},
            "goal_5": {"state": "on_card"},
        }
    )
    assert [(row.id, row.reason) for row in found.removed] == [
        ("goal_2", "Siirretään ensi vuoteen")
    ]
    assert [row.id for row in found.added] == ["goal_5"]
    assert all(field.new is None for field in found.removed[0].fields)
    assert all(field.old is None for field in found.added[0].fields)


def test_what_came_of_a_goal_and_where_it_stands_are_changes():
    found = compared({"goal_3": {"network": "network_1", "actual": "12 %"}})
    (row,) = found.changed
    assert {field.name: (field.old, field.new) for field in row.fields} == {
        "Sijainti": (
            "Painopiste 2, Ikääntyneiden verkosto",
            "Painopiste 2, Kulttuuriverkosto",
        ),
        "Toteuma": (None, "12 %"),
    }


def test_figures_lines_and_the_title_are_compared():
    desk = full_desk()
    line = next(r.id for r in desk if r.id.startswith("text_"))
    found = compared(
        {
            line: {"text": "Uusi rivi"},
            "card": {"title": {"sv": "Kortet 2026"}},
            "figure_registered": {"value": 1.0},
        },
        "sv",
    )
    assert {row.id for row in found.changed} == {line, "card", "figure_registered"}


def test_what_was_reached_of_a_measure_is_a_change():
    actual: Form = {
        "t": "actual",
        "id": "actual_1",
        "measure": "measure_1",
        "year": 2025,
        "organisation": "org_a",
        "value": 412.0,
        "created_ms": 1,
        "version": 1,
    }
    found = compared({"actual_1": actual, "measure_1": {"target": 500.0}})
    (row,) = [each for each in found.changed if each.id == "measure_1"]
    assert [(field.name, field.new) for field in row.fields] == [
        ("Tavoitetaso", "500"),
        ("Toteuma", "2025: 412 (Ankkurin Tupa ry)"),
    ]


def test_a_measure_that_left_the_card_is_removed():
    found = compared({"measure_2": {"state": "rejected"}})
    assert [row.id for row in found.removed] == ["measure_2"]
    assert "goal_2" in [row.id for row in found.changed]
