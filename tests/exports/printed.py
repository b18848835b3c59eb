"""Desks to print, what must then be read, and what must be nothing but text."""

from collections.abc import Iterator
from functools import cache

from tests.cards.given import edition, full_desk
from tests.exports.given import HOSTILE

from etatyopoyta.cards.building import build
from etatyopoyta.cards.figures import value_of
from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form, record
from etatyopoyta.domain.records import CardText, Figure
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports.cells import plain

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
AGES = {"age_latest": "2024", "age_earlier": "2015-12-31"}
MAX_NAME = 200
"""Characters of a text where a name stands."""


def made(name: str, desk: Desk, language: Language = "fi") -> bytes:
    return FORMATS[name].export(desk, edition(language))


@cache
def golden_file(name: str, language: Language = "fi") -> bytes:
    return made(name, golden(), language)


@cache
def full_file(name: str) -> bytes:
    """Of the desk as the template has it, without the ages."""
    return made(name, full_desk())


def golden() -> Desk:
    """A desk of its own each time."""
    return Desk(list(_golden()))


@cache
def _golden() -> Desk:
    """The full desk with its ages known, a measure defined and followed up, a goal owned."""
    desk = full_desk()
    for figure in list(desk.of(Figure)):
        if figure.group in AGES and figure.order != 3:
            known: Form = {"value": 10.5 + figure.order, "as_of": AGES[figure.group]}
            desk.apply({figure.id: {**known, "source": "Sotkanet", "status": "confirmed"}})
    measure: Form = {
        "meaning": "Kuinka moni osallistuu",
        "source": "osallistujalista",
        "baseline": 400.0,
        "baseline_as_of": "2025",
        "target": 500.0,
        "target_year": 2029,
        "owner": "org_a",
        "age_groups": ["tyoikaiset"],
    }
    desk.apply({"measure_1": measure, "goal_1": {"age_groups": ["tyoikaiset"], "owner": "org_b"}})
    actual = {
        "t": "actual",
        "id": "actual_1",
        "measure": "measure_1",
        "year": 2026,
        "value": 12_500.5,
        "as_of": "2026-12-31",
        "organisation": "org_b",
        "created_ms": 1,
    }
    put(desk, actual)
    return desk


def published(desk: Desk) -> Desk:
    desk.apply({"card": {"state": "julkaistu"}})
    return desk


def put(desk: Desk, form: dict[str, object]) -> None:
    """As an import could bring it: no command has seen it."""
    desk._put(record(form))  # type: ignore[arg-type]  # plain JSON


def hostile_desk() -> Desk:
    """Each of these texts as a goal, text, figure, network, measure, organisation and note."""
    desk = full_desk()
    notes: list[str] = []
    for number, text in enumerate(HOSTILE):
        made_ms = 1_764_100_000_000 + number
        name = text[:MAX_NAME]
        forms: list[dict[str, object]] = [
            {"t": "organisation", "id": f"org_h{number}", "name": name},
            {
                "t": "network",
                "id": f"network_h{number}",
                "order": 50 + number,
                "name": {"fi": text},
            },
            {
                "t": "note",
                "id": f"note_h{number}",
                "workshop": "workshop_1",
                "text": text,
                "at": {"x": 0, "y": 0},
                "shows": "organisation",
                "organisation": f"org_h{number}",
                "created_ms": made_ms,
            },
            {
                "t": "measure",
                "id": f"measure_h{number}",
                "name": name,
                "state": "proposed",
                "clusters": [],
                "notes": [f"note_h{number}"],
                "unit": text[:20],
                "meaning": name,
                "created_ms": made_ms,
            },
            {
                "t": "goal",
                "id": f"goal_h{number}",
                "focus_area": "p1",
                "network": f"network_h{number}",
                "text": text,
                "state": "on_card",
                "measures": [f"measure_h{number}"],
                "actual": name,
                "created_ms": made_ms,
            },
            {
                "t": "text",
                "id": f"text_h{number}",
                "section": "features",
                "order": 50 + number,
                "text": text,
                "source": name,
            },
            {
                "t": "figure",
                "id": f"figure_h{number}",
                "section": "associations",
                "group": "by_municipality",
                "order": 50 + number,
                "label": {"fi": name},
                "value": number,
                "unit": text[:9],
                "source": name,
                "as_of": text[:20],
                "status": "confirmed",
            },
        ]
        for form in forms:
            put(desk, form)
        notes.append(f"note_h{number}")
    title: Form = {"title": {"fi": "=1+1 #eval $x$ <b> &P " + "x" * 300}}
    desk.apply({"card": title, "desk": {"council": {"fi": "@ref \x00 \u202e " + "&" * 300}}})
    return desk


