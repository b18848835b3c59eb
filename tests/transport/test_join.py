import asyncio

import pytest
from tests.transport.served import served

from etatyopoyta.room.door import shown_code
from etatyopoyta.transport.budget import OF_ADDRESS

pytestmark = pytest.mark.anyio


async def test_a_code_is_taken_as_people_type_it() -> None:
    async with served() as place, place.browser() as browser:
        code = shown_code(place.keys.code)
        for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", place.keys.secret):
            answer = await browser.post("/api/join/look", json={"code": typed})
            assert answer.status_code == 200, typed
            assert answer.json()["desk"] == place.desk


async def test_unknown_codes_tell_nothing() -> None:
    async with served() as place, place.browser() as browser:
        answers = [
            await browser.post("/api/join/look", json={"code": code})
            for code in ("AAAA-AAAA", "nonsense", "", place.desk, place.facilitator[:-1])
        ]
        assert {(a.status_code, a.content) for a in answers} == {(404, answers[0].content)}
        assert answers[0].json()["code"] == "join.unknown"


async def test_a_code_that_was_replaced_opens_nothing() -> None:
    async with served() as place, place.browser() as browser:
        before = place.keys
        await place.house.doors.invite_participants(place.desk)
        for code in (before.code, before.secret):
            answer = await browser.post("/api/join/look", json={"code": code})
            assert answer.json()["code"] == "join.unknown"


async def test_who_guesses_has_to_wait_and_who_knows_the_code_meanwhile_too() -> None:
    async with served() as place, place.browser() as browser:
        for _ in range(OF_ADDRESS.free):
            await browser.post("/api/join/look", json={"code": "AAAA-AAAA"})
        answer = await browser.post("/api/join/look", json={"code": "AAAA-AAAA"})
        assert answer.status_code == 429
        assert answer.json()["code"] == "join.too_many"
        assert 0 < answer.json()["details"]["retry_ms"] <= 30_000


async def test_many_guesses_at_once_count_each() -> None:
    async with served() as place, place.browser() as browser:
        tries = (browser.post("/api/join/look", json={"code": "AAAA-AAAA"}) for _ in range(60))
        answers = [answer.status_code for answer in await asyncio.gather(*tries)]
        assert answers.count(404) == OF_ADDRESS.free
        assert answers.count(429) == 60 - OF_ADDRESS.free


async def test_links_open_the_door_while_guesses_are_paused() -> None:
    async with served() as place, place.browser() as browser:
        for _ in range(OF_ADDRESS.free):
            await browser.post("/api/join/look", json={"code": "AAAA-AAAA"})
        paused = await browser.post("/api/join/look", json={"code": place.keys.code})
        assert paused.json()["code"] == "join.too_many"
        link = await browser.post("/api/join/look", json={"code": place.keys.secret})
        assert link.status_code == 200


async def test_a_refused_join_leaves_no_name_behind() -> None:
    async with served() as place, place.browser() as browser:
        body = {"code": place.keys.code, "name": "Aino", "organisation": "org_nowhere"}
        answer = await browser.post("/api/join", json=body)
        assert answer.json()["code"] == "organisation.gone"
        room = await place.house.open_rooms.get(place.desk)
        assert room.names.all == {}


async def test_successes_are_not_limited() -> None:
    async with served() as place, place.browser() as browser:
        for _ in range(3 * OF_ADDRESS.free):
            answer = await browser.post("/api/join/look", json={"code": place.keys.code})
            assert answer.status_code == 200


async def test_joining_sets_a_cookie_that_scripts_cannot_read() -> None:
    async with served() as place, place.browser() as browser:
        body = {"code": place.keys.code, "name": "Aino", "organisation_name": "A ry"}
        answer = await browser.post("/api/join", json=body)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"seat-{place.desk}-participant=")
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        me = (await browser.get(f"/api/desks/{place.desk}/me")).json()
        assert (me["role"], me["name"]) == ("participant", "Aino")


