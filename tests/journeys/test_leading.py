"""Leading the people in the room: who is in, what they may, and where all look together."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import (
    button,
    choose,
    cluster_menu,
    join,
    named,
    note_in_list,
    t,
    to_projector,
    view,
    write_notes,
)
from tests.journeys.test_access import findings
from tests.journeys.test_agenda import act
from tests.journeys.test_hall import hall
from tests.journeys.test_workshop import SECTION, name_it, start_board_section

ORGANISATION = "Kotkan kyläyhdistys ry"


def people(page: Page, here: int) -> Locator:
    """Open the list of people, once as many are here: who comes moves up in it."""
    page.locator("header").get_by_role("button", name=f"{here} paikalla", exact=True).click()
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

    dialog = people(facilitator, here=2)
    lead(facilitator, "Aino", "people.rename")
    form = facilitator.get_by_role("dialog", name=t("people.rename"))
    form.get_by_label(t("people.name")).fill("Aino K.")
    facilitator.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(dialog.get_by_role("listitem").filter(has_text="Aino K.")).to_be_visible()

    row = dialog.get_by_role("listitem").filter(has_text="Aino K.")
    lead(facilitator, "Aino K.", "people.mute")
    expect(row).to_contain_text(t("people.muted"))
    expect(phone.get_by_text(t("muted.text"))).to_be_visible()
    expect(button(phone, "composer.open")).to_be_hidden()
    assert findings(phone) == []
    lead(facilitator, "Aino K.", "people.unmute")
    expect(button(phone, "composer.open")).to_be_visible()

    lead(facilitator, "Aino K.", "people.move")
    form = facilitator.get_by_role("dialog", name=named("people.move.title"))
    form.get_by_role("combobox").fill("Martat ry")
    assert findings(facilitator) == []
    button(form, "card.save").click()
    expect(form).to_be_hidden()
    expect(row).to_contain_text("Martat ry")
    write_notes(phone, "Kävijämäärä")
    # Their page starts again with what the other organisation sees, and they are here again then.
    expect(note_in_list(phone, "Kävijämäärä")).to_contain_text(t("note.saved"))
    expect(dialog.get_by_role("heading", name=t("people.here", count=2))).to_be_visible()

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


@pytest.mark.long
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
    dialog = people(facilitator, here=2)
    button(dialog, "lock.open").click()
    expect(dialog.get_by_text(t("lock.off.text"))).to_be_visible()
    button(stranger, "join.enter").click()
    expect(stranger).to_have_url(re.compile("/poyta/"))


@pytest.mark.long
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


@pytest.mark.long
def test_all_are_brought_to_one_view_once_and_let_go(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    laptop = visit(links["participants"])
    join(laptop, "Bo", ORGANISATION)
    expect(button(laptop, "composer.open")).to_be_visible()
    laptop.keyboard.press("n")
    field = laptop.get_by_role("dialog").get_by_label(t("note.text"))
    field.fill("Kesken")

    view(facilitator, "card")
    button(facilitator, "gather.do").click()
    expect(button(facilitator, "gather.let_go")).to_be_visible()
    for page in (phone, laptop):
        expect(page).to_have_url(re.compile("/kortti"))
    expect(field).to_be_focused()
    expect(field).to_have_value("Kesken")
    laptop.keyboard.press("Escape")
    assert findings(phone) == []

    view(phone, "list")
    expect(phone).to_have_url(re.compile("/lista"))
    phone.reload()
    expect(button(phone, "gather.back")).to_be_visible()
    expect(phone).to_have_url(re.compile("/lista"))
    button(phone, "gather.back").click()
    expect(phone).to_have_url(re.compile("/kortti"))
    late = visit(links["participants"])
    join(late, "Cecilia", ORGANISATION)
    expect(late).to_have_url(re.compile("/kortti"))

    button(facilitator, "gather.let_go").click()
    for page in (phone, laptop, late):
        expect(button(page, "gather.back")).to_be_hidden()


@pytest.mark.long
def test_a_board_is_shown_where_the_facilitator_looks(links: dict[str, str], visit: Visit) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    write_notes(facilitator, "Kävijämäärä")
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    for _ in range(3):
        facilitator.get_by_role("button", name=t("board.zoom.out")).click()
    from_desk_menu(facilitator, "gather.do")
    expect(phone).to_have_url(re.compile("/poyta$|/taulu"))
    zoom = ".world"
    seen = "world => new DOMMatrix(getComputedStyle(world).transform).a"
    expect(phone.locator(zoom)).to_be_attached()
    phone.wait_for_function(
        f"() => ({seen})(document.querySelector('{zoom}')) < 0.35",
    )


@pytest.mark.long
def test_a_cluster_in_the_spotlight_is_marked_everywhere(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    view(facilitator, "list")
    write_notes(facilitator, "Kävijät", "Osallistujat", "Tunnit")
    choose(facilitator, "Kävijät", "Osallistujat")
    button(facilitator, "selection.group").click()
    name_it(facilitator, "Väki")
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    laptop = visit(links["participants"])
    join(laptop, "Bo", ORGANISATION)

    cluster_menu(facilitator, "Väki", "spotlight.do")
    for page in (facilitator, phone):
        group = page.locator("section").filter(has=page.get_by_role("heading", name="Väki"))
        expect(group.get_by_text(t("spotlight.on"))).to_be_visible()
        assert findings(page) == []
    expect(laptop.get_by_role("option", name=t("spotlight.on"))).to_be_visible()
    expect(laptop.get_by_text(t("spotlight.on"), exact=True)).to_be_visible()
    assert findings(laptop) == []
    cluster_menu(facilitator, "Väki", "spotlight.off")
    expect(laptop.get_by_text(t("spotlight.on"), exact=True)).to_be_hidden()


@pytest.mark.long
def test_a_frozen_projector_keeps_showing_what_it_showed(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    projector = to_projector(visit(links["facilitator"]))
    start_board_section(facilitator)
    expect(projector.get_by_role("heading", level=1)).to_contain_text(SECTION)
    dialog = hall(facilitator)
    dialog.get_by_role("checkbox", name=named("hall.freeze")).check()
    expect(projector.get_by_text(t("screen.frozen"), exact=True)).to_be_visible()
    assert findings(projector) == []
    assert findings(facilitator) == []
    facilitator.keyboard.press("Escape")
    stood = projector.get_by_role("timer").inner_text()
    write_notes(facilitator, "Kävijämäärä")
    facilitator.wait_for_function(
        "time => !document.querySelector('[role=timer]').innerText.includes(time)",
        arg=stood.split()[-1],
    )
    expect(projector.get_by_text(re.compile("^0 lappua"))).to_be_visible()
    assert projector.get_by_role("timer").inner_text() == stood
    dialog = hall(facilitator)
    dialog.get_by_role("checkbox", name=named("hall.freeze")).uncheck()
    expect(projector.get_by_text(re.compile("^1 lappu"))).to_be_visible()
    expect(projector.get_by_text(t("screen.frozen"), exact=True)).to_be_hidden()


@pytest.mark.long
def test_an_area_is_marked_moved_by_keys_closed_and_kept_free(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    button(facilitator, "area.add").click()
    form = facilitator.get_by_role("dialog", name=t("area.add"))
    form.get_by_label(t("area.title")).fill("Parkki")
    assert findings(facilitator) == []
    facilitator.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(facilitator.locator(".world").get_by_text("Parkki")).to_be_visible()

    grip = facilitator.get_by_role("button", name=t("area.grip.move", title="Parkki"))
    before = grip.bounding_box()
    grip.focus()
    facilitator.keyboard.press("Shift+ArrowLeft")
    facilitator.wait_for_function(
        "([text, left]) => document.activeElement.getAttribute('aria-label') === text"
        " && document.activeElement.getBoundingClientRect().left < left - 50",
        arg=[t("area.grip.move", title="Parkki"), before["x"] if before else 0],
    )
    corner = facilitator.get_by_role("button", name=t("area.grip.size", title="Parkki"))
    box = corner.bounding_box()
    assert box is not None
    facilitator.mouse.move(box["x"] + 20, box["y"] + 20)
    facilitator.mouse.down()
    facilitator.mouse.move(box["x"] - 60, box["y"] - 40, steps=4)
    facilitator.mouse.up()
    facilitator.wait_for_function(
        "([text, left]) => [...document.querySelectorAll('button')].some((one) =>"
        " one.getAttribute('aria-label') === text && one.getBoundingClientRect().left < left - 40)",
        arg=[t("area.grip.size", title="Parkki"), box["x"]],
    )
    assert findings(facilitator) == []
    grip.focus()
    facilitator.keyboard.press("Enter")
    form = facilitator.get_by_role("dialog", name=t("area.edit"))
    form.get_by_role("checkbox", name=named("area.close")).check()
    button(form, "card.save").click()
    expect(form).to_be_hidden()
    expect(facilitator.locator(".world").get_by_text(t("area.closed"))).to_be_visible()

    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    area = phone.locator("section").filter(has=phone.get_by_role("heading", name="Parkki"))
    expect(area.get_by_text(t("area.closed"), exact=True)).to_be_visible()
    write_notes(phone, "Kävijämäärä")
    loose = phone.locator("section").filter(has=phone.get_by_role("heading", name=t("list.loose")))
    expect(loose.get_by_text("Kävijämäärä")).to_be_visible()
    assert findings(phone) == []

    button(facilitator, "agenda.title").click()
    dialog = facilitator.get_by_role("dialog", name=t("agenda.title"))
    act(facilitator, dialog, SECTION, "agenda.edit")
    form = facilitator.get_by_role("dialog", name=t("agenda.edit"))
    form.get_by_role("radio", name=t("section.areas.some")).check()
    expect(form.get_by_role("checkbox", name="Parkki")).to_be_checked()
    form.get_by_role("checkbox", name="Parkki").uncheck()
    assert findings(facilitator) == []
    button(form, "card.save").click()
    expect(form).to_be_hidden()


@pytest.mark.long
def test_what_participants_are_promised_is_what_the_facilitator_chose(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    button(phone, "composer.open").click()
    expect(phone.get_by_text(t("join.privacy.organisation"))).to_be_visible()
    from_desk_menu(facilitator, "settings.title")
    dialog = facilitator.get_by_role("dialog", name=t("settings.title"))
    expect(dialog.get_by_text(t("join.privacy.nothing"))).to_be_visible()
    dialog.get_by_role("radio", name=t("settings.shows.nothing")).check()
    expect(phone.get_by_text(t("join.privacy.nothing"))).to_be_visible()
    assert findings(facilitator) == []
    assert findings(phone) == []


@pytest.mark.long
def test_who_comes_late_is_told_once_where_we_are(links: dict[str, str], visit: Visit) -> None:
    early = visit(links["participants"])
    join(early, "Bo", ORGANISATION)
    expect(early.get_by_role("heading", level=1)).to_be_visible()
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    write_notes(facilitator, "Kävijämäärä")
    expect(early.get_by_role("option", name="Kävijämäärä")).to_be_visible()
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    card = phone.get_by_role("region", name=t("catchup.title"))
    expect(card.get_by_role("listitem")).to_have_count(3)
    expect(card).to_contain_text(SECTION)
    expect(card).to_contain_text("1 lappu")
    assert findings(phone) == []
    for page in (early, facilitator):
        expect(page.get_by_role("region", name=t("catchup.title"))).to_be_hidden()
    button(card, "toast.dismiss").click()
    expect(card).to_be_hidden()
    phone.reload()
    expect(button(phone, "composer.open")).to_be_visible()
    expect(card).to_be_hidden()
