"""What was reached is entered on a phone by a link, and seen in the results and on the card."""

import asyncio
import re
from threading import Thread

from playwright.sync_api import Page, expect
from tests.faults.rig import Server
from tests.journeys.conftest import Visit
from tests.journeys.people import button, named, t, view
from tests.journeys.test_access import findings

from etatyopoyta import client
from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.goals import PromoteMeasure
from etatyopoyta.domain.measures import EditMeasure, ProposeMeasure
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import AddOrganisation
from etatyopoyta.domain.records import Point

HERE = Point(0, 0)
STEPS: tuple[Command, ...] = (
    AddOrganisation(id="org_a", name="Martat ry"),
    AddNote(id="note_1", text="Kävijät", at=HERE, organisation="org_a"),
    MakeCluster(id="cluster_1", notes=("note_1",), title="Kävijät", at=HERE),
    ProposeMeasure(id="measure_1", cluster="cluster_1", name="Kävijämäärä", unit="hlö"),
    EditMeasure(id="measure_1", base=1, baseline=380.0, target=600.0, target_year=2029),
    PromoteMeasure(
        id="goal_1",
        measure="measure_1",
        focus_area="p1",
        network="network_1",
        text="Väki lisääntyy",
    ),
)


def test_a_reporter_enters_a_value_that_all_see(
    server: Server, links: dict[str, str], visit: Visit
) -> None:
    prepare(server, links["facilitator"])
    facilitator = visit(links["facilitator"])
    view(facilitator, "followup")
    phone = visit(reporters_link(facilitator), is_phone=True)
    expect(phone).to_have_url(re.compile("/seuranta"))
    button(phone, "followup.enter.this", year=2026).click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_label(t("followup.value.in", unit="hlö")).fill("490,5")
    dialog.get_by_label(t("followup.source"), exact=True).fill("Oma tilasto")
    button(dialog, "card.save").click()
    expect(dialog).to_be_hidden()
    expect(button(phone, "followup.change.this", year=2026)).to_be_visible()
    assert findings(phone) == []
    facilitator.get_by_role("tab", name=t("followup.tab.results")).click()
    expect(facilitator.get_by_role("cell", name="490,5")).to_be_visible()
    expect(facilitator.get_by_role("progressbar")).to_have_attribute(
        "aria-valuetext", re.compile(r"50\s%")
    )
    assert findings(facilitator) == []
    view(facilitator, "card")
    expect(facilitator.get_by_role("img", name=named("followup.spark"))).to_be_visible()
    expect(facilitator.get_by_text(re.compile(r"490,5\shlö \(2026\)"))).to_be_visible()


def reporters_link(page: Page) -> str:
    """The link that a facilitator makes for the only organisation."""
    page.get_by_role("tab", name=t("followup.tab.remind")).click()
    page.get_by_role("button", name=named("followup.remind.this")).click()
    dialog = page.get_by_role("dialog")
    button(dialog, "followup.link.make").click()
    url = dialog.get_by_text(re.compile(r"/toteuma#\w")).first.inner_text()
    page.keyboard.press("Escape")
    return url


def prepare(server: Server, link: str) -> None:
    """A goal on the card with a measure of an organisation."""
    desk, secret = link.split("#")[1].split(".", 1)

    async def ask() -> None:
        _, token = await client.open_link(server.base, desk, secret)
        async with client.connect(server.base, desk, token) as connection:
            for step in STEPS:
                await connection.ask(step)

    asking = Thread(target=lambda: asyncio.run(ask()))  # the browser's loop runs in this one
    asking.start()
    asking.join()
