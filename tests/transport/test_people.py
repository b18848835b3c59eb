"""Leading people over HTTP: sent away, kept out, renamed, let in by links and recovery codes."""

import asyncio
from contextlib import suppress

import httpx
import pytest
import websockets
from tests.room.hall import until
from tests.transport.served import Served, served

from etatyopoyta.app import build_house
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.people import AddOrganisation, LockDesk, MovePerson, RemovePerson
from etatyopoyta.domain.records import Organisation, Person, Role
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.rooms import open_rooms
from etatyopoyta.transport.budget import OF_ADDRESS

pytestmark = pytest.mark.anyio


async def lead(place: Served, browser: httpx.AsyncClient) -> str:
    """Take the facilitator's seat; who that is."""
    path = f"/api/desks/{place.desk}/open"
    answer = await browser.post(path, json={"secret": place.facilitator})
    person: str = answer.json()["person"]
    return person


async def do(place: Served, command: Command) -> None:
    await place.house.open_rooms.ask(place.desk, command, f"{place.house.chance.token()}:1")


async def closing(socket: websockets.ClientConnection) -> int | None:
    async with asyncio.timeout(5):
        with suppress(websockets.ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code


# --- sent away -----------------------------------------------------------------------------


async def test_who_is_sent_away_is_out_at_once_until_taken_back() -> None:
    async with served() as place, place.browser() as browser:
        person = (await place.join(browser))["person"]
        path = f"/api/desks/{place.desk}/me"
        async with place.live(browser) as socket:
            room = await place.house.open_rooms.get(place.desk)
            await until(lambda: room.attendance.count)
            await do(place, RemovePerson(person))
            assert await closing(socket) == Closing.REMOVED
        async with place.live(browser) as socket:
            assert await closing(socket) == Closing.REMOVED
        answer = await browser.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "person.removed")
        assert (await browser.get(f"/api/desks/{place.desk}/snapshot")).status_code == 403
        await do(place, RemovePerson(person, is_removed=False))
        assert (await browser.get(path)).status_code == 200


async def test_who_is_sent_away_at_one_process_is_out_at_another() -> None:
    async with served() as place, place.browser() as browser:
        person = (await place.join(browser))["person"]
        assert isinstance(place.house.log, MemoryLog)
        log = place.house.log.another()
        async with (
            place.live(browser) as socket,
            open_rooms(log, place.house.chance, "build") as elsewhere,
        ):
            room = await place.house.open_rooms.get(place.desk)
            await until(lambda: room.attendance.count)
            await elsewhere.ask(place.desk, RemovePerson(person), "elsewhere:1")
            assert await closing(socket) == Closing.REMOVED


async def test_who_was_sent_away_does_not_join_again_with_their_session_or_return_code() -> None:
    async with served() as place, place.browser() as browser, place.browser() as other:
        joined = await place.join(browser)
        await do(place, RemovePerson(joined["person"]))
        body = {"code": place.keys.code, "name": "Aino Uusi"}
        again = await browser.post("/api/join", json=body)
        assert (again.status_code, again.json()["code"]) == (403, "person.removed")
        body["return_code"] = joined["return_code"]
        elsewhere = await other.post("/api/join", json=body)
        assert elsewhere.json()["code"] == "person.removed"
        room = await place.house.open_rooms.get(place.desk)
        assert room.names.all[joined["person"]] == "Aino"


async def test_a_facilitator_who_was_sent_away_does_not_open_the_link_again() -> None:
    async with served() as place, place.browser() as browser:
        await do(place, RemovePerson(await lead(place, browser)))
        answer = await browser.post(
            f"/api/desks/{place.desk}/open", json={"secret": place.facilitator}
        )
        assert answer.json()["code"] == "person.removed"


async def test_a_locked_desk_keeps_out_whom_it_does_not_know_and_nothing_is_kept_of_them() -> None:
    async with served() as place, place.browser() as known, place.browser() as stranger:
        await place.join(known)
        await do(place, LockDesk(is_locked=True))
        looked = await stranger.post("/api/join/look", json={"code": place.keys.code})
        assert "people" not in looked.json()
        body = {"code": place.keys.code, "name": "Bo", "organisation_name": "Uusi ry"}
        answer = await stranger.post("/api/join", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "desk.locked")
        room = await place.house.open_rooms.get(place.desk)
        assert "Bo" not in room.names.all.values()
        assert "Uusi ry" not in {each.name for each in room.state.desk.of(Organisation)}
        await place.join(known, "Aino")
        await do(place, LockDesk(is_locked=False))
        assert (await stranger.post("/api/join", json=body)).status_code == 201


# --- names ---------------------------------------------------------------------------------