def goal_rows(card: CardModel, words: Words) -> list[tuple[str, ...]]:
    """The rows of both focus areas' tables, in their order."""
    missing = words("missing")
    rows: list[tuple[str, ...]] = []
    for row in (row for table in card.tables for row in table.rows):
        name = words("network.example", name=row.name) if row.is_example else row.name
        rows += [
            (name, goal.text, goal.actual or missing, goal.signed_status or missing)
            for goal in row.goals
        ] or [(name, missing, missing, missing)]
    return rows


def figure_rows(card: CardModel, words: Words) -> set[tuple[str, ...]]:
    missing = words("missing")
    return {
        (
            figure.label,
            value_of(words, figure.value, figure.unit) or missing,
            words.as_of(figure.as_of) if figure.as_of else missing,
            figure.source or missing,
            figure.status,
        )
        for part in card.parts
        for figure in part.figures
    }


def facts(desk: Desk, language: Language) -> Iterator[str]:
    """Everything on the card that must be found in a file of it."""
    card, words = build(desk, edition(language)), Words(language)
    yield from (card.title, card.report, card.council, card.desk_title, card.period or "")
    for row in card.introduction.agenda:
        yield from (row.time, row.title, row.instruction or "")
    yield from card.introduction.focus_areas
    yield from (workshop.title for workshop in card.introduction.workshops)
    for part in card.parts:
        yield part.title
        yield from (line.text for line in part.texts)
    for figure in figure_rows(card, words):
        yield from figure
    for goal in goal_rows(card, words):
        yield from goal
    for measure in card.measures:
        yield from filter(None, (measure.name, measure.meaning, measure.owner, *measure.age_groups))
        yield from (row.organisation or "" for row in measure.actuals)
        yield from measure.organisations
    yield from (check.text for check in card.checks)


def words_of_the_seed(desk: Desk) -> Iterator[str]:
    """The texts that the council's own slides have, as the template brings them."""
    yield from (line.text for line in desk.of(CardText))
    yield from (
        "HVAn toimintasuunnitelman 2026-29 valmisteluvaiheen lyhyt läpikäynti",
        "NEKKUn tuloskortin hahmottelua",
        "Tauko",
        "Nykyisten, käytössä olevien mittareiden kartoitus (Apuna yhteinen etätyöpöytä)",
        "Parhaiten valmistaudut kokoamalla organisaatiosi käyttämät nykyiset mittarit "
        "muistilapulle",
        "Toimintasuunnitelman painopisteet 2026-29 (HVAlta)",
        "1-2 tavoitetta / verkosto (11 verkostoa)",
        "HVAlla kolme ikäryhmää: lapset ja lapsiperheet, työikäiset ja ikääntyneet",
        "Yhdistysten määrä alueittain",
        "Kymenlaakson yhdistysten määrä tarkoitusluokan mukaan",
        "PRH yhdistysrekisterissä kulttuurialan yhdistykset",
        "Kulttuuriverkosto (ESIM)",
        "Toimenpiteen tilanne",
        "13.05",
    )


def squeezed(text: str) -> str:
    """Without blanks, hyphens of line ends and joints, which a page may set anew."""
    return "".join(
        c for c in plain(text) if not c.isspace() and c not in "-\u00ad\u200b\u200d\ufe0f"
    )
