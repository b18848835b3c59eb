"""Published cards over HTTP, by the way that a secretary takes them."""

import asyncio
import re
from contextlib import ExitStack
from io import BytesIO
from typing import Any

import httpx
import msgspec
import pytest
from openpyxl import load_workbook
from tests.cards.given import MADE_AT
from tests.transport.served import Served, served
from websockets.asyncio.client import ClientConnection

from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.card import EditCardText
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.goals import EditGoal, PlaceGoal, SuggestGoal
from etatyopoyta.domain.publishing import MoveCard, PublishCard, ReopenCard, WithdrawVersion
from etatyopoyta.domain.records import CardText, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import PUBLIC_FORMATS, json
from etatyopoyta.exports.card_json import SCHEMA as CARD_SCHEMA
from etatyopoyta.exports.line import PLACES_OF_STRANGERS, STRANGERS, Line
from etatyopoyta.exports.page import STYLE_PATH
from etatyopoyta.protocol import frames
from etatyopoyta.room import published
from etatyopoyta.room.founding import found_desk
from etatyopoyta.transport import public

pytestmark = pytest.mark.anyio

UNTIL = "2199-12-31"
FIRST, SECOND = "Kulttuuria kylille", "Kulttuuria kaikille"


async def do(place: Served, *commands: Command) -> None:
    """A facilitator does this."""
    for command in commands:
        rid = f"{place.house.chance.token()}:1"
        rooms = place.house.open_rooms
        await rooms.ask(place.desk, command, rid, "person_f", Role.FACILITATOR)


async def publish(place: Served) -> None:
    await do(
        place,
        MoveCard(to="kommentoitavana", comments_until=UNTIL),
        MoveCard(to="hyvaksytty", reason="Kokous päätti"),
        PublishCard(),
    )


async def two_versions(place: Served) -> None:
    """One with a goal, and one in which it is worded anew."""
    slot: dict[str, Any] = {"focus_area": "p1", "network": "network_1"}
    await do(place, SuggestGoal(id="goal_1", text=FIRST, **slot), PlaceGoal(id="goal_1", **slot))
    await publish(place)
    await do(place, EditGoal(id="goal_1", base=1, actual="12 %"), ReopenCard())
    await do(place, EditGoal(id="goal_1", base=2, text=SECOND))
    await publish(place)


def stranger(place: Served) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=place.base)


async def test_what_is_not_published_is_nowhere() -> None:
    async with served() as place, stranger(place) as browser:
        for path in ("", "/1", "/1/muutokset"):
            for desk in (place.desk, "none"):
                answer = await browser.get(f"/kortti/{desk}{path}?kieli=sv")
                assert answer.status_code == 404
                assert "Det finns inget publicerat kort" in answer.text
                assert answer.headers["content-type"].startswith("text/html")


async def test_a_version_is_what_it_was_when_it_was_published() -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        first = await browser.get(f"/kortti/{place.desk}/1")
        newest = await browser.get(f"/kortti/{place.desk}")
        assert (first.status_code, newest.status_code) == (200, 200)
        assert FIRST in first.text
        assert "12 %" not in first.text
        assert "versio 2" in first.text
        assert SECOND in newest.text
        assert "12 %" in newest.text
        assert FIRST not in newest.text
        assert "script-src 'self'" in newest.headers["content-security-policy"]
        assert "set-cookie" not in newest.headers
        assert "LUONNOS" not in newest.text


async def test_what_changed_is_told_from_the_second_version_on() -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        changes = await browser.get(f"/kortti/{place.desk}/2/muutokset?kieli=en")
        assert changes.status_code == 200
        assert f"<del>{FIRST}</del>" in changes.text
        assert f"<ins>{SECOND}</ins>" in changes.text
        assert (await browser.get(f"/kortti/{place.desk}/1/muutokset")).status_code == 404


