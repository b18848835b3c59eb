"""The memo: written and shared within an organisation, counted by facilitators, then posted."""

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect
from tests.faults.rig import Server
from tests.imports.files import xlsx
from tests.journeys.conftest import Visit
from tests.journeys.line import Line
from tests.journeys.people import button, join, named, note_in_list, t, view
from tests.journeys.test_access import findings
from tests.journeys.test_offline import BACK_MS, cut, through
from tests.journeys.test_workshop import start_board_section

from etatyopoyta.client import connect, open_link
from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.series import ContinueWorkshop

ORGANISATION = "Kotkan kyläyhdistys ry"
SECRET, SECOND = "Yksinäisyysmittari", "Talkootunnit kuukaudessa"


class Heard:
    """Every byte that a page was sent since it was opened."""

    def __init__(self, page: Page) -> None:
        self._bodies: list[str] = []
        page.on("websocket", self._listen)
        page.on("requestfinished", lambda request: self._keep(request.response()))
        page.reload()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: self._bodies.append(str(payload)))

    def _keep(self, response) -> None:
        if response and "/api/" in response.url:
            self._bodies.append(response.text())

    def has(self, text: str) -> bool:
        return any(text in body for body in self._bodies)


def rows(page: Page) -> Locator:
    return page.get_by_role("list", name=re.compile("riviä?$")).get_by_role("listitem")


def row(page: Page, text: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=text)


