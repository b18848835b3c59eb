"""The table of measures: what each is, and what became of it."""

from tests.cards.given import Given, full_desk
from tests.exports.test_xlsx import made, opened, rows_of

from etatyopoyta.domain.measures import EditMeasure
from etatyopoyta.domain.merging import MergeMeasures
from etatyopoyta.domain.records import Direction, Level


def test_measures_have_their_definition_and_what_became_of_them():
    desk = full_desk()
    agreed = Given(desk)
    agreed.said(
        EditMeasure(
            id="measure_1",
            base=1,
            meaning="Montako ihmistä tavoitettiin.",
            source="päiväkirja",
            collection="lasketaan",
            interval="vuosittain",
            owner="org_a",
            direction=Direction.MORE,
            baseline=412.0,
            baseline_as_of="2025-02",
            target=500.0,
            target_year=2029,
            level=Level.OUTPUT,
            age_groups=("ikaantyneet", "tyoikaiset"),
            indicator="sotkanet:127",
        )
    )
    agreed.said(MergeMeasures(id="measure_2", into="measure_1", reason="Sama asia"))
    first, second = rows_of(opened(made(desk)), "Mittarit")
    assert list(first.values())[:17] == [
        "Osallistujat",
        "ehdotettu",
        None,
        "hlö",
        "Montako ihmistä tavoitettiin.",
        "tuotos",
        "enemmän on parempi",
        412,
        "2/2025",
        500,
        2029,
        "päiväkirja",
        "lasketaan",
        "vuosittain",
        "Ankkurin Tupa ry",
        "työikäiset; ikääntyneet",
        "sotkanet:127",
    ]
    assert (second["Mittari"], second["Mittarin tila"], second["Perustelu"]) == (
        "Tunnit",
        "yhdistetty mittariin: Osallistujat",
        "Sama asia",
    )
