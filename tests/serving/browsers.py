"""Real browsers that look on: a facilitator's, a projector and a phone."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright, expect
from tests.journeys.people import t

NOTE_HEADINGS = """
window.shown = {}
new MutationObserver(() => {
  const heading = document.querySelector('.agenda h2, main h1')?.textContent?.trim()
  if (heading && !(heading in window.shown)) window.shown[heading] = Date.now()
}).observe(document, { subtree: true, childList: true, characterData: true })
"""
"""When each heading of a section was there for the first time, in ms since 1970."""


class Browsers:
    """The pages, and when each of them showed which section."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self._pages = pages
        self.shown: dict[str, dict[str, int]] = {}

    async def until_shown(self, section: str) -> None:
        """Wait until every page has shown this section: here they pass faster than in a hall."""
        for page in self._pages.values():
            await page.wait_for_function("title => title in window.shown", arg=section)

    async def until_all_have(self, notes: int) -> None:
        """Wait until every page shows so many notes; then what they showed is known."""
        for name, page in self._pages.items():
            await expect(page.get_by_text(f"{notes} lappua").first).to_be_visible(timeout=60_000)
            self.shown[name] = await page.evaluate("window.shown")


@asynccontextmanager
async def browsers(links: dict[str, str]) -> AsyncIterator[Browsers]:
    """The three of them, come in and looking at the list, the list and the section."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*sandbox, "--disable-gpu"]
        )
        facilitator = await _page(browser, links["facilitator"])
        await facilitator.get_by_role("link", name=t("desk.view.list")).click()
        projector = await _page(browser, links["viewer"])
        phone = await _page(browser, links["participants"], width=390, height=844)
        await phone.get_by_label(t("join.name"), exact=True).fill("Aino")
        await phone.get_by_role("combobox", name=t("join.organisation")).fill("Yhdistys 1")
        await phone.keyboard.press("Escape")
        await phone.get_by_role("button", name=t("join.enter")).click()
        await phone.wait_for_url("**/poyta/**")
        pages = {"facilitator": facilitator, "projector": projector, "phone": phone}
        yield Browsers(pages)
        await browser.close()


async def _page(browser: Browser, url: str, width: int = 1440, height: int = 900) -> Page:
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="fi-FI")
    page = await context.new_page()
    await page.add_init_script(NOTE_HEADINGS)
    await page.goto(url)
    return page
