"""The card on its way from a draft to a page that anybody can read."""

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, t, view

LINE = "Aktiivinen kyläyhteisötoiminta"
COMMENT = "Lisätään kylätalot"
REASON = "Kokous päätti 12.11."


def menu(page: Page, name: str, item: str) -> None:
    """An act of a menu."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("menuitem", name=item).first.click()


def commenters_link(page: Page) -> str:
    """A link for one who comments, made by a facilitator."""
    menu(page, t("menu.title"), t("links.title"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(t("links.role"), exact=True).select_option("commenter")
    button(dialog, "links.make").click()
    url = dialog.get_by_label(t("links.new")).get_by_text("/kommentoi#").text_content()
    button(dialog, "dialog.close").last.click()
    assert url is not None
    return url


def step(page: Page, name: str, reason: str | None = None) -> None:
    """Take a step of the card, saying why where that is asked."""
    button(page, f"publish.{name}").first.click()
    dialog = page.get_by_role("dialog")
    if reason is not None:
        dialog.get_by_label(t("publish.reason"), exact=True).fill(reason)
    button(dialog, f"publish.{name}").last.click()
    expect(dialog).to_be_hidden()


def test_the_card_is_commented_approved_published_and_read_without_scripts(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    url = commenters_link(facilitator)
    view(facilitator, "card")
    step(facilitator, "comments")

    phone = visit(url, is_phone=True)
    phone.get_by_label(t("join.name"), exact=True).fill("Anna Kunnasta")
    phone.get_by_role("combobox", name=t("join.organisation")).fill("Kotkan kaupunki")
    button(phone, "join.enter.comment").click()
    expect(phone.get_by_text(t("comments.guest"))).to_be_visible()
    expect(phone.get_by_role("navigation", name=t("desk.views"))).to_have_count(0)
    button(phone, "comments.add_to", row=LINE).click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_label(t("comments.text")).fill(COMMENT)
    button(dialog, "comments.send").click()
    expect(dialog).to_be_hidden()

    button(facilitator, "comments.handle").click()
    dialog = facilitator.get_by_role("dialog")
    expect(dialog.get_by_text(COMMENT)).to_be_visible()
    expect(dialog.get_by_text(LINE)).to_be_visible()
    expect(dialog.get_by_text("Kotkan kaupunki")).to_be_visible()
    expect(dialog.get_by_text("Anna Kunnasta")).to_be_visible()
    button(dialog, "comments.accept").click()
    expect(dialog.get_by_text(t("comments.none"))).to_be_visible()
    button(dialog, "dialog.close").last.click()

    step(facilitator, "approve", REASON)
    expect(button(facilitator, "card.text.edit", text=LINE)).to_have_count(0)
    mark = facilitator.locator("span").filter(has_text=re.compile(f"^{t('card.draft')}"))
    expect(mark.first).to_be_visible()
    step(facilitator, "do")
    expect(mark).to_have_count(0)

    public = facilitator.get_by_role("link", name=t("publish.open")).get_attribute("href")
    page = visit(f"{facilitator.url.split('/poyta')[0]}{public}", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(LINE)).to_be_visible()
    expect(page.get_by_text(COMMENT)).to_have_count(0)

    with page.expect_download() as kept:
        page.get_by_role("link", name=t("export.public.file.json")).click()
    assert "-v1-" in kept.value.suggested_filename
    facilitator.locator("summary").filter(has_text=t("versions.title")).click()
    button(facilitator, "export.menu.of_version", number=1).click()
    dialog = facilitator.get_by_role("dialog")
    with facilitator.expect_download() as kept:
        dialog.get_by_role("button", name=t("export.menu.csv")).click()
    assert "-v1-" in kept.value.suggested_filename
    assert kept.value.suggested_filename.endswith(".csv")