async def test_a_withdrawn_version_says_so_and_the_one_before_is_in_force() -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        await do(place, WithdrawVersion(id="version_2", reason="Väärä luku"))
        gone = await browser.get(f"/kortti/{place.desk}/2")
        assert gone.status_code == 410
        assert "Väärä luku" in gone.text
        assert SECOND not in gone.text
        assert FIRST in (await browser.get(f"/kortti/{place.desk}")).text
        await do(place, WithdrawVersion(id="version_1", reason="Tämäkin"))
        assert (await browser.get(f"/kortti/{place.desk}")).status_code == 410


async def test_an_unknown_language_is_finnish_and_a_wrong_number_is_no_page() -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        assert 'lang="fi"' in (await browser.get(f"/kortti/{place.desk}?kieli=xx")).text
        assert (await browser.get(f"/kortti/{place.desk}/9")).status_code == 404
        assert (await browser.get(f"/kortti/{place.desk}/x")).status_code == 404


async def test_the_style_is_a_file_of_ours() -> None:
    async with served() as place, stranger(place) as browser:
        style = await browser.get(STYLE_PATH)
        assert style.headers["content-type"].startswith("text/css")
        assert "immutable" in style.headers["cache-control"]


async def test_what_was_replayed_once_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        await browser.get(f"/kortti/{place.desk}/1")

        async def fail(*_: object) -> None:
            raise AssertionError("replayed again")

        monkeypatch.setattr(published, "desk_when", fail)
        assert (await browser.get(f"/kortti/{place.desk}/1")).status_code == 200


async def exported(place: Served, browser: httpx.AsyncClient) -> tuple[str, dict[Any, Any]]:
    """The name of the desk's spreadsheet, and what its sheet about itself says."""
    answer = await browser.get(f"/api/desks/{place.desk}/export/xlsx")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[-1]
    rows = sheet.iter_rows(values_only=True)
    return answer.headers["content-disposition"], {row[0]: row[1] for row in rows}


async def test_exports_of_a_published_card_have_its_number_and_no_mark() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        name, about = await exported(place, browser)
        assert "LUONNOS" in name
        assert about["Kortin tila"] == "luonnos"
        assert "Julkaistu versio" not in about
        await publish(place)
        name, about = await exported(place, browser)
        assert "LUONNOS" not in name
        assert (about["Kortin tila"], about["Julkaistu versio"]) == ("julkaistu", 1)
        await do(place, ReopenCard())
        name, about = await exported(place, browser)
        assert "LUONNOS" in name
        assert "Julkaistu versio" not in about


async def test_the_wording_of_a_published_card_is_frozen() -> None:
    async with served() as place:
        await publish(place)
        desk = (await place.house.open_rooms.get(place.desk)).state.desk
        line = next(desk.of(CardText))
        with pytest.raises(Exception, match=r"^card\.frozen$"):
            await do(place, EditCardText(id=line.id, base=line.version, text="Uusi"))


async def test_a_desk_made_of_a_published_ones_records_has_published_nothing() -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        desk = (await place.house.open_rooms.get(place.desk)).state.desk
        house = place.house
        records = json.parse(json.export(desk, Edition(language="fi", n=1, made_at=MADE_AT)))
        copy = await found_desk(house.log, house.doors, house.chance, records)
        assert (await browser.get(f"/kortti/{copy.id}/1")).status_code == 404
        assert (await house.open_rooms.get(copy.id)).state.desk.card.state == "hyvaksytty"


async def commenter(place: Served, browser: httpx.AsyncClient) -> None:
    secret, _ = await place.house.doors.invite_another(place.desk, Role.COMMENTER)
    answer = await browser.post("/api/join", json={"code": secret, "name": "Kunta"})
    assert answer.status_code == 201


async def test_who_comes_to_comment_gets_no_names_and_no_way_to_more() -> None:
    async with served() as place, place.browser() as browser, place.browser() as other:
        await place.join(other, "Aino Salainen")
        await commenter(place, browser)
        for path in ("invitation", "links", "export/json", "export/xlsx"):
            answer = await browser.get(f"/api/desks/{place.desk}/{path}")
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path
        async with place.live(browser) as outside, place.live(other) as inside:
            await hello(place, browser, outside)
            await hello(place, other, inside)
            room = await place.house.open_rooms.get(place.desk)
            await room.name("person_1", "Olli Salainen")
            assert "Salainen" not in await heard(outside)
            assert {"Aino Salainen", "Olli Salainen"} <= set(
                re.findall(r'":"([^"]* Salainen)"', await heard(inside))
            )


