"""Workshop 2 goes on from workshop 1: its agenda, what was agreed, and the board before it."""

from playwright.sync_api import expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, choose, join, named, t, view, write_notes
from tests.journeys.test_access import findings
from tests.journeys.test_agenda import agenda
from tests.journeys.test_workshop import name_it, start_board_section


def test_workshop_2_begins_with_what_was_agreed_and_keeps_the_earlier_board_to_read(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    view(facilitator, "list")
    write_notes(facilitator, "Kävijämäärä")
    choose(facilitator, "Kävijämäärä")
    button(facilitator, "selection.group").click()
    name_it(facilitator, "Kävijät")

    dialog = agenda(facilitator)
    button(dialog, "agenda.continue").first.click()
    second = dialog.locator("section").nth(1)
    expect(second.get_by_text(t("review.title"))).to_be_visible()
    expect(second.get_by_text("Tauko")).to_be_visible()
    button(second, "agenda.open", title=t("review.title")).click()
    facilitator.keyboard.press("Escape")

    aino = visit(links["participants"], is_phone=True)
    join(aino, "Aino", "Martat ry")
    for page in (facilitator, aino):
        view(page, "card")
        expect(page.get_by_role("region", name=t("review.title"))).to_be_visible()
        expect(page.get_by_text(t("review.none"))).to_be_visible()
        view(page, "list")
        expect(page.get_by_text("Kävijämäärä")).to_be_hidden()
        button(page, "menu.title").click()
        page.get_by_role("menuitem", name=t("earlier.title")).click()
        earlier = page.get_by_role("dialog", name=t("earlier.title"))
        expect(earlier.get_by_role("heading", name="Kävijät")).to_be_visible()
        expect(earlier.get_by_text("Kävijämäärä")).to_be_visible()
        assert findings(page) == []
        earlier.get_by_label(named("earlier.behind")).check()
        page.keyboard.press("Escape")
        view(page, "board")
        expect(page.locator(".earlier").get_by_text("Kävijämäärä")).to_be_visible()