async def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    async with served(public_url="https://poyta.example.fi") as place, place.browser() as browser:
        browser.headers["origin"] = "https://poyta.example.fi"
        body = {"code": place.keys.code, "name": "Aino"}
        cookie = (await browser.post("/api/join", json=body)).headers["set-cookie"]
        assert cookie.startswith(f"__Host-seat-{place.desk}-participant=")
        assert "Secure" in cookie.split("; ")


async def test_the_same_organisation_is_not_made_twice() -> None:
    async with served() as place:
        for name in ("A ry", "a RY ", "B ry"):
            async with place.browser() as browser:
                body = {"code": place.keys.code, "name": "x", "organisation_name": name}
                assert (await browser.post("/api/join", json=body)).status_code == 201
        async with place.browser() as browser:
            door = await browser.post("/api/join/look", json={"code": place.keys.code})
        assert [o["name"] for o in door.json()["organisations"]] == ["A ry", "B ry"]


async def test_joining_again_on_the_same_device_is_the_same_person() -> None:
    async with served() as place, place.browser() as browser:
        first = await place.join(browser)
        assert (await place.join(browser, "Aino Uusi"))["person"] == first["person"]


async def test_a_return_code_brings_a_person_back_on_another_device() -> None:
    async with served() as place:
        async with place.browser() as phone:
            first = await place.join(phone)
        async with place.browser() as laptop:
            body = {"code": place.keys.code, "name": "Aino", "return_code": first["return_code"]}
            again = await laptop.post("/api/join", json=body)
            assert again.json()["person"] == first["person"]
            body["return_code"] = "WRONG"
            wrong = await laptop.post("/api/join", json=body)
            assert wrong.json()["code"] == "join.unknown_return_code"


@pytest.mark.parametrize(
    ("name", "code"), [("", "person.empty"), (" \n", "person.empty"), ("x" * 61, "person.too_long")]
)
async def test_a_name_that_cannot_be_shown_is_refused(name: str, code: str) -> None:
    async with served() as place, place.browser() as browser:
        answer = await browser.post("/api/join", json={"code": place.keys.code, "name": name})
        assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_facilitators_link_opens_its_own_desk_only() -> None:
    async with served() as place, place.browser() as browser:
        body = {"secret": place.facilitator}
        wrong = await browser.post("/api/desks/other/open", json=body)
        assert wrong.json()["code"] == "join.unknown"
        right = await browser.post(f"/api/desks/{place.desk}/open", json=body)
        assert right.json()["role"] == "facilitator"
        code = await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.keys.code})
        assert code.json()["code"] == "join.unknown"


async def test_the_participants_link_leaves_a_facilitator_one() -> None:
    async with served() as place, place.browser() as browser:
        await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.facilitator})
        await place.join(browser)
        me = (await browser.get(f"/api/desks/{place.desk}/me")).json()
        assert me["role"] == "facilitator"
        as_participant = await browser.get(f"/api/desks/{place.desk}/me?role=participant")
        assert as_participant.json()["role"] == "participant"


async def test_leaving_ends_the_session_on_the_server() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        kept = dict(browser.cookies)
        assert (await browser.post(f"/api/desks/{place.desk}/leave")).status_code == 204
        browser.cookies.update(kept)
        answer = await browser.get(f"/api/desks/{place.desk}/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "session.none")


async def test_a_session_is_for_one_desk() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        (name, token), *_ = browser.cookies.items()
        for path in ("me", "snapshot", "invitation", "export/json"):
            other = await browser.get(
                f"/api/desks/otherdesk/{path}",
                headers={"cookie": f"{name.replace(place.desk, 'otherdesk')}={token}"},
            )
            assert other.json()["code"] == "session.none"


async def test_participants_do_not_see_how_others_get_in() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        refused = await browser.get(f"/api/desks/{place.desk}/invitation")
        assert refused.json()["code"] == "not_allowed"
        await browser.post(f"/api/desks/{place.desk}/open", json={"secret": place.facilitator})
        shown = (await browser.get(f"/api/desks/{place.desk}/invitation")).json()
        assert shown["code"] == shown_code(place.keys.code)
        assert shown["url"] == f"{place.base}/liity#{place.keys.secret}"
        assert "<svg" in shown["qr_svg"]
