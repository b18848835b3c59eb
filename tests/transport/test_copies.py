"""Copies, templates and rehearsals over HTTP."""

import httpx
import pytest
from tests.room.hall import until
from tests.transport.served import Served, served

from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.records import Note, Person, Section
from etatyopoyta.room.opening import NoDesk
from etatyopoyta.room.rehearsal import PLAYED, Line, rehearse

pytestmark = pytest.mark.anyio


async def lead(place: Served, browser: httpx.AsyncClient, desk: str, secret: str) -> None:
    answer = await browser.post(f"/api/desks/{desk}/open", json={"secret": secret})
    assert answer.status_code == 201, answer.text


async def make(browser: httpx.AsyncClient, desk: str, **asked: str) -> tuple[str, str]:
    """A new desk and the secret of its facilitator's link."""
    answer = await browser.post(f"/api/desks/{desk}/copies", json={"title": "Uusi", **asked})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    return made["desk"], made["url"].partition(f"#{made['desk']}.")[2]


async def test_a_copy_is_another_desk_with_the_same_agenda() -> None:
    async with served() as place, place.browser() as browser:
        await lead(place, browser, place.desk, place.facilitator)
        desk, secret = await make(browser, place.desk)
        await lead(place, browser, desk, secret)
        there, here = [await place.house.open_rooms.get(one) for one in (desk, place.desk)]
        titles = [[s.title for s in room.state.desk.of(Section)] for room in (there, here)]
        assert titles[0] == titles[1]
        assert there.state.desk.info.title.fi == "Uusi"
        answer = await browser.delete(f"/api/desks/{desk}")
        assert (answer.status_code, answer.json()["code"]) == (422, "desk.no_rehearsal")


async def test_a_desk_is_saved_as_a_template_and_made_from_it() -> None:
    async with served() as place, place.browser() as browser:
        await lead(place, browser, place.desk, place.facilitator)
        path = f"/api/desks/{place.desk}/templates"
        saved = await browser.post(path, json={"name": " Oma malli "})
        assert saved.json()["saved"] == ["Oma malli"]
        assert (await browser.get(path)).json() == saved.json()
        desk, _ = await make(browser, place.desk, template="Oma malli")
        room = await place.house.open_rooms.get(desk)
        assert room.state.desk.count(Section) > 0
        shipped, _ = await make(browser, place.desk, template="neutral")
        assert (await place.house.open_rooms.get(shipped)).state.desk.info.template == "neutral"
        taken = await browser.post(path, json={"name": "nekku"})
        assert taken.json()["code"] == "template.not_saved"
        gone = await browser.post(
            f"/api/desks/{place.desk}/copies", json={"title": "Uusi", "template": "Toinen"}
        )
        assert gone.json()["code"] == "template.gone"


async def test_a_participant_makes_none_of_them() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        base = f"/api/desks/{place.desk}"
        answers = [
            await browser.get(f"{base}/templates"),
            await browser.post(f"{base}/templates", json={"name": "Oma"}),
            await browser.post(f"{base}/copies", json={"title": "Uusi"}),
            await browser.delete(base),
        ]
        assert [answer.json()["code"] for answer in answers] == ["not_allowed"] * 4


async def test_a_rehearsal_is_played_and_wiped_and_the_real_desk_is_as_it_was() -> None:
    async with served() as place, place.browser() as browser:
        await lead(place, browser, place.desk, place.facilitator)
        rooms = place.house.open_rooms
        real = await rooms.get(place.desk)
        before = (real.state.n, real.state.desk.state_hash())
        desk, secret = await make(browser, place.desk, kind="rehearsal")
        room = await rooms.get(desk)
        assert room.state.desk.info.is_rehearsal
        await until(lambda: room.state.desk.count(Person) >= PLAYED)
        await lead(place, browser, desk, secret)
        script = [Line("Martat ry", "Kävijämäärä")]
        rooms.begin(rehearse(rooms, desk, place.house.chance, script, pause_s=0.001))
        section = next(s for s in room.state.desk.of(Section) if s.kind == "board")
        await rooms.ask(desk, OpenSection(section=section.id), f"{place.house.chance.token()}:1")
        await until(lambda: room.state.desk.count(Note) >= 5)
        assert (real.state.n, real.state.desk.state_hash()) == before

        assert (await browser.delete(f"/api/desks/{desk}")).status_code == 204
        with pytest.raises(NoDesk):
            await rooms.get(desk)
        assert desk not in [listed.id for listed in await place.house.doors.desks()]
        assert (await browser.get(f"/api/desks/{desk}/me")).status_code == 401
        again = await browser.post(f"/api/desks/{desk}/open", json={"secret": secret})
        assert again.json()["code"] == "join.unknown"
        assert (real.state.n, real.state.desk.state_hash()) == before
