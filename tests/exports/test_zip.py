"""One file with everything, and a page in it to read it by."""

import re
import xml.etree.ElementTree as ElementTree
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.cards.given import HIDDEN, edition, full_desk
from tests.exports.given import SCRIPTS, hostile_desk

from etatyopoyta.cards.building import build
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Note
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports import zip as zip_format
from etatyopoyta.exports.json import parse
from etatyopoyta.exports.viewer import page


def made(desk: Desk, language: Language = "fi") -> dict[str, bytes]:
    with ZipFile(BytesIO(FORMATS["zip"].export(desk, edition(language)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def archive() -> dict[str, bytes]:
    return made(full_desk())


def test_it_has_every_format_every_table_and_sums_that_are_right(archive: dict[str, bytes]):
    endings = {name.rsplit(".", 1)[1] for name in archive}
    assert set(FORMATS) - {"zip"} <= endings
    assert {"csv/goals.csv", "csv/measures.csv", "csv/notes.csv", "csv/all.csv"} <= set(archive)
    assert {"boards/workshop_1.svg", "boards/workshop_1.png", "schema/desk.json"} <= set(archive)
    sums = dict(line.split("  ")[::-1] for line in archive["SHA256SUMS.txt"].decode().splitlines())
    assert set(sums) == set(archive) - {"SHA256SUMS.txt"}
    for name, digest in sums.items():
        assert sha256(archive[name]).hexdigest() == digest


def test_its_json_becomes_the_same_desk_again(archive: dict[str, bytes]):
    [name] = [name for name in archive if "/" not in name and name.endswith(".json")]
    assert "LUONNOS" in name
    assert archive[name] == FORMATS["json"].export(full_desk(), edition())
    assert len(parse(archive[name])) > 50


def test_the_same_desk_gives_the_same_bytes(archive: dict[str, bytes]):
    assert made(full_desk()) == archive


def test_what_is_hidden_is_in_none_of_its_files(archive: dict[str, bytes]):
    for name, content in archive.items():
        assert HIDDEN.encode() not in content, name
        assert b"note_6" not in content, name


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_says_what_the_desk_says_in_its_language(language: Language):
    desk = full_desk()
    card, words = build(desk, edition(language)), Words(language)
    found = Page(page(card, [("a.csv", "A")]))
    for note in desk.of(Note):
        assert (note.text in found.text) is not note.is_hidden
        assert (note.id in found.ids) is not note.is_hidden
    for table in card.tables:
        for row in table.rows:
            assert row.name in found.text
            assert all(goal.text in found.text for goal in row.goals)
    assert found.text.count(words("draft")) >= 2
    assert words("viewer.trail") in found.text
    assert "413" in found.text
    assert words("missing") in found.text


def test_the_page_needs_no_network_and_every_link_in_it_leads_somewhere(archive: dict[str, bytes]):
    found = Page(archive["index.html"])
    outside = [link for link in found.links if not link.startswith(("#", "data:image/svg"))]
    assert set(outside) <= set(archive)
    inside = {link.removeprefix("#") for link in found.links if link.startswith("#")}
    assert inside <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)
    assert b"default-src 'none'; style-src 'sha256-" in archive["index.html"]


def test_no_text_becomes_anything_but_text_in_it():
    card = build(hostile_desk(), edition())
    plain, hostile = Page(page(build(full_desk(), edition()), [])), Page(page(card, []))
    assert hostile.tags == plain.tags
    assert "script" not in hostile.tags
    assert hostile.handlers == []
    for text in SCRIPTS:
        assert text in hostile.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_tells_how_to_begin_in_its_language(language: Language):
    card = build(full_desk(), edition(language))
    readme = zip_format.readme(card, {"csv/notes.csv": "x"})
    assert Words(language)("readme.page", page="index.html") in readme
    assert re.search(r"^csv/notes\.csv  x\r$", readme, re.M)


def test_its_charts_are_drawn_twice(archive: dict[str, bytes]):
    ElementTree.fromstring(archive["charts/by_municipality.svg"])
    assert archive["charts/by_municipality.png"].startswith(b"\x89PNG")
