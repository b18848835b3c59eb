"""Organisations' own links: who comes by one shares the organisation's memo (P8)."""

import asyncio
from typing import Any

import httpx
import pytest
from tests.transport.served import Served, served

from etatyopoyta.domain.people import AddOrganisation
from etatyopoyta.domain.records import Person
from etatyopoyta.room.door import shown_code

pytestmark = pytest.mark.anyio
ORG = "org_link"


async def founded(place: Served, name: str = "Kotkan kyläyhdistys ry", org: str = ORG) -> None:
    await place.house.open_rooms.ask(place.desk, AddOrganisation(id=org, name=name), f"{org}:1")


async def ask(place: Served, browser: httpx.AsyncClient, organisation: str = ORG) -> httpx.Response:
    return await browser.post(f"/api/desks/{place.desk}/organisations/{organisation}/link")


async def link(place: Served, organisation: str = ORG) -> dict[str, Any]:
    async with place.browser() as browser:
        await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.facilitator})
        answer = await ask(place, browser, organisation)
        assert answer.status_code == 200, answer.text
        return answer.json()


def secret(shown: dict[str, Any]) -> str:
    return str(shown["url"]).partition("#")[2]


async def join(browser: httpx.AsyncClient, code: str, **more: str) -> str:
    answer = await browser.post("/api/join", json={"code": code, "name": "Aino", **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["person"])


async def person(place: Served, person_id: str) -> tuple[str | None, bool | None]:
    """Their organisation, and whether they share its memo."""
    room = await place.house.open_rooms.get(place.desk)
    known = room.state.desk.get(Person, person_id)
    return known.organisation, known.is_member


async def test_a_facilitator_is_shown_the_same_link_each_time() -> None:
    async with served() as place:
        await founded(place)
        first, second = await link(place), await link(place)
        assert first == second
        assert first["url"].startswith(f"{place.base}/liity#")
        assert "<svg" in first["qr_svg"]
        assert first["code"] != shown_code(place.keys.code)


async def test_who_asks_at_the_same_time_is_shown_the_same_link() -> None:
    async with served() as place:
        await founded(place)
        shown = await asyncio.gather(*(link(place) for _ in range(5)))
        assert len({each["url"] for each in shown}) == 1
        async with place.browser() as browser:
            await join(browser, secret(shown[0]))


async def test_each_organisation_has_its_own_link() -> None:
    async with served() as place:
        await founded(place)
        await founded(place, "Martat ry", "org_martat")
        assert await link(place) != await link(place, "org_martat")


@pytest.mark.parametrize("by", ["code", "link"])
async def test_it_seats_a_person_as_member_of_the_organisation(by: str) -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        shown = await link(place)
        key = shown["code"] if by == "code" else secret(shown)
        door = (await browser.post("/api/join/look", json={"code": key})).json()
        assert door["organisation"] == {"id": ORG, "name": "Kotkan kyläyhdistys ry"}
        assert await person(place, await join(browser, key)) == (ORG, True)


async def test_the_door_decides_whatever_else_was_named() -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        await founded(place, "Martat ry", "org_martat")
        key = secret(await link(place))
        named = await join(browser, key, organisation="org_martat")
        assert await person(place, named) == (ORG, True)
        async with place.browser() as another:
            written = await join(another, key, organisation_name="Uusi ry")
            assert await person(place, written) == (ORG, True)


async def test_a_member_who_comes_back_by_the_common_code_stays_one() -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        member = await join(browser, secret(await link(place)))
        for more in ({}, {"organisation": ORG}, {"organisation_name": "kotkan KYLÄYHDISTYS ry"}):
            assert await join(browser, place.keys.code, **more) == member
            assert await person(place, member) == (ORG, True)


async def test_who_names_the_organisation_at_the_common_door_is_no_member() -> None:
    async with served() as place:
        await founded(place)
        for more in ({"organisation": ORG}, {"organisation_name": "kotkan kyläyhdistys RY"}):
            async with place.browser() as browser:
                someone = await join(browser, place.keys.code, **more)
                assert await person(place, someone) == (ORG, None)


async def test_who_sits_at_the_desk_already_becomes_a_member_by_the_link() -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        someone = await join(browser, place.keys.code, organisation=ORG)
        assert await join(browser, secret(await link(place))) == someone
        assert await person(place, someone) == (ORG, True)


async def test_a_member_who_names_another_organisation_shares_neither_memo() -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        await founded(place, "Martat ry", "org_martat")
        member = await join(browser, secret(await link(place)))
        await join(browser, place.keys.code, organisation="org_martat")
        assert await person(place, member) == ("org_martat", None)


async def test_who_founds_an_organisation_at_the_door_is_its_member() -> None:
    async with served() as place:
        async with place.browser() as browser:
            founder = await join(browser, place.keys.code, organisation_name="Uusi ry")
        organisation, is_member = await person(place, founder)
        assert is_member
        async with place.browser() as browser:
            second = await join(browser, place.keys.code, organisation_name="uusi RY")
        assert await person(place, second) == (organisation, None)


async def test_only_facilitators_are_shown_it() -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        assert (await ask(place, browser)).json()["code"] == "session.none"
        await join(browser, secret(await link(place)))
        answer = await ask(place, browser)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_an_unknown_organisation_has_none_and_neither_has_another_desk() -> None:
    async with served() as place, place.browser() as browser:
        await founded(place)
        await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.facilitator})
        unknown = await ask(place, browser, "org_nowhere")
        assert (unknown.status_code, unknown.json()["code"]) == (422, "organisation.gone")
        elsewhere = await browser.post(f"/api/desks/elsewhere/organisations/{ORG}/link")
        assert elsewhere.json()["code"] == "session.none"


async def test_what_is_kept_of_it_opens_nothing() -> None:
    async with served() as place:
        await founded(place)
        shown = await link(place)
        kept = repr(place.house.log.__dict__)
        for key in (secret(shown), shown["code"], shown["code"].replace("-", "")):
            assert key not in kept
