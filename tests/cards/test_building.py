"""The card model holds what the desk holds, and nothing that must not be printed."""

import msgspec
import pytest
from tests.cards.given import HIDDEN, NAMELESS, Given, edition, full_desk, new_desk

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import CardModel
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.figures import SetFigure
from etatyopoyta.domain.goals import ParkGoal
from etatyopoyta.domain.measures import AcceptMeasure, ParkMeasure
from etatyopoyta.domain.merging import MergeMeasures
from etatyopoyta.domain.records import GoalState, Note, Section
from etatyopoyta.domain.refused import Refused


@pytest.fixture
def card() -> CardModel:
    return build(full_desk(), edition())


def test_every_network_has_a_row_in_every_focus_area_also_without_goals(card: CardModel):
    assert [table.title for table in card.tables] == [
        "Painopiste 1: Terveelliset ja hyvinvointia tukevat elintavat",
        "Painopiste 2: Merkityksellinen elämä ja turvallinen arki",
    ]
    for table in card.tables:
        assert [row.id for row in table.rows] == [f"network_{n}" for n in range(1, 12)]
    assert [row.name for row in card.tables[0].rows][:4] == [
        "Kulttuuriverkosto",
        "Työllisyysverkosto",
        "Ikääntyneiden verkosto",
        "Verkosto 4 (nimeä)",
    ]


def test_a_goal_leads_back_to_its_measures_notes_and_organisations(card: CardModel):
    goal = card.tables[0].rows[0].goals[0]
    assert (goal.text, goal.status, goal.actual) == (
        "Osallistuminen lisääntyy",
        "käynnissä",
        "412 osallistujaa (2025)",
    )
    assert [(measure.name, measure.unit) for measure in goal.measures] == [("Osallistujat", "hlö")]
    assert [(s.number, s.id, s.text, s.organisation) for s in goal.sources] == [
        (1, "note_1", "kävijämäärä", "Örön Ystävät ry"),
        (2, "note_2", "osallistujien määrä", "Ankkurin Tupa ry"),
        (5, "note_5", NAMELESS, None),
    ]
    assert goal.organisations == ("Ankkurin Tupa ry", "Örön Ystävät ry")


def test_measures_that_were_set_aside_are_kept_apart_with_the_reason():
    desk = full_desk()
    agreed = Given(desk)
    agreed.said(AcceptMeasure(id="measure_1"))
    agreed.said(MergeMeasures(id="measure_2", into="measure_1", reason="Sama asia"))
    card = build(desk, edition())
    assert [(m.name, m.state) for m in card.measures] == [("Osallistujat", "hyväksytty")]
    assert [(m.name, m.state, m.reason, m.merged_into) for m in card.measures_aside] == [
        ("Tunnit", "yhdistetty", "Sama asia", "Osallistujat")
    ]
    assert [source.number for source in card.measures[0].sources] == [1, 2, 3, 5]
    assert [source.number for source in card.measures_aside[0].sources] == [3]
    second = card.tables[0].rows[0].goals[1]
    assert [measure.id for measure in second.measures] == ["measure_1"]


def test_a_parked_goal_keeps_the_evidence_of_a_measure_that_was_parked():
    desk = full_desk()
    agreed = Given(desk)
    agreed.said(ParkGoal(id="goal_2", reason="Liian laaja"))
    agreed.said(ParkMeasure(id="measure_2"))
    parked = {goal.place.id: goal for goal in build(desk, edition()).parked}
    assert parked["goal_2"].reason == "Liian laaja"
    assert [source.number for source in parked["goal_2"].sources] == [3]


def test_goals_beside_the_card_are_kept_apart(card: CardModel):
    assert [goal.text for goal in card.parked] == ["Odottaa"]
    assert [goal.text for goal in card.suggested] == ["Ehdotus"]
    on_card = [goal.text for table in card.tables for row in table.rows for goal in row.goals]
    assert on_card == [
        "Osallistuminen lisääntyy",
        "Vapaaehtoisuus vahvistuu",
        "Arki on turvallista",
    ]


def test_a_note_knows_what_became_of_it(card: CardModel):
    note = card.notes[0]
    assert (note.number, note.text, note.cluster) == (1, "kävijämäärä", "Osallistujamäärä")
    assert (note.unit, note.interval, note.workshop) == ("hlö", "kuukausi", "Vaikuttavuuspaja 1")
    assert note.measures == ("Osallistujat",)
    assert [(g.focus_area, g.network, g.text, g.state) for g in note.goals] == [
        ("Painopiste 1", "Kulttuuriverkosto", "Osallistuminen lisääntyy", GoalState.ON_CARD),
        ("Painopiste 2", "Ikääntyneiden verkosto", "Arki on turvallista", GoalState.ON_CARD),
    ]
    assert f"{note.created:%d.%m.%Y %H.%M}" == "24.11.2025 18.00"


def test_a_note_says_after_which_section_it_came_and_whether_it_is_aside():
    desk = full_desk()
    section = next(desk.of(Section))
    desk.apply({"note_1": {"late": section.id, "parked_ms": 1}, "note_2": {"late": "section_gone"}})
    late, unknown, in_time = build(desk, edition()).notes[:3]
    assert (late.late, late.is_parked) == (section.title.fi, True)
    assert (unknown.late, unknown.is_parked) == (None, False)
    assert (in_time.late, in_time.is_parked) == (None, False)


