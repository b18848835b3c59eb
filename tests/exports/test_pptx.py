"""The slides say what the desk says, natively, and nothing runs out of them."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Opened
from pptx.slide import Slide
from tests.cards.given import HIDDEN, edition, full_desk
from tests.exports.given import HOSTILE
from tests.exports.printed import (
    facts,
    figure_rows,
    full_file,
    goal_rows,
    golden,
    golden_file,
    hostile_desk,
    made,
    published,
    squeezed,
    words_of_the_seed,
)

from etatyopoyta.cards.building import build
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.domain.patch import Form
from etatyopoyta.domain.records import CardText, Goal
from etatyopoyta.exports.slides.measuring import height, wrapped
from etatyopoyta.exports.slides.template import BODY, FIRST_BODY_BOX, NUMBER_BOX

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
MARK = 20
SPLIT_FROM = 500
"""Texts of which a slide may hold but a part."""


@pytest.fixture(scope="module")
def content(language: Language) -> bytes:
    return golden_file("pptx", language)


@pytest.fixture(scope="module")
def deck(content: bytes) -> Opened:
    return Presentation(BytesIO(content))


def rows_of(deck: Opened) -> list[tuple[str, ...]]:
    """All rows of all tables; of a cell its first line."""
    return [
        tuple(cell.text_frame.paragraphs[0].text for cell in row.cells)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]


def charts_of(deck: Opened) -> list[Chart]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def text_of(slide: Slide) -> str:
    return squeezed("".join(run.text or "" for run in slide._element.iter(qn("a:t"))))


def text_of_all(deck: Opened) -> str:
    return "".join(text_of(slide) for slide in deck.slides)


def notes_of(slide: Slide) -> str:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    return frame.text


def parts_of(content: bytes) -> Iterator[tuple[str, str]]:
    """The parts of the file, and those of the workbooks in it."""
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            if name.endswith(".xlsx"):
                yield from parts_of(part)
            else:
                yield name, part.decode(errors="replace")


def test_every_fact_of_the_card_is_on_a_slide(deck: Opened, language: Language):
    notes = squeezed("".join(map(notes_of, deck.slides)))
    text = text_of_all(deck) + notes  # organisations and counts stand in the notes
    assert [fact for fact in facts(golden(), language) if squeezed(fact) not in text] == []


def test_goals_and_figures_are_rows_as_the_card_has_them(deck: Opened, language: Language):
    card, words = build(golden(), edition(language)), Words(language)
    rows, expected = rows_of(deck), goal_rows(card, words)
    start = rows.index(expected[0])
    assert [row for row in rows[start:] if row in expected] == expected
    assert figure_rows(card, words) <= set(rows)


def test_what_the_council_wrote_is_there_word_for_word():
    text = text_of_all(Presentation(BytesIO(full_file("pptx"))))
    assert [line for line in words_of_the_seed(full_desk()) if squeezed(line) not in text] == []


def test_slides_stand_in_the_order_of_the_councils_own_deck(deck: Opened, language: Language):
    card = build(golden(), edition(language))
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert len(titles) == len(deck.slides)
    assert all(titles)
    parts = dict.fromkeys(re.sub(r" \(\d+/\d+\)$", "", title) for title in titles)
    population, associations, *others = (part.title for part in card.parts)
    assert list(parts)[1:4] == [card.desk_title, population, associations]
    assert list(parts)[6:-1] == others


def test_charts_are_native_and_know_what_is_missing(deck: Opened, content: bytes):
    ages, municipalities = charts_of(deck)
    earlier, latest = ages.plots[0].series
    assert list(latest.values) == [11.5, 12.5, None, 14.5, 15.5]
    assert list(earlier.values) == [16.5, 17.5, 18.5, 19.5, 20.5]
    assert list(municipalities.plots[0].series[0].values) == [413, 917, 1695, 72, 117, 132]
    with ZipFile(BytesIO(content)) as parts:
        book = load_workbook(BytesIO(parts.read("ppt/embeddings/Microsoft_Excel_Sheet2.xlsx")))
    assert book.worksheets[0]["B2"].value == 413


def test_without_a_value_there_is_no_chart_and_the_table_says_so():
    deck = Presentation(BytesIO(full_file("pptx")))
    assert len(charts_of(deck)) == 1
    assert ("0–6-vuotiaat", "puuttuu", "puuttuu", "puuttuu", "paikkamerkki") in rows_of(deck)


def test_charts_and_tables_are_told_in_words(deck: Opened):
    frames = [
        shape
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table or shape.has_chart
    ]
    told = [next(frame._element.iter(qn("p:cNvPr"))).get("descr") for frame in frames]
    assert all(told)
    assert any("Kouvola 1695" in text for text in told)


def test_every_text_has_its_language(deck: Opened, language: Language):
    for slide in deck.slides:
        for element in (slide._element, slide.notes_slide._element):
            written = [run for run in element.iter(qn("a:r")) if run.find(qn("a:t")).text]
            assert {run.find(qn("a:rPr")).get("lang") for run in written} == {LOCALES[language]}


def test_speakers_are_told_where_it_comes_from():
    notes = [notes_of(slide) for slide in Presentation(BytesIO(golden_file("pptx"))).slides]
    goal = next(note for note in notes if "Osallistuminen lisääntyy" in note)
    assert "Mittarit: Osallistujat (hlö)" in goal
    assert "Järjestöt: Ankkurin Tupa ry; Örön Ystävät ry" in goal
    assert "Lappuja: 3" in goal
    assert any("Hamina: 413. Tiedon päivämäärä: 4.11.2024. Lähde: PRH" in note for note in notes)
    assert all("tapahtuma 42" in note for note in notes)


def test_the_mark_and_the_number_are_on_every_slide(deck: Opened):
    for slide in deck.slides:
        assert slide.placeholders[MARK].text.startswith("LUONNOS")
        fields = [field.get("type") for field in slide._element.iter(qn("a:fld"))]
        assert fields == ["slidenum"]


def test_a_published_card_has_no_mark():
    for name, part in parts_of(made("pptx", published(golden()))):
        assert "LUONNOS" not in part, name


def test_what_is_hidden_or_a_note_is_nowhere_in_the_file(content: bytes):
    everything = "".join(part for _, part in parts_of(content))
    assert HIDDEN not in everything
    assert "person_" not in everything
    assert "vapaaehtoistunnit" not in everything


def test_hostile_texts_stay_texts():
    content = made("pptx", hostile_desk())
    for name, part in parts_of(content):
        assert not re.search(r"TargetMode|hlinkClick|<f[ >/]|<hyperlink|<script|macro", part), name
    deck = Presentation(BytesIO(content))
    text = text_of_all(deck)
    short = [each for each in HOSTILE if len(each) < SPLIT_FROM]
    assert [each for each in short if squeezed(each) not in text] == []
    assert text.count("x" * 300) > 5


LONG = "Hyvinvointisuunnitelmien vaikuttavuudenarviointimenetelmät ja yhteistyö. " * 30


@pytest.fixture(scope="module")
def longest() -> Opened:
    """Every text as long as it may be, of words as long as Finnish has them."""
    desk = golden()
    for each in list(desk.of(CardText)):
        desk.apply({each.id: {"text": LONG[:1_000]}})
    for goal in list(desk.of(Goal)):
        desk.apply({goal.id: {"text": LONG[:500], "actual": LONG[:500]}})
    for number in range(1, 12):
        desk.apply({f"network_{number}": {"name": {"fi": LONG[:120]}}})
    desk.apply({"measure_1": {"name": LONG[:200], "meaning": LONG[:1_000]}})
    desk.apply({"desk": {"title": {"fi": LONG[:200]}}, "card": {"title": {"fi": LONG[:200]}}})
    return Presentation(BytesIO(made("pptx", desk)))


def test_no_text_runs_out_of_its_slide(longest: Opened):
    bottom = NUMBER_BOX.y
    for slide in longest.slides:
        assert slide.shapes.title is not None
        assert slide.shapes.title.has_text_frame
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            table, end = shape.table, shape.top.pt
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    text = cell.text_frame.text
                    needs = height(text, column.width.pt - 10, cell_size(cell)) + 6
                    assert needs <= row.height.pt + 0.1, text
                end += row.height.pt
            assert end <= bottom, slide.shapes.title.text


@pytest.mark.parametrize("length", [10, 200, 2_000])
def test_the_first_slides_lines_stay_above_its_footer(length: int):
    desk = golden()
    texts: Form = {"fi": (LONG * 10)[:length]}
    desk.apply({"desk": {"council": texts}, "card": {"title": texts, "report": texts}})
    first = Presentation(BytesIO(made("pptx", desk))).slides[0]
    body = first.placeholders[BODY].text_frame
    tall = 0.0
    for paragraph in body.paragraphs:
        [run] = paragraph.runs
        size = run.font.size.pt
        assert size >= 10
        tall += height(run.text, FIRST_BODY_BOX.width, size) + 5
    assert tall <= FIRST_BODY_BOX.height
    text = body.text.split("\n")
    assert text[1].endswith("…") is (length == 2_000)
    assert text[-1].startswith("24.11.2025")


def cell_size(cell) -> float:
    sizes = [run.font.size for p in cell.text_frame.paragraphs for run in p.runs]
    return sizes[0].pt if sizes else 12


def test_a_bullet_that_is_longer_than_a_slide_goes_on_in_the_next(longest: Opened):
    bullets = [
        slide.placeholders[BODY].text
        for slide in longest.slides
        if slide.slide_layout.name == "Luettelo"
    ]
    assert squeezed(LONG[:1_000]) in squeezed("".join(bullets))


def test_lines_are_broken_at_blanks_and_lose_nothing():
    text = "yksi kaksi  kolme\nneljä " + "x" * 300
    lines = wrapped(text, 100, 10)
    assert "".join(lines) == text
    assert lines[:2] == ["yksi kaksi  kolme\n", "neljä "]
    assert wrapped("", 100, 10) == [""]


def test_the_same_desk_and_edition_give_the_same_bytes():
    assert made("pptx", golden()) == golden_file("pptx")
