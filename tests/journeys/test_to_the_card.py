"""From a dozen notes in two browsers to goals on the card and files that open in other programs."""

import io
import json
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect
from tests.faults.rig import Server
from tests.journeys.conftest import Visit
from tests.journeys.people import button, choose, cluster_menu, join, named, t, view, write_notes
from tests.journeys.test_workshop import name_it, start_board_section

GROUPS = {
    "Osallistujamäärä": (
        "Kävijämäärä / kk",
        "Osallistujat kerhoissa",
        "Montako henkeä kävi",
        "Väki",
    ),
    "Vapaaehtoistunnit": ("Talkootunnit", "Vapaaehtoisten tunnit", "Tunnit / vuosi", "Päivystys h"),
    "Koettu yksinäisyys": ("Yksinäisyys, kysely", "Onko seuraa", "Yksin olo väheni", "UCLA-kysely"),
}
NOTES = [note for notes in GROUPS.values() for note in notes]
PLACE = ("p1", "network_1")


def test_a_dozen_notes_become_goals_with_their_sources_and_leave_as_files(
    server: Server, links: dict[str, str], visit: Visit, tmp_path: Path
) -> None:
    facilitator = visit(links["facilitator"])
    start_board_section(facilitator)
    people = [visit(links["participants"], is_phone=True), visit(links["participants"])]
    for page, name, own in zip(people, ("Aino", "Bo"), (NOTES[::2], NOTES[1::2]), strict=True):
        join(page, name, f"{name}n järjestö ry")
        write_notes(page, *own)
    view(facilitator, "list")
    for title, notes in GROUPS.items():
        choose(facilitator, *notes)
        button(facilitator, "selection.group").click()
        name_it(facilitator, title)
        cluster_menu(facilitator, title, "board.act.propose")
        button(facilitator.get_by_role("dialog"), "card.measure.propose.do").click()
        expect(facilitator.get_by_role("dialog")).to_be_hidden()
    view(facilitator, "card")
    first, second, third = GROUPS
    for title in (first, second):
        promote(facilitator, title)
    promote_to_full_slots(facilitator, third)
    sources_lead_back_to_the_notes(facilitator, first)
    view(people[0], "card")
    expect(people[0].get_by_text(second).first).to_be_visible()
    the_workbook_has_it_all(download(facilitator, "xlsx", tmp_path))
    the_file_makes_the_same_desk(server, links["desk"], download(facilitator, "json", tmp_path))
    in_swedish = download(facilitator, "csv", tmp_path, language="sv").read_text("utf-8-sig")
    assert in_swedish.startswith('"Prioritering";')


def promote(page: Page, title: str) -> None:
    """Take a measure to the card."""
    open_promote(page, title)
    button(page.get_by_role("dialog"), "card.promote.do").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def open_promote(page: Page, title: str) -> None:
    measure = page.get_by_role("listitem").filter(has_text=title)
    button(measure, "card.promote").last.click()
    dialog = page.get_by_role("dialog")
    focus_area, network = PLACE
    dialog.get_by_role("combobox", name=t("card.column.focus_area")).select_option(focus_area)
    dialog.get_by_role("combobox", name=t("card.column.network")).select_option(network)


def promote_to_full_slots(page: Page, title: str) -> None:
    """The third goal does not fit: three ways on, and this one is parked."""
    open_promote(page, title)
    dialog = page.get_by_role("dialog")
    for way in ("replace", "merge", "park"):
        expect(dialog.get_by_role("radio", name=named(f"card.full.{way}")).first).to_be_visible()
    dialog.get_by_role("radio", name=named("card.full.park")).first.check()
    button(dialog, "card.full.park.do").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(named("card.slots", taken=2, limit=2)).first).to_be_visible()


def sources_lead_back_to_the_notes(page: Page, title: str) -> None:
    """One press from a goal to the notes and organisations behind it."""
    row = page.get_by_role("row").filter(has_text=title)
    row.get_by_role("button", name="4 lappua").click()
    dialog = page.get_by_role("dialog")
    for note in GROUPS[title]:
        expect(dialog.get_by_role("listitem").filter(has_text=note)).to_be_visible()
    expect(dialog).to_contain_text("Ainon järjestö ry")
    page.keyboard.press("Escape")


def download(page: Page, name: str, folder: Path, language: str = "fi") -> Path:
    """Take the desk away as a file; its name says that it is a draft."""
    button(page, "export.menu").first.click()
    page.get_by_label(t("export.menu.language")).select_option(language)
    with page.expect_download() as started:
        button(page, f"export.menu.{name}").click()
    assert "LUONNOS" in started.value.suggested_filename
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def the_workbook_has_it_all(path: Path) -> None:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    texts = {sheet.title: text_of(sheet) for sheet in book.worksheets}
    notes = next(text for title, text in texts.items() if t("export.table.notes") in title)
    goals = next(text for title, text in texts.items() if t("export.table.goals") in title)
    for note in NOTES:
        assert note in notes
    for title in list(GROUPS)[:2]:
        assert title in goals
        for note in GROUPS[title]:
            assert note in goals, f"{title} has lost {note}"
    assert "Ainon järjestö ry" in goals
    assert "Bon järjestö ry" in goals


def text_of(sheet: Worksheet) -> str:
    cells = (cell for row in sheet.iter_rows(values_only=True) for cell in row)
    return " | ".join(str(cell) for cell in cells if cell is not None)


def the_file_makes_the_same_desk(server: Server, desk: str, path: Path) -> None:
    made = server.run("import", str(path)).decode()
    expected = json.loads(path.read_bytes())["state_hash"]
    assert made.split("state ")[1].strip() == expected
    shown = json.loads(server.run("desk", "show", desk))
    again = json.loads(server.run("desk", "show", made.split(":")[0]))
    assert again["records"] == shown["records"]
