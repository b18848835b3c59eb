"""A table that a spreadsheet opens by a double click and runs nothing of."""

import csv
from io import StringIO

import pytest
from msgspec.structs import replace
from tests.cards.given import edition, full_desk
from tests.exports.given import HOSTILE, hostile_desk

from etatyopoyta.cards.appendix import appendix_tables
from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import Separator
from etatyopoyta.cards.table import MISSING, Column, Table
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports.cells import fitting
from etatyopoyta.exports.csv import table_csv

FORMULA = tuple("=+-@＝＋－＠")


def made(desk: Desk, language: Language = "fi", separator: Separator | None = None) -> bytes:
    return FORMATS["csv"].export(desk, replace(edition(language), separator=separator))


def rows_of(content: bytes, sign: str = ";") -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=sign, strict=True))


def test_it_begins_with_the_mark_of_utf8_and_its_lines_end_as_in_the_standard():
    content = made(full_desk())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize(
    ("language", "asked", "sign"),
    [
        ("fi", None, ";"),
        ("sv", None, ";"),
        ("en", None, ","),
        ("fi", "comma", ","),
        ("en", "semicolon", ";"),
    ],
)
def test_what_stands_between_cells_is_what_the_language_expects_or_what_was_asked(
    language: Language, asked: Separator | None, sign: str
):
    rows = rows_of(made(full_desk(), language, asked), sign)
    words = Words(language)
    goal, note = words("column.goal"), words("column.note")
    assert (rows[0][goal], rows[0][note]) == ("Osallistuminen lisääntyy", "kävijämäärä")


def test_every_goal_and_measure_is_there_with_its_notes_and_the_cards_state():
    desk = full_desk()
    desk.apply({"goal_2": None, "goal_4": None})  # so no goal has the measure Tunnit
    found = [
        (row["Tavoite"], row["Mittari"], row["Lappu"], row["Järjestö"])
        for row in rows_of(made(desk))
    ]
    card = build(desk, edition())
    goals = [goal for table in card.tables for row in table.rows for goal in row.goals]
    expected = [
        (goal.text, measure.name, note.text, note.organisation or "")
        for goal in (*goals, *card.parked)
        for measure in goal.measures
        for note in measure.sources
    ]
    expected.append(("Ehdotus", "", "", ""))
    expected.append(("", "Tunnit", "vapaaehtoistunnit", "Ankkurin Tupa ry"))
    assert found == expected
    assert {row["Kortin tila"] for row in rows_of(made(desk))} == {"LUONNOS"}


def test_no_cell_is_a_formula_and_every_text_is_whole():
    for sign, separator in ((";", "semicolon"), (",", "comma")):
        rows = rows_of(made(hostile_desk(), "fi", separator), sign)  # type: ignore[arg-type]
        cells = [cell for row in rows for cell in row.values()]
        assert [cell for cell in cells if cell.lstrip().startswith(FORMULA)] == []
        assert [cell for cell in cells if cell[:1] in {"\t", "\n", "\r"}] == []
        texts = {row["Lappu"].replace("'", "") for row in rows}
        assert {fitting(text).replace("'", "") for text in HOSTILE} <= texts


def test_who_expects_the_other_sign_finds_no_formula_either():
    for asked, other in (("comma", ";"), ("semicolon", ",")):
        content = made(hostile_desk(), "fi", asked).decode("utf-8-sig")  # type: ignore[arg-type]
        cells = [cell for row in csv.reader(StringIO(content), delimiter=other) for cell in row]
        assert [cell for cell in cells if cell.lstrip().startswith(FORMULA)] == []


def test_a_number_in_a_sentence_stays_as_it_was_written():
    desk = full_desk()
    desk.apply({"note_1": {"text": "lämpötila, -5 astetta, +3,5 tai -x|y"}})
    assert rows_of(made(desk))[0]["Lappu"] == "lämpötila, -5 astetta, +3,5 tai -x|y"


@pytest.mark.parametrize(
    ("cell", "comma", "point"),
    [(-3, "-3", "-3"), (-31.4, "-31,4", "-31.4"), (157500, "157500", "157500")],
)
def test_numbers_stay_numbers_also_below_zero(cell: float, comma: str, point: str):
    table = Table(key="t", name="t", title="t", columns=(Column("a", 1),), rows=((cell,),))
    for language, number in (("fi", comma), ("en", point)):
        content = table_csv(table, edition(language)).decode("utf-8-sig")  # type: ignore[arg-type]
        assert content == f'"a"\r\n"{number}"\r\n'


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_missing_is_a_word_and_days_are_those_of_the_standard(language: Language):
    card = build(full_desk(), edition(language))
    table = next(table for table in appendix_tables(card) if table.key == "figures")
    words = Words(language)
    rows = rows_of(table_csv(table, replace(edition(language), separator="semicolon")))
    values = [row[words("column.value")] for row in rows]
    assert values.count(words("missing")) == sum(row[3] is MISSING for row in table.rows) > 0
    assert "2024-11-04" in {row[words("column.as_of")] for row in rows}
