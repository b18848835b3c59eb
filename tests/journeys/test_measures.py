"""Measures agreed on: defined, merged and rejected on the card, and traced both ways."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Locator, Page, expect
from tests.faults.rig import Server, start_board
from tests.journeys.conftest import Visit
from tests.journeys.people import button, join, named, t, view
from tests.journeys.test_access import findings

from etatyopoyta.client import connect
from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.goals import PromoteMeasure
from etatyopoyta.domain.measures import ProposeMeasure
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import AddOrganisation
from etatyopoyta.domain.records import Point

HERE = Point(0, 0)
VISITORS, PEOPLE, SMILES = "Kävijämäärä", "Osallistujat", "Hymyt"


async def three_measures(server: Server, links: dict[str, str]) -> None:
    """Each of a group of one note; the first one is a goal on the card."""
    desk, token = await start_board(server, links)
    async with connect(server.base, desk, token) as facilitator:
        for i, organisation in enumerate(("Kotkan kyläyhdistys ry", "Martat ry"), 1):
            await facilitator.ask(
                AddOrganisation(id=f"org_{i}", name=organisation, network="network_1")
            )
        for i, text in enumerate((VISITORS, PEOPLE, SMILES), 1):
            await facilitator.ask(
                AddNote(id=f"note_{i}", text=text, at=HERE, organisation=f"org_{1 + i % 2}")
            )
            await facilitator.ask(
                MakeCluster(id=f"cluster_{i}", notes=(f"note_{i}",), title=text, at=HERE)
            )
            await facilitator.ask(
                ProposeMeasure(id=f"measure_{i}", cluster=f"cluster_{i}", name=text)
            )
        await facilitator.ask(
            PromoteMeasure(
                id="goal_1",
                measure="measure_1",
                focus_area="p1",
                network="network_1",
                text="Osallistuminen lisääntyy",
            )
        )


def measure(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(
        has=page.get_by_role("button", name=t("card.measure.acts", name=name))
    )


def act(page: Page, name: str, key: str) -> Locator:
    """An act of a measure's menu; the dialog that asks for more."""
    button(page, "card.measure.acts", name=name).click()
    page.get_by_role("menuitem", name=named(key)).click()
    return page.get_by_role("dialog")


def reason(dialog: Locator) -> Locator:
    return dialog.get_by_label(t("card.reason"), exact=False)


def test_measures_are_defined_merged_and_rejected_and_a_note_knows_where_it_went(
    server: Server, links: dict[str, str], visit: Visit
) -> None:
    with ThreadPoolExecutor() as thread:
        thread.submit(asyncio.run, three_measures(server, links)).result()
    page = visit(links["facilitator"])
    view(page, "card")

    dialog = act(page, VISITORS, "card.measure.edit")
    dialog.get_by_label(t("card.measure.unit"), exact=False).fill("henkilöä")
    dialog.get_by_text(t("card.measure.more")).click()
    level = dialog.get_by_role("combobox", name=t("card.measure.level"))
    level.select_option("output")
    dialog.get_by_label(t("card.measure.indicator"), exact=False).fill("127")
    dialog.get_by_role("button", name="Väestö 31.12.").click()
    assert findings(page) == []
    button(dialog, "card.save").click()
    expect(dialog).to_be_hidden()
    expect(measure(page, VISITORS)).to_contain_text(t("card.measure.level.output"))
    expect(measure(page, VISITORS)).not_to_contain_text(t("card.quality.uncountable"))

    dialog = act(page, PEOPLE, "card.measure.merge")
    dialog.get_by_role("combobox").select_option("measure_1")
    reason(dialog).fill("Sama asia")
    button(dialog, "card.measure.merge.do").click()
    expect(dialog).to_be_hidden()
    dialog = act(page, SMILES, "card.measure.reject")
    reason(dialog).fill("Hymyä ei voi laskea")
    button(dialog, "card.measure.reject").click()
    expect(dialog).to_be_hidden()
    expect(measure(page, SMILES)).to_be_hidden()

    row = page.get_by_role("row").filter(has_text="Osallistuminen lisääntyy")
    row.get_by_role("button", name="2 lappua").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Martat ry")
    expect(dialog).to_contain_text("mittareiden kartoitus")
    expect(dialog).to_contain_text("Sama asia")
    page.keyboard.press("Escape")

    page.get_by_text(t("coverage.title"), exact=True).click()
    expect(page.get_by_role("table").filter(has_text=t("coverage.for_all")).first).to_be_visible()
    assert findings(page) == []

    page.get_by_text(t("card.measure.aside", count=2), exact=True).click()
    button(page, "card.measure.unmerge").click()
    expect(measure(page, PEOPLE)).to_be_visible()

    phone = visit(links["participants"], is_phone=True)
    join(phone, "Aino", "Martat ry")
    view(phone, "list")
    phone.get_by_role("heading", name=SMILES).scroll_into_view_if_needed()
    button(phone, "list.menu", text=SMILES).click()
    phone.get_by_role("menuitem", name=t("card.trail.title")).click()
    expect(phone.get_by_role("dialog")).to_contain_text("Hymyä ei voi laskea")
