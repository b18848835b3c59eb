"""What the minutes of a workshop say."""

import msgspec
import pytest
from tests.domain.given import AINO, FANNY, MAPPING, OLLI, SIRI
from tests.minutes.given import afternoon, minutes
from tests.replays.workshop import workshop

from etatyopoyta.cards.minutes_model import Chapter, Fact, Minutes
from etatyopoyta.cards.words import Language, Words

pytestmark = pytest.mark.anyio
W = Words("fi")


def chapter(of: Minutes, section: str | None) -> Chapter:
    return next(each for each in of.chapters if each.section == section)


def did(key: str, **values: object) -> str:
    return W(f"minutes.did.{key}", **values)


def texts(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.text for fact in facts]


SLOT = {"network": "Kulttuuriverkosto", "focus_area": "Painopiste 1"}


async def test_chapters_are_the_sections_with_their_planned_and_their_real_times():
    made = await minutes(afternoon())
    assert [each.section for each in made.chapters] == [
        "section_card",
        "section_break",
        MAPPING.id,
        None,
        None,
    ]
    held = chapter(made, MAPPING.id)
    assert held.planned == W("minutes.planned", start="14.10", end="15.00")
    assert held.held == W("minutes.held", spans="18.09–18.33")
    assert chapter(made, "section_card").held == W("minutes.skipped")
    assert chapter(made, "section_break").held == W("minutes.not_held")
    assert [each.was_held for each in made.chapters] == [False, False, True, True, True]


async def test_who_had_joined_is_counted_by_organisation_also_who_left_before_the_end():
    held = chapter(await minutes(afternoon()), MAPPING.id)
    assert [(p.organisation, p.people) for p in held.presence] == [
        ("Martat", 2),
        ("Sydänyhdistys", 1),
    ]
    assert held.joined == W("minutes.joined", people=3, hosts=2)


async def test_what_was_done_stands_in_its_chapter_with_the_organisations_behind():
    held = chapter(await minutes(afternoon()), MAPPING.id)
    assert [(fact.text, fact.organisations) for fact in held.facts] == [
        (did("notes", count=3), ()),
        (did("section_extended", title="Mittareiden kartoitus", minutes=10), ()),
        (did("revealed", count=3), ("Martat", "Sydänyhdistys")),
        (did("cluster_made", title="Kävijät", notes=1), ("Martat",)),
        (did("cluster_made", title="Tunnit", notes=2), ("Sydänyhdistys",)),
        (did("cluster_named", title="Muut"), ()),
        (did("cluster_merged", old="Muut", title="Tunnit"), ()),
        (did("measure_proposed", name="M 1"), ("Martat",)),
        (did("measure_proposed", name="M 2"), ("Sydänyhdistys",)),
    ]


async def test_what_was_done_while_no_section_was_open_has_chapters_of_its_own():
    [between, after] = [c for c in (await minutes(afternoon())).chapters if c.section is None]
    first, second = "Liikunta lisääntyy", "Talkoot kasvavat"
    assert between.title == W("minutes.between")
    assert texts(between.facts) == [did("section_skipped", title="Kortin hahmottelua")]
    assert after.title == W("minutes.after")
    assert texts(after.facts) == [
        did("notes", count=1),
        did("goal_on_card", text=first, **SLOT),
        did("goal_replaced", text=first, by=second, **SLOT),
        did("goal_on_card", text=second, **SLOT),
        did("limit", limit=3, **SLOT),
    ]


async def test_every_fact_says_when_it_was():
    made = await minutes(afternoon())
    assert [fact.when for fact in chapter(made, MAPPING.id).facts][:3] == [None, "18.15", "18.17"]
    after = made.chapters[-1]
    assert after.facts[1].when == W("moment", day="15.6.2025", clock="18.36")


async def test_votes_are_of_rounds_that_are_over_and_in_counts():
    made = await minutes(afternoon())
    [vote] = chapter(made, MAPPING.id).votes
    assert [(line.target, line.result) for line in vote.lines] == [
        ("Kävijät", W("minutes.vote.dots_with_hall", dots=5, hall=5)),
        ("Tunnit", W("minutes.vote.dots_given", dots=2)),
    ]
    rated = await minutes(workshop())
    [rating] = chapter(rated, None).votes
    assert [line.result for line in rating.lines] == [
        W("minutes.vote.rated", importance="5", feasibility="2", count=1)
    ]


async def test_what_was_put_aside_is_listed_with_whose_it_is():
    made = await minutes(afternoon())
    assert [(fact.text, fact.organisations) for fact in made.parked] == [
        (W("minutes.parked.note", text="Myöhästynyt"), ("Martat",)),
        (W("minutes.parked.goal", text="Liikunta lisääntyy", **SLOT), ()),
    ]


async def test_what_the_secretary_wrote_stands_above():
    made = await minutes(afternoon())
    assert made.text == "Avattiin."
    assert (chapter(made, MAPPING.id).text or "").startswith("Vilkasta")


async def test_another_workshop_has_minutes_of_its_own():
    made = await minutes(afternoon(), "workshop_2")
    [autumn] = made.chapters
    assert texts(autumn.facts) == [
        did("notes", count=1),
        did("cluster_made", title="Syksy", notes=1),
    ]
    assert autumn.held == W("minutes.held", spans="18.42–")
    assert autumn.joined == W("minutes.joined", people=3, hosts=2)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("steps", [afternoon, workshop])
async def test_no_person_no_hidden_text_and_no_open_vote_is_in_them(steps, language: Language):
    told = msgspec.json.encode(await minutes(steps(), language=language)).decode()
    assert not [p for p in (AINO, FANNY, OLLI, SIRI, "person_") if p in told]
    for secret in ("alaisuus", "luonnos", "vote_", "row_"):
        assert secret not in told


async def test_notes_that_are_not_revealed_yet_are_only_counted():
    steps = afternoon()
    reveal = next(i for i, (c, _) in enumerate(steps) if type(c).__name__ == "RevealNotes")
    made = await minutes(steps[:reveal])
    assert texts(chapter(made, MAPPING.id).facts)[0] == did("notes", count=3)
    told = msgspec.json.encode(made).decode()
    assert "Talkootunnit" not in told
    assert "Kävijät vuodessa" not in told
