"""Charts and headings of the card's model."""

from tests.cards.given import edition, new_desk

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import CardPart, Chart, FigureRow
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form
from etatyopoyta.domain.records import CARD


def part(desk: Desk, key: str) -> CardPart:
    return next(part for part in build(desk, edition()).parts if part.key == key)


def charts(desk: Desk, key: str) -> dict[str, Chart]:
    return {chart.key: chart for chart in part(desk, key).charts}


def with_classes(count: int) -> Desk:
    desk = new_desk().desk
    for number in range(count + 1):
        figure: Form = {
            "t": "figure",
            "id": f"figure_class{number}",
            "section": "associations",
            "group": "purpose_class",
            "order": 20 + number,
            "label": {"fi": f"Luokka {number}"},
            "status": "unconfirmed" if number else "placeholder",
        }
        desk.apply({f"figure_class{number}": figure | ({"value": 10 * number} if number else {})})
    return desk


def test_what_is_missing_is_no_bar_and_a_chart_of_nothing_is_none():
    desk = new_desk().desk
    assert charts(desk, "population") == {}
    desk.apply(
        {
            "figure_ageLatest16to64": {"value": 57.1, "as_of": "2024", "status": "confirmed"},
            "figure_ageEarlier0to6": {"value": 6.5, "as_of": "2014", "status": "confirmed"},
        }
    )
    (chart,) = charts(desk, "population").values()
    assert chart.categories[2] == "16–64-vuotiaat"
    assert [series.values for series in chart.series] == [
        (6.5, None, None, None, None),
        (None, None, 57.1, None, None),
    ]


def test_purpose_classes_are_charted_when_there_are_three():
    assert set(charts(with_classes(2), "associations")) == {"by_municipality"}
    chart = charts(with_classes(3), "associations")["by_purpose"]
    assert chart.series[0].values == (None, 10, 20, 30)


def projection(desk: Desk) -> FigureRow:
    return next(f for f in part(desk, "population").figures if f.id == "figure_projection")


def test_a_forecast_says_when_it_was_made():
    desk = new_desk().desk
    assert projection(desk).made_in is None
    change: Form = {"value": 150_000, "as_of": "2040", "made_in": "2024", "status": "unconfirmed"}
    desk.apply({"figure_projection": change})
    row = projection(desk)
    assert (row.as_of, row.made_in) == ("2040", "2024")
    assert row.remark is not None
    assert row.remark.startswith("Ennuste laadittu 2024. ")


def test_a_heading_has_its_period_or_says_that_it_is_missing():
    desk = new_desk().desk
    assert part(desk, "wellbeing_goals").title == "Hyvinvointitavoitteet (kausi puuttuu)"
    assert part(desk, "spearheads").title.endswith("painopistealueet")
    sections = [
        {"key": s.key, "kind": s.kind, "title": {"fi": "Tavoitteet"}, "period": "2026–2029"}
        for s in desk.card.sections
    ]
    desk.apply({CARD: {"sections": sections}})  # type: ignore[dict-item]
    assert part(desk, "wellbeing_goals").title == "Tavoitteet 2026–2029"
