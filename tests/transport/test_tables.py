"""Spreadsheets over HTTP: rows for a page to choose from, or a code."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from tests.imports.files import xlsx
from tests.transport.served import Served, served

from etatyopoyta.imports import MAX_FILE_BYTES, Table, waiting

pytestmark = pytest.mark.anyio

CONTENT = "Canary of the content"


async def post(
    place: Served, browser: httpx.AsyncClient, content: bytes | AsyncIterator[bytes], name: str
) -> httpx.Response:
    return await browser.post(
        f"/api/desks/{place.desk}/table",
        params={"name": name},
        content=content,
        headers={"content-type": "application/octet-stream"},
    )


async def test_a_spreadsheet_is_answered_as_rows() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        content = xlsx(Muistio=[["Toimi", "Määrä"], ["å ä ö", 3.0]], Muut=[["x"]])
        answer = await post(place, browser, content, "muistio.xlsx")
        assert (answer.status_code, answer.json()) == (
            200,
            {
                "sheet": "Muistio",
                "others": ["Muut"],
                "rows": [["Toimi", "Määrä"], ["å ä ö", "3"]],
                "cut": [],
            },
        )


async def test_nothing_of_it_is_stored() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        room = await place.house.open_rooms.get(place.desk)
        before = room.state.n
        assert (await post(place, browser, CONTENT.encode(), "a.csv")).status_code == 200
        assert room.state.n == before


async def test_only_somebody_of_the_desk_may_ask() -> None:
    async with served() as place, place.browser() as browser:
        answer = await post(place, browser, b"a;b", "a.csv")
        assert (answer.status_code, answer.json()["code"]) == (401, "session.none")
        await place.join(browser)
        elsewhere = await browser.post("/api/desks/x/table?name=a.csv", content=b"a")
        assert elsewhere.status_code == 401


async def test_a_foreign_page_may_not() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        del browser.headers["x-etatyopoyta"]
        assert (await post(place, browser, b"a;b", "a.csv")).json()["code"] == "origin.foreign"


@pytest.mark.parametrize(
    ("content", "name", "status", "code", "details"),
    [
        (b"a", "a.pdf", 422, "import.unknown_format",
         {"formats": ["xlsx", "ods", "csv", "tsv"]}),
        (b"\0" + CONTENT.encode(), "a.csv", 422, "import.unreadable", {"reason": "damaged"}),
        (b"", "a.csv", 422, "import.empty", {}),
        (b"a\n" * 10_001, "a.csv", 413, "import.too_big",
         {"what": "rows", "count": 10_001, "limit": 10_000}),
    ],
)  # fmt: skip
async def test_a_refusal_is_a_problem_with_a_code(
    content: bytes, name: str, status: int, code: str, details: dict[str, object],
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answer = await post(place, browser, content, name)
        problem = {"type": "about:blank", "status": status, "code": code, "details": details}
        assert (answer.status_code, answer.json()) == (status, problem)
        assert CONTENT not in "".join(capfd.readouterr())


async def test_a_file_of_10_mb_is_taken_and_a_larger_one_is_refused_at_once() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        whole = b"a" + b"\n" * (MAX_FILE_BYTES - 1)
        assert (await post(place, browser, whole, "a.csv")).json()["rows"] == [["a"]]
        answer = await post(place, browser, whole + b"\n", "a.csv")
        assert (answer.status_code, answer.json()["code"]) == (413, "import.too_big")
        assert answer.json()["details"] == {"what": "bytes", "limit": MAX_FILE_BYTES}


async def test_a_body_without_a_length_is_counted_while_it_comes() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield bytes(1_000_000)

    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answer = await post(place, browser, endless(), "a.csv")
        assert (answer.status_code, answer.json()["code"]) == (413, "import.too_big")


async def test_without_a_name_the_request_is_unreadable() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answer = await browser.post(f"/api/desks/{place.desk}/table", content=b"a")
        assert (answer.status_code, answer.json()["code"]) == (400, "request.unreadable")


async def test_when_too_many_wait_the_answer_says_when_to_come_again() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        places = [place.house.importing.place() for _ in range(waiting.PLACES)]
        for each in places:
            each.__enter__()
        answer = await post(place, browser, b"a", "a.csv")
        assert (answer.status_code, answer.json()["code"]) == (503, "import.busy")
        assert answer.json()["details"] == {"retry_ms": waiting.BUSY_RETRY_MS}
        places[0].__exit__(None, None, None)
        assert (await post(place, browser, b"a", "a.csv")).status_code == 200


async def test_an_accident_while_reading_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def mistaken(_: bytes, __: str) -> Table:
        raise ZeroDivisionError

    monkeypatch.setattr(waiting, "read_in_worker", mistaken)
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answer = await post(place, browser, CONTENT.encode(), "a.csv")
        assert (answer.status_code, json.loads(answer.text)["code"]) == (500, "server.fault")
        assert (await post(place, browser, b"a", "a.pdf")).status_code == 500  # the place is free
