"""Voting: on a phone and on a laptop, counted in the hall, and seen by all when it is over."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, choose, join, named, t, view, write_notes
from tests.journeys.test_access import findings
from tests.journeys.test_workshop import name_it, start_board_section

VISITORS, HOURS = "Kävijämäärä", "Talkootunnit"


def given_groups(links: dict[str, str], visit: Visit) -> tuple[Page, Page, Page]:
    """A facilitator, a phone and a laptop, at a desk with two groups."""
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    aino = visit(links["participants"], is_phone=True)
    join(aino, "Aino", "Kotkan kyläyhdistys ry")
    bo = visit(links["participants"])
    join(bo, "Bo", "Martat ry")
    write_notes(bo, VISITORS, HOURS)
    view(bo, "list")
    for text in (VISITORS, HOURS):
        choose(bo, text)
        button(bo, "selection.group").click()
        name_it(bo, text)
    return facilitator, aino, bo


def plan(facilitator: Page, title: str, kind: str) -> None:
    view(facilitator, "votes")
    button(facilitator, "votes.add").click()
    form = facilitator.get_by_role("dialog", name=t("votes.add"))
    form.get_by_label(t("votes.title"), exact=False).fill(title)
    form.get_by_label(named(f"votes.kind.{kind}.text")).check()
    assert findings(facilitator) == []
    button(form, "card.save").click()
    expect(form).to_be_hidden()
    button(facilitator, "votes.open").click()


def dot_for(page: Page, target: str) -> Locator:
    return page.get_by_role("button", name=f": {target}")


def test_dots_are_given_counted_in_the_hall_and_shown_when_the_round_closes(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator, aino, bo = given_groups(links, visit)
    plan(facilitator, "Tärkeimmät", "dots")

    aino.get_by_role("link", name=t("votes.go"), exact=True).click()
    dot_for(aino, VISITORS).click()
    expect(aino.get_by_text("Sinulla on 2 ääntä jäljellä.")).to_be_visible()
    assert findings(aino) == []
    view(bo, "votes")
    by_keys = dot_for(bo, VISITORS)
    by_keys.focus()
    bo.keyboard.press("Enter")
    expect(by_keys).to_have_attribute("aria-pressed", "true")
    dot_for(bo, HOURS).click()
    expect(facilitator.get_by_text("3 ääntä annettu.")).to_be_visible()
    expect(facilitator.get_by_role("table")).to_be_hidden()
    expect(bo.get_by_text("Sinulla on 1 ääni jäljellä.")).to_be_visible()
    by_keys.click()
    expect(by_keys).to_have_attribute("aria-pressed", "false")

    button(facilitator, "votes.hall").click()
    hall = facilitator.get_by_role("dialog", name=t("votes.hall"))
    hall.get_by_label(HOURS).fill("4")
    hall.get_by_label(HOURS).press("Tab")
    assert findings(facilitator) == []
    facilitator.keyboard.press("Escape")
    expect(hall).to_be_hidden()
    expect(facilitator.get_by_text("6 ääntä annettu.")).to_be_visible()

    button(facilitator, "votes.close").click()
    for page in (facilitator, aino, bo):
        rows = page.get_by_role("row")
        expect(rows.nth(1)).to_contain_text(HOURS)
        expect(rows.nth(1)).to_contain_text("5")
        expect(rows.nth(1)).to_contain_text(t("votes.of_hall", count=4))
        expect(rows.nth(2)).to_contain_text(VISITORS)
        assert findings(page) == []
    view(bo, "board")
    expect(bo.get_by_role("option", name=re.compile("5 ääntä")).first).to_be_visible()

    view(facilitator, "console")
    expect(facilitator.get_by_text(t("votes.results", title="Tärkeimmät"))).to_be_visible()
    assert findings(facilitator) == []
    button(facilitator, "console.steer").click()
    facilitator.get_by_role("radio", name=t("hall.screen.results")).check()
    wall = visit(links["viewer"])
    expect(wall.get_by_role("heading", name=t("votes.results", title="Tärkeimmät"))).to_be_visible()
    expect(wall.get_by_role("row").nth(1)).to_contain_text(HOURS)


@pytest.mark.long
def test_a_rating_is_shown_as_a_plot_and_a_table(links: dict[str, str], visit: Visit) -> None:
    facilitator, aino, _ = given_groups(links, visit)
    plan(facilitator, "Arvio", "rating")
    view(aino, "votes")
    for question, grade in (("votes.importance", "5"), ("votes.feasibility", "2")):
        group = aino.get_by_role("group", name=f"{t(question)}: {VISITORS}")
        group.get_by_label(grade).check(force=True)
    expect(aino.get_by_text(t("votes.rated_of", count=1, all=2))).to_be_visible()
    assert findings(aino) == []
    button(facilitator, "votes.close").click()
    for page in (facilitator, aino):
        expect(page.get_by_role("img", name=t("votes.plot"))).to_be_visible()
        expect(page.get_by_role("row").nth(1)).to_contain_text("5,0")
        assert findings(page) == []
