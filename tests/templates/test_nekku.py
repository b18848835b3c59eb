"""The template is what the council's slides say, word for word, and invents nothing."""

import re
from importlib.resources import files

import msgspec
import pytest

from etatyopoyta import templates
from etatyopoyta.domain.command import Asked
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import (
    CardText,
    Figure,
    FigureStatus,
    May,
    Network,
    Record,
    Role,
    Section,
    SectionState,
    Text,
    Whose,
    Workshop,
)
from etatyopoyta.exports.checking import check

AGENDA = [
    ("13.00", 5, "talk", "Tapaamisen avaus"),
    (
        "13.05",
        20,
        "presentation",
        "HVAn toimintasuunnitelman 2026-29 valmisteluvaiheen lyhyt läpikäynti",
    ),
    ("13.25", 35, "card", "NEKKUn tuloskortin hahmottelua"),
    ("14.00", 10, "break", "Tauko"),
    (
        "14.10",
        50,
        "board",
        "Nykyisten, käytössä olevien mittareiden kartoitus (Apuna yhteinen etätyöpöytä)",
    ),
]
FEATURES = [
    "Verkostotyö toimii, neuvottelukunta on perustettu ja on edelleen hyvä mahdollisuus vahvistaa",
    "Ikääntyvä maakunta, paljon toimintaa myös iäkkäille",
    "Aktiivinen kyläyhteisötoiminta",
    "Kansainvälisyys näkyy ja siitä on osaamista järjestöissä",
    "Sotejärjestöillä pitkä historia yhteistyössä",
    "Eri järjestöjen välinen yhteistyö toimii sujuvammin",
    "Monien järjestöjen haasteet pahempia kuin maassa keskimäärin",
    "On olemassa rakenteet, joissa paikalliset ja valtakunnalliset järjestöt toimivat yhdessä",
]
STRENGTHS = [
    ("Tiedottaminen on vahvuus, mutta vielä on kehittävää", "both"),
    ("Sitouttaminen yhdessä toimiseen", None),
    ("Väen vähyys on myös vahvuus, ihmiset tuntevat toisensa", "both"),
]
MUNICIPALITIES = {
    "Hamina": 413,
    "Kotka": 917,
    "Kouvola": 1695,
    "Miehikkälä": 72,
    "Pyhtää": 117,
    "Virolahti": 132,
}
BY_PURPOSE = {
    "PRH rekisteröityneet yhdistykset": (3344, "2024-04-26"),
    "PRH yhdistysrekisterissä sosiaali- ja terveysalan yhdistykset": (237, "2024-04-26"),
    "PRH yhdistysrekisteriin uudet rekisteröidyt yhdistykset viimeisen viiden vuoden aikana": (
        68,
        None,
    ),
    "PRH yhdistysrekisterissä kulttuurialan yhdistykset": (528, "2024-04-26"),
}
AGES = ["sotkanet:7", "sotkanet:167", "sotkanet:1280", "sotkanet:170+1069", "sotkanet:675"]
SINGLE = ["sotkanet:127", "sotkanet:746/751", "sotkanet:180", "sotkanet:761", "sotkanet:182"]


def desk_from(name: str) -> Desk:
    desk = Desk()
    command = FillDesk(records=templates.load(name))
    desk.apply(decide(desk, Asked("system", Role.SYSTEM, 0), command).patch)
    return desk


@pytest.fixture
def desk() -> Desk:
    return desk_from("nekku")


def figures(desk: Desk, section: str, group: str | None) -> list[Figure]:
    found = [f for f in desk.of(Figure) if f.section == section and f.group == group]
    return sorted(found, key=lambda figure: figure.order)


def test_the_desk_is_the_councils(desk: Desk):
    assert desk.info.title.fi == "NEKKUn vaikuttavuustyö 2025"
    assert desk.info.council.fi == "Kymenlaakson järjestöjen neuvottelukunta (NEKKU)"
    assert desk.info.timezone == "Europe/Helsinki"
    assert desk.info.workshop == "workshop_1"


def test_there_are_three_workshops_without_dates(desk: Desk):
    workshops = [(w.title.fi, w.date) for w in desk.of(Workshop)]
    assert workshops == [(f"Vaikuttavuuspaja {n}", None) for n in (1, 2, 3)]


def test_the_agenda_is_the_one_of_the_first_slide(desk: Desk):
    agenda = sorted(desk.of(Section), key=lambda section: section.order)
    shown = [
        (f"{s.starts_at // 60}.{s.starts_at % 60:02}", s.minutes, s.kind, s.title.fi)
        for s in agenda
    ]
    assert shown == AGENDA
    assert {s.workshop for s in agenda} == {"workshop_1"}
    assert {s.state for s in agenda} == {SectionState.PLANNED}


