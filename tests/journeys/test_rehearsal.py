"""A rehearsal with people who are played: on a desk of its own, wiped when it is over."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, t, view
from tests.journeys.test_access import findings
from tests.journeys.test_workshop import start_board_section


@pytest.mark.long
def test_a_facilitator_rehearses_and_wipes_it(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    button(facilitator, "menu.title").click()
    facilitator.get_by_role("menuitem", name=t("copies.title")).click()
    dialog = facilitator.get_by_role("dialog", name=t("copies.title"))
    assert findings(facilitator) == []
    button(dialog, "copies.rehearsal.start").click()
    link = dialog.get_by_role("link", name=t("copies.rehearsal.go"))
    address = link.get_attribute("href")
    assert address is not None

    rehearsal = visit(address)
    start_board_section(rehearsal)
    view(rehearsal, "list")
    expect(rehearsal.get_by_role("listitem").nth(2)).to_be_visible()
    assert findings(rehearsal) == []
    button(rehearsal, "rehearsal.wipe").click()
    ask = rehearsal.get_by_role("dialog", name=t("rehearsal.wipe"))
    button(ask, "rehearsal.wipe").click()
    expect(rehearsal).to_have_url(re.compile("/$"))

    facilitator.keyboard.press("Escape")
    view(facilitator, "list")
    expect(facilitator.get_by_role("listitem")).to_have_count(0)
    expect(facilitator.get_by_text(t("rehearsal.text"))).to_be_hidden()


@pytest.mark.long
def test_a_desk_is_copied_and_saved_as_a_template(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"], is_phone=True)
    button(facilitator, "menu.title").click()
    facilitator.get_by_role("menuitem", name=t("copies.title")).click()
    dialog = facilitator.get_by_role("dialog", name=t("copies.title"))
    dialog.get_by_label(t("copies.template.name")).fill("Oma malli")
    dialog.get_by_label(t("copies.template.name")).press("Enter")
    expect(dialog.get_by_text(t("copies.template.saved", name="Oma malli"))).to_be_visible()
    dialog.get_by_label(t("copies.from")).select_option("Oma malli")
    dialog.get_by_label(t("copies.new_title")).fill("Syksyn pöytä")
    button(dialog, "copies.make").click()
    address = dialog.get_by_role("link", name=t("copies.go")).get_attribute("href")
    assert address is not None
    expect(visit(address).get_by_role("heading", name="Syksyn pöytä").first).to_be_visible()
