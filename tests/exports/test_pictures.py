"""Boards and charts: at their places, in their words, and nothing in them but pictures."""

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from tests.cards.given import HIDDEN, NAMELESS, edition, full_desk
from tests.exports.given import HOSTILE, hostile_desk

from etatyopoyta import templates
from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import Chart, Series
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Area, Note, Point
from etatyopoyta.exports import FORMATS, board, png, svg
from etatyopoyta.exports.board import Rect, lay
from etatyopoyta.exports.charts import chart_svg
from etatyopoyta.exports.drawing import FONTS, width_of, wrapped

LAYOUT = Path(__file__).parents[2] / "web/src/lib/desk/layout.ts"
PAPER = Path(__file__).parents[2] / "web/src/lib/ui/tokens.css"
DRAWN = {"svg", "title", "desc", "g", "rect", "text", "tspan"}


def opened(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)


def texts_of(root: ElementTree.Element) -> list[str]:
    """What can be read in it, each text in one piece."""
    texts = (" ".join(e.itertext()) for e in root.iter() if name_of(e) in {"text", "title", "desc"})
    return [" ".join(text.split()) for text in texts]


def name_of(element: ElementTree.Element) -> str:
    return element.tag.removeprefix("{http://www.w3.org/2000/svg}")


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height as the PNG itself says (its IHDR)."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def test_a_board_is_laid_as_in_the_browser():
    script = LAYOUT.read_text("utf-8")
    for name in (
        "NOTE_WIDTH",
        "NOTE_HEIGHT",
        "GAP",
        "PADDING",
        "HEADER",
        "FEWEST_COLUMNS",
        "WIDER",
    ):
        found = re.search(rf"const {name} = ([\d.]+)", script)
        assert found is not None
        assert float(found[1]) == getattr(board, name)
    assert all(f"light-dark({tint}," in PAPER.read_text("utf-8") for tint in svg.TINTS)


def test_notes_lie_at_their_places_and_in_their_clusters():
    desk = full_desk()
    desk.apply({"note_4": {"at": {"x": 500, "y": -30}}, "cluster_1": {"at": {"x": 0, "y": 300}}})
    laid = lay(desk, "workshop_1")
    places = {note.id: (place.x, place.y) for note, place in laid.notes}
    assert places["note_4"] == (500, -30)
    assert [places[note] for note in ("note_1", "note_2", "note_5")] == [
        (14, 360),
        (226, 360),
        (14, 512),
    ]
    assert next(box for cluster, box, _ in laid.clusters if cluster.id == "cluster_1") == Rect(
        0, 300, 440, 366
    )


def test_what_is_hidden_or_put_aside_is_not_on_it_nor_its_place():
    desk = full_desk()
    desk.apply({"note_4": {"parked_ms": 1}, "note_6": {"at": {"x": 90_000, "y": 0}}})
    laid = lay(desk, "workshop_1")
    assert {note.id for note, _ in laid.notes} == {"note_1", "note_2", "note_3", "note_5"}
    assert laid.around().width < 1_000
    content = FORMATS["svg"].export(desk, edition()).decode()
    assert HIDDEN not in content
    assert "Pois jätettyjä piilossa olevia lappuja: 1" in content


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_board_says_what_the_desk_says(language: Language):
    desk = full_desk()
    root = opened(FORMATS["svg"].export(desk, edition(language)))
    texts, words = texts_of(root), Words(language)
    for note in desk.of(Note):
        assert (note.text in texts) is not note.is_hidden
    assert {"Osallistujamäärä", "Tunnit", words("draft"), NAMELESS} <= set(texts)
    assert words.text(desk.info.title) in texts[0]
    assert f"{words('about.notes')}: 5" in texts[1]
    assert root.attrib["aria-labelledby"] == "title desc"
    assert texts.count("Örön Ystävät ry") == 2  # of three notes one shows nobody
    desk.apply({"card": {"state": "julkaistu"}})
    published = opened(FORMATS["svg"].export(desk, edition(language)))
    assert words("draft") not in texts_of(published)


def test_nothing_in_a_picture_runs_or_calls_anybody():
    content = FORMATS["svg"].export(hostile_desk(), edition())
    root = opened(content)
    assert {name_of(element) for element in root.iter()} <= DRAWN
    names = {name for element in root.iter() for name in element.attrib}
    assert not [
        name for name in names if name.startswith("on") or "href" in name or name == "style"
    ]
    assert b"url(" not in content
    shown = "".join(texts_of(root)).replace(" ", "")
    for text in HOSTILE:
        if len(text) < 100 and text.isprintable():
            assert text.replace(" ", "").replace("\u00a0", "") in shown.replace("\u00a0", "")