def test_each_section_ends_where_the_next_begins_and_the_last_at_three(desk: Desk):
    agenda = sorted(desk.of(Section), key=lambda section: section.order)
    ends = [section.starts_at + section.minutes for section in agenda]
    assert ends == [*(section.starts_at for section in agenda[1:]), 15 * 60]


def test_preparing_is_asked_for_where_the_measures_are_collected(desk: Desk):
    instruction = desk.get(Section, "section_board").instruction
    assert instruction is not None
    assert instruction.fi == (
        "Parhaiten valmistaudut kokoamalla organisaatiosi käyttämät nykyiset mittarit muistilapulle"
    )


def test_the_material_has_a_title_and_no_address_yet(desk: Desk):
    (link,) = desk.get(Section, "section_plan").links
    assert "toimintasuunnitelma 2026-29" in link.title.fi
    assert link.url is None


def test_sections_grant_what_participants_need_there_and_no_more(desk: Desk):
    grants = {section.kind: section.grants for section in desk.of(Section)}
    assert grants == {
        "talk": {},
        "presentation": {},
        "card": {May.EDIT_CARD: Whose.ALL, May.PROPOSE_GOALS: Whose.ALL},
        "break": {},
        "board": {
            May.ADD_NOTES: Whose.ALL,
            May.EDIT_NOTES: Whose.OWN,
            May.MOVE_NOTES: Whose.OWN,
            May.REMOVE_NOTES: Whose.OWN,
            May.GROUP_NOTES: Whose.ALL,
        },
    }


def test_the_focus_areas_and_age_groups_are_the_countys(desk: Desk):
    areas = [(area.key, area.number, area.name.fi) for area in desk.info.focus_areas]
    assert areas == [
        ("p1", 1, "Terveelliset ja hyvinvointia tukevat elintavat"),
        ("p2", 2, "Merkityksellinen elämä ja turvallinen arki"),
    ]
    assert [group.name.fi for group in desk.info.age_groups] == [
        "lapset ja lapsiperheet",
        "työikäiset",
        "ikääntyneet",
    ]


def test_the_status_words(desk: Desk):
    assert [(choice.key, choice.name.fi) for choice in desk.info.statuses] == [
        ("ei_aloitettu", "ei aloitettu"),
        ("kaynnissa", "käynnissä"),
        ("toteutunut", "toteutunut"),
        ("keskeytynyt", "keskeytynyt"),
    ]


def test_of_eleven_networks_three_are_named_as_examples(desk: Desk):
    networks = sorted(desk.of(Network), key=lambda network: network.order)
    assert [network.id for network in networks] == [f"network_{n}" for n in range(1, 12)]
    assert [network.name and network.name.fi for network in networks] == [
        "Kulttuuriverkosto",
        "Työllisyysverkosto",
        "Ikääntyneiden verkosto",
        *[None] * 8,
    ]
    assert [network.is_example for network in networks] == [True] * 3 + [False] * 8


def test_the_card_is_a_draft_with_the_headings_of_the_slides(desk: Desk):
    card = desk.card
    assert (card.title.fi, card.state, card.period) == ("Järjestökortti", "luonnos", "2026–2029")
    assert card.report.fi.upper() == (
        "KYMENLAAKSON ALUEELLINEN HYVINVOINTIKERTOMUS 2026 JA "
        "VÄESTÖRYHMÄKOHTAISET HYVINVOINTISUUNNITELMAT 2026-2029"
    )
    assert [(s.kind, s.focus_area, s.title.fi) for s in card.sections] == [
        ("figures", None, "Järjestöjen / Kymenlaakson tiedot"),
        ("figures", None, "Kymenlaakson järjestöt 2024"),
        ("texts", None, "Kymenlaakson järjestöjen erityispiirteet"),
        (
            "texts",
            None,
            "Kymenlaakson järjestöjen keskeiset hyvinvoinnin vahvuudet ja haasteet",
        ),
        ("texts", None, "Hyvinvoinnin strategiset kärjet ja painopistealueet"),
        ("texts", None, "Hyvinvointitavoitteet"),
        ("goals", "p1", "Painopiste 1: Terveelliset ja hyvinvointia tukevat elintavat"),
        ("goals", "p2", "Painopiste 2: Merkityksellinen elämä ja turvallinen arki"),
        ("measures", None, "Järjestöjen vaikuttavuusmittaristo 2026–2029"),
    ]


