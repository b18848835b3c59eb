"""Files of a published version for everybody: what its page shows and nothing else."""

import json
import warnings
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn as word
from msgspec.structs import replace
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn as slide
from tests.cards.given import HIDDEN, edition
from tests.exports.pdf_text import text_of_pages
from tests.exports.printed import golden, published, squeezed

from etatyopoyta.cards.building import build
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.records import Note
from etatyopoyta.exports import FORMATS, PUBLIC_FORMATS
from etatyopoyta.exports.naming import name_of
from etatyopoyta.exports.schema import schema_json

GOAL = "Osallistuminen lisääntyy"
WORD, SLIDE = word("w:t"), slide("a:t")
BEHIND = ("kävijämäärä", "vapaaehtoistunnit", "Odottaa", "Ehdotus", HIDDEN, "person_", "note_")


def made(name: str, language: Language = "fi") -> bytes:
    for_all = replace(edition(language), version=3, is_public=True)
    return FORMATS[name].export(published(golden()), for_all)


def read(name: str) -> str:
    """Everything that can be read in a file, without blanks."""
    content = made(name)
    match name:
        case "pdf":
            return squeezed("".join(text_of_pages(content)))
        case "docx":
            document = Document(BytesIO(content))
            return squeezed("".join(t.text or "" for t in document.element.body.iter(WORD)))
        case "pptx":
            slides = Presentation(BytesIO(content)).slides
            roots = [root for s in slides for root in (s._element, s.notes_slide._element)]
            return squeezed("".join(t.text or "" for root in roots for t in root.iter(SLIDE)))
        case "xlsx":
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                book = load_workbook(BytesIO(content))
            rows = (row for s in book.worksheets for row in s.iter_rows(values_only=True))
            return squeezed("".join(str(cell) for row in rows for cell in row))
        case _:
            return squeezed(content.decode())


def test_nothing_that_lies_behind_the_card_is_in_a_models_public_form():
    for_all = replace(edition(), is_public=True)
    told = repr(build(published(golden()), for_all))
    assert [word for word in BEHIND if word in told] == []
    notes = [note.text for note in golden().of(Note)]
    assert [text for text in notes if repr(text) in told] == []


@pytest.mark.parametrize("name", [name for name in PUBLIC_FORMATS if name != "zip"])
def test_a_public_file_has_the_card_and_not_what_lies_behind_it(name: str):
    text = read(name)
    assert squeezed(GOAL) in text
    assert squeezed("Ankkurin Tupa ry") in text
    assert [word for word in BEHIND if squeezed(word) in text] == []
    assert "LUONNOS" not in text


def test_the_archive_has_the_public_files_and_no_board():
    with ZipFile(BytesIO(made("zip"))) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name in inside if "boards/" in name]
    assert [name for name in inside if "schema/" in name] == ["schema/card.json"]
    assert not {"csv/notes.csv", "csv/clusters.csv", "csv/goals.csv"} & set(inside)
    assert {"csv/measures.csv", "csv/figures.csv", "charts/by_municipality.svg"} <= set(inside)
    readable = [content for name, content in inside.items() if not name.endswith(".png")]
    for each in BEHIND:
        assert not [1 for content in readable if each.encode() in content], each
    assert GOAL.encode() in inside["index.html"]


def test_its_numbers_are_those_of_the_card():
    card = build(published(golden()), edition())
    told = json.loads(made("json"))
    figures = {
        (figure["label"], figure["value"], figure["as_of"])
        for part in told["parts"]
        for figure in part["figures"]
    }
    assert figures == {(f.label, f.value, f.as_of) for part in card.parts for f in part.figures}
    [counted] = {
        goal["notes"] for part in told["parts"] for goal in part["goals"] if goal["text"] == GOAL
    }
    [goal] = [g for t in card.tables for row in t.rows for g in row.goals if g.text == GOAL]
    assert counted == len(goal.sources) > 0


def test_its_json_is_as_its_schema_says():
    schema = json.loads(schema_json("card"))
    described = schema["$defs"]
    told = json.loads(made("json"))
    assert told["schema"] == schema["title"]
    for part in told["parts"]:
        for name, kind in (("figures", "Known"), ("goals", "Aimed"), ("measures", "Measured")):
            for row in part[name]:
                assert set(row) == set(described[kind]["required"])


def test_its_name_is_the_cards_with_the_number():
    name = name_of(published(golden()), replace(edition(), version=3), "pdf")
    assert name.utf8.endswith("-v3-2025-11-24.pdf")
    assert "LUONNOS" not in name.utf8
