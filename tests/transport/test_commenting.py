"""One link to comment, many who come by it: each says who they are and has a seat of their own."""

from typing import Any

import httpx
import pytest
from tests.transport.served import Served, served

from etatyopoyta.domain.people import MAX_PEOPLE_OF_LINK, Join, RemovePerson
from etatyopoyta.domain.records import Organisation, Person, Role
from etatyopoyta.room.room import Room

pytestmark = pytest.mark.anyio


async def link(place: Served, role: Role = Role.COMMENTER) -> str:
    secret, _ = await place.house.doors.invite_another(place.desk, role)
    return secret


async def opened(place: Served, browser: httpx.AsyncClient, secret: str) -> httpx.Response:
    return await browser.post(f"/api/desks/{place.desk}/open", json={"secret": secret})


async def come(browser: httpx.AsyncClient, secret: str, name: str, **more: str) -> dict[str, Any]:
    answer = await browser.post("/api/join", json={"code": secret, "name": name, **more})
    assert answer.status_code == 201, answer.text
    seated: dict[str, Any] = answer.json()
    return seated


async def room_of(place: Served) -> Room:
    return await place.house.open_rooms.get(place.desk)


async def test_each_device_gets_a_seat_of_its_own_with_a_name_and_an_organisation() -> None:
    async with served() as place, place.browser() as one, place.browser() as other:
        secret = await link(place)
        asked = await opened(place, one, secret)
        assert asked.json()["code"] == "join.who"
        door = (await one.post("/api/join/look", json={"code": secret})).json()
        assert door["desk"] == place.desk
        anna = await come(one, secret, "Anna", organisation_name="Kotkan kaupunki")
        bo = await come(other, secret, "Bo", organisation_name="kotkan kaupunki")
        assert anna["person"] != bo["person"]
        assert (anna["role"], anna.get("return_code")) == ("commenter", None)
        room = await room_of(place)
        people = [room.state.desk.get(Person, each["person"]) for each in (anna, bo)]
        assert {(p.role, p.is_member) for p in people} == {(Role.COMMENTER, None)}
        [named] = {room.state.desk.get(Organisation, p.organisation or "").name for p in people}
        assert named == "Kotkan kaupunki"
        assert [room.names.all[p.id] for p in people] == ["Anna", "Bo"]


async def test_who_comes_again_on_the_same_device_is_the_same_and_is_asked_nothing() -> None:
    async with served() as place, place.browser() as browser:
        secret, another = await link(place), await link(place)
        first = await come(browser, secret, "Anna")
        again = await opened(place, browser, secret)
        assert (again.status_code, again.json()["person"]) == (201, first["person"])
        assert (await come(browser, secret, "Anna A"))["person"] == first["person"]
        assert (await opened(place, browser, another)).json()["code"] == "join.who"


async def test_with_the_link_all_seats_end_that_were_taken_by_it() -> None:
    async with served() as place, place.browser() as one, place.browser() as other:
        secret, person = await place.house.doors.invite_another(place.desk, Role.COMMENTER)
        for browser, name in ((one, "Anna"), (other, "Bo")):
            await come(browser, secret, name)
        await place.house.doors.end_link(place.desk, person)
        for browser in (one, other):
            assert (await browser.get(f"/api/desks/{place.desk}/me")).status_code == 401
            assert (await opened(place, browser, secret)).json()["code"] == "join.unknown"


async def test_a_session_from_when_all_were_one_author_lasts_and_the_link_asks_from_now() -> None:
    async with served() as place, place.browser() as browser:
        secret, person = await place.house.doors.invite_another(place.desk, Role.COMMENTER)
        await place.house.open_rooms.ask(place.desk, Join(id=person, role=Role.COMMENTER), "x:1")
        token = await place.house.doors.seat(place.desk, person, Role.COMMENTER, secret)
        bearer = {"authorization": f"Bearer {token}"}
        me = await browser.get(f"/api/desks/{place.desk}/me", headers=bearer)
        assert me.json()["person"] == person
        path = f"/api/desks/{place.desk}/open"
        answer = await browser.post(path, json={"secret": secret}, headers=bearer)
        assert answer.json()["code"] == "join.who"


async def test_who_was_sent_away_is_out_and_a_full_link_lets_nobody_new_in() -> None:
    async with served() as place, place.browser() as browser, place.browser() as other:
        secret, person = await place.house.doors.invite_another(place.desk, Role.COMMENTER)
        ask = place.house.open_rooms.ask
        anna = (await come(browser, secret, "Anna"))["person"]
        await ask(place.desk, RemovePerson(anna), "x:1")
        assert (await opened(place, browser, secret)).json()["code"] == "person.removed"
        for number in range(1, MAX_PEOPLE_OF_LINK):
            mate = Join(id=f"person_c{number}", role=Role.COMMENTER, came_by=person)
            await ask(place.desk, mate, f"y:{number}")
        body = {"code": secret, "name": "Liikaa", "organisation_name": "Liika ry"}
        refused = await other.post("/api/join", json=body)
        assert refused.json()["code"] == "person.link_full"
        room = await room_of(place)
        assert "Liikaa" not in room.names.all.values()
        assert "Liika ry" not in {o.name for o in room.state.desk.of(Organisation)}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REPORTER, Role.VIEWER, Role.PARTICIPANT])
async def test_a_link_of_one_persons_gives_nobody_another_seat(role: Role) -> None:
    async with served() as place, place.browser() as browser:
        secret = await link(place, role)
        for path, more in (("/api/join/look", {}), ("/api/join", {"name": "Vieras"})):
            answer = await browser.post(path, json={"code": secret, **more})
            assert answer.json()["code"] == "join.unknown"
