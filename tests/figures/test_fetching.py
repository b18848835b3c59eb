"""Figures out of answers in the recorded shapes, and out of what are none."""

from threading import Event

import pytest
from tests.figures.source import TABLE, Answer, Handler, source

from etatyopoyta.domain.refused import Refused
from etatyopoyta.figures import Found, Statistics, Wanted
from etatyopoyta.figures.asking import MAX_ANSWER_BYTES, SOTKANET, STATISTICS_FINLAND, Site
from etatyopoyta.figures.reading import Reading, number

pytestmark = pytest.mark.anyio
CELL = f"pxweb:{TABLE}?Alue=MK08&Tiedot=vaesto"


def wanted(reference: str, region: str = "Kymenlaakso", year: int | None = None) -> Wanted:
    return Wanted(figure="figure_1", reference=reference, region=region, year=year)


async def fetched(site: Site, *asked: Wanted, wait_s: float = 5) -> list[Found]:
    return await Statistics(site, site, wait_s=wait_s).fetch(asked)


async def the_reading(site: Site, asked: Wanted) -> Reading:
    (found,) = await fetched(site, asked)
    assert found.reading is not None, found.problem
    return found.reading


async def problem(site: Site, asked: Wanted) -> str | None:
    """Of a figure beside one that is found."""
    found = await fetched(site, wanted("sotkanet:7"), asked)
    assert found[0].reading is not None
    return found[1].problem


async def refusal(asked: Wanted, **answers: Answer) -> Refused:
    with source(**answers) as (site, _), pytest.raises(Refused) as refused:
        await fetched(site, asked)
    return refused.value


async def test_the_newest_value_of_a_region_comes_with_its_year_and_source() -> None:
    with source() as (site, _):
        assert await the_reading(site, wanted("sotkanet:7")) == Reading(
            value=5.1,
            as_of="2024",
            source="Sotkanet.fi, Tilastokeskus",
            title="0 - 6-vuotiaat, % väestöstä",
        )
        assert (await the_reading(site, wanted("sotkanet:7", "KOTKA"))).value == 4.1


async def test_a_year_can_be_asked_for() -> None:
    with source() as (site, _):
        reading = await the_reading(site, wanted("sotkanet:7", year=2023))
        assert (reading.value, reading.as_of) == (4.1, "2023")


async def test_answers_of_the_older_form_are_read_and_the_last_day_is_a_day() -> None:
    with source() as (site, _):
        reading = await the_reading(site, wanted("sotkanet:127"))
        assert (reading.value, reading.as_of) == (157_442.0, "2024-12-31")


async def test_a_sum_is_of_one_year_that_all_parts_have() -> None:
    with source() as (site, _):
        reading = await the_reading(site, wanted("sotkanet:170+1069"))
        assert (reading.value, reading.as_of) == (24.3, "2023")
        assert reading.title == "65 - 74-vuotiaat, % väestöstä + 75 - 84-vuotiaat, % väestöstä"


async def test_of_a_choice_all_come_and_a_forecast_says_when_it_was_made() -> None:
    with source() as (site, _):
        found = await fetched(site, wanted("sotkanet:746/751"))
        readings = [one.reading for one in found if one.reading]
        assert [(one.value, one.as_of, one.made_in) for one in readings] == [
            (151_000, "2030", "2021"),
            (143_000, "2040", "2021"),
        ]


async def test_nothing_is_asked_twice() -> None:
    with source() as (site, asked):
        await fetched(site, wanted("sotkanet:7"), wanted("sotkanet:7", "Kotka"))
        assert len(asked) == len(set(asked)) == 3


async def test_a_cell_of_a_table_is_read() -> None:
    with source() as (site, asked):
        assert await the_reading(site, wanted(CELL)) == Reading(
            value=157_442,
            as_of="2024",
            source="Tilastokeskus, väestörakenne",
            title="Väestö muuttujina Vuosi, Alue ja Tiedot",
        )
        assert "Sukupuoli" not in asked[-1]
        assert (await the_reading(site, wanted(CELL, year=2022))).as_of == "2022"


