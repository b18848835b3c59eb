"""Follow-up over HTTP: reporters' links, values, reminders."""

from typing import Any

import httpx
import pytest
from tests.transport.served import Served, served

from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.followup import ActualGiven, SetActual
from etatyopoyta.domain.measures import ProposeMeasure
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import AddOrganisation
from etatyopoyta.domain.records import Actual, Person, Point, Role

pytestmark = pytest.mark.anyio
HERE = Point(0, 0)
ROW: dict[str, Any] = {
    "measure": "measure_1",
    "year": 2026,
    "organisation": "org_a",
    "value": 412,
    "as_of": "2026-12-31",
    "source": "Tilasto",
}


async def prepared(place: Served, browser: httpx.AsyncClient) -> None:
    """The browser is the facilitator's; there are a measure and two organisations."""
    await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.facilitator})
    asks = (
        AddOrganisation(id="org_a", name="A ry"),
        AddOrganisation(id="org_b", name="B ry"),
        AddNote(id="note_1", text="Kävijät", at=HERE, organisation="org_a"),
        MakeCluster(id="cluster_1", notes=("note_1",), title="Kävijät", at=HERE),
        ProposeMeasure(id="measure_1", cluster="cluster_1", name="Kävijät"),
    )
    for ask in asks:
        rid = f"{place.house.chance.token()}:1"
        rooms = place.house.open_rooms
        await rooms.ask(place.desk, ask, rid, "person_f", Role.FACILITATOR)


async def reporter_link(place: Served, browser: httpx.AsyncClient, **asked: str) -> httpx.Response:
    return await browser.post(f"/api/desks/{place.desk}/links/reporter", json=asked)


async def reporting(place: Served, browser: httpx.AsyncClient, link: str) -> str:
    """Come in by a reporter's link; who that is."""
    secret = link.partition("#")[2].removeprefix(f"{place.desk}.")
    answer = await browser.post(f"/api/desks/{place.desk}/open", json={"secret": secret})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["person"])


async def entered(
    place: Served, browser: httpx.AsyncClient, *rows: dict[str, Any]
) -> httpx.Response:
    return await browser.post(f"/api/desks/{place.desk}/actuals", json={"rows": rows})


async def values(place: Served) -> dict[tuple[int, str | None], float | None]:
    desk = (await place.house.open_rooms.get(place.desk)).state.desk
    return {(each.year, each.organisation): each.value for each in desk.of(Actual)}


async def test_a_reporters_link_seats_somebody_of_its_organisation() -> None:
    async with served() as place, place.browser() as leading, place.browser() as browser:
        await prepared(place, leading)
        made = await reporter_link(place, leading, organisation="org_a", name="Raija")
        assert made.status_code == 201, made.text
        link = made.json()
        assert link["url"].startswith(f"{place.base}/toteuma#{place.desk}.")
        person = await reporting(place, browser, link["url"])
        assert person == link["link"]
        known = (await place.house.open_rooms.get(place.desk)).state.desk.get(Person, person)
        assert (known.role, known.organisation) == (Role.REPORTER, "org_a")
        listed = (await leading.get(f"/api/desks/{place.desk}/links")).json()
        assert [
            (each["organisation"], each["name"]) for each in listed if each["role"] == "reporter"
        ] == [("org_a", "Raija")]
        assert (await entered(place, browser, ROW)).status_code == 200
        other = await entered(place, browser, ROW | {"organisation": "org_b"})
        assert (other.status_code, other.json()["code"]) == (403, "actual.not_yours")
        assert await values(place) == {(2026, "org_a"): 412}
        calendar = await browser.get(f"/api/desks/{place.desk}/followup.ics?organisation=org_a")
        assert calendar.status_code == 200


async def test_a_reporters_link_is_for_an_organisation_that_is_there() -> None:
    async with served() as place, place.browser() as browser:
        await prepared(place, browser)
        for asked in ({}, {"organisation": "org_none"}):
            answer = await reporter_link(place, browser, **asked)
            assert (answer.status_code, answer.json()["code"]) == (422, "organisation.gone")


