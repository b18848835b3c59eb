"""The files of minutes, opened again."""

from html.parser import HTMLParser
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from msgspec.structs import replace
from tests.minutes.given import afternoon, minutes

from etatyopoyta.cards.minutes_model import Minutes
from etatyopoyta.exports.minutes import FORMATS, file_name_of

pytestmark = pytest.mark.anyio

WRITTEN = "Vilkasta & <b>iloista</b>."
MARKUP = "#set text(red)"
"""Texts that would be markup if they were put into it."""


@pytest.fixture
async def made() -> Minutes:
    return await minutes(afternoon())


class Page(HTMLParser):
    """Tags, and the text between them."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]
        assert "style" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


async def test_the_page_has_its_headings_needs_nothing_else_and_takes_no_markup(made: Minutes):
    page = Page(FORMATS["html"].export(made))
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == len(made.chapters) + 1
    assert WRITTEN in page.texts
    assert MARKUP in page.texts
    assert not {"b", "script", "link", "img"} & set(page.tags)
    assert page.links == []


async def test_the_document_has_real_headings_lists_and_tables(made: Minutes):
    document = Document(BytesIO(FORMATS["docx"].export(made)))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        assert paragraph.style is not None
        by_style.setdefault(paragraph.style.name or "", []).append(paragraph.text)
    assert by_style["Heading 1"] == ["Pöytäkirja: Työpaja 1"]
    assert by_style["Heading 2"][:-1] == [chapter.title for chapter in made.chapters]
    facts = [fact for chapter in made.chapters for fact in chapter.facts]
    assert len(by_style["List Bullet"]) == len(facts) + len(made.parked)
    assert WRITTEN in by_style["Normal"]
    [presence, votes] = document.tables
    assert [cell.text for cell in presence.rows[1].cells] == ["Martat", "2"]
    assert len(votes.rows) == 3
    assert (document.core_properties.author, document.core_properties.language) == ("", "fi-FI")


async def test_the_pdf_is_tagged_titled_and_in_its_language(made: Minutes):
    with pikepdf.open(BytesIO(FORMATS["pdf"].export(made))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "fi"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        tags = tags_in(pdf.Root.StructTreeRoot)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Pöytäkirja: Työpaja 1"
            assert not meta.get("dc:creator")
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == len(made.chapters) + 1
    assert {"/L", "/LI", "/Table", "/TH", "/TD"} <= set(tags)


def tags_in(node: pikepdf.Object) -> list[str]:
    """The structure's tags, in reading order."""
    found = [str(node.S)] if "/S" in node else []
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += tags_in(kid)
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", FORMATS)
async def test_every_format_is_made_in_every_language(name: str, language):
    assert len(FORMATS[name].export(await minutes(afternoon(), language=language))) > 1_000


async def test_no_minutes_are_too_long_for_a_page(made: Minutes):
    many = made.chapters[2].facts * 50
    longer = replace(made.chapters[2], facts=many, text="x" * 5_000)
    long = replace(made, chapters=(longer,))
    with pikepdf.open(BytesIO(FORMATS["pdf"].export(long))) as pdf:
        assert len(pdf.pages) > 5


@pytest.mark.parametrize("text", ["Hymyjä 😀👩‍👩‍👧 漢字 ﷺ", "\U000f0000\ue000", "x" * 5_000])
async def test_no_text_keeps_a_file_from_being_made(made: Minutes, text: str):
    with pikepdf.open(BytesIO(FORMATS["pdf"].export(replace(made, text=text)))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
    assert text in FORMATS["html"].export(replace(made, text=text)).decode()
    document = Document(BytesIO(FORMATS["docx"].export(replace(made, text=text))))
    assert text in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", FORMATS)
async def test_what_xml_forbids_keeps_no_file_from_being_made(made: Minutes, name: str):
    assert FORMATS[name].export(replace(made, text="a\x00\x0b\ufffeb"))


async def test_the_name_says_what_it_is(made: Minutes):
    name = file_name_of(made, "pdf")
    assert name.utf8 == "Pöytäkirja-Työpaja-1-2025-06-15.pdf"
    assert name.ascii == "Poytakirja-Tyopaja-1-2025-06-15.pdf"
