"""The workbook says what the desk says, and no text in it becomes anything but text."""

import re
import warnings
from datetime import UTC, date, datetime
from io import BytesIO
from time import process_time
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet
from tests.cards.given import HIDDEN, NAMELESS, edition, full_desk, new_desk
from tests.exports.given import HOSTILE

from etatyopoyta.cards.appendix import appendix_tables
from etatyopoyta.cards.building import build
from etatyopoyta.cards.table import Column
from etatyopoyta.cards.tables import evidence_tables
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.figures import SetFigure
from etatyopoyta.domain.patch import record
from etatyopoyta.domain.records import Figure, Note, Organisation, Point, Section, Shows
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports.cells import MAX_CELL_CHARACTERS, fitting
from etatyopoyta.exports.heights import LINE_POINTS, MAX_POINTS, height

HEADING_ROW = 3


def made(desk: Desk, language: Language = "fi") -> bytes:
    return FORMATS["xlsx"].export(desk, edition(language))


def opened(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_workbook(BytesIO(content))


def rows_of(book: Workbook, name: str) -> list[dict[str, object]]:
    """The rows of the sheet whose tab begins with `name`, as heading → value."""
    sheet = sheet_of(book, name)
    rows = list(sheet.iter_rows(min_row=HEADING_ROW, values_only=True))
    headings = [str(heading) for heading in rows[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows[1:]]


def sheet_of(book: Workbook, name: str) -> Worksheet:
    return next(sheet for sheet in book.worksheets if sheet.title.startswith(name))


def printed(edge: HeaderFooterItem | None) -> list[str]:
    """What stands to the left, in the middle and to the right."""
    assert edge is not None
    return [str(part and part.text) for part in (edge.left, edge.center, edge.right)]


@pytest.fixture(scope="module")
def content() -> bytes:
    return made(full_desk())


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return opened(content)


def test_the_card_has_a_sheet_per_focus_area_with_all_networks(book: Workbook):
    rows = rows_of(book, "Painopiste 1")
    assert list(rows[0])[:4] == ["Alaverkosto", "Tavoitteet", "Toteuma", "Toimenpiteen tilanne"]
    assert list(rows[0].values()) == [
        "Kulttuuriverkosto (ESIM)",
        "Osallistuminen lisääntyy",
        "412 osallistujaa (2025)",
        "käynnissä",
        "Osallistujat (hlö)",
        3,
        "1, 2, 5",
        "Ankkurin Tupa ry; Örön Ystävät ry",
    ]
    assert [row["Tavoitteet"] for row in rows] == [
        "Osallistuminen lisääntyy",
        "Vapaaehtoisuus vahvistuu",
        *[None] * 10,
    ]
    networks = list(dict.fromkeys(str(row["Alaverkosto"]) for row in rows_of(book, "Painopiste 2")))
    assert len(networks) == 11
    assert networks[-1] == "Verkosto 11 (nimeä)"


def test_goals_have_one_row_per_source_with_text_and_organisation(book: Workbook):
    rows = rows_of(book, "Tavoitteet")
    of_first = [row for row in rows if row["Tavoitteen tunnus"] == "goal_1"]
    assert [(r["Mittari"], r["Lapun nro"], r["Lappu"], r["Järjestö"]) for r in of_first] == [
        ("Osallistujat", 1, "kävijämäärä", "Örön Ystävät ry"),
        ("Osallistujat", 2, "osallistujien määrä", "Ankkurin Tupa ry"),
        ("Osallistujat", 5, NAMELESS, None),
    ]
    places = {row["Tavoitteen tunnus"]: row["Sijainti"] for row in rows}
    assert places == {
        "goal_1": "kortilla",
        "goal_2": "kortilla",
        "goal_3": "kortilla",
        "goal_4": "sivussa",
        "goal_5": "ehdotettu",
    }


def test_every_note_that_shows_is_there_as_the_desk_has_it(book: Workbook):
    desk = full_desk()
    rows = {row["Lapun tunnus"]: row for row in rows_of(book, "Laput")}
    shown = [note for note in desk.of(Note) if not note.is_hidden]
    assert list(rows) == [note.id for note in shown]
    for note in shown:
        row = rows[note.id]
        assert (row["Lappu"], row["Yksikkö"]) == (note.text, note.unit)
        assert isinstance(row["Kirjoitettu"], datetime)
        named = note.shows is not Shows.NOTHING and note.organisation is not None
        organisation = desk.get(Organisation, note.organisation or "").name if named else None
        assert row["Järjestö"] == organisation


def test_a_note_that_came_late_or_is_aside_says_so():
    desk = full_desk()
    section = next(desk.of(Section))
    desk.apply({"note_1": {"late": section.id, "parked_ms": 1}})
    late, in_time = rows_of(opened(made(desk)), "Laput")[:2]
    assert (late["Myöhässä osiosta"], late["Parkissa"]) == (section.title.fi, "parkissa")
    assert (in_time["Myöhässä osiosta"], in_time["Parkissa"]) == (None, None)


def test_what_is_hidden_or_nameless_is_nowhere_in_the_file(content: bytes):
    with ZipFile(BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist()).decode()
    assert HIDDEN not in everything
    assert "note_6" not in everything
    assert "person_" not in everything


def test_measures_and_clusters_name_their_sources(book: Workbook):
    measures = {row["Mittari"]: row for row in rows_of(book, "Mittarit")}
    assert measures["Osallistujat"]["Lähdelaput"] == 3
    assert measures["Osallistujat"]["Ryhmät"] == "Osallistujamäärä"
    assert "Painopiste 1, Kulttuuriverkosto: Vapaaehtoisuus vahvistuu" in str(
        measures["Tunnit"]["Tavoitteet"]
    )
    assert "Odottaa (sivussa)" in str(measures["Tunnit"]["Tavoitteet"])
    clusters = [(r["Ryhmä"], r["Lappuja"], r["Järjestöjä"]) for r in rows_of(book, "Ryhmät")]
    assert clusters == [("Osallistujamäärä", 3, 2), ("Tunnit", 1, 1)]


def test_figures_are_typed_and_missing_ones_are_words(book: Workbook):
    desk = full_desk()
    rows = {row["Luvun tunnus"]: row for row in rows_of(book, "Luvut") if row["Luvun tunnus"]}
    assert len(rows) == 25
    for figure in desk.of(Figure):
        value, as_of = rows[figure.id]["Arvo"], rows[figure.id]["Tiedon päivämäärä"]
        assert value == ("puuttuu" if figure.value is None else figure.value)
        if figure.as_of is None:
            assert as_of == "puuttuu"
        else:
            assert isinstance(as_of, datetime)
            assert as_of.date() == date.fromisoformat(figure.as_of)
    values = {figure_id for figure_id, row in rows.items() if isinstance(row["Arvo"], int | float)}
    assert values == {figure.id for figure in desk.of(Figure) if figure.value is not None}


def test_the_check_of_the_sum_stands_under_the_figures_and_in_about(book: Workbook):
    for name in ("Luvut", "Tietoja"):
        cells = [str(c.value) for row in sheet_of(book, name).iter_rows() for c in row if c.value]
        assert any("3346" in text and "3344" in text for text in cells)


def test_a_year_is_a_number_and_a_month_a_text():
    given = new_desk()
    for figure, as_of in (("figure_inhabitants", "2024"), ("figure_projection", "2040-01")):
        given.said(SetFigure(id=figure, base=1, value=31.5, as_of=as_of, source="Tilastokeskus"))
    rows = {row["Luvun tunnus"]: row for row in rows_of(opened(made(given.desk)), "Luvut")}
    assert rows["figure_inhabitants"]["Tiedon päivämäärä"] == 2024
    assert rows["figure_inhabitants"]["Arvo"] == 31.5
    assert rows["figure_projection"]["Tiedon päivämäärä"] == "2040-01"


def test_texts_stand_in_their_order_and_a_draft_asks_for_sources(book: Workbook):
    rows = rows_of(book, "Tekstit")
    introduced, written = rows[:3], rows[3:]
    assert "1-2 tavoitetta / verkosto (11 verkostoa)" in str(introduced[0]["Teksti"])
    assert len(written) == 11
    assert {row["Lähde"] for row in written} == {"puuttuu"}
    desk = full_desk()
    desk.apply({"card": {"state": "julkaistu"}})
    assert {row["Lähde"] for row in rows_of(opened(made(desk)), "Tekstit")} == {None}


def test_the_agenda_has_a_sheet_with_its_instructions(book: Workbook):
    rows = rows_of(book, "Ohjelma")
    assert [row["Aika"] for row in rows][:2] == ["13.00–13.05", "13.05–13.25"]
    assert "muistilapulle" in " ".join(str(row["Ohje"]) for row in rows)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mark_is_on_every_sheet_in_tab_title_header_and_footer(language: Language):
    book = opened(made(full_desk(), language))
    assert len(book.worksheets) == 11
    for sheet in book.worksheets:
        assert sheet.title.endswith("LUONNOS")
        assert "LUONNOS" in str(sheet["A1"].value)
        assert "LUONNOS" in printed(sheet.oddHeader)[1]
        assert "LUONNOS" in printed(sheet.oddFooter)[1]


def test_the_mark_goes_with_the_state_and_only_with_it():
    desk = full_desk()
    desk.apply({"card": {"state": "julkaistu"}})
    with ZipFile(BytesIO(made(desk))) as parts:
        assert not [name for name in parts.namelist() if b"LUONNOS" in parts.read(name)]


def test_sheets_are_ready_to_read_and_to_print(book: Workbook):
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.cell(HEADING_ROW, 1).font.bold
        has_filter = sheet.auto_filter.ref is not None
        assert has_filter == (not sheet.title.startswith("Tietoja"))


def test_about_says_which_edition_this_is(book: Workbook):
    about = {row["Asia"]: row["Tieto"] for row in rows_of(book, "Tietoja")}
    assert about["Viimeisen mukana olevan tapahtuman numero"] == 42
    assert about["Tehty"] == datetime(2025, 11, 24, 18, 30)  # noqa: DTZ001  as the sheet shows it
    assert about["Pois jätettyjä piilossa olevia lappuja"] == 1
    assert about["Kortin tila"] == "luonnos"
    assert "PRH" in str(about["Lukujen lähde"])


def test_about_names_the_sources_of_the_figures_that_have_a_value_and_their_licence():
    given = new_desk()
    given.said(SetFigure(id="figure_inhabitants", base=1, value=157_500, as_of="2024"))
    rows = rows_of(opened(made(given.desk)), "Tietoja")
    assert [row["Tieto"] for row in rows if row["Asia"] == "Lukujen lähde"] == [
        "Sotkanet.fi, THL, CC BY 4.0",
        "PRH (Patentti- ja rekisterihallitus), yhdistysrekisteri",
    ]


def test_properties_name_the_card_and_no_person(book: Workbook):
    properties = book.properties
    assert properties.title == "Järjestökortti – LUONNOS"
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created is not None
    assert properties.created.replace(tzinfo=UTC) == edition().made_at


def test_the_same_desk_and_edition_give_the_same_bytes(content: bytes):
    assert made(full_desk()) == content


def hostile_desk() -> Desk:
    """As an import could bring it: these texts went through no command."""
    desk = full_desk()
    for number, text in enumerate(HOSTILE):
        note = {
            "t": "note",
            "id": f"note_h{number}",
            "workshop": "workshop_1",
            "text": text,
            "at": {"x": 0, "y": 0},
            "shows": "organisation",
            "organisation": f"org_h{number}",
            "cluster": f"cluster_h{number}",
            "unit": text,
            "source": text,
            "created_ms": 1_764_100_000_000 + number,
        }
        cluster = {
            "t": "cluster",
            "id": f"cluster_h{number}",
            "workshop": "workshop_1",
            "title": text,
            "at": {"x": 0, "y": 0},
        }
        organisation = {"t": "organisation", "id": f"org_h{number}", "name": text}
        for form in (organisation, cluster, note):
            desk._put(record(form))  # type: ignore[arg-type]  # plain JSON
    desk.apply({"goal_1": {"text": HOSTILE[0], "actual": HOSTILE[1]}})
    desk.apply({"card": {"title": {"fi": '=1+1 &P &"Arial"&99 ' + "x" * 300}}})
    desk.apply({"desk": {"council": {"fi": "99 =cmd|' /C calc'!A0 " + "&" * 300}}})
    return desk


def test_hostile_texts_stay_texts():
    content = made(hostile_desk())
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name).decode()
            assert not re.search(r"<f[ >/]|<hyperlink|TargetMode", part), name
            assert "\x00" not in part
    rows = {row["Lapun tunnus"]: row for row in rows_of(opened(content), "Laput")}
    for number, text in enumerate(HOSTILE):
        row = rows[f"note_h{number}"]
        for heading in ("Lappu", "Järjestö", "Ryhmä", "Yksikkö", "Tiedon lähde"):
            assert row[heading] == fitting(text)


def test_hostile_texts_keep_everything_that_xml_can_hold():
    kept = [fitting(text) for text in HOSTILE]
    assert kept[HOSTILE.index("＝1+1")] == "＝1+1"
    assert kept[HOSTILE.index("nul\x00 bell\x07 escape\x1b")] == "nul bell escape"
    assert kept[HOSTILE.index("one\rtwo\r\nthree\nfour")] == "one\ntwo\nthree\nfour"
    bidi = next(text for text in HOSTILE if text.startswith("bidi"))
    assert {bidi, "x" * 2_000} <= set(kept)


def test_headers_cannot_be_given_codes_by_a_title():
    book = opened(made(hostile_desk()))
    for sheet in book.worksheets:
        for text in (*printed(sheet.oddHeader)[::2], printed(sheet.oddFooter)[0]):
            assert not re.search(r"(?<!&)(&&)*&[^&]", f"{text} "), text


def test_a_full_cell_is_cut_and_says_so():
    assert len(fitting("1, " * 9_000)) == MAX_CELL_CHARACTERS
    assert fitting("1, " * 9_000).endswith("…")
    assert fitting("1" * MAX_CELL_CHARACTERS) == "1" * MAX_CELL_CHARACTERS


def test_a_row_is_as_tall_as_its_longest_cell_needs():
    columns = (Column("a", 10), Column("b", 20))
    one = height(columns, ("short", 12))
    assert height(columns, ("x\ny\nz", None)) - one == 2 * LINE_POINTS
    assert height(columns, ("short", "sana " * 20)) > one
    assert height(columns, ("sana " * 2_000, None)) == MAX_POINTS


def crowded(count: int) -> Desk:
    """A desk with so many notes behind one measure."""
    desk = full_desk()
    for number in range(count):
        note = Note(
            id=f"note_n{number}",
            workshop="workshop_1",
            text=f"osallistujien määrä {number} " * 3,
            at=Point(0, 0),
            organisation="org_a",
            shows=Shows.ORGANISATION,
            cluster="cluster_1",
            created_ms=1_764_200_000_000 + number,
        )
        desk._put(note)
    ids = [f"note_n{number}" for number in range(count)]
    desk.apply({"measure_1": {"notes": ids}})  # type: ignore[dict-item]  # plain JSON
    return desk


def test_three_thousand_notes_take_no_square_of_the_time():
    took = []
    for count in (300, 3_000):
        desk = crowded(count)
        start = process_time()
        content = made(desk)
        took.append(process_time() - start)
    assert took[1] / took[0] < 40  # 10 × the notes: about 8; a quadratic search: 100
    book = opened(content)
    assert len(rows_of(book, "Laput")) == 3_005
    assert len(rows_of(book, "Tavoitteet")) > 6_000


def test_tables_have_a_heading_for_every_cell():
    card = build(full_desk(), edition())
    for table in (*evidence_tables(card), *appendix_tables(card)):
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.key
