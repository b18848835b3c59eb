"""Looking back over HTTP: the timeline, the history, the minutes."""

import asyncio

import httpx
import pytest
from tests.transport.served import Served, served

from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.minutes import WriteMinutes
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Point, Role, Section
from etatyopoyta.transport import askers

pytestmark = pytest.mark.anyio
HERE = Point(0, 0)


async def host(place: Served, browser: httpx.AsyncClient, role: Role = Role.FACILITATOR) -> str:
    """Sit down by a link of that role; the person."""
    secret = await place.house.doors.invite(place.desk, role, "test")
    answer = await browser.post(f"/api/desks/{place.desk}/open", json={"secret": secret})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["person"])


async def held(place: Served) -> str:
    """A section is open and has a note; its id."""
    rooms = place.house.open_rooms
    desk = (await rooms.get(place.desk)).state.desk
    section = next(s for s in desk.of(Section) if s.kind == "board")
    await rooms.ask(place.desk, OpenSection(section=section.id), "x:1")
    by = {"by": "person_x", "role": Role.FACILITATOR}
    note = AddNote(id="note_1", text="Kävijämäärä <b>", at=HERE)
    await rooms.ask(place.desk, note, "x:2", **by)  # type: ignore[arg-type]
    return section.id


def at(place: Served, path: str) -> str:
    return f"/api/desks/{place.desk}/{path}"


async def test_the_timeline_and_the_history_lead_to_the_snapshot() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        section = await held(place)
        times = (await browser.get(at(place, "timeline"))).json()
        assert [chapter["section"] for chapter in times["chapters"]] == [section]
        assert times["minutes"][-1]["n"] == times["n"]
        answer = await browser.get(at(place, "history"))
        assert answer.headers["content-encoding"] == "gzip"
        page = answer.json()
        assert page["n"] == times["n"]
        records: dict[str, object] = {}
        for entry in page["entries"]:
            for record_id, change in entry["p"].items():
                records[record_id] = {**records.get(record_id, {}), **change}  # type: ignore[dict-item]
        shown = (await browser.get(at(place, "snapshot"))).json()["records"]
        assert set(records) == set(shown)
        assert records["note_1"] == shown["note_1"]
        rest = (await browser.get(at(place, "history"), params={"after": times["n"]})).json()
        assert rest == {"n": times["n"], "entries": []}


async def test_only_those_who_take_part_look_back() -> None:
    async with served() as place, place.browser() as stranger, place.browser() as screen:
        await host(place, screen, Role.VIEWER)
        for path in ("timeline", "history", "minutes/json"):
            answer = await stranger.get(at(place, path))
            assert (answer.status_code, answer.json()["code"]) == (401, "session.none")
            answer = await screen.get(at(place, path))
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_who_asks_without_a_pause_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(askers, "BURST_S", 1)
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        answers = [await browser.get(at(place, "timeline")) for _ in range(4)]
        problem = answers[-1].json()
        assert (answers[-1].status_code, problem["code"]) == (429, "history.too_often")
        assert 0 < problem["details"]["retry_ms"] <= 1_000
        assert answers[0].status_code == 200


async def test_minutes_come_as_files_and_say_what_is_wrong() -> None:
    async with served() as place, place.browser() as browser:
        person = await host(place, browser, Role.SECRETARY)
        section = await held(place)
        desk = (await place.house.open_rooms.get(place.desk)).state.desk
        workshop = desk.info.workshop
        writing = WriteMinutes(
            id="minutes_1", workshop=workshop, section=section, base=0, text="Hyvä <i> alku"
        )
        rooms = place.house.open_rooms
        await rooms.ask(place.desk, writing, "x:3", by=person, role=Role.SECRETARY)
        read = (await browser.get(at(place, "minutes/json"))).json()
        [chapter] = [c for c in read["chapters"] if c["section"] == section]
        assert chapter["text"] == "Hyvä <i> alku"
        page = await browser.get(at(place, "minutes/html"), params={"language": "sv"})
        assert "attachment" in page.headers["content-disposition"]
        assert '<html lang="sv">' in page.text
        assert "Hyvä &lt;i&gt; alku" in page.text
        for name, start in (("docx", b"PK"), ("pdf", b"%PDF")):
            file = await browser.get(at(place, f"minutes/{name}"), params={"workshop": workshop})
            assert file.content.startswith(start)
            assert person.encode() not in file.content
        for path, code in (
            ("minutes/odt", "export.unknown_format"),
            ("minutes/json?workshop=workshop_none", "workshop.gone"),
        ):
            assert (await browser.get(at(place, path))).json()["code"] == code
        answers = await asyncio.gather(
            *(browser.get(at(place, "history")) for _ in range(5)),
        )
        assert {answer.status_code for answer in answers} == {200}

        paths = (await browser.get("/schema/openapi.json")).json()["paths"]
        history = paths["/api/desks/{desk}/history"]["get"]
        shape = history["responses"]["200"]["content"]["application/json"]["schema"]
        assert "PastPage" in str(shape)
        assert "/api/desks/{desk}/timeline" in paths
