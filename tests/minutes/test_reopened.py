"""A section that is opened again: its chapter tells of every time it was open."""

from collections.abc import Iterable

import pytest
from tests.domain.given import HERE, MAPPING, THERE
from tests.minutes.given import DOTS, minutes
from tests.minutes.test_minutes import W, chapter, did
from tests.replays.make import filled
from tests.replays.workshop import AINOS, FANNYS, SIRIS, Step

from etatyopoyta.cards.minutes_model import Chapter
from etatyopoyta.domain.agenda import CloseSection, OpenSection
from etatyopoyta.domain.clusters import AddToCluster, MakeCluster, NameCluster
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.voting import AddRound, CastVote, CloseRound, OpenRound

pytestmark = pytest.mark.anyio


def twice() -> list[Step]:
    """Two notes and a group, closed; then another note in the group, which is renamed."""
    return [
        *filled(),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_1", text="Kävijät", at=HERE), AINOS),
        (AddNote(id="note_2", text="Tunnit", at=THERE), SIRIS),
        (MakeCluster(id="cluster_1", notes=("note_1",), title="Kävijät", at=HERE), FANNYS),
        (CloseSection(section=MAPPING.id), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (AddNote(id="note_3", text="Kävijämäärä", at=HERE), SIRIS),
        (AddToCluster(cluster="cluster_1", notes=("note_3",)), FANNYS),
        (NameCluster(cluster="cluster_1", title="Osallistujat"), FANNYS),
        (CloseSection(section=MAPPING.id), FANNYS),
    ]


async def mapping(steps: Iterable[Step]) -> Chapter:
    return chapter(await minutes(steps), MAPPING.id)


async def test_nothing_of_an_earlier_time_is_lost_and_each_has_its_times():
    held = await mapping(twice())
    first, second = "18.07–18.11", "18.12–18.16"
    assert held.held == W("minutes.held", spans=f"{first}, {second}")
    assert [(fact.when, fact.text) for fact in held.facts] == [
        (first, did("notes", count=2)),
        ("18.10", did("cluster_made", title="Kävijät", notes=1)),
        (second, did("notes", count=1)),
        ("18.16", did("cluster_renamed", old="Kävijät", title="Osallistujat")),
        ("18.16", did("cluster_changed", title="Osallistujat", notes=2)),
    ]
    assert held.facts[-1].organisations == ("Martat", "Sydänyhdistys")


async def test_while_it_is_open_again_its_chapter_is_of_now():
    held = await mapping(twice()[:-1])
    assert held.held == W("minutes.held", spans="18.07–18.11, 18.12–")
    assert held.facts[-1].text == did("cluster_changed", title="Osallistujat", notes=2)


async def test_a_round_that_is_held_again_keeps_what_it_first_came_to():
    steps: list[Step] = [
        *twice()[:-5],
        (AddRound(id="round_1", plan=DOTS), FANNYS),
        (OpenSection(section=MAPPING.id), FANNYS),
        (OpenRound(round="round_1"), FANNYS),
        (CastVote(id="vote_1", round="round_1", target="cluster_1", dots=1), AINOS),
        (CloseRound(round="round_1"), FANNYS),
        (OpenRound(round="round_1"), FANNYS),
        (CastVote(id="vote_2", round="round_1", target="cluster_1", dots=1), SIRIS),
    ]
    assert (await mapping(steps)).votes == ()
    again = await mapping([*steps, (CloseRound(round="round_1"), FANNYS)])
    assert [[line.result for line in vote.lines] for vote in again.votes] == [
        [W("minutes.vote.dots_given", dots=1)],
        [W("minutes.vote.dots_given", dots=2)],
    ]
    assert again.votes[0].about != again.votes[1].about