async def hello(place: Served, browser: httpx.AsyncClient, socket: ClientConnection) -> None:
    me = (await browser.get(f"/api/desks/{place.desk}/me")).json()
    state = (await browser.get(f"/api/desks/{place.desk}/snapshot")).json()
    frame = frames.Hello(me["ticket"], state["n"], state["mark"])
    await socket.send(msgspec.json.encode(frame).decode())


async def heard(socket: ClientConnection) -> str:
    """Everything that the page was sent up to now."""
    await socket.send('{"t":"ping"}')
    said = ""
    async with asyncio.timeout(10):
        while '"t":"pong"' not in said:
            said += str(await socket.recv())
    return said


async def rows_of(answer: httpx.Response) -> str:
    """Everything that stands in a spreadsheet."""
    book = load_workbook(BytesIO(answer.content))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


async def test_the_files_of_a_version_are_made_of_the_desk_as_it_was_then() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        await two_versions(place)
        path = f"/api/desks/{place.desk}/export/xlsx"
        first = await browser.get(path, params={"version": 1})
        said = await rows_of(first)
        assert FIRST in said
        assert SECOND not in said
        assert "12 %" not in said
        assert "-v1-" in first.headers["content-disposition"]
        assert SECOND in await rows_of(await browser.get(path, params={"version": 2}))
        await do(place, WithdrawVersion(id="version_1", reason="Väärä luku"))
        for number in (1, 9):
            gone = await browser.get(path, params={"version": number})
            assert gone.json()["code"] == "version.gone"


async def test_everybody_gets_a_versions_files_without_what_lies_behind_it() -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        base = f"/kortti/{place.desk}/1"
        page = await browser.get(base)
        for name in PUBLIC_FORMATS:
            assert f'href="{base}/tiedostot/{name}"' in page.text
        answer = await browser.get(f"{base}/tiedostot/json?kieli=sv")
        told = answer.json()
        assert (told["schema"], told["version"], told["language"]) == (CARD_SCHEMA, 1, "sv")
        assert FIRST in answer.text
        assert "-v1-" in answer.headers["content-disposition"]
        assert "set-cookie" not in answer.headers
        for path in ("svg", "png", "exe"):
            assert (await browser.get(f"{base}/tiedostot/{path}")).status_code == 404
        assert (await browser.get(f"/kortti/{place.desk}/9/tiedostot/pdf")).status_code == 404
        await do(place, WithdrawVersion(id="version_1", reason="Väärä luku"))
        gone = await browser.get(f"{base}/tiedostot/json")
        assert gone.status_code == 410
        assert FIRST not in gone.text


async def test_a_public_file_is_made_once_and_a_full_line_is_a_page_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with served() as place, stranger(place) as browser:
        await two_versions(place)
        path = f"/kortti/{place.desk}/2/tiedostot/json"
        assert (await browser.get(path)).status_code == 200

        async def fail(*_: object) -> bytes:
            raise Refused("export.busy", retry_ms=1)

        monkeypatch.setattr(public, "made_in_worker", fail)
        assert (await browser.get(path)).status_code == 200
        busy = await browser.get(f"{path}?kieli=en")
        assert busy.status_code == 503
        assert "Try again in a moment" in busy.text


async def test_strangers_leave_room_in_the_line() -> None:
    line, places = Line(), ExitStack()
    with places:
        for number in range(PLACES_OF_STRANGERS):
            places.enter_context(line.place(f"{STRANGERS}{number}"))
        with pytest.raises(Refused, match=r"export\.busy"), line.place(f"{STRANGERS}x"):
            pass
        with line.place("session"):
            pass
