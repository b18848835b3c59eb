"""Figures looked up at their sources over HTTP: for those who lead, and nothing is changed."""

from typing import Any

import httpx
import pytest
from tests.figures.source import source
from tests.transport.served import Served, served

from etatyopoyta.domain.records import Role
from etatyopoyta.figures import Statistics

pytestmark = pytest.mark.anyio


async def lead(place: Served, browser: httpx.AsyncClient, role: Role = Role.FACILITATOR) -> None:
    secret = await place.house.doors.invite(place.desk, role, "test")
    await browser.post(f"/api/desks/{place.desk}/open", json={"secret": secret})


async def fetch(place: Served, browser: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await browser.post(f"/api/desks/{place.desk}/figures/fetch", json=body)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.SECRETARY])
async def test_what_would_change_is_answered_and_nothing_changes(role: Role) -> None:
    with source() as (site, _):
        async with served() as place, place.browser() as browser:
            place.house.statistics = Statistics(site, site)
            await lead(place, browser, role)
            room = await place.house.open_rooms.get(place.desk)
            before = room.state.n
            asked = ["figure_ageLatest0to6", "figure_ageEarlier0to6", "figure_kotka"]
            answer = await fetch(place, browser, figures=asked, earlier=2020)
            assert answer.status_code == 200, answer.text
            newest, earlier, of_hand = answer.json()["rows"]
            assert newest == {
                "figure": "figure_ageLatest0to6",
                "base": 1,
                "old": None,
                "old_as_of": None,
                "value": 5.1,
                "as_of": "2024",
                "made_in": None,
                "source": "Sotkanet.fi, Tilastokeskus",
                "title": "0 - 6-vuotiaat, % väestöstä",
                "problem": None,
            }
            assert (earlier["as_of"], earlier["problem"]) == ("2020", None)
            assert (of_hand["old"], of_hand["problem"]) == (917, "figures.bad_ref")
            assert room.state.n == before


async def test_a_server_that_was_not_let_out_says_so() -> None:
    async with served() as place, place.browser() as browser:
        await lead(place, browser)
        answer = await fetch(place, browser, figures=["figure_inhabitants"])
        assert (answer.status_code, answer.json()["code"]) == (409, "figures.off")


async def test_the_setting_lets_it_out() -> None:
    async with served(statistics="on") as place:
        assert place.house.statistics is not None


async def test_participants_and_strangers_may_not() -> None:
    async with served() as place, place.browser() as browser:
        answer = await fetch(place, browser, figures=["figure_inhabitants"])
        assert (answer.status_code, answer.json()["code"]) == (401, "session.none")
        await place.join(browser)
        answer = await fetch(place, browser, figures=["figure_inhabitants"])
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_a_source_that_is_away_and_figures_that_are_not_there_are_problems() -> None:
    with source(regions=lambda handler: handler.say({}, 503)) as (site, _):
        async with served() as place, place.browser() as browser:
            place.house.statistics = Statistics(site, site)
            await lead(place, browser)
            answer = await fetch(place, browser, figures=["figure_inhabitants"])
            assert (answer.status_code, answer.json()["code"]) == (502, "figures.source_away")
            answer = await fetch(place, browser, figures=["figure_none"])
            assert (answer.status_code, answer.json()["code"]) == (422, "figure.gone")
            answer = await fetch(place, browser, figures=[])
            assert (answer.status_code, answer.json()["code"]) == (400, "request.unreadable")
