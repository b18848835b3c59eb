"""The PDF says what the desk says, to those who see it and to those who have it read."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
from tests.cards.given import HIDDEN, edition, full_desk
from tests.exports.given import HOSTILE
from tests.exports.pdf_text import text_of_pages
from tests.exports.printed import (
    facts,
    full_file,
    golden,
    golden_file,
    hostile_desk,
    made,
    published,
    squeezed,
    words_of_the_seed,
)

from etatyopoyta.cards.building import build
from etatyopoyta.cards.words import Language
from etatyopoyta.exports.glyphs import EMOJI, MAX_UNBROKEN, REPLACEMENT, SHOWN, printable

PIECE = 100


@pytest.fixture(scope="module")
def content(language: Language) -> bytes:
    return golden_file("pdf", language)


@pytest.fixture
def document(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened


def text_of(content: bytes) -> str:
    return squeezed("".join(text_of_pages(content)))


def tags_of(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The elements of the tag tree, in reading order."""
    waiting: list[pikepdf.Object] = [document.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary):
            continue
        if "/S" in element:
            yield element
        children = element.get("/K")
        if isinstance(children, pikepdf.Array):
            waiting += reversed(list(children))
        elif children is not None:
            waiting.append(children)


def test_every_fact_of_the_card_is_on_a_page(content: bytes, language: Language):
    text = text_of(content)
    assert [fact for fact in facts(golden(), language) if squeezed(fact) not in text] == []


def test_what_the_council_wrote_is_there_word_for_word():
    text = text_of(full_file("pdf"))
    assert [line for line in words_of_the_seed(full_desk()) if squeezed(line) not in text] == []


def test_notes_stand_in_the_appendix_with_their_organisations(content: bytes):
    text = text_of(content)
    assert squeezed("2osallistujien määräAnkkurin Tupa ryOsallistujat") in text
    assert HIDDEN not in text
    assert "person_" not in text


def test_it_is_tagged_and_has_no_finding(
    content: bytes, document: pikepdf.Pdf, language: Language, tmp_path: Path
):
    assert document.Root.Lang == {"fi": "fi", "sv": "sv", "en": "en"}[language]
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as known:
        assert known["pdfuaid:part"] == "1"
        assert known["dc:title"].split(" – ")[1] == "LUONNOS"
    file = tmp_path / "card.pdf"
    file.write_bytes(content)
    assert list(pdfua.validate(str(file)).findings) == []


def test_headings_tables_and_charts_are_what_they_are(document: pikepdf.Pdf, language: Language):
    tags = list(tags_of(document))
    kinds = [str(tag.S) for tag in tags]
    card = build(golden(), edition(language))
    assert kinds.count("/H1") >= len(card.parts)
    assert kinds.count("/Table") >= 10
    assert kinds.count("/TH") > kinds.count("/Table") * 2
    pictures = [str(tag.Alt) for tag in tags if "/Alt" in tag]
    assert len(pictures) == 2
    assert any("Kouvola 1695" in text for text in pictures)


def test_bookmarks_are_the_headings_of_the_card(document: pikepdf.Pdf, language: Language):
    card = build(golden(), edition(language))
    with document.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    parts = [part.title for part in card.parts]
    assert [title for title in titles if title in parts] == parts


def test_all_fonts_are_in_the_file(document: pikepdf.Pdf):
    fonts = [font for page in document.pages for font in page.resources.Font.values()]
    descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert descriptors
    for descriptor in descriptors:
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_the_mark_is_on_every_page_until_the_card_is_published(content: bytes):
    assert all("LUONNOS" in page for page in text_of_pages(content))
    assert "LUONNOS" not in "".join(text_of_pages(made("pdf", published(golden()))))


def test_missing_is_a_word():
    assert squeezed("0–6-vuotiaatpuuttuupuuttuupuuttuupaikkamerkki") in text_of(full_file("pdf"))


def test_hostile_texts_stay_texts():
    content = made("pdf", hostile_desk())
    with pikepdf.open(BytesIO(content)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                forbidden = {"/URI", "/JS", "/JavaScript", "/Launch", "/EF", "/GoToR", "/AA"}
                assert not forbidden & set(each.keys())
                assert str(each.get("/S", "")) not in forbidden
    text = text_of(content)
    for hostile in HOSTILE:
        said = squeezed(printable(hostile))
        for at in range(0, len(said), PIECE):  # a long one may go on on the next page
            assert said[at : at + PIECE] in text


def test_fonts_have_every_character_that_is_said_to_be_shown():
    letters = [
        chr(code) for code in range(0x20, 0x20000) if re.match(f"[{SHOWN}{EMOJI}]", chr(code))
    ]
    assert len(letters) > 3_000
    desk = full_desk()
    desk.apply({"text_feature1": {"text": " ".join(letters)}})
    made("pdf", desk)  # the typesetter refuses what no font has


def test_what_no_font_has_is_said_to_be_replaced():
    assert printable("työpaja 🎉 漢 👩‍👧 👍🏽 🇫🇮") == f"työpaja 🎉 {REPLACEMENT} 👩👧 👍 FI"
    desk = full_desk()
    desk.apply({"goal_1": {"text": "漢"}})
    assert squeezed("□ on merkki, jota") in text_of(made("pdf", desk))
    assert REPLACEMENT not in text_of(full_file("pdf"))


def test_a_run_without_blanks_can_be_broken():
    assert "\u200b" not in printable("a" * (MAX_UNBROKEN - 1))
    assert printable("a" * 100).replace("\u200b", "") == "a" * 100
    assert "\u200b" in printable("a" * 100)


def test_the_same_desk_and_edition_give_the_same_bytes():
    assert made("pdf", golden()) == golden_file("pdf")
