"""Somebody works without a connection, and comes back after the section was closed."""

import os
import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Locator, Page, Position, expect
from tests.faults.rig import Server
from tests.journeys.conftest import Visit
from tests.journeys.line import Line
from tests.journeys.people import button, join, named, note_in_list, t, view, write_notes
from tests.journeys.test_access import findings
from tests.journeys.test_workshop import start_board_section

BACK_MS = 30_000
"""A page tries again after 15 s at most; the rest is for a busy machine."""
ON_DEVICE, SAVED, LATE = t("note.on_device"), t("note.saved"), t("note.late")


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    running = Line(server.port)
    yield running
    running.close()


def through(line: Line, server: Server, link: str) -> str:
    """The same link, over the line."""
    return link.replace(f":{server.port}/", f":{line.port}/")


@pytest.fixture
def people(server: Server, line: Line, links: dict[str, str], visit: Visit) -> tuple[Page, Page]:
    """A facilitator with the section of notes open, and Aino, who has the line."""
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    view(facilitator, "list")
    aino = visit(through(line, server, links["participants"]))
    join(aino, "Aino", "Kotkan kyläyhdistys ry")
    view(aino, "list")
    return facilitator, aino


def cut(line: Line, page: Page) -> None:
    """There is no connection any more, and the page knows; what it wrote before is in the log."""
    expect(page.get_by_text(t("note.on_device"))).to_have_count(0)
    line.cut()
    expect(page.locator("header .state")).to_have_text(t("saved.offline"))


def close_section(facilitator: Page) -> None:
    button(facilitator, "agenda.close").click()
    expect(button(facilitator, "composer.open")).to_be_visible()
    expect(facilitator.get_by_role("timer")).to_be_hidden()


