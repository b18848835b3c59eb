"""Leading the people in the room: who is in, what they may, and where all look together."""

import re

from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, join, named, t, write_notes
from tests.journeys.test_access import findings
from tests.journeys.test_workshop import start_board_section

ORGANISATION = "Kotkan kyläyhdistys ry"


def people(page: Page) -> Locator:
    """Open the list of people."""
    page.locator("header").get_by_role("button", name=re.compile("paikalla$")).click()
    return page.get_by_role("dialog", name=t("people.title"))


def lead(page: Page, name: str, act: str) -> None:
    """An act of a person's menu, by keyboard alone."""
    menu = page.get_by_role("button", name=t("people.menu", name=name), exact=True)
    menu.focus()
    page.keyboard.press("Enter")
    item = page.get_by_role("menuitem", name=t(act), exact=True)
    expect(item).to_be_visible()
    while not item.evaluate("item => item === document.activeElement"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def from_desk_menu(page: Page, act: str) -> None:
    """An act of the desk's menu."""
    button(page, "menu.title").click()
    page.get_by_role("menuitem", name=t(act), exact=True).click()


def test_people_are_renamed_moved_muted_and_sent_away(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    expect(button(phone, "composer.open")).to_be_visible()

    dialog = people(facilitator)
    lead(facilitator, "Aino", "people.rename")
    form = facilitator.get_by_role("dialog", name=t("people.rename"))
    form.get_by_label(t("people.name")).fill("Aino K.")
    facilitator.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(dialog.get_by_role("listitem").filter(has_text="Aino K.")).to_be_visible()

    lead(facilitator, "Aino K.", "people.move")
    form = facilitator.get_by_role("dialog", name=named("people.move.title"))
    form.get_by_role("combobox").fill("Martat ry")
    assert findings(facilitator) == []
    button(form, "card.save").click()
    expect(form).to_be_hidden()
    row = dialog.get_by_role("listitem").filter(has_text="Aino K.")
    expect(row).to_contain_text("Martat ry")

    lead(facilitator, "Aino K.", "people.mute")
    expect(row).to_contain_text(t("people.muted"))
    expect(phone.get_by_text(t("muted.text"))).to_be_visible()
    expect(button(phone, "composer.open")).to_be_hidden()
    assert findings(phone) == []
    lead(facilitator, "Aino K.", "people.unmute")
    expect(button(phone, "composer.open")).to_be_visible()
    write_notes(phone, "Kävijämäärä")

    lead(facilitator, "Aino K.", "people.remove")
    ask = facilitator.get_by_role("dialog", name=named("people.remove.ask"))
    button(ask, "people.remove").click()
    expect(ask).to_be_hidden()
    expect(phone.get_by_text(t("refused.person.removed"))).to_be_visible()
    assert findings(phone) == []
    phone.reload()
    expect(phone.get_by_text(t("refused.person.removed"))).to_be_visible()
    expect(dialog.get_by_role("heading", name=t("people.removed", count=1))).to_be_visible()
    assert findings(facilitator) == []
    lead(facilitator, "Aino K.", "people.let_in")
    expect(dialog.get_by_role("heading", name=t("people.removed", count=1))).to_be_hidden()
    phone.reload()
    expect(button(phone, "composer.open")).to_be_visible()


def test_a_locked_desk_lets_in_only_whom_it_knows(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    known = visit(links["participants"], is_phone=True)
    join(known, "Aino", ORGANISATION)
    from_desk_menu(facilitator, "lock.do")
    expect(facilitator.get_by_text(t("lock.on"), exact=True)).to_be_visible()
    stranger = visit(links["participants"])
    stranger.get_by_label(t("join.name"), exact=True).fill("Bo")
    button(stranger, "join.enter").click()
    expect(stranger.get_by_text(t("refused.desk.locked"))).to_be_visible()
    assert findings(stranger) == []
    known.reload()
    expect(known.get_by_role("heading", level=1)).to_be_visible()
    dialog = people(facilitator)
    button(dialog, "lock.open").click()
    expect(dialog.get_by_text(t("lock.off.text"))).to_be_visible()
    button(stranger, "join.enter").click()
    expect(stranger).to_have_url(re.compile("/poyta/"))


def test_a_recovery_code_and_a_new_link_let_those_in_who_lead(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    expect(button(facilitator, "agenda.title")).to_be_visible()
    from_desk_menu(facilitator, "links.title")
    dialog = facilitator.get_by_role("dialog", name=t("links.title"))
    button(dialog, "recovery.make").click()
    code = dialog.locator("code").inner_text()
    assert findings(facilitator) == []
    door = links["participants"].split("/liity")[0]
    borrowed = visit(door)
    borrowed.get_by_label(t("join.code"), exact=True).fill(code.lower())
    button(borrowed, "join.submit").click()
    expect(button(borrowed, "agenda.title")).to_be_visible()

    dialog.get_by_label(named("links.role")).select_option("viewer")
    dialog.get_by_label(named("links.name")).first.fill("Aula")
    button(dialog, "links.make").click()
    made = dialog.get_by_role("region", name=t("links.new"))
    screen = visit(made.locator(".url").inner_text())
    expect(screen.get_by_role("heading", level=1)).to_have_text(t("screen.waiting"))
    assert findings(facilitator) == []
    row = dialog.get_by_role("listitem").filter(has_text="Aula")
    button(row, "links.end.ask", who="Aula").click()
    row.get_by_role("button", name=t("links.end"), exact=True).click()
    expect(screen.get_by_text(t("refused.session.none"))).to_be_visible()
    button(dialog, "recovery.again").click()
    expect(borrowed.get_by_text(t("refused.session.none"))).to_be_visible()
