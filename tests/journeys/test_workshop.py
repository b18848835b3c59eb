"""A small workshop in two browsers, from the code on the wall to the files on the disk."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import (
    button,
    choose,
    cluster_menu,
    join,
    note_in_list,
    t,
    view,
    write_notes,
)

SECTION = "Nykyisten, käytössä olevien mittareiden kartoitus"


def start_board_section(facilitator: Page) -> None:
    """Open the agenda and start the section in which notes are written."""
    button(facilitator, "agenda.title").click()
    row = facilitator.get_by_role("dialog").get_by_role("listitem").filter(has_text=SECTION)
    button(row, "agenda.open").click()
    facilitator.keyboard.press("Escape")
    expect(facilitator.get_by_role("timer")).to_be_visible()


def test_a_section_opens_and_everybody_may_write_at_once(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", "Kotkan kyläyhdistys ry")
    expect(button(phone, "composer.open")).to_be_hidden()
    start_board_section(facilitator)
    expect(button(phone, "composer.open")).to_be_visible()
    write_notes(phone, "Kävijämäärä / kk")
    view(facilitator, "list")
    expect(note_in_list(facilitator, "Kävijämäärä / kk")).to_contain_text("Kotkan kyläyhdistys ry")
    button(facilitator, "agenda.close").click()
    expect(button(phone, "composer.open")).to_be_hidden()


@pytest.mark.long
def test_notes_become_clusters_by_selecting_without_dragging(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    view(facilitator, "list")
    write_notes(facilitator, "Kävijät", "Osallistujat", "Vapaaehtoiset", "Talkootunnit")
    choose(facilitator, "Kävijät", "Osallistujat", "Vapaaehtoiset")
    button(facilitator, "selection.group").click()
    name_it(facilitator, "Väki")
    expect(facilitator.get_by_role("heading", name=re.compile("^Väki"))).to_be_visible()
    choose(facilitator, "Talkootunnit")
    button(facilitator, "selection.group").click()
    name_it(facilitator, "Talkoot")
    cluster_menu(facilitator, "Talkoot", "board.act.merge_into")
    dialog = facilitator.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option(label="Väki")
    button(dialog, "board.merge.do").click()
    expect(facilitator.get_by_role("heading", name=re.compile("^Talkoot"))).to_be_hidden()


def name_it(page: Page, title: str) -> None:
    """Name the cluster that was just made, wherever it asks: the cursor is there already."""
    field = page.locator("input:focus")
    expect(field).to_be_visible()
    field.fill(title)
    page.keyboard.press("Enter")
    expect(field).to_be_hidden()


@pytest.mark.long
def test_two_people_see_each_other_and_what_each_does(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    laptop = visit(links["participants"])
    join(laptop, "Aino", "Kotkan kyläyhdistys ry")
    write_notes(laptop, "Kävijät", "Tunnit")
    for page in (facilitator, laptop):
        expect(page.get_by_role("option", name=re.compile("Kävijät"))).to_be_visible()
    drag(facilitator, "Kävijät", "Tunnit")
    name_it(facilitator, "Toiminta")
    expect(laptop.get_by_role("option", name=re.compile("Toiminta")).first).to_be_visible()
    laptop.mouse.move(700, 500)
    expect(facilitator.locator(".cursor, .cursors").get_by_text("Aino")).to_be_visible()


def drag(page: Page, what: str, onto: str) -> None:
    """Drag a note onto another one, as a hand does."""
    boxes = [
        page.get_by_role("option", name=re.compile(f"^{text}")).first.bounding_box()
        for text in (what, onto)
    ]
    start, end = ((b["x"] + b["width"] / 2, b["y"] + b["height"] / 2) for b in boxes if b)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


@pytest.mark.long
def test_what_was_written_without_a_connection_arrives_after_it(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", "Kotkan kyläyhdistys ry")
    view(phone, "list")
    expect(button(phone, "composer.open")).to_be_visible()
    phone.context.set_offline(True)
    write_notes(phone, "Kirjoitettu junassa")
    expect(note_in_list(phone, "Kirjoitettu junassa")).to_contain_text(t("note.on_device"))
    view(facilitator, "list")
    expect(note_in_list(facilitator, "Kirjoitettu junassa")).to_have_count(0)
    phone.context.set_offline(False)
    expect(note_in_list(facilitator, "Kirjoitettu junassa")).to_have_count(1)
    expect(note_in_list(phone, "Kirjoitettu junassa")).to_contain_text(t("note.saved"))


@pytest.mark.long
def test_the_countdown_is_the_servers_whatever_the_phone_believes(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    phone = visit(links["participants"], is_phone=True)
    phone.clock.install(time="2031-01-01T00:00:00")
    phone.reload()
    join(phone, "Aino", "Kotkan kyläyhdistys ry")
    expect(phone.get_by_role("timer")).to_contain_text(re.compile(r"(49|50):\d\d"))