def test_areas_lie_under_all_and_a_closed_one_looks_it():
    desk = full_desk()
    at = Point(-900, 0)
    area = Area(
        id="area_1", workshop="workshop_1", title="Pysäköinti", at=at, width=600, height=400
    )
    area = replace(area, is_closed=True)
    desk._put(area)
    root = opened(FORMATS["svg"].export(desk, edition()))
    assert "Pysäköinti" in texts_of(root)
    assert sum("stroke-dasharray" in element.attrib for element in root.iter()) == 1


def test_without_anything_on_this_workshops_board_it_is_the_last_one_with_something():
    desk = full_desk()
    desk.apply({"desk": {"workshop": "workshop_3"}})
    assert svg.shown_workshop(desk).id == "workshop_1"
    assert svg.shown_workshop(Desk(templates.load("nekku"))).id == "workshop_1"
    FORMATS["svg"].export(Desk(templates.load("nekku")), edition())


def test_text_stays_within_its_lines_and_says_when_it_is_cut():
    for text in ("osallistujien määrä " * 30, "x" * 2_000, "a\n\n\nb", "👩‍👩‍👧‍👦" * 50):
        lines, is_all = wrapped(text, 12.0, 176, 8)
        assert len(lines) <= 8
        assert all(width_of(line, 12.0) <= 176 for line in lines)
        assert lines[-1].endswith("…") is not is_all
    assert wrapped("", 12.0, 176, 8) == ([""], True)


def test_a_png_is_sharp_and_never_larger_than_a_phone_opens(monkeypatch: pytest.MonkeyPatch):
    content = FORMATS["png"].export(full_desk(), edition())
    drawn = opened(FORMATS["svg"].export(full_desk(), edition()))
    width, height = float(drawn.attrib["width"]), float(drawn.attrib["height"])
    assert size_of(content) == (round(width * png.SCALE), round(height * png.SCALE))
    desk = full_desk()
    desk.apply({"note_4": {"at": {"x": 100_000, "y": 30_000}}})
    monkeypatch.setattr(png, "MAX_PIXELS", 300_000)
    monkeypatch.setattr(png, "MAX_SIDE", 900)
    wide, high = size_of(FORMATS["png"].export(desk, edition()))
    assert max(wide, high) <= png.MAX_SIDE
    assert wide * high <= png.MAX_PIXELS * 1.01


def test_a_row_of_dots_is_never_dropped_in_the_middle():
    def drawn(y: int) -> bytes:
        box = f'<rect x="9" y="{y}" width="40" height="12" fill="#000"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="960" height="424">{box}</svg>'.encode()
        )

    black = [png.raster(drawn(y)) for y in (100, 206)]
    assert {size_of(content) for content in black} == {(1920, 848)}


def test_emoji_are_drawn_and_what_no_font_has_takes_nothing_along():
    def drawn(words: str) -> bytes:
        text = f'<text x="9" y="40" font-size="30">{words}</text>'
        svg = "http://www.w3.org/2000/svg"
        size = f'width="400" height="60" font-family="{FONTS}"'
        return png.raster(f'<svg xmlns="{svg}" {size}>{text}</svg>'.encode())

    party, box = drawn("🎉"), drawn("□")
    assert party not in {box, drawn("")}
    assert drawn("👍🏽") == drawn("👍") != drawn("👎")
    assert drawn("🎉 漢") == drawn("🎉 □") != drawn("□ □")


def chart(*values: float | None) -> Chart:
    """Two series over the same categories."""
    categories = tuple(f"0–{number} <&> vuotiaat" for number in range(len(values)))
    series = (Series(name="aiempi", values=values), Series(name="uusin", values=values[::-1]))
    return Chart(key="c", title="Ikä & määrä", unit="%", categories=categories, series=series)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_chart_says_every_value_and_draws_none_that_is_missing(language: Language):
    card = build(full_desk(), edition(language))
    root = opened(chart_svg(card, chart(31.4, None, 1695)))
    words, texts = Words(language), texts_of(root)
    assert texts.count(words("missing")) == 2
    assert texts.count(words.number(31.4)) == 2
    assert f"0–1 <&> vuotiaat {words('missing')}" in texts[1]
    bars = [element for element in root.iter() if element.get("rx") == "2"]
    assert len(bars) == 4
    assert words("draft") in texts


def test_a_published_card_has_charts_without_the_mark():
    card = replace(build(full_desk(), edition()), mark=None)
    assert "LUONNOS" not in texts_of(opened(chart_svg(card, chart(1, 2))))