def test_the_period_that_the_slides_leave_open_is_to_be_given(desk: Desk):
    periods = {section.key: section.period for section in desk.card.sections}
    assert {key for key, period in periods.items() if period is not None} == {"wellbeing_goals"}
    assert periods["wellbeing_goals"] == ""


def test_the_texts_stand_word_for_word(desk: Desk):
    texts = sorted(desk.of(CardText), key=lambda text: (text.section, text.order))
    features = [(t.text, t.kind) for t in texts if t.section == "features"]
    assert features == [(text, "feature") for text in FEATURES]
    assert [(t.text, t.kind) for t in texts if t.section == "strengths"] == STRENGTHS
    assert {t.section for t in texts} == {"features", "strengths"}


def test_the_associations_of_each_municipality_are_dated_and_confirmed(desk: Desk):
    found = figures(desk, "associations", "by_municipality")
    assert {figure.label.fi: figure.value for figure in found} == MUNICIPALITIES
    assert [figure.region for figure in found] == list(MUNICIPALITIES)
    assert {(f.as_of, f.source, f.status) for f in found} == {
        ("2024-11-04", "PRH", FigureStatus.CONFIRMED)
    }


def test_the_associations_by_purpose_and_the_undated_one_is_unconfirmed(desk: Desk):
    found = figures(desk, "associations", "by_purpose")
    assert {f.label.fi: (f.value, f.as_of) for f in found} == BY_PURPOSE
    assert {f.value for f in found if f.status is FigureStatus.UNCONFIRMED} == {68}
    assert {f.source for f in found} == {"PRH"}


@pytest.mark.parametrize(
    ("group", "references"), [("age_latest", AGES), ("age_earlier", AGES), (None, SINGLE)]
)
def test_what_the_slides_leave_open_is_missing_and_says_where_to_find_it(
    desk: Desk, group: str | None, references: list[str]
):
    found = figures(desk, "population", group)
    assert [figure.source_ref for figure in found] == references
    assert {(f.value, f.as_of, f.status) for f in found} == {(None, None, FigureStatus.PLACEHOLDER)}


def test_a_figure_has_a_value_exactly_when_it_is_no_placeholder(desk: Desk):
    for figure in desk.of(Figure):
        assert (figure.value is None) == (figure.status is FigureStatus.PLACEHOLDER)


@pytest.mark.parametrize("name", templates.NAMES)
def test_no_placeholder_of_the_slides_is_content(name: str):
    content = files("etatyopoyta.templates").joinpath(f"{name}.json").read_text("utf-8")
    assert not re.search(r"123456|20XX|XX\.XX|Sarja 2", content)


@pytest.mark.parametrize("name", templates.NAMES)
def test_every_text_is_in_three_languages(name: str):
    for record in templates.load(name):
        for text in texts_in(record):
            assert text.sv, text
            assert text.en, text


def texts_in(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_in(item)]
    if isinstance(value, msgspec.Struct):
        return [t for name in value.__struct_fields__ for t in texts_in(getattr(value, name))]
    return []


@pytest.mark.parametrize("name", templates.NAMES)
def test_ids_and_references_are_sound(name: str):
    records = templates.load(name)
    check(records)
    desk = Desk(records)
    sections = {section.key for section in desk.card.sections}
    assert {s.workshop for s in desk.of(Section)} | {desk.info.workshop} <= set(ids(desk, Workshop))
    assert {figure.section for figure in desk.of(Figure)} <= sections
    assert {text.section for text in desk.of(CardText)} <= sections
    areas = {area.key for area in desk.info.focus_areas}
    assert {s.focus_area for s in desk.card.sections if s.kind == "goals"} == areas


def ids(desk: Desk, kind: type[Record]) -> list[str]:
    return [record.id for record in desk.of(kind)]


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_template_fills_an_empty_desk_by_the_command(name: str):
    desk = desk_from(name)
    assert [form(record) for record in Desk(templates.load(name))] == [form(r) for r in desk]
    assert desk.info.template == name


def test_the_neutral_template_names_no_one_and_says_nothing_yet():
    desk = desk_from("neutral")
    kinds = [section.kind for section in desk.of(Section)]
    assert kinds == ["talk", "board", "board", "card"]
    assert len(desk.info.focus_areas) == 2
    assert [network.name for network in desk.of(Network)] == [None] * 3
    assert not list(desk.of(CardText))
    assert not list(desk.of(Figure))


def test_an_unknown_template_is_named_with_those_there_are():
    with pytest.raises(LookupError, match="nekku, neutral"):
        templates.load("../nekku")
