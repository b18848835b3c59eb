"""The document says what the desk says, in headings, bullets and tables."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
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
from etatyopoyta.cards.chapters import chapters
from etatyopoyta.cards.pages import Grid
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.exports.cells import plain

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


@pytest.fixture(scope="module")
def content(language: Language) -> bytes:
    return golden_file("docx", language)


@pytest.fixture(scope="module")
def document(content: bytes) -> Opened:
    return Document(BytesIO(content))


def rows_of(document: Opened) -> list[list[str]]:
    """All rows of all tables; lines of a cell stay lines."""
    return [
        ["\n".join(p.text for p in cell.iter_inner_content()) for cell in row.cells]
        for table in document.tables
        for row in table.rows
    ]


def text_of(document: Opened) -> str:
    return squeezed("".join(t.text or "" for t in document.element.body.iter(qn("w:t"))))


def parts_of(content: bytes) -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            yield name, parts.read(name).decode(errors="replace")


def test_every_fact_of_the_card_is_in_the_document(document: Opened, language: Language):
    text = text_of(document)
    assert [fact for fact in facts(golden(), language) if squeezed(fact) not in text] == []


def test_goals_and_figures_are_rows_as_the_card_has_them(document: Opened, language: Language):
    card, words = build(golden(), edition(language)), Words(language)
    rows = [tuple(cell.split("\n")[0] for cell in row) for row in rows_of(document)]
    expected = goal_rows(card, words)
    start = rows.index(expected[0])
    found = [row for row in rows[start:] if len(row) == 4 and row in expected]
    assert found == expected
    assert figure_rows(card, words) <= set(rows)


def test_what_the_council_wrote_is_there_word_for_word():
    text = text_of(Document(BytesIO(full_file("docx"))))
    assert [line for line in words_of_the_seed(full_desk()) if squeezed(line) not in text] == []


def test_headings_are_styles_and_tables_repeat_theirs(document: Opened, language: Language):
    card = build(golden(), edition(language))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    titles = [part.title for part in card.parts]
    assert [title for title in headings if title in titles] == titles
    for table in document.tables:
        assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert next(table._tbl.iter(qn("w:tblCaption"))).get(qn("w:val"))


def test_charts_are_pictures_above_their_tables(document: Opened, language: Language):
    pictures = [
        block.picture
        for chapter in chapters(build(golden(), edition(language)))
        for block in chapter.blocks
        if isinstance(block, Grid) and block.picture
    ]
    shapes = document.inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [
        picture.alternative for picture in pictures
    ]
    assert len(pictures) == 2
    assert any("Kouvola 1695" in picture.alternative for picture in pictures)
    for shape in shapes:
        following = shape._inline.xpath("ancestor::w:p")[0].getnext()
        assert following.tag == qn("w:tbl")
    images = list(document.part.package.image_parts)
    assert {image.content_type for image in images} == {"image/png"}
    assert all(image.image.px_width / (17 / 2.54) > 280 for image in images)


def test_the_document_knows_its_title_and_language(document: Opened, language: Language):
    assert document.core_properties.title.split(" – ")[1] == "LUONNOS"
    assert not document.core_properties.author
    languages = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}
    assert languages == {LOCALES[language]}


def test_the_mark_is_on_every_page_until_the_card_is_published(document: Opened):
    section = document.sections[0]
    assert not section.different_first_page_header_footer
    for edge in (section.header, section.footer):
        assert "LUONNOS" in edge.paragraphs[0].text
    for name, part in parts_of(made("docx", published(golden()))):
        assert "LUONNOS" not in part, name


def test_what_is_hidden_is_nowhere_in_the_file(content: bytes):
    everything = "".join(part for _, part in parts_of(content))
    assert HIDDEN not in everything
    assert "person_" not in everything


def test_hostile_texts_stay_texts():
    content = made("docx", hostile_desk())
    for name, part in parts_of(content):
        assert not re.search(r"TargetMode|<w:hyperlink|<w:instrText|<w:object|<script", part), name
        fields = re.findall(r'w:instr="([^"]*)"', part)
        assert set(fields) <= {" PAGE ", " NUMPAGES "}
    text = text_of(Document(BytesIO(content)))
    assert [each for each in HOSTILE if squeezed(each) not in text] == []
    cells = {cell for row in rows_of(Document(BytesIO(content))) for cell in row}
    assert [t for t in HOSTILE if plain(t).replace("\t", " ") not in cells] == []


def test_the_same_desk_and_edition_give_the_same_bytes():
    assert made("docx", golden()) == golden_file("docx")