def name_field(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("combobox", name=t("memo.name"))


def sit(page: Page, name: str) -> None:
    """Join by an organisation's own link, and go to the memo."""
    expect(page.get_by_text(t("join.member"))).to_be_visible()
    page.get_by_label(t("join.name"), exact=True).fill(name)
    button(page, "join.enter").click()
    expect(page).to_have_url(re.compile("/poyta/"))
    view(page, "memo")
    expect(name_field(page)).to_be_visible()


def add(page: Page, *texts: str) -> None:
    for text in texts:
        name_field(page).fill(text)
        page.keyboard.press("Enter")
        expect(name_field(page)).to_have_value("")
        expect(row(page, text)).to_contain_text(t("note.saved"))


def own_link(facilitator: Page, organisation: str) -> str:
    """The organisation's link, off the dialog."""
    button(facilitator, "memo.invite.this", organisation=organisation).click()
    dialog = facilitator.get_by_role("dialog")
    shown = dialog.get_by_text(re.compile(r"^http\S+/liity#\S+$"))
    expect(shown).to_be_visible()
    link = shown.inner_text()
    expect(dialog.get_by_text(organisation).last).to_contain_text(link)
    assert findings(facilitator) == []
    facilitator.keyboard.press("Escape")
    return link


@pytest.fixture
def people(links: dict[str, str], visit: Visit) -> tuple[Page, Page, Page, Page]:
    """A facilitator, two people of one organisation, and one of another."""
    facilitator = visit(links["facilitator"])
    other = visit(links["participants"])
    join(other, "Bo", "Martat ry")
    founder = visit(links["participants"], is_phone=True)
    join(founder, "Aino", ORGANISATION)
    view(founder, "memo")
    view(facilitator, "memo")
    mate = visit(own_link(facilitator, ORGANISATION))
    sit(mate, "Eeva")
    return facilitator, founder, mate, other


def test_a_memo_is_shared_within_the_organisation_and_nobody_else_is_sent_it(
    people: tuple[Page, Page, Page, Page],
) -> None:
    facilitator, phone, laptop, other = people
    others = [Heard(facilitator), Heard(other)]
    expect(phone.get_by_text(t("memo.guide"))).to_be_visible()
    assert findings(phone) == []
    add(phone, SECRET)
    expect(row(laptop, SECRET)).to_contain_text("Aino")
    add(laptop, SECOND)
    expect(row(phone, SECOND)).to_contain_text("Eeva")
    assert findings(laptop) == []

    row(phone, SECOND).get_by_role("button", name=SECOND).click()
    dialog = phone.get_by_role("dialog", name=t("memo.edit"))
    dialog.get_by_text(t("note.details")).click()
    dialog.get_by_label(t("note.unit")).fill("tuntia")
    assert findings(phone) == []
    button(dialog, "note.save").click()
    expect(dialog).to_be_hidden()
    expect(row(laptop, SECOND)).to_contain_text("tuntia")

    line = facilitator.get_by_role("listitem").filter(has_text=ORGANISATION)
    expect(line).to_contain_text("2 riviä")
    expect(line).to_contain_text("2 liittynyttä")
    expect(row(facilitator, "Martat ry")).to_contain_text(t("memo.count.none"))
    assert findings(facilitator) == []
    view(other, "memo")
    expect(other.get_by_text(t("memo.guide"))).to_be_visible()
    for heard in others:
        assert heard.has(ORGANISATION)
        for secret in (SECRET, SECOND, "tuntia"):
            assert not heard.has(secret)

    row(laptop, SECRET).get_by_role("button", name=SECRET).click()
    dialog = laptop.get_by_role("dialog", name=t("memo.edit"))
    button(dialog, "memo.remove").click()
    button(dialog, "note.remove.sure").click()
    expect(row(phone, SECRET)).to_have_count(0)


def test_a_row_is_written_and_posted_by_keyboard_alone(
    people: tuple[Page, Page, Page, Page],
) -> None:
    facilitator, _, laptop, _ = people
    expect(laptop.get_by_text(named("memo.post.when"))).to_be_visible()
    name_field(laptop).focus()
    laptop.keyboard.type("yksinhuoltajaperh")
    offered = laptop.get_by_role("main").get_by_role("option").first
    expect(offered).to_be_visible()
    expect(laptop.get_by_text(t("memo.titles.source"))).to_be_visible()
    assert findings(laptop) == []
    title = offered.inner_text()
    laptop.keyboard.press("ArrowDown")
    laptop.keyboard.press("Enter")
    expect(name_field(laptop)).to_have_value(title)
    laptop.keyboard.press("Enter")
    expect(row(laptop, title)).to_contain_text(t("note.saved"))
    start_board_section(facilitator)
    post = laptop.get_by_role("button", name=t("memo.post.this", text=title), exact=True)
    expect(post).to_be_visible()
    while not post.evaluate("button => button === document.activeElement"):
        laptop.keyboard.press("Tab")
    laptop.keyboard.press("Enter")
    show = laptop.get_by_role("button", name=t("memo.show.this", text=title), exact=True)
    expect(show).to_be_focused()
    view(facilitator, "list")
    expect(note_in_list(facilitator, title)).to_contain_text(ORGANISATION)
    laptop.keyboard.press("Enter")
    expect(laptop).to_have_url(re.compile("/taulu"))
    expect(laptop.get_by_role("option", name=re.compile(re.escape(title)))).to_be_visible()


def test_rows_are_pasted_imported_taken_back_and_posted_together(
    people: tuple[Page, Page, Page, Page],
) -> None:
    facilitator, phone, laptop, _ = people
    name_field(phone).evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          field.dispatchEvent(new ClipboardEvent('paste',
            {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "Kävijät\thlö\nTunnit\th",
    )
    dialog = phone.get_by_role("dialog", name=t("memo.import"))
    expect(dialog.get_by_role("cell", name="Tunnit")).to_be_visible()
    assert findings(phone) == []
    dialog.get_by_role("button", name="Tuo 2 riviä").click()
    expect(dialog).to_be_hidden()
    expect(row(laptop, "Kävijät")).to_contain_text("hlö")

    table: list[Sequence[object]] = [
        ["Nro", "Yksikkö", "Mittari", "Lähde"],
        *([number, "kpl", f"Tuotu {number}", "Oma tilasto"] for number in range(1, 8)),
        [8, "kpl", None, None],
    ]
    book = xlsx(Mittarit=table, Muut=[["x"]])
    button(laptop, "memo.import.open").click()
    dialog = laptop.get_by_role("dialog", name=t("memo.import"))
    dialog.get_by_label(t("memo.import.file")).set_input_files(
        {"name": "mittarit.xlsx", "mimeType": "application/octet-stream", "buffer": book}
    )
    expect(dialog.get_by_role("combobox", name="Mittari")).to_have_value("text")
    expect(dialog.get_by_role("combobox", name="Nro")).to_have_value("")
    expect(dialog.get_by_text(t("memo.import.others", sheets="Muut"))).to_be_visible()
    do = dialog.get_by_role("button", name="Tuo 7 riviä")
    expect(do).to_be_disabled()
    assert findings(laptop) == []
    dialog.get_by_role("checkbox", name="Tuo ilman tätä riviä").check()
    do.click()
    expect(rows(phone)).to_have_count(9)
    expect(row(phone, "Tuotu 7")).to_contain_text("kpl · Oma tilasto")
    button(laptop, "memo.undo").click()
    expect(rows(phone)).to_have_count(2)
    expect(button(laptop, "memo.undo")).to_be_visible()  # of the paste before

    start_board_section(facilitator)
    phone.get_by_role("button", name="Vie kaikki (2)").click()
    for text in ("Kävijät", "Tunnit"):
        expect(row(laptop, text)).to_contain_text(t("memo.posted"))
    expect(button(laptop, "memo.undo")).to_be_hidden()


@pytest.mark.long
def test_who_sits_at_the_desk_already_comes_to_share_the_memo_by_the_link(
    people: tuple[Page, Page, Page, Page],
) -> None:
    facilitator, phone, _, other = people
    view(other, "memo")
    add(phone, SECRET)
    other.goto(own_link(facilitator, ORGANISATION))
    expect(other.get_by_label(t("join.name"), exact=True)).to_have_value("Bo")
    expect(other.get_by_role("link", name=named("join.continue"))).to_be_hidden()
    assert findings(other) == []
    sit(other, "Bo")
    expect(row(other, SECRET)).to_contain_text("Aino")


@pytest.mark.long
def test_the_guide_leads_to_a_first_row(links: dict[str, str], visit: Visit) -> None:
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    view(phone, "memo")
    phone.get_by_label(t("memo.guide.doing")).fill("avoin olohuone")
    phone.get_by_label(t("memo.guide.count")).fill("kävijät viikossa")
    button(phone, "memo.guide.do").click()
    expect(name_field(phone)).to_be_focused()
    phone.keyboard.press("Enter")
    expect(row(phone, "kävijät viikossa (avoin olohuone)")).to_be_visible()


@pytest.mark.long
def test_sheets_are_printed_with_each_organisations_own_code(
    people: tuple[Page, Page, Page, Page],
) -> None:
    facilitator, *_ = people
    facilitator.get_by_role("link", name=t("memo.sheets")).click()
    expect(facilitator.get_by_role("heading", name=ORGANISATION)).to_be_visible()
    expect(facilitator.get_by_role("img", name=t("memo.invite.qr"))).to_have_count(3)
    assert findings(facilitator) == []
    pages = facilitator.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pages)) == 3


async def begin_the_second_workshop(server: Server, link: str) -> None:
    desk, _, secret = link.partition("#")[2].partition(".")
    _, token = await open_link(server.base, desk, secret)
    async with connect(server.base, desk, token) as facilitator:
        await facilitator.ask(
            ContinueWorkshop(
                workshop="workshop_2",
                after="workshop_1",
                review="section_review",
                sections={"section_board": "section_board2"},
            )
        )
        await facilitator.ask(OpenSection(section="section_review"))


@pytest.mark.long
def test_rows_of_last_time_are_kept_changed_or_dropped(
    server: Server, links: dict[str, str], visit: Visit
) -> None:
    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", ORGANISATION)
    view(phone, "memo")
    add(phone, "Kävijät", "Tunnit", "Vanha mittari")
    with ThreadPoolExecutor(1) as threads:  # Playwright has this one's event loop
        threads.submit(
            asyncio.run, begin_the_second_workshop(server, links["facilitator"])
        ).result()
    before = phone.get_by_role("list", name=re.compile("^Viime kerralta"))
    expect(before.get_by_role("listitem")).to_have_count(3)
    assert findings(phone) == []
    facilitator = visit(links["facilitator"])
    view(facilitator, "memo")
    expect(row(facilitator, ORGANISATION)).to_contain_text(t("memo.count.before", count=3))

    button(before, "memo.keep.this", text="Kävijät").click()
    expect(before.get_by_role("listitem")).to_have_count(2)
    button(before, "memo.change.this", text="Tunnit").click()
    dialog = phone.get_by_role("dialog", name=t("memo.edit"))
    dialog.get_by_label(t("note.text")).fill("Talkootunnit")
    button(dialog, "note.save").click()
    expect(before.get_by_role("listitem")).to_have_count(1)
    button(before, "memo.drop.this", text="Vanha mittari").click()
    expect(before).to_be_hidden()
    expect(rows(phone)).to_have_count(2)
    expect(row(facilitator, ORGANISATION)).to_contain_text("2 riviä")

    phone.get_by_text(re.compile("^Pois jätetty")).click()
    button(phone, "memo.restore.this", text="Vanha mittari").click()
    expect(rows(phone)).to_have_count(3)


@pytest.mark.long
def test_rows_written_without_a_connection_arrive_once(
    server: Server, links: dict[str, str], visit: Visit
) -> None:
    line = Line(server.port)
    try:
        phone = visit(through(line, server, links["participants"]), is_phone=True)
        join(phone, "Aino", ORGANISATION)
        view(phone, "memo")
        add(phone, "Kävijät")
        cut(line, phone)
        name_field(phone).fill("Kirjoitettu tunnelissa")
        phone.keyboard.press("Enter")
        expect(row(phone, "Kirjoitettu tunnelissa")).to_contain_text(t("note.on_device"))
        line.mend()
        written = row(phone, "Kirjoitettu tunnelissa")
        expect(written).to_contain_text(t("note.saved"), timeout=BACK_MS)
        expect(rows(phone)).to_have_count(2)
    finally:
        line.close()
