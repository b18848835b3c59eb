"""Private writing: each on their own, then all at once."""

import re

from playwright.sync_api import expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, join, named, note_in_list, t, view, write_notes
from tests.journeys.test_access import findings
from tests.journeys.test_agenda import act, agenda
from tests.journeys.test_workshop import SECTION, start_board_section


def test_notes_written_in_private_are_seen_by_all_when_the_facilitator_reveals_them(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    dialog = agenda(facilitator)
    act(facilitator, dialog, SECTION, "agenda.edit")
    form = facilitator.get_by_role("dialog", name=t("agenda.edit"))
    form.get_by_label(named("section.private")).check()
    button(form, "card.save").click()
    expect(form).to_be_hidden()
    facilitator.keyboard.press("Escape")
    start_board_section(facilitator)

    aino = visit(links["participants"], is_phone=True)
    join(aino, "Aino", "Kotkan kyläyhdistys ry")
    bo = visit(links["participants"])
    join(bo, "Bo", "Martat ry")
    button(aino, "composer.open").click()
    expect(aino.get_by_text(t("private.promise"))).to_be_visible()
    assert findings(aino) == []
    aino.get_by_role("dialog").get_by_label(t("note.text")).fill("Kesken")
    expect(facilitator.get_by_text(t("private.on")).locator("..")).to_contain_text(
        re.compile(r"1 kirjoittaa nyt")
    )
    aino.get_by_role("dialog").get_by_label(t("note.text")).fill("")
    aino.keyboard.press("Escape")
    expect(aino.get_by_role("dialog")).to_be_hidden()
    write_notes(aino, "Yksinäisyysmittari", "Kävijämäärä")
    for page in (facilitator, bo):
        view(page, "list")
        expect(page.get_by_text("2 lappua, 1 / 2 järjestöä")).to_be_visible()
        expect(page.get_by_text("Yksinäisyysmittari")).to_be_hidden()
    expect(button(bo, "private.reveal")).to_be_hidden()
    expect(note_in_list(aino, "Yksinäisyysmittari")).to_be_visible()

    button(facilitator, "private.reveal").click()
    ask = facilitator.get_by_role("dialog", name=t("private.reveal"))
    assert findings(facilitator) == []
    button(ask, "private.reveal.do").click()
    for page in (facilitator, bo, aino):
        expect(note_in_list(page, "Yksinäisyysmittari")).to_be_visible()
        expect(note_in_list(page, "Kävijämäärä")).to_be_visible()
    expect(facilitator.get_by_text(t("private.on"))).to_be_hidden()
