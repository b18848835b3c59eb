"""What people do on the pages, by the names that a screen reader would say."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import etatyopoyta

_FINNISH = json.loads(
    (Path(etatyopoyta.__file__).parent / "locales" / "fi.json").read_text(encoding="utf-8")
)


def t(key: str, **values: object) -> str:
    """The Finnish text of a key, so that no test holds a sentence."""
    text: str = _FINNISH[key]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def named(key: str, **values: object) -> re.Pattern[str]:
    """The text of a key, whatever stands in its other placeholders."""
    parts = re.split(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", t(key, **values))
    return re.compile(".*".join(map(re.escape, parts)))


def button(scope: Page | Locator, key: str, **values: object) -> Locator:
    return scope.get_by_role("button", name=named(key, **values))


def join(page: Page, name: str, organisation: str) -> None:
    """Take a seat: name, organisation, in."""
    page.get_by_label(t("join.name"), exact=True).fill(name)
    page.get_by_role("combobox", name=t("join.organisation")).fill(organisation)
    page.keyboard.press("Escape")
    button(page, "join.enter").click()
    expect(page).to_have_url(re.compile("/poyta/"))


def to_projector(page: Page) -> Page:
    """Let a page that comes by a link show what the hall sees."""
    expect(page).to_have_url(re.compile("/poyta/"))
    page.goto(f"{page.url.rstrip('/')}/sali")
    return page


def view(page: Page, name: str) -> None:
    """Go to board, list or card."""
    page.get_by_role("link", name=t(f"desk.view.{name}")).or_(
        page.get_by_role("tab", name=t(f"desk.view.{name}"))
    ).first.click()


def write_notes(page: Page, *texts: str) -> None:
    """Write notes one after the other, without a mouse."""
    expect(button(page, "composer.open").first).to_be_visible()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label(t("note.text"))
    for text in texts:
        expect(field).to_be_focused()
        field.fill(text)
        page.keyboard.press("Enter")
        expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def note_in_list(page: Page, text: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=text)


def choose(page: Page, *texts: str) -> None:
    """Tick notes in the list."""
    for text in texts:
        page.get_by_role("checkbox", name=t("list.choose", text=text), exact=True).check()


def cluster_menu(page: Page, title: str, act: str) -> None:
    """An act of a cluster's menu in the list."""
    page.get_by_role("button", name=t("list.cluster.menu", title=title), exact=True).click()
    page.get_by_role("menuitem", name=named(act)).click()
