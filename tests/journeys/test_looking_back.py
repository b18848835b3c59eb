"""Looking back: a workshop is played again, compared, and written down."""

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit, axe_source
from tests.journeys.people import button, named, t, write_notes

MAPPING = "Nykyisten, käytössä olevien mittareiden kartoitus"
VIOLATIONS = "axe.run().then(({violations}) => violations.map((v) => v.id))"


def menu(page: Page, key: str) -> None:
    page.get_by_role("button", name=t("menu.title"), exact=True).click()
    page.get_by_role("menuitem", name=t(key), exact=True).click()


def must_be_accessible(page: Page) -> None:
    page.evaluate(axe_source())
    assert page.evaluate(VIOLATIONS) == []


def test_a_workshop_is_played_again_and_its_minutes_are_written(
    links: dict[str, str], visit: Visit
) -> None:
    page = visit(links["facilitator"])
    button(page, "agenda.title").click()
    row = page.get_by_role("dialog").get_by_role("listitem").filter(has_text=MAPPING)
    button(row, "agenda.open").click()
    page.keyboard.press("Escape")
    write_notes(page, "Kävijämäärä", "Talkootunnit")

    menu(page, "replay.title")
    moment = page.get_by_label(t("replay.moment"))
    story = page.get_by_role("listitem").filter(has_text=named("replay.did.note_added"))
    expect(story).to_have_count(2)
    board = page.get_by_role("group", name=named("replay.board"))
    moment.focus()
    page.keyboard.press("End")
    expect(page.locator(".world").get_by_text("Talkootunnit")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator(".world").get_by_text("Talkootunnit")).to_be_hidden()
    expect(moment).to_have_attribute("aria-valuetext", named("replay.at"))
    expect(board).to_be_visible()
    must_be_accessible(page)

    page.get_by_role("tab", name=t("replay.tab.changes")).click()
    page.get_by_label(t("replay.since")).select_option("moment")
    expect(page.get_by_role("listitem").filter(has_text=t("replay.what.added"))).to_have_count(2)
    expect(page.locator(".world").get_by_text(t("replay.what.added"))).to_have_count(2)

    page.goto(page.url.replace("/kulku", "/poytakirja"))
    button(page, "minutes.write.for", title=t("minutes.beginning")).click()
    page.get_by_label(named("minutes.text", title=t("minutes.beginning"))).fill("Avattiin.")
    button(page, "card.save").click()
    expect(page.get_by_text("Avattiin.", exact=True)).to_be_visible()
    expect(page.get_by_text(t("export.minutes.did.notes", count=2))).to_be_visible()
    must_be_accessible(page)
    button(page, "minutes.download").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=named("minutes.html")).click()
    assert "Avattiin." in download.value.path().read_text(encoding="utf-8")