def edit(page: Page, text: str, into: str) -> None:
    """Change the text of a note."""
    page.get_by_role("button", name=text, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(t("note.text")).fill(into)
    button(dialog, "note.save").click()
    expect(dialog).to_be_hidden()


def set_rule(facilitator: Page, rule: str) -> None:
    """Say what becomes of late notes, by keyboard alone."""
    menu = facilitator.get_by_role("button", name=t("menu.title"))
    menu.focus()
    facilitator.keyboard.press("Enter")
    item = facilitator.get_by_role("menuitem", name=t("settings.title"))
    while not item.evaluate("item => item === document.activeElement"):
        facilitator.keyboard.press("ArrowDown")
    facilitator.keyboard.press("Enter")
    chosen = facilitator.get_by_role("radio", name=named(f"settings.late.{rule}")).first
    rules = facilitator.get_by_role("group", name=t("settings.late"))
    first = rules.get_by_role("radio", checked=True)
    first.focus()
    while not chosen.is_checked():
        facilitator.keyboard.press("ArrowDown")
    assert findings(facilitator) == []
    facilitator.keyboard.press("Escape")
    expect(facilitator.get_by_role("dialog")).to_be_hidden()


def parking(page: Page) -> Locator:
    return page.get_by_role("list", name=t("parking.list"))


def test_what_was_done_without_a_connection_arrives_late_once_and_marked(
    people: tuple[Page, Page], line: Line
) -> None:
    facilitator, aino = people
    write_notes(aino, "Kävijät", "Tunnit")
    expect(note_in_list(facilitator, "Tunnit")).to_have_count(1)
    cut(line, aino)

    write_notes(aino, "Kirjoitettu tunnelissa")
    edit(aino, "Kävijät", "Kävijät kuukaudessa")
    view(aino, "board")
    note = aino.get_by_role("option", name=re.compile("^Tunnit"))
    note.focus()
    before = note.bounding_box()
    aino.keyboard.press("Shift+ArrowRight")
    expect(note).to_have_accessible_name(re.compile(ON_DEVICE))
    expect(note).to_contain_text(ON_DEVICE)
    after = note.bounding_box()
    assert before
    assert after
    assert after["x"] > before["x"]
    view(aino, "list")
    for text in ("Kirjoitettu tunnelissa", "Kävijät kuukaudessa", "Tunnit"):
        expect(note_in_list(aino, text)).to_contain_text(ON_DEVICE)
    expect(aino.locator("header .state")).to_have_text(t("saved.device", count=3))
    expect(aino.locator("[aria-live=polite]")).to_contain_text(unsent(3), timeout=BACK_MS)
    button(aino, "composer.open").first.click()
    field = aino.get_by_role("dialog").get_by_label(t("note.text"))
    field.fill("Puolikas aja")

    close_section(facilitator)
    expect(note_in_list(facilitator, "Kävijät")).to_have_count(1)
    expect(note_in_list(facilitator, "Kirjoitettu tunnelissa")).to_have_count(0)
    line.mend()
    late = aino.get_by_role("dialog").get_by_text(t("composer.late"))
    expect(late).to_be_visible(timeout=BACK_MS)
    expect(field).to_have_value("Puolikas aja")
    field.press_sequentially("tus")
    aino.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect(aino.get_by_role("dialog").get_by_text(t("composer.closed"))).to_be_visible()
    aino.keyboard.press("Escape")

    for page in (facilitator, aino):
        for text in ("Kirjoitettu tunnelissa", "Kävijät kuukaudessa", "Puolikas ajatus"):
            expect(note_in_list(page, text)).to_have_count(1)
            expect(note_in_list(page, text)).to_contain_text(LATE)
        expect(note_in_list(page, "Tunnit")).to_have_count(1)
        expect(note_in_list(page, "Tunnit")).not_to_contain_text(LATE)
        expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(4)
    expect(aino.get_by_role("main").get_by_text(SAVED)).to_have_count(4)
    expect(aino.get_by_role("main").get_by_text(ON_DEVICE)).to_have_count(0)
    expect(aino.locator("header .state")).to_have_text(t("saved.safe"))
    view(aino, "board")
    expect(aino.get_by_role("option", name=re.compile(f"^Kirjoitettu.*{LATE}"))).to_be_visible()


def unsent(count: int) -> re.Pattern[str]:
    """The count as it is said, in its plural."""
    other = re.search(r"other \{# ([^}]*)\}", t("saved.unsent"))
    assert other
    return re.compile(re.escape(f"{count} {other[1]}"))


@pytest.mark.long
def test_a_half_written_change_is_never_overwritten(people: tuple[Page, Page], line: Line) -> None:
    facilitator, aino = people
    write_notes(aino, "Kävijät")
    expect(note_in_list(facilitator, "Kävijät")).to_have_count(1)
    cut(line, aino)
    aino.get_by_role("button", name="Kävijät", exact=True).click()
    dialog = aino.get_by_role("dialog")
    field = dialog.get_by_label(t("note.text"))
    field.fill("Kävijät vuo")
    edit(facilitator, "Kävijät", "Kävijämäärä")
    close_section(facilitator)
    line.mend()
    expect(dialog.get_by_role("alert")).to_contain_text("Kävijämäärä", timeout=BACK_MS)
    expect(field).to_have_value("Kävijät vuo")
    field.press_sequentially("dessa")
    aino.keyboard.press("Enter")
    kept = aino.get_by_role("region", name=t("kept.title"))
    expect(kept).to_contain_text("Kävijät vuodessa")
    expect(kept).to_contain_text("Kävijämäärä")
    button(kept, "kept.use_mine").click()
    expect(note_in_list(facilitator, "Kävijät vuodessa")).to_contain_text(LATE)


@pytest.mark.long
def test_late_notes_wait_in_the_parking_until_they_are_taken_onto_the_board(
    people: tuple[Page, Page], line: Line
) -> None:
    facilitator, aino = people
    set_rule(facilitator, "park")
    cut(line, aino)
    write_notes(aino, "Ensimmäinen", "Toinen", "Kolmas")
    close_section(facilitator)
    line.mend()
    for page in (facilitator, aino):
        expect(parking(page).get_by_role("listitem")).to_have_count(3, timeout=BACK_MS)
        expect(parking(page).get_by_text(LATE)).to_have_count(3)
    expect(button(parking(aino), "parking.take")).to_have_count(0)
    assert findings(facilitator) == []

    take = facilitator.get_by_role("button", name=t("parking.take_this", text="Ensimmäinen"))
    take.focus()
    facilitator.keyboard.press("Enter")
    expect(parking(facilitator).get_by_role("listitem")).to_have_count(2)
    expect(parking(facilitator).locator("button:focus")).to_have_text("Toinen")
    facilitator.get_by_role("button", name=t("list.menu", text="Toinen"), exact=True).click()
    facilitator.get_by_role("menuitem", name=t("parking.take")).click()
    expect(parking(facilitator).get_by_role("listitem")).to_have_count(1)

    view(facilitator, "board")
    expect(parking(facilitator)).to_be_visible()
    assert findings(facilitator) == []
    there = facilitator.get_by_role("listbox").bounding_box()
    assert there
    spot = Position(x=there["width"] / 2, y=there["height"] - 150)
    row = parking(facilitator).get_by_role("listitem")
    row.drag_to(facilitator.get_by_role("listbox"), target_position=spot, force=True)
    expect(parking(facilitator)).to_be_hidden()
    for text in ("Ensimmäinen", "Toinen", "Kolmas"):
        expect(facilitator.get_by_role("option", name=re.compile(f"^{text}"))).to_be_visible()
    box = facilitator.get_by_role("option", name=re.compile("^Kolmas")).bounding_box()
    assert box
    assert abs(box["x"] + box["width"] / 2 - there["x"] - spot["x"]) < 3
    assert abs(box["y"] + box["height"] / 2 - there["y"] - spot["y"]) < 3
    expect(parking(aino)).to_be_hidden()
    expect(note_in_list(aino, "Kolmas")).to_contain_text(LATE)


def test_what_is_refused_stays_with_who_wrote_it(people: tuple[Page, Page], line: Line) -> None:
    facilitator, aino = people
    set_rule(facilitator, "refuse")
    cut(line, aino)
    write_notes(aino, "Liian myöhään")
    close_section(facilitator)
    line.mend()
    kept = aino.get_by_role("region", name=t("kept.title"))
    expect(kept).to_contain_text("Liian myöhään", timeout=BACK_MS)
    set_rule(facilitator, "mark")
    button(kept, "kept.again").click()
    expect(note_in_list(facilitator, "Liian myöhään")).to_contain_text(LATE)
    expect(kept).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize("end", ["closed", "crashed", "reloaded"])
def test_what_waits_outlives_its_tab(people: tuple[Page, Page], line: Line, end: str) -> None:
    facilitator, aino = people
    write_notes(aino, "Ajoissa")
    address = aino.url
    cut(line, aino)
    write_notes(aino, "Ennen loppua", "Viimeinen")
    edit(aino, "Ajoissa", "Ajoissa ja oikein")
    expect(aino.locator("header .state")).to_have_text(t("saved.device", count=3))
    if end == "reloaded":
        aino.evaluate("location.reload()")
        expect(aino.locator("#main-frame-error")).to_be_visible()
        again = aino
    else:
        again = aino.context.new_page()
        if end == "closed":
            aino.close()
        else:
            with aino.expect_event("crash"), pytest.raises(Error):
                aino.goto("chrome://crash")
    close_section(facilitator)
    line.mend()
    again.goto(address)
    for text in ("Ennen loppua", "Viimeinen", "Ajoissa ja oikein"):
        for page in (facilitator, again):
            expect(note_in_list(page, text)).to_have_count(1, timeout=BACK_MS)
            expect(note_in_list(page, text)).to_contain_text(LATE)
    expect(again.get_by_role("main").get_by_text(SAVED)).to_have_count(3)


@pytest.mark.long
def test_a_server_that_comes_back_is_met_without_a_reload(
    server: Server, people: tuple[Page, Page]
) -> None:
    facilitator, aino = people
    aino.evaluate("window.wasHere = true")
    server.kill()
    expect(aino.locator("header .state")).to_have_text(t("saved.offline"), timeout=BACK_MS)
    write_notes(aino, "Palvelin poissa")
    expect(note_in_list(aino, "Palvelin poissa")).to_contain_text(ON_DEVICE)
    server.start()
    for page in (facilitator, aino):
        expect(note_in_list(page, "Palvelin poissa")).to_have_count(1, timeout=BACK_MS)
        expect(page.locator("header .state")).to_have_text(t("saved.safe"), timeout=BACK_MS)
    expect(note_in_list(aino, "Palvelin poissa")).not_to_contain_text(LATE)
    assert aino.evaluate("window.wasHere")


@pytest.mark.long
def test_a_store_that_hangs_is_shown_and_nothing_is_called_saved(
    server: Server, people: tuple[Page, Page]
) -> None:
    _, aino = people
    store = server.store_pid()
    os.kill(store, signal.SIGSTOP)
    try:
        write_notes(aino, "Varasto jumissa")
        paused = named("saved.paused")
        expect(aino.locator("header .state")).to_have_text(paused, timeout=BACK_MS)
        expect(note_in_list(aino, "Varasto jumissa")).to_contain_text(ON_DEVICE)
    finally:
        os.kill(store, signal.SIGCONT)
    expect(note_in_list(aino, "Varasto jumissa")).to_contain_text(SAVED, timeout=BACK_MS)
    expect(aino.locator("header .state")).to_have_text(t("saved.safe"), timeout=BACK_MS)