async def test_values_are_entered_once_and_never_replaced_unseen() -> None:
    async with served() as place, place.browser() as browser:
        await prepared(place, browser)
        later = ROW | {"year": 2027, "value": 500}
        first = await entered(place, browser, ROW, later)
        assert first.status_code == 200
        assert first.json()["n"] is not None
        assert (await entered(place, browser, ROW, later)).json() == {"n": None}
        unseen = await entered(place, browser, ROW | {"value": 1}, ROW | {"year": 2028})
        assert (unseen.status_code, unseen.json()["code"]) == (409, "actuals.conflicts")
        (conflict,) = unseen.json()["details"]["rows"]
        assert (conflict["row"], conflict["text"], conflict["version"]) == (1, 412, 1)
        assert await values(place) == {(2026, "org_a"): 412, (2027, "org_a"): 500}
        seen = await entered(place, browser, ROW | {"value": 1, "base": 1})
        assert seen.status_code == 200
        assert await values(place) == {(2026, "org_a"): 1, (2027, "org_a"): 500}


async def test_a_bearer_enters_values_without_a_page() -> None:
    async with served() as place, place.browser() as browser:
        await prepared(place, browser)
        (token,) = browser.cookies.values()
        async with httpx.AsyncClient(base_url=place.base) as client:
            client.headers["authorization"] = f"Bearer {token}"
            answer = await entered(place, client, ROW)
            assert answer.status_code == 200
            schema = (await client.get("/schema/openapi.json")).json()
        assert "actuals.conflicts" in str(schema["paths"]["/api/desks/{desk}/actuals"])


@pytest.mark.parametrize(
    ("row", "status", "code"),
    [
        ({"year": 1990}, 400, "request.unreadable"),
        ({"extra": 1}, 400, "request.unreadable"),
        ({"value": None}, 422, "actual.empty"),
        ({"year": 2030}, 422, "actual.other_year"),
        ({"measure": "measure_none"}, 422, "measure.gone"),
    ],
)
async def test_what_will_not_do_is_refused_with_a_code(
    row: dict[str, Any], status: int, code: str
) -> None:
    async with served() as place, place.browser() as browser:
        await prepared(place, browser)
        answer = await entered(place, browser, ROW | row)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert await values(place) == {}


async def test_only_somebody_of_the_desk_enters_or_is_reminded() -> None:
    async with served() as place, place.browser() as browser:
        assert (await entered(place, browser, ROW)).json()["code"] == "session.none"
        path = f"/api/desks/{place.desk}/followup.ics"
        assert (await browser.get(path)).status_code == 401


async def test_reminders_come_as_a_file_of_a_calendar() -> None:
    async with served() as place, place.browser() as browser:
        await prepared(place, browser)
        path = f"/api/desks/{place.desk}/followup.ics"
        answer = await browser.get(path, params={"language": "sv"})
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert ".ics" in answer.headers["content-disposition"]
        assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
        assert f"URL:{place.base}/poyta/{place.desk}/seuranta" in answer.text.replace("\r\n ", "")
        unknown = await browser.get(path, params={"organisation": "org_none"})
        assert unknown.json()["code"] == "organisation.gone"
        nothing = await browser.get(path, params={"organisation": "org_b"})
        assert nothing.json()["code"] == "followup.nothing_to_remind"


async def test_two_who_enter_at_once_do_not_overwrite_each_other() -> None:
    async with served() as place, place.browser() as browser:
        await prepared(place, browser)
        given = ActualGiven(
            id="actual_1", measure="measure_1", year=2026, organisation="org_a",
            value=1.0, as_of="2026", source="Toinen",
        )  # fmt: skip
        rooms = place.house.open_rooms
        rid = f"{place.house.chance.token()}:1"
        await rooms.ask(place.desk, SetActual(given=given), rid, "person_f", Role.FACILITATOR)
        answer = await entered(place, browser, ROW)
        assert answer.json()["details"]["rows"][0]["text"] == 1
