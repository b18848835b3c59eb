"""The card, edited together."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Visit
from tests.journeys.people import button, join, named, t, view

SKETCHING = "NEKKUn tuloskortin hahmottelua"


def test_a_missing_figure_gets_its_value_date_and_source(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator = visit(links["facilitator"])
    view(facilitator, "card")
    button(facilitator, "card.figure.edit", label="Asukasluku").click()
    dialog = facilitator.get_by_role("dialog")
    dialog.get_by_label(named("card.figure.value")).first.fill("157 500")
    dialog.get_by_label(t("card.figure.as_of")).fill("31.12.2024")
    dialog.get_by_label(t("card.figure.source")).fill("Tilastokeskus")
    dialog.get_by_role("checkbox", name=t("card.figure.confirm")).check()
    button(dialog, "card.save").click()
    expect(dialog).to_be_hidden()
    expect(facilitator.get_by_text("157 500")).to_be_visible()
    expect(facilitator.get_by_text("Tilastokeskus · 31.12.2024")).to_be_visible()


@pytest.mark.long
def test_while_the_card_is_sketched_participants_write_on_it_too(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator, phone = visit(links["facilitator"]), visit(links["participants"], is_phone=True)
    join(phone, "Aino", "Kotkan kyläyhdistys ry")
    view(phone, "card")
    expect(button(phone, "card.text.add").first).to_be_hidden()
    button(facilitator, "agenda.title").click()
    row = facilitator.get_by_role("dialog").get_by_role("listitem").filter(has_text=SKETCHING)
    button(row, "agenda.open").click()
    facilitator.keyboard.press("Escape")
    button(phone, "card.text.add").last.click()
    phone.get_by_label(t("card.text.new")).fill("Yhdessä olemme enemmän")
    phone.keyboard.press("Enter")
    view(facilitator, "card")
    expect(facilitator.get_by_text("Yhdessä olemme enemmän")).to_be_visible()
    button(phone, "card.goal.suggest").first.click()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_label(t("card.goal"), exact=True).fill("Kulttuuria kylille")
    button(dialog, "card.goal.suggest.do").click()
    expect(facilitator.get_by_text("Kulttuuria kylille")).to_be_visible()


def test_two_who_edit_the_same_line_both_keep_their_words(
    links: dict[str, str], visit: Visit
) -> None:
    line = "Aktiivinen kyläyhteisötoiminta"
    first, second = visit(links["facilitator"]), visit(links["facilitator"])
    for page in (first, second):
        view(page, "card")
        button(page, "card.text.edit", text=line).click()
    for page, words in ((first, "Vilkas kylätoiminta"), (second, "Kylät elävät")):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(words)
        button(page, "card.save").click()
        expect(page.get_by_text("Vilkas kylätoiminta").first).to_be_visible()
    button(second, "card.conflict.mine").click()
    expect(first.get_by_text("Kylät elävät")).to_be_visible()


def test_figures_come_out_of_a_table_and_lines_are_moved_by_the_keyboard(
    links: dict[str, str], visit: Visit
) -> None:
    facilitator, other = visit(links["facilitator"]), visit(links["facilitator"])
    for page in (facilitator, other):
        view(page, "card")
    button(facilitator, "card.figure.import").last.click()
    dialog = facilitator.get_by_role("dialog")
    dialog.get_by_label(t("memo.import.lines")).fill("Kotka 1930\nAtlantis 3\nPyhtää ..")
    button(dialog, "memo.import.go_on").click()
    dialog.get_by_role("textbox", name=named("card.figure.source")).fill("PRH")
    date = dialog.get_by_role("textbox", name=named("card.figure.as_of"))
    date.fill("4.11.2025")
    date.press("Tab")
    rows = dialog.get_by_role("listitem")
    expect(rows.nth(0)).to_contain_text("917")
    expect(rows.nth(0).get_by_role("checkbox")).to_be_checked()
    expect(rows.nth(1)).to_contain_text(t("export.group.by_municipality"))
    rows.nth(1).get_by_role("checkbox").check()
    expect(rows.nth(2).get_by_role("checkbox")).not_to_be_checked()
    dialog.get_by_role("button").last.click()
    expect(dialog).to_be_hidden()
    expect(other.get_by_role("button", name="Kotka, 1 930")).to_contain_text("4.11.2025")
    expect(other.get_by_role("button", name="Atlantis, 3")).to_be_visible()

    first, second = "Verkostotyö toimii", "Ikääntyvä maakunta, paljon toimintaa myös iäkkäille"
    lines = other.get_by_role("listitem").filter(has_text=re.compile(f"^({first}|{second})"))
    expect(lines.first).to_contain_text(first)
    button(facilitator, "card.text.edit", text=second).focus()
    facilitator.keyboard.press("Alt+ArrowUp")
    expect(lines.first).to_contain_text(second)
