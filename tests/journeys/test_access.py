"""Everybody can use it: no findings of axe-core (WCAG 2.2 AA), keyboard alone, small screens."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit, axe_source
from tests.journeys.people import button, t, view, write_notes
from tests.journeys.test_workshop import start_board_section

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = ("board", "list", "votes", "card", "memo", "console")
LOOKS = {
    "laptop, light": (False, {"color_scheme": "light"}),
    "laptop, forced colours": (False, {"forced_colors": "active"}),
    "phone, dark": (True, {"color_scheme": "dark"}),
}


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page, one line each.

    Once nothing moves: a colour that is just fading in has no contrast to speak of.
    """
    page.wait_for_function(
        """() => document.getAnimations().every((each) =>
          each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity)"""
    )
    page.context.new_cdp_session(page).send(
        "Runtime.evaluate", {"expression": axe_source(), "returnByValue": False}
    )
    found = page.evaluate(
        """async (tags) => {
          const results = await axe.run(document, {runOnly: {type: 'tag', values: tags}});
          return results.violations.flatMap(({id, nodes}) =>
            nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
        }""",
        RULES,
    )
    return list(found)


@pytest.mark.parametrize("name", LOOKS)
def test_no_page_has_a_finding(links: dict[str, str], visit: Visit, name: str) -> None:
    is_phone, look = LOOKS[name]
    found = {}
    door = visit(links["participants"].split("/liity")[0], is_phone=is_phone, **look)
    expect(door.get_by_role("textbox")).to_be_visible()
    found["code"] = findings(door)
    guest = visit(links["participants"], is_phone=is_phone, **look)
    expect(guest.get_by_label(t("join.name"), exact=True)).to_be_visible()
    found["door"] = findings(guest)
    page = visit(links["facilitator"], is_phone=is_phone, **look)
    expect(button(page, "agenda.title")).to_be_visible()
    found["empty"] = findings(page)
    start_board_section(page)
    write_notes(page, "Kävijämäärä", "Vapaaehtoistunnit")
    for each in VIEWS:
        view(page, each)
        page.wait_for_load_state("networkidle")
        found[each] = findings(page)
    page.keyboard.press("n")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["composer"] = findings(page)
    page.keyboard.press("Escape")
    button(page, "agenda.title").click()
    found["agenda"] = findings(page)
    assert {where: lines for where, lines in found.items() if lines} == {}


@pytest.mark.long
def test_nothing_is_cut_off_on_a_narrow_screen(links: dict[str, str], visit: Visit) -> None:
    page = visit(links["facilitator"], viewport={"width": 320, "height": 700})
    start_board_section(page)
    for name in VIEWS:
        view(page, name)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_a_note_is_written_edited_and_grouped_by_keyboard_alone(
    links: dict[str, str], visit: Visit
) -> None:
    page = visit(links["facilitator"])
    start_board_section(page)
    write_notes(page, "Kävijät", "Tunnit")
    board = page.get_by_role("listbox", name=t("board.label"))
    board.focus()
    page.keyboard.press("Tab")
    notes = page.get_by_role("option", name=re.compile("Kävijät|Tunnit"))
    expect(notes).to_have_count(2)
    notes.first.focus()
    page.keyboard.press("Space")
    notes.last.focus()
    page.keyboard.press("Space")
    page.keyboard.press("g")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Toiminta")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name=re.compile("Toiminta")).first).to_be_visible()


@pytest.mark.parametrize(("language", "word"), [("sv-FI", "sv"), ("en-GB", "en"), ("fi-FI", "fi")])
def test_the_page_speaks_the_browsers_language(
    links: dict[str, str], visit: Visit, language: str, word: str
) -> None:
    page = visit(links["participants"], locale=language)
    expect(page.locator("html")).to_have_attribute("lang", word)
