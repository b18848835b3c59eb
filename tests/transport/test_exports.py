"""Files over HTTP: with and without being told how far they are, and what ends a worker."""

import asyncio
import json
from email import message_from_bytes
from email.message import Message

import httpx
import pytest
from tests.exports.given import children
from tests.room.hall import until
from tests.transport.served import Served, served

from etatyopoyta.domain.records import Role
from etatyopoyta.exports import FORMATS, asking
from etatyopoyta.exports.json import parse

pytestmark = pytest.mark.anyio

PARTS = {"accept": "multipart/mixed"}


def at(place: Served, name: str) -> str:
    return f"/api/desks/{place.desk}/export/{name}"


def parts_of(answer: httpx.Response) -> list[Message]:
    """The parts as the mail library of Python's own reads them."""
    head = f"content-type: {answer.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + answer.content).get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Message)]


def content_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


async def test_a_script_gets_the_file_and_nothing_else() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answer = await browser.get(at(place, "json"))
        assert answer.headers["content-type"] == "application/json"
        room = await place.house.open_rooms.get(place.desk)
        assert json.loads(answer.content)["n"] == room.state.n
        assert parse(answer.content)


async def test_who_asks_for_parts_is_told_how_far_it_is_and_then_gets_the_same_file() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answer = await browser.get(at(place, "xlsx"), params={"language": "sv"}, headers=PARTS)
        assert answer.headers["x-accel-buffering"] == "no"
        *told, file = parts_of(answer)
        shares = [json.loads(content_of(part))["share"] for part in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert {part.get_content_type() for part in told} == {"application/json"}
        assert file["content-type"] == FORMATS["xlsx"].media_type
        assert "LUONNOS" in file["content-disposition"]
        content = content_of(file)
        assert (content[:2], len(content)) == (b"PK", int(file["content-length"]))


async def test_a_csv_is_separated_as_asked() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        for asked, sign in (({}, '";"'), ({"separator": "comma"}, '","')):
            answer = await browser.get(at(place, "csv"), params=asked)
            assert sign in answer.text.splitlines()[0]


async def test_a_worker_that_dies_is_a_problem_in_either_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("etatyopoyta.transport.exports.make_in_worker", dying)
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        plain = await browser.get(at(place, "json"))
        assert (plain.status_code, plain.json()["code"]) == (500, "export.failed")
        *_, last = parts_of(await browser.get(at(place, "json"), headers=PARTS))
        assert last.get_content_type() == "application/problem+json"
        assert json.loads(content_of(last))["code"] == "export.failed"


def dying(*asked: object) -> object:
    return asking.make_in_worker(*asked, runs="raise SystemExit(3)")  # type: ignore[arg-type]


def endless(*asked: object) -> object:
    return asking.make_in_worker(*asked, runs="while True: pass")  # type: ignore[arg-type]


async def test_who_goes_away_takes_the_worker_along_and_the_next_one_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("etatyopoyta.transport.exports.make_in_worker", endless)
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        before = children()
        async with browser.stream("GET", at(place, "json"), headers=PARTS) as answer:
            first = await anext(answer.aiter_raw())
            assert b"multipart" not in first
            await until(lambda: children() > before)
        await until(lambda: children() == before)
        monkeypatch.undo()
        assert (await browser.get(at(place, "json"))).status_code == 200


async def test_others_wait_in_line_and_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etatyopoyta.transport.exports.make_in_worker", endless)
    async with served() as place, place.browser() as aino, place.browser() as bo:
        await place.join(aino)
        await place.join(bo, name="Bo")
        async with aino.stream("GET", at(place, "json"), headers=PARTS) as first:
            await anext(first.aiter_raw())
            async with bo.stream("GET", at(place, "json"), headers=PARTS) as second:
                told = b""
                async for piece in second.aiter_raw():
                    told += piece
                    if b"}" in told:
                        break
                assert b'{"before":1,"share":0}' in told
                asked = [asyncio.create_task(bo.get(at(place, "json"), headers=PARTS))]
                asked.append(asyncio.create_task(bo.get(at(place, "json"), headers=PARTS)))
                done, waiting = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
                [refused] = done
                *_, last = parts_of(refused.result())
                assert json.loads(content_of(last))["code"] == "export.busy"
                for task in waiting:
                    task.cancel()


async def test_who_only_looks_on_gets_no_file() -> None:
    async with served() as place, place.browser() as browser:
        secret = await place.house.doors.invite(place.desk, Role.VIEWER, "wall")
        await browser.post(f"/api/desks/{place.desk}/open", json={"secret": secret})
        answer = await browser.get(at(place, "json"))
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_formats_and_the_schema_are_open_to_all() -> None:
    async with served() as place, place.browser() as browser:
        assert (await browser.get("/api/export-formats")).json() == list(FORMATS)
        schema = await browser.get("/schema/desk.json")
        assert schema.headers["content-type"] == "application/schema+json"
        card = (await browser.get("/schema/card.json")).json()
        assert card["title"] == "etatyopoyta.card/1"
        assert "note" in json.dumps(schema.json()["$defs"]["Note"]["properties"]["t"])
        assert (await browser.get("/schema/openapi.json")).status_code == 200


async def test_a_chart_is_a_picture_of_its_own() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        asked = {"chart": "by_municipality", "language": "sv"}
        answer = await browser.get(at(place, "svg"), params=asked)
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "LUONNOS" in answer.headers["content-disposition"]
        assert all(word in answer.text for word in ("Kouvola", "1695", "LUONNOS", "Källa: PRS"))
        drawn = await browser.get(at(place, "png"), params=asked)
        assert drawn.content.startswith(b"\x89PNG")
        for name, chart in (("svg", "other"), ("pdf", "by_municipality"), ("svg", "age_structure")):
            refused = await browser.get(at(place, name), params={"chart": chart})
            assert (refused.status_code, refused.json()["code"]) == (404, "export.no_chart")