async def test_facilitators_rename_anybody_and_others_themselves() -> None:
    async with served() as place, place.browser() as leader, place.browser() as browser:
        me = await lead(place, leader)
        person = (await place.join(browser))["person"]
        paths = {who: f"/api/desks/{place.desk}/people/{who}/name" for who in (person, me)}
        room = await place.house.open_rooms.get(place.desk)
        assert (await leader.post(paths[person], json={"name": " Aino K. "})).status_code == 204
        assert room.names.all[person] == "Aino K."
        assert (await browser.post(paths[person], json={"name": "Minä"})).status_code == 204
        assert room.names.all[person] == "Minä"
        refused = await browser.post(paths[me], json={"name": "Pomo"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        blank = await leader.post(paths[person], json={"name": " "})
        assert blank.json()["code"] == "person.empty"
        gone = await leader.post(paths[person].replace(person, "person_no"), json={"name": "x"})
        assert gone.json()["code"] == "person.gone"


async def test_a_new_name_is_told_at_other_processes() -> None:
    async with served() as place, place.browser() as browser:
        person = (await place.join(browser))["person"]
        assert isinstance(place.house.log, MemoryLog)
        log = place.house.log.another()
        async with open_rooms(log, place.house.chance, "build") as elsewhere:
            room = await elsewhere.get(place.desk)
            path = f"/api/desks/{place.desk}/people/{person}/name"
            await browser.post(path, json={"name": "Aino K."})
            await until(lambda: room.names.all.get(person) == "Aino K.")


# --- links ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "path"), [("facilitator", "vetaja"), ("secretary", "sihteeri"), ("viewer", "ruutu")]
)
async def test_a_facilitator_makes_links_for_others_who_lead(role: str, path: str) -> None:
    async with served() as place, place.browser() as leader, place.browser() as other:
        await lead(place, leader)
        at = f"/api/desks/{place.desk}/links"
        made = (await leader.post(f"{at}/{role}", json={"name": "Bo"})).json()
        assert made["url"].startswith(f"{place.base}/{path}#{place.desk}.")
        assert "<svg" in made["qr_svg"]
        secret = made["url"].split(".")[-1]
        opened = await other.post(f"/api/desks/{place.desk}/open", json={"secret": secret})
        assert (opened.status_code, opened.json()["role"]) == (201, role)
        me = (await other.get(f"/api/desks/{place.desk}/me")).json()
        assert (me["role"], me["name"]) == (role, "Bo")


async def test_an_organisations_link_is_no_link_of_one_persons() -> None:
    async with served() as place, place.browser() as leader, place.browser() as member:
        await lead(place, leader)
        await place.join(member)
        desk = (await place.house.open_rooms.get(place.desk)).state.desk
        [organisation] = desk.of(Organisation)
        base = f"/api/desks/{place.desk}"
        await leader.post(f"{base}/organisations/{organisation.id}/link")
        listed = await leader.get(f"{base}/links")
        assert listed.status_code == 200, listed.text
        assert [one["role"] for one in listed.json()] == ["facilitator"]
        place_of_it = f"organisation:{organisation.id}"
        assert await place.house.doors.end_link(place.desk, place_of_it) is None


async def test_links_are_listed_without_secrets_and_end_with_their_sessions() -> None:
    async with served() as place, place.browser() as leader, place.browser() as other:
        me = await lead(place, leader)
        at = f"/api/desks/{place.desk}/links"
        made = (await leader.post(f"{at}/secretary", json={})).json()
        secret = made["url"].split(".")[-1]
        await other.post(f"/api/desks/{place.desk}/open", json={"secret": secret})
        listed = (await leader.get(at)).json()
        assert [(one["role"], one["is_mine"]) for one in listed] == [
            ("facilitator", True),
            ("secretary", False),
        ]
        assert secret not in (await leader.get(at)).text
        ended = await leader.delete(at, params={"link": made["link"]})
        assert ended.status_code == 204
        assert (await other.get(f"/api/desks/{place.desk}/me")).status_code == 401
        mine = next(one for one in listed if one["person"] == me)
        refused = await leader.delete(at, params={"link": mine["link"]})
        assert refused.json()["code"] == "person.yourself"
        await leader.delete(at, params={"link": "participants"})
        assert await place.house.doors.participants_keys(place.desk) == place.keys


async def test_links_and_recovery_codes_are_for_facilitators_alone() -> None:
    async with served() as place, place.browser() as browser, place.browser() as leader:
        await place.join(browser)
        await lead(place, leader)
        at = f"/api/desks/{place.desk}"
        asked = [
            await browser.get(f"{at}/links"),
            await browser.post(f"{at}/links/viewer", json={}),
            await browser.delete(f"{at}/links", params={"link": "test"}),
            await browser.post(f"{at}/recovery"),
            await leader.post(f"{at}/links/system", json={}),
        ]
        assert {answer.json()["code"] for answer in asked} == {"not_allowed"}


# --- recovery codes ------------------------------------------------------------------------


async def test_a_recovery_code_seats_its_facilitator_on_a_borrowed_machine() -> None:
    async with served() as place, place.browser() as leader, place.browser() as borrowed:
        me = await lead(place, leader)
        code = (await leader.post(f"/api/desks/{place.desk}/recovery")).json()["code"]
        assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
        typed = code.lower().replace("-", " ")
        answer = await borrowed.post("/api/join/recover", json={"code": typed})
        assert answer.json() == {
            "desk": place.desk,
            "person": me,
            "role": "facilitator",
            "return_code": None,
        }
        another = await borrowed.post(f"/api/desks/{place.desk}/recovery")
        assert another.json()["code"] == "recovery.by_code"


async def test_the_next_recovery_code_ends_the_one_before_and_who_came_by_it() -> None:
    async with served() as place, place.browser() as leader, place.browser() as borrowed:
        await lead(place, leader)
        path = f"/api/desks/{place.desk}/recovery"
        first = (await leader.post(path)).json()["code"]
        await borrowed.post("/api/join/recover", json={"code": first})
        second = (await leader.post(path)).json()["code"]
        assert (await borrowed.get(f"/api/desks/{place.desk}/me")).status_code == 401
        again = await borrowed.post("/api/join/recover", json={"code": first})
        assert again.json()["code"] == "join.unknown"
        assert (await borrowed.post("/api/join/recover", json={"code": second})).status_code == 201
        assert (await leader.get(f"/api/desks/{place.desk}/me")).status_code == 200


async def test_a_recovery_code_ends_with_the_link_of_its_facilitator() -> None:
    async with served() as place, place.browser() as leader, place.browser() as borrowed:
        await lead(place, leader)
        code = (await leader.post(f"/api/desks/{place.desk}/recovery")).json()["code"]
        await place.house.doors.invite(place.desk, Role.FACILITATOR, "test")
        answer = await borrowed.post("/api/join/recover", json={"code": code})
        assert answer.json()["code"] == "join.unknown"


async def test_recovery_codes_have_the_budget_of_codes_and_a_participants_code_is_none() -> None:
    async with served() as place, place.browser() as browser:
        refused = await browser.post("/api/join/recover", json={"code": place.keys.code})
        assert refused.json()["code"] == "join.unknown"
        for _ in range(OF_ADDRESS.free):
            wrong = {"code": "AAAA-BBBB-CCCC-DDDD"}
            answer = await browser.post("/api/join/recover", json=wrong)
            assert answer.json()["code"] == "join.unknown"
        answer = await browser.post("/api/join/recover", json={"code": "AAAA BBBB CCCC DDDD"})
        assert answer.json()["code"] == "join.too_many"


async def test_a_process_with_the_same_key_knows_the_code() -> None:
    async with served() as place, place.browser() as leader:
        me = await lead(place, leader)
        code = (await leader.post(f"/api/desks/{place.desk}/recovery")).json()["code"]
        assert isinstance(place.house.log, MemoryLog)
        elsewhere = build_house(place.house.settings, place.house.log.another(), "k" * 40)
        door = await elsewhere.doors.open(code)
        assert door is not None
        assert door.person == me
        room = await place.house.open_rooms.get(place.desk)
        assert room.state.desk.get(Person, me).role is Role.FACILITATOR


async def test_a_link_of_ones_own_leads_to_the_memo_of_an_organisation() -> None:
    async with served() as place, place.browser() as leading, place.browser() as browser:
        opening = f"/api/desks/{place.desk}/open"
        await leading.post(opening, json={"secret": place.facilitator})
        rooms = place.house.open_rooms
        for ask in (
            AddOrganisation(id="org_a", name="A ry"),
            AddOrganisation(id="org_b", name="B"),
        ):
            rid = f"{place.house.chance.token()}:1"
            await rooms.ask(place.desk, ask, rid, "person_f", Role.FACILITATOR)
        body = {"name": "Aino", "organisation": "org_a"}
        made = await leading.post(f"/api/desks/{place.desk}/links/participant", json=body)
        url = made.json()["url"]
        assert url.startswith(f"{place.base}/oma#{place.desk}.")
        secret = {"secret": url.partition("#")[2].removeprefix(f"{place.desk}.")}
        seated = await browser.post(opening, json=secret)
        assert seated.json()["role"] == "participant"
        person = (await rooms.get(place.desk)).state.desk.get(Person, seated.json()["person"])
        assert (person.organisation, person.is_member) == ("org_a", True)

        move = MovePerson(person=person.id, organisation="org_b")
        await rooms.ask(place.desk, move, "outbox:1", "person_f", Role.FACILITATOR)
        await browser.post(opening, json=secret)
        moved = (await rooms.get(place.desk)).state.desk.get(Person, person.id)
        assert moved.organisation == "org_b"
