import json

import pytest
from tests.transport.served import OURS, served

from etatyopoyta.transport.guard import CSP

pytestmark = pytest.mark.anyio


async def test_every_answer_carries_the_security_headers() -> None:
    async with served() as place, place.browser() as browser:
        for path in ("/", "/liity", "/poyta/x/kortti", "/health", "/schema/openapi.json",
                     "/nowhere", "/api/desks/x/me", "/assets/none.js", "/metrics"):  # fmt: skip
            answer = await browser.get(path)
            assert answer.headers["content-security-policy"] == CSP, path
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert "server" not in answer.headers
            if path.startswith("/api"):
                assert answer.headers["cache-control"] == "no-store"


async def test_the_policy_lets_in_nothing_from_elsewhere() -> None:
    assert "unsafe" not in CSP
    assert "http" not in CSP
    assert "require-trusted-types-for 'script'" in CSP


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-etatyopoyta": ""},
    ],
)
async def test_a_foreign_page_changes_nothing(changed: dict[str, str]) -> None:
    async with served() as place, place.browser() as browser:
        for name, value in changed.items():
            if value:
                browser.headers[name] = value
            else:
                del browser.headers[name]
        body = {"code": place.keys.code, "name": "x"}
        answer = await browser.post("/api/join", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin.foreign")


async def test_with_a_public_address_that_origin_is_ours() -> None:
    async with served(public_url="https://poyta.example.fi") as place, place.browser() as browser:
        browser.headers["host"] = "poyta.example.fi"
        for origin, status in (("https://poyta.example.fi", 200), ("http://poyta.example.fi", 403)):
            browser.headers["origin"] = origin
            answer = await browser.post("/api/join/look", json={"code": place.keys.code})
            assert answer.status_code == status
        assert "strict-transport-security" in answer.headers


async def test_a_bearer_session_needs_no_origin_but_a_cookie_beside_it_does() -> None:
    async with served() as place, place.browser() as browser:
        del browser.headers["origin"]
        browser.headers["authorization"] = "Bearer x"
        body = {"code": place.keys.code}
        assert (await browser.post("/api/join/look", json=body)).status_code == 200
        beside = await browser.post("/api/join/look", json=body, headers={"cookie": "a=b"})
        assert beside.status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"code":1}', b'{"code":"x","more":1}', b"\xff"]
)
async def test_a_body_that_cannot_be_read_has_a_code_and_no_traceback(body: bytes) -> None:
    async with served() as place, place.browser() as browser:
        headers = {"content-type": "application/json"}
        answer = await browser.post("/api/join", content=body, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["code"] == "request.unreadable"
        assert "Traceback" not in answer.text


async def test_a_body_that_is_too_big_is_refused() -> None:
    async with served() as place, place.browser() as browser:
        body = json.dumps({"code": "x" * 100_000}).encode()
        answer = await browser.post("/api/join", content=body, headers=OURS)
        assert answer.status_code in {400, 413}


async def test_what_is_nowhere_and_what_is_no_desk_have_codes() -> None:
    async with served() as place, place.browser() as browser:
        assert (await browser.get("/nowhere")).json()["code"] == "request.nowhere"
        assert (await browser.get("/api/desks/x/me")).json()["code"] == "session.none"


async def test_the_api_is_described() -> None:
    async with served() as place, place.browser() as browser:
        paths = (await browser.get("/schema/openapi.json")).json()["paths"]
        assert "/api/join" in paths
        assert "/api/desks/{desk}/snapshot" in paths


async def test_ready_says_when_the_store_is_away() -> None:
    async with served() as place, place.browser() as browser:
        assert (await browser.get("/ready")).status_code == 200
        place.house.log.is_away = True  # type: ignore[attr-defined]  # the twin in memory
        assert (await browser.get("/ready")).status_code == 503
        assert (await browser.get("/health")).status_code == 200
        me = await browser.get(
            f"/api/desks/{place.desk}/me", headers={"cookie": f"seat-{place.desk}-participant=x"}
        )
        assert (me.status_code, me.json()["code"]) == (503, "desk.not_saving")
        place.house.log.is_away = False  # type: ignore[attr-defined]  # as above


async def test_exports_have_names_that_carry_the_draft_mark() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        for name, start in (("xlsx", b"PK"), ("json", b"{")):
            answer = await browser.get(f"/api/desks/{place.desk}/export/{name}?language=sv")
            assert answer.status_code == 200, answer.text
            assert answer.content.startswith(start)
            assert "LUONNOS" in answer.headers["content-disposition"]
        unknown = await browser.get(f"/api/desks/{place.desk}/export/exe")
        assert unknown.json()["code"] == "export.unknown_format"


async def test_a_host_that_is_none_is_refused_without_a_traceback() -> None:
    async with served() as place, place.browser() as browser:
        answer = await browser.post("/api/join/look", json={"code": "x"}, headers={"host": "["})
        assert (answer.status_code, answer.json()["code"]) == (403, "origin.foreign")