def test_hidden_notes_nameless_organisations_and_authors_are_not_in_it():
    desk = full_desk()
    card = build(desk, edition())
    printed = repr(card)
    assert HIDDEN not in printed
    assert "note_6" not in printed
    assert {note.author for note in desk.of(Note)} == {"person_f"}
    assert "person_" not in printed
    assert [note.organisation for note in card.notes if note.text == NAMELESS] == [None]


def test_a_hidden_note_behind_a_measure_does_not_get_out_by_it():
    desk = full_desk()
    desk.apply({"note_1": {"is_hidden": True}})
    card = build(desk, edition())
    assert "kävijämäärä" not in repr(card)
    assert card.coverage.notes_hidden == 2
    assert card.tables[0].rows[0].goals[0].organisations == ("Ankkurin Tupa ry",)


def test_clusters_are_counted_and_the_biggest_is_first(card: CardModel):
    assert [(c.title, c.notes, c.organisations, c.measures) for c in card.clusters] == [
        ("Osallistujamäärä", 3, ("Ankkurin Tupa ry", "Örön Ystävät ry"), ("Osallistujat",)),
        ("Tunnit", 1, ("Ankkurin Tupa ry",), ("Tunnit",)),
    ]


def test_coverage_counts_how_far_notes_came(card: CardModel):
    count = card.coverage
    assert (count.notes, count.notes_hidden, count.notes_in_clusters) == (5, 1, 4)
    assert (count.notes_behind_measures, count.notes_behind_goals) == (4, 4)
    assert (count.organisations, count.organisations_behind_goals) == (2, 2)
    assert (count.measures, count.measures_on_card, count.clusters) == (2, 2, 2)
    assert (count.figures, count.figures_missing) == (25, 15)
    assert [(a.goals, a.networks_with_goals, a.networks) for a in count.focus_areas] == [
        (2, 1, 11),
        (1, 1, 11),
    ]


def test_the_sum_of_the_municipalities_is_shown_beside_the_total_and_neither_is_corrected(
    card: CardModel,
):
    (check,) = card.checks
    assert (check.sum, check.sum_as_of) == (3346, "2024-11-04")
    assert (check.total.value, check.total.as_of) == (3344, "2024-04-26")
    assert check.difference == 2
    for part in ("3346", "4.11.2024", "3344", "26.4.2024"):
        assert part in check.text


def test_there_is_no_check_while_a_part_is_missing():
    given = new_desk()
    given.said(SetFigure(id="figure_kotka", base=1, value=None))
    assert build(given.desk, edition()).checks == ()


def test_missing_figures_have_no_value(card: CardModel):
    population = card.parts[0].figures
    assert {figure.value for figure in population} == {None}
    assert {figure.status_key for figure in population} == {"placeholder"}


def test_a_placeholder_with_a_number_is_still_missing():
    desk = full_desk()
    desk.apply({"figure_inhabitants": {"value": 123456.0}})
    assert "123456" not in repr(build(desk, edition()))


def test_parts_come_in_the_order_of_the_card_with_their_content(card: CardModel):
    assert [(part.key, part.kind) for part in card.parts] == [
        ("population", "figures"),
        ("associations", "figures"),
        ("features", "texts"),
        ("strengths", "texts"),
        ("spearheads", "texts"),
        ("wellbeing_goals", "texts"),
        ("p1", "goals"),
        ("p2", "goals"),
        ("measure_set", "measures"),
    ]
    parts = {part.key: part for part in card.parts}
    assert len(parts["features"].texts) == 8
    assert parts["p2"].table == card.tables[1]
    assert [measure.name for measure in parts["measure_set"].measures] == ["Osallistujat", "Tunnit"]


@pytest.mark.parametrize("state", ["luonnos", "kommentoitavana", "hyvaksytty"])
def test_the_mark_stands_until_the_card_is_published(state: str):
    desk = full_desk()
    desk.apply({"card": {"state": state}})
    assert build(desk, edition()).mark == "LUONNOS"
    desk.apply({"card": {"state": "julkaistu"}})
    assert build(desk, edition()).mark is None


def test_languages_change_the_wording_and_nothing_else():
    desk = full_desk()
    swedish = build(desk, edition("sv"))
    assert swedish.title == "Organisationskort"
    assert swedish.tables[0].rows[0].name == "Kulturnätverket"
    assert swedish.tables[0].rows[0].goals[0].status == "pågår"
    assert swedish.mark
    assert "LUONNOS" in swedish.mark
    english, finnish = build(desk, edition("en")), build(desk, edition("fi"))
    assert english.tables[0].rows[2].name == "Older people's network"
    assert english.coverage.notes == finnish.coverage.notes
    assert [note.text for note in english.notes] == [note.text for note in finnish.notes]


def test_the_same_desk_and_edition_give_the_same_card():
    first, second = (build(full_desk(), edition()) for _ in range(2))
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


def test_a_desk_that_was_never_filled_has_no_card():
    with pytest.raises(Refused) as refused:
        build(Desk(), edition())
    assert refused.value.code == "desk.gone"


def test_in_swedish_clusters_and_notes_name_their_measures_in_swedish():
    desk = full_desk()
    desk.apply({"measure_1": {"name_sv": "Deltagare"}})
    swedish, english = (build(desk, edition(language)) for language in ("sv", "en"))
    assert swedish.clusters[0].measures == swedish.notes[0].measures == ("Deltagare",)
    assert english.clusters[0].measures == english.notes[0].measures == ("Osallistujat",)
