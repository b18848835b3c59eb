"""What people's own files are read as."""

import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.imports.files import changed, ods, ods_cell, saved, with_sheet, xlsx

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.reading import read
from etatyopoyta.imports.table import (
    MAX_CELL_CHARACTERS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    cell_name,
    gather,
)

LETTERS = "å ä ö Å Ä Ö"


def refused(content: bytes, name: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refusal:
        read(content, name)
    return refusal.value.code, refusal.value.details


# --- Excel ---------------------------------------------------------------------------------


def test_values_are_text_as_people_see_them() -> None:
    half_past = datetime.fromisoformat("2026-11-24T09:30")
    row = [
        LETTERS, 3.0, 3, 0.25, True, False, None, date(2026, 11, 24), half_past,
        half_past.replace(second=15), time(9, 30), timedelta(hours=26, minutes=5), 1e20,
    ]  # fmt: skip
    assert read(xlsx(Muistio=[row]), "muistio.xlsx").rows == (
        (LETTERS, "3", "3", "0.25", "TRUE", "FALSE", "", "2026-11-24", "2026-11-24 09:30",
         "2026-11-24 09:30:15", "09:30", "26:05", "1e+20"),
    )  # fmt: skip


def test_formulas_come_as_their_values() -> None:
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c></row>'
    assert read(with_sheet(cells), "a.xlsx").rows == (("2",),)


def test_what_looks_like_a_formula_stays_text() -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>=1+1</t></is></c></row>'
    assert read(with_sheet(cells), "a.xlsx").rows == (("=1+1",),)


def test_the_first_sheet_with_content_is_read_and_the_ones_after_it_are_named() -> None:
    table = read(xlsx(Tyhjä=[], Muistio=[["x"]], Muut=[["y"]], Lisää=[]), "a.xlsx")
    assert (table.sheet, table.others, table.rows) == ("Muistio", ("Muut", "Lisää"), (("x",),))


def test_hidden_sheets_are_neither_read_nor_named() -> None:
    book = Workbook()
    book.worksheets[0].append(["hidden"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Muistio").append(["x"])
    book.create_sheet("Piilo").sheet_state = "veryHidden"
    table = read(saved(book), "a.xlsx")
    assert (table.sheet, table.others, table.rows) == ("Muistio", (), (("x",),))


def test_blank_edges_at_the_bottom_and_on_the_right_are_left_out_and_others_are_kept() -> None:
    rows: list[list[object]] = [
        [],
        [None, "a", None, " "],
        [],
        [None, None, "b"],
        [" "],
        [None] * 60,
    ]
    assert read(xlsx(Muistio=rows), "a.xlsx").rows == (
        ("", "", ""),
        ("", "a", ""),
        ("", "", ""),
        ("", "", "b"),
    )


def test_10_000_rows_are_read_and_10_001_are_refused() -> None:
    assert len(read(xlsx(M=[["x"]] * MAX_ROWS), "a.xlsx").rows) == MAX_ROWS
    details = {"what": "rows", "count": MAX_ROWS + 1, "limit": MAX_ROWS}
    assert refused(xlsx(M=[["x"]] * (MAX_ROWS + 1)), "a.xlsx") == ("import.too_big", details)


def test_50_columns_are_read_and_51_are_refused() -> None:
    assert len(read(xlsx(M=[["x"] * MAX_COLUMNS]), "a.xlsx").rows[0]) == MAX_COLUMNS
    details = {"what": "columns", "count": 51, "limit": MAX_COLUMNS}
    assert refused(xlsx(M=[["x"] * 51]), "a.xlsx") == ("import.too_big", details)


def test_a_book_without_content_is_empty() -> None:
    assert refused(xlsx(M=[], N=[[" "]]), "a.xlsx") == ("import.empty", {})
    assert refused(b"", "a.xlsx") == ("import.empty", {})


# --- OpenDocument --------------------------------------------------------------------------


def test_a_small_open_document_is_read() -> None:
    number = '<table:table-cell office:value-type="float" office:value="3"/>'
    day = '<table:table-cell office:value-type="date" office:date-value="2026-11-24"/>'
    rows = (
        f"<table:table-row>{ods_cell(LETTERS, 2)}{number}{day}"
        f'<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048575">'
        f'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = read(ods(rows), "a.ods")
    assert (table.sheet, table.rows) == ("Muistio", ((LETTERS, LETTERS, "3", "2026-11-24"),))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_what_libreoffice_saves_is_read(tmp_path: Path, suffix: str) -> None:
    rows: list[list[object]] = [
        ["Toimi", "Päivä", "Määrä"],
        [LETTERS, date(2026, 11, 24), 3.0],
        [None, None, "=C2+1"],
    ]
    (tmp_path / "muistio.xlsx").write_bytes(xlsx(Muistio=rows, Muut=[["y"]]))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", suffix, "--outdir", tmp_path / "out", tmp_path / "muistio.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    table = read((tmp_path / "out" / f"muistio.{suffix}").read_bytes(), f"muistio.{suffix}")
    assert table.rows == (
        ("Toimi", "Päivä", "Määrä"),
        (LETTERS, "2026-11-24", "3"),
        ("", "", "4"),
    )
    assert (table.sheet, table.others) == ("Muistio", ("Muut",))


# --- separated values ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le+mark", "utf-16-be+mark", "windows-1252"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_encoding_and_delimiter_is_found(encoding: str, delimiter: str) -> None:
    rows = ("Toimi", "Päivä"), (LETTERS, "24.11.2026"), ("– 5 €", "x")
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    name, _, mark = encoding.partition("+")
    content = (("\ufeff" if mark else "") + text).encode(name)
    assert read(content, "muistio.csv").rows == rows


def test_commas_in_numbers_and_sentences_are_no_delimiters() -> None:
    assert read(b"1,5;2,5\n1,0;3,5\n", "a.csv").rows == (("1,5", "2,5"), ("1,0", "3,5"))
    prose = b"Neuvonta, opastus\nRetki\nLeiri\nKurssi\n"
    assert read(prose, "a.csv").rows[0] == ("Neuvonta, opastus",)


def test_the_hint_of_excel_is_followed_and_is_no_row() -> None:
    assert read(b"sep=,\r\na;b,c\r\n", "a.csv").rows == (("a;b", "c"),)


def test_tabs_alone_part_a_tsv() -> None:
    assert read(b"a;b,c\td\n", "a.TSV").rows == (("a;b,c", "d"),)


def test_quoted_cells_keep_their_lines_and_delimiters() -> None:
    assert read(b'"a\r\nb;c";"d ""e"""\r\n', "a.csv").rows == (("a\nb;c", 'd "e"'),)


def test_blank_rows_below_do_not_count() -> None:
    assert read(b"a;b\r\n" + b";\r\n" * 20_000, "a.csv").rows == (("a", "b"),)
    assert refused(b"a;b\r\n" + b";\r\n" * 10_000 + b"a", "a.csv")[1]["count"] == 10_002


@pytest.mark.parametrize("content", [b"a\0b", b"\xff\xfea", b"\xff\xfe\x00\xd8", b"\x81;\xff"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert refused(content, "a.csv") == ("import.unreadable", {"reason": "damaged"})


# --- all of them ---------------------------------------------------------------------------


def test_a_cell_that_is_too_long_is_cut_and_named() -> None:
    table = read(b"a;" + b"x" * (MAX_CELL_CHARACTERS + 1), "a.csv")
    assert table.rows == (("a", "x" * MAX_CELL_CHARACTERS),)
    assert table.cut == ("B1",)
    assert read(b"a;" + b"x" * MAX_CELL_CHARACTERS, "a.csv").cut == ()


def test_a_table_with_too_much_text_in_all_is_refused() -> None:
    half = "x" * 20_000
    rows = [[half] * 50] * (MAX_CHARACTERS // 20_000 // 50)
    assert len(gather("", (), rows).rows) == 4
    with pytest.raises(Refused) as refusal:
        gather("", (), [*rows, ["y"]])
    assert refusal.value.details["what"] == "characters"


def test_cells_have_the_names_of_spreadsheets() -> None:
    assert [cell_name(1, column) for column in (1, 26, 27, 50)] == ["A1", "Z1", "AA1", "AX1"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "a.xlsx"),
        (b"a;b", "a.xlsx"),
        (b"<html>", "a.ods"),
        (xlsx(M=[["x"]]), "a.ods"),
        (xlsx(M=[["x"]]), "a.csv"),
        (ods("<table:table-row/>"), "a.xlsx"),
        (ods("<table:table-row/>", mimetype="application/vnd.oasis.opendocument.text"), "a.ods"),
        (xlsx(M=[["x"]]), "a.xlsm"),
        (xlsx(M=[["x"]]), "a.xls"),
        (xlsx(M=[["x"]]), ""),
        (changed(xlsx(M=[["x"]]), {"[Content_Types].xml": "<Types/>"}), "a.xlsx"),
    ],
    ids=range(11),
)
def test_what_is_not_what_its_name_says_is_of_no_known_format(content: bytes, name: str) -> None:
    code, details = refused(content, name)
    known = ["xlsx", "ods", "csv", "tsv"]
    assert (code, details) == ("import.unknown_format", {"formats": known})


def test_a_file_with_a_password_says_so() -> None:
    encrypted = {"reason": "encrypted"}
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    assert refused(ole, "a.xlsx") == ("import.unreadable", encrypted)
    locked = ods("", manifest="<manifest:encryption-data/>")
    assert refused(locked, "a.ods") == ("import.unreadable", encrypted)
