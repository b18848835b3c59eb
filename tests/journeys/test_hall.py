"""The hall: its projector, steered from the facilitator's page, and what is said to everybody."""

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, join, t, to_projector, write_notes
from tests.journeys.test_access import findings
from tests.journeys.test_workshop import SECTION, start_board_section


def hall(page: Page):
    """Open what steers the hall, by keyboard alone."""
    button(page, "menu.title").focus()
    page.keyboard.press("Enter")
    item = page.get_by_role("menuitem", name=t("hall.title"))
    while not item.evaluate("item => item === document.activeElement"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    return page.get_by_role("dialog", name=t("hall.title"))


def test_the_projector_shows_what_the_facilitator_chooses(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    projector = to_projector(visit(links["facilitator"]))
    expect(projector.get_by_role("heading", level=1)).to_have_text(t("screen.waiting"))
    expect(projector.get_by_role("img", name=t("invite.qr"))).to_be_visible()
    assert findings(projector) == []

    start_board_section(facilitator)
    expect(projector.get_by_role("heading", level=1)).to_contain_text(SECTION)
    expect(projector.get_by_role("timer")).to_be_visible()
    write_notes(facilitator, "Kävijämäärä")
    facilitator.keyboard.press("Escape")
    expect(projector.get_by_text(re.compile("^1 lappu"))).to_be_visible()

    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", "Kotkan kyläyhdistys ry")
    dialog = hall(facilitator)
    dialog.get_by_role("radio", name=t("hall.screen.board"), exact=True).check()
    expect(projector.get_by_role("option", name="Kävijämäärä")).to_be_visible()
    dialog.get_by_label(t("hall.announcement")).fill("Kahvia on aulassa.")
    button(dialog, "hall.announce").click()
    for page in (projector, phone, facilitator):
        expect(page.get_by_text("Kahvia on aulassa.").first).to_be_visible()
    assert findings(facilitator) == []
    dialog.get_by_role("radio", name=t("hall.screen.blank"), exact=True).check()
    expect(projector.get_by_text("Kahvia on aulassa.")).to_be_hidden()
    button(dialog, "hall.silence").click()
    expect(phone.get_by_text("Kahvia on aulassa.")).to_be_hidden()
