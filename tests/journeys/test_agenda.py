"""The agenda: planned before the day, run by hand or by the clock."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, join, t
from tests.journeys.test_access import findings

ESTIMATE = "Arviointikierros"
BREAK = "Tauko"


def agenda(page: Page) -> Locator:
    """Open the whole agenda."""
    button(page, "agenda.title").click()
    dialog = page.get_by_role("dialog", name=t("agenda.title"))
    expect(dialog).to_be_visible()
    return dialog


def row(dialog: Locator, title: str) -> Locator:
    return dialog.get_by_role("listitem").filter(has_text=title)


def act(page: Page, dialog: Locator, title: str, key: str) -> None:
    """What the menu of a section offers, by keyboard alone."""
    menu = button(dialog, "agenda.actions", title=title)
    menu.focus()
    page.keyboard.press("Enter")
    item = page.get_by_role("menuitem", name=t(key), exact=True)
    while not item.evaluate("item => item === document.activeElement"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def titles(dialog: Locator) -> list[str]:
    """Of the first workshop, in their order."""
    return (
        dialog.get_by_role("list")
        .first.get_by_role("listitem")
        .locator("strong")
        .all_text_contents()
    )


def test_the_agenda_is_planned_and_everybody_sees_the_new_times(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    dialog = agenda(facilitator)
    button(dialog, "agenda.add").first.click()
    form = facilitator.get_by_role("dialog", name=t("agenda.add"))
    form.get_by_label(t("section.title.fi")).fill(ESTIMATE)
    form.get_by_label(t("section.minutes")).fill("20")
    form.get_by_label(t("section.grants.write")).check()
    assert findings(facilitator) == []
    facilitator.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(row(dialog, ESTIMATE)).to_contain_text("15.00")
    act(facilitator, dialog, ESTIMATE, "agenda.up")
    expect(row(dialog, ESTIMATE)).to_contain_text("14.10")
    act(facilitator, dialog, ESTIMATE, "agenda.up")
    expect(row(dialog, ESTIMATE)).to_contain_text("14.00")
    expect(row(dialog, BREAK)).to_contain_text("14.20")
    act(facilitator, dialog, BREAK, "agenda.edit")
    form = facilitator.get_by_role("dialog", name=t("agenda.edit"))
    form.get_by_label(t("section.minutes")).fill("15")
    button(form, "card.save").click()
    expect(form).to_be_hidden()
    assert findings(facilitator) == []

    laptop = visit(links["participants"])
    join(laptop, "Aino", "Kotkan kyläyhdistys ry")
    seen = agenda(laptop)
    assert titles(seen) == titles(dialog)
    expect(row(seen, BREAK)).to_contain_text(t("agenda.planned", minutes=15))
    expect(button(seen, "agenda.add")).to_be_hidden()

    act(facilitator, dialog, BREAK, "agenda.skip")
    expect(row(seen, BREAK)).to_contain_text(t("agenda.state.skipped"))
    act(facilitator, dialog, ESTIMATE, "agenda.remove")
    expect(row(seen, ESTIMATE)).to_be_hidden()


@pytest.mark.long
def test_a_section_is_dragged_before_another_one(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    dialog = agenda(facilitator)
    before = titles(dialog)[titles(dialog).index(BREAK) - 1]
    grip = row(dialog, BREAK).locator(".grip")
    grip.scroll_into_view_if_needed()
    start, to = grip.bounding_box(), row(dialog, before).bounding_box()
    assert start is not None
    assert to is not None
    mouse = facilitator.mouse
    mouse.move(start["x"] + 5, start["y"] + 5)
    mouse.down()
    mouse.move(to["x"] + 20, to["y"] + 5, steps=4)
    mouse.up()
    expect(row(dialog, BREAK)).to_contain_text("13.25")
    expect(row(dialog, before)).to_contain_text("13.35")


@pytest.mark.long
def test_the_clock_stops_and_then_opens_the_next_section_by_itself(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", "Kotkan kyläyhdistys ry")
    dialog = agenda(facilitator)
    dialog.get_by_role("checkbox", name=t("agenda.by_clock")).check()
    dialog.get_by_role("combobox", name=t("agenda.grace")).select_option("0")
    button(row(dialog, BREAK), "agenda.open").click()
    facilitator.keyboard.press("Escape")
    timer = phone.get_by_role("timer")
    expect(timer).to_be_visible()

    button(facilitator, "agenda.pause").click()
    expect(timer).to_contain_text(t("time.still"))
    button(facilitator, "agenda.resume").click()
    expect(timer).not_to_contain_text(t("time.still"))

    less = facilitator.get_by_role("button", name=t("agenda.extend", minutes="\u22121"))
    for _ in range(10):  # of ten minutes
        less.click()
    expect(button(phone, "composer.open")).to_be_visible()
    expect(timer).to_contain_text("49:")