@pytest.mark.parametrize(
    ("reference", "region", "code"),
    [
        ("sotkanet:3216", "Kotka", "figures.no_indicator"),
        ("sotkanet:7", "Atlantis", "figures.no_region"),
        ("sotkanet:7", "", "figures.no_region"),
        ("sotkanet:", "Kotka", "figures.bad_ref"),
        ("sotkanet:7/../regions", "Kotka", "figures.bad_ref"),
        ("https://example.org/", "Kotka", "figures.bad_ref"),
        ("", "Kotka", "figures.bad_ref"),
        ("pxweb:StatFin/none.px?Alue=MK08", "", "figures.no_indicator"),
        ("pxweb:../../secret.px", "", "figures.bad_ref"),
        (f"pxweb:{TABLE}?Alue=MK08", "", "figures.bad_ref"),
        (f"pxweb:{TABLE}?Alue=MK99&Tiedot=vaesto", "", "figures.bad_ref"),
        (f"{CELL}&Muu=1", "", "figures.bad_ref"),
        (f"pxweb:{TABLE}?Alue=KU285&Tiedot=vaesto", "", "figures.no_value"),
    ],
)
async def test_why_one_figure_is_not_there_stands_in_its_row(
    reference: str, region: str, code: str
) -> None:
    with source() as (site, _):
        assert await problem(site, wanted(reference, region)) == code


async def test_a_year_without_a_value_is_none() -> None:
    with source() as (site, _):
        assert await problem(site, wanted("sotkanet:7", year=2035)) == "figures.no_value"


def saying(body: object, status: int = 200) -> Answer:
    return lambda handler: handler.say(body, status)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_source_that_is_down_is_away(status: int) -> None:
    refused = await refusal(wanted("sotkanet:7"), regions=saying({}, status))
    assert (refused.code, refused.details) == ("figures.source_away", {"source": "Lähde"})


@pytest.mark.parametrize(
    "answer",
    [
        saying(b"<html>Huoltokatko</html>"),
        saying({"regions": []}),
        saying(b"[" * 100_000),
        saying(b"\xff\xfe"),
        saying(b"[" + b" " * MAX_ANSWER_BYTES + b"]"),
        saying(b"", 301),
        saying(b"", 403),
    ],
    ids=["html", "other shape", "deep", "no text", "huge", "redirect", "forbidden"],
)
async def test_an_answer_that_is_none_of_ours_is_strange(answer: Answer) -> None:
    refused = await refusal(wanted("sotkanet:7"), regions=answer)
    assert refused.code == "figures.source_strange"


@pytest.mark.parametrize(
    "answers",
    [
        {"indicators__7": saying({"title": {}, "range": None})},
        {"json": saying({"rows": []})},
        {"POST": saying({"size": [2], "value": [1, 2]})},
        {"POST": saying({"size": [1], "value": [1], "dimension": {"Vuosi": {"category": {}}}})},
        {TABLE.replace("/", "__"): saying([])},
    ],
)
async def test_a_changed_shape_is_strange(answers: dict[str, Answer]) -> None:
    reference = "sotkanet:7" if not {"POST", TABLE.replace("/", "__")} & set(answers) else CELL
    assert (await refusal(wanted(reference), **answers)).code == "figures.source_strange"


async def test_a_slow_source_is_away_and_is_not_asked_again() -> None:
    over = Event()

    def slow(_: Handler) -> None:
        over.wait()

    with source(regions=slow) as (site, asked):
        try:
            both = wanted("sotkanet:7"), wanted("sotkanet:127")
            with pytest.raises(Refused) as refused:
                await fetched(site, *both, wait_s=0.05)
        finally:
            over.set()
    assert refused.value.code == "figures.source_away"
    assert len(asked) == 1


async def test_where_nobody_listens_the_source_is_away() -> None:
    nowhere = Site("Lähde", "http://127.0.0.1:1/rest")
    with pytest.raises(Refused, match=r"figures\.source_away"):
        await fetched(nowhere, wanted("sotkanet:7"))


def test_the_sources_are_asked_by_https() -> None:
    assert SOTKANET.address.startswith("https://sotkanet.fi/")
    assert STATISTICS_FINLAND.address.startswith("https://pxdata.stat.fi/")


@pytest.mark.parametrize(
    ("written", "read"),
    [(3, 3.0), ("31,2", 31.2), ("31.2", 31.2), ("..", None), ("nan", None), (True, None),
     (None, None), ([], None), (float("inf"), None)],
)  # fmt: skip
def test_what_is_no_number_is_none(written: object, read: float | None) -> None:
    assert number(written) == read  # type: ignore[arg-type]
