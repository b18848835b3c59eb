"""The published card as a page."""

import re
from html.parser import HTMLParser

import pytest
from tests.cards.given import HIDDEN, MADE_AT, START_MS, full_desk

from etatyopoyta.cards.building import build
from etatyopoyta.cards.comparing import compare
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import CardVersion
from etatyopoyta.exports.markup import Html, joined, tag
from etatyopoyta.exports.versions import (
    Shelf,
    changes_page,
    missing_page,
    version_page,
    withdrawn_page,
)

VOID = {"meta", "link", "br", "img"}
FIRST = CardVersion(id="version_1", number=1, published_ms=START_MS, by="person_f")
SECOND = CardVersion(id="version_2", number=2, published_ms=START_MS, by="person_f")
GONE = CardVersion(
    id="version_2",
    number=2,
    published_ms=START_MS,
    withdrawn_ms=START_MS,
    withdrawn_why="Väärä <luku>",
)
HOSTILE = "<script>alert(1)</script>"


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.seen if tag == name]


def shelf(*versions: CardVersion, language: Language = "fi") -> Shelf:
    return Shelf(desk="d", timezone="Europe/Helsinki", versions=versions, language=language)


def card(desk: Desk | None = None, language: Language = "fi", version: int = 1) -> CardModel:
    made = Edition(language=language, n=42, made_at=MADE_AT, version=version)
    return build(desk or full_desk(), made)


def read(*versions: CardVersion, language: Language = "fi", desk: Desk | None = None) -> Reader:
    """The page of the first of these versions."""
    of = shelf(*versions, language=language)
    return Reader(version_page(of, versions[0], card(desk, language), of.path(1)))


def test_text_is_escaped_and_markup_is_not():
    assert tag("p", HOSTILE, tag("br"), title='"&') == Html(
        '<p title="&quot;&amp;">&lt;script&gt;alert(1)&lt;/script&gt;<br></p>'
    )
    assert joined(None, "a & b") == "a &amp; b"
    assert tag("td", None, colspan=2, hidden=True, lang=None) == '<td colspan="2" hidden></td>'


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_version_is_a_page_of_headings_and_tables_with_scopes(language: Language):
    page = read(FIRST, language=language)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("h2")) >= 8
    assert all(head.get("scope") for head in page.all("th"))
    assert all(cell.get("data-column") or cell.get("colspan") for cell in page.all("td"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert page.all("script") == []
    ids = [a["id"] for _, a in page.seen if "id" in a]
    assert len(ids) == len(set(ids))
    assert [a for _, a in page.seen if "style" in a] == []
    assert "{" not in page.words


def test_the_card_is_there_with_organisations_and_counts():
    page = read(FIRST)
    assert "Osallistuminen lisääntyy" in page.words
    assert "Ankkurin Tupa ry; Örön Ystävät ry" in page.words
    assert "Versio 1 · julkaistu 24.11.2025 klo 18.30" in page.words
    assert "Kulttuuriverkosto (ESIM)" in page.words
    assert [a["rowspan"] for a in page.all("th") if a["scope"] == "rowgroup"] == ["2"]


def test_no_person_no_note_and_nothing_beside_the_card_is_printed():
    of = shelf(FIRST)
    page = version_page(of, FIRST, card(), of.path(1))
    for word in (HIDDEN, "person_f", "kävijämäärä", "vapaaehtoistunnit", "Odottaa", "Ehdotus"):
        assert word not in page, word


def test_what_people_wrote_is_never_markup():
    desk = full_desk()
    desk.apply(
        {
            "goal_1": {"text": HOSTILE, "actual": f"a\n{HOSTILE}"},
            "org_a": {"name": HOSTILE},
            "measure_1": {"name": f'"{HOSTILE}'},
        }
    )
    page = read(FIRST, desk=desk)
    assert page.all("script") == []
    assert page.words.count(HOSTILE) >= 4


def test_an_older_version_says_that_a_newer_one_is_in_force():
    page = read(FIRST, SECOND)
    assert "Voimassa on uudempi versio: versio 2" in page.words
    assert {"href": "/kortti/d/2"} in page.all("a")
    assert page.all("meta")[-1] == {"name": "robots", "content": "noindex"}
    assert "uudempi" not in read(FIRST).words


def test_the_page_leads_to_the_same_in_other_languages():
    page = read(FIRST, language="sv")
    links = {a["hreflang"]: a["href"] for a in page.all("a") if "hreflang" in a}
    assert links == {
        "fi": "/kortti/d/1",
        "sv": "/kortti/d/1?kieli=sv",
        "en": "/kortti/d/1?kieli=en",
    }
    assert [a["lang"] for a in page.all("a") if a.get("aria-current")] == ["sv"]


def test_a_withdrawn_version_says_when_and_why_and_nothing_else():
    of = shelf(FIRST, GONE)
    page = Reader(withdrawn_page(of, GONE, of.path(2)))
    assert "Vedetty pois 24.11.2025. Perustelu: Väärä <luku>" in page.words
    assert "Voimassa on versio 1" in page.words
    assert page.all("table") == []


def test_changes_are_told_in_words():
    later = full_desk()
    later.apply({"goal_1": {"text": "Uusi <b>sanamuoto</b>"}, "goal_3": {"state": "parked"}})
    cards = card(), card(later, version=2)
    page = Reader(changes_page(shelf(FIRST, SECOND), SECOND, cards, compare(*cards)))
    assert "Lisätty 0, muutettu 1, poistettu 1" in page.words
    assert re.search(r"ennen:Osallistuminen lisääntyy\s*nyt:Uusi <b>sanamuoto</b>", page.words)
    assert len(page.all("del")) >= 2


def test_an_address_without_a_card_is_a_page_too():
    page = Reader(missing_page("en", '/kortti/"><script>'))
    assert "There is no published card" in page.words
    assert page.all("script") == []


def test_charts_have_bars_and_a_name():
    desk = full_desk()
    group = [r.id for r in desk if getattr(r, "group", None) == "by_municipality"]
    assert group
    desk.apply({figure: {"value": 10.0 * i} for i, figure in enumerate(group)})
    page = read(FIRST, desk=desk)
    names = [a["aria-label"] for a in page.all("svg")]
    assert any(name and "Järjestöt kunnittain" in name for name in names)
    assert len(page.all("rect")) >= len(group)
