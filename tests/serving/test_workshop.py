"""The seed's agenda from beginning to end, by the clock, with 60 people who do what they may.

A facilitator, a projector and a phone in real browsers look on. `pytest -s` prints how soon each
section's rights were at each of them.
"""

import asyncio
import statistics
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tests.faults.rig import Server
from tests.serving.browsers import Browsers, browsers

from etatyopoyta.client import Connection, connect, join, new_id, open_link
from etatyopoyta.domain.agenda import ExtendSection, OpenSection, SetAdvance, sections_of
from etatyopoyta.domain.card import AddCardText
from etatyopoyta.domain.memo import AddRows, NewRow, Posted, PostRows
from etatyopoyta.domain.notes import AddNote, EditNote
from etatyopoyta.domain.planning import EditSection
from etatyopoyta.domain.privacy import RevealNotes
from etatyopoyta.domain.records import (
    Advance,
    May,
    MemoRow,
    Note,
    On,
    Point,
    RoundKind,
    Section,
    Vote,
)
from etatyopoyta.domain.voting import AddRound, CastVote, CloseRound, OpenRound, RoundPlan
from etatyopoyta.protocol.frames import WireEntry
from etatyopoyta.protocol.http import JoinAsked

pytestmark = pytest.mark.anyio
PEOPLE = 60
ROUND = "round_1"
ORGANISATIONS = 22
WORKSHOP = "workshop_1"


class Person:
    """A participant who does at once what the open section grants."""

    def __init__(self, desk: Connection, number: int) -> None:
        self.desk = desk
        self.notes: list[str] = []
        self.late_ms: list[float] = []
        """From each entry that changes rights to its arrival here: one machine, one clock."""
        self._number = number
        desk.on_entry = self._saw

    async def remember(self) -> None:
        """Before the workshop: a row on one's memo."""
        row = NewRow(id=new_id("row"), text=f"Muistettu {self._number}")
        await self.desk.ask(AddRows(rows=(row,)))

    async def vote(self) -> None:
        """Give the dots to one's own notes: everybody has two."""
        for note in self.notes:
            await self.desk.ask(CastVote(id=new_id("vote"), round=ROUND, target=note, dots=1))

    async def act(self) -> None:
        """What a section without grants is for is listening."""
        section = self.desk.desk.open_section()
        assert section is not None
        if May.EDIT_CARD in section.grants:
            await self.desk.ask(
                AddCardText(id=new_id("text"), section="strengths", text=f"Rivi {self._number}")
            )
        if May.ADD_NOTES in section.grants:
            note = new_id("note")
            at = Point(300 * self._number, 0)
            await self.desk.ask(AddNote(id=note, text=f"Mittari {self._number}", at=at))
            await self.desk.ask(EditNote(id=note, base=1, text=f"Mittari {self._number}, kpl"))
            [row] = self.desk.desk.of(MemoRow)
            posted = Posted(note=new_id("note"), at=Point(300 * self._number, 200))
            await self.desk.ask(PostRows(rows={row.id: posted}))
            self.notes += [note, posted.note]

    def _saw(self, entry: WireEntry) -> None:
        sections = [form for key, form in entry.p.items() if key.startswith("section_")]
        if any(form and form.keys() & {"state", "grants"} for form in sections):
            self.late_ms.append(time.time() * 1000 - entry.at_ms)


@pytest.mark.long
async def test_sixty_people_go_through_the_whole_agenda(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    desk_id, secret = links["facilitator"].split("#")[1].split(".", 1)
    _, token = await open_link(server.base, desk_id, secret)
    async with AsyncExitStack() as stack:
        facilitator = await stack.enter_async_context(connect(server.base, desk_id, token))

        async def come(number: int) -> Person:
            organisation = f"Yhdistys {number % ORGANISATIONS}"
            asked = JoinAsked(
                code=links["code"], name=f"Osallistuja {number}", organisation_name=organisation
            )
            _, token = await join(server.base, asked)
            desk = await stack.enter_async_context(connect(server.base, desk_id, token))
            await desk.until_welcome()
            return Person(desk, number)

        people = [await come(number) for number in range(PEOPLE)]
        looking = await stack.enter_async_context(browsers(links))
        await asyncio.gather(*(person.remember() for person in people))
        plan = RoundPlan(title="Tärkeimmät", on=On.NOTES, kind=RoundKind.DOTS, dots=2, cap=2)
        await facilitator.ask(AddRound(id=ROUND, plan=plan))
        sections = sections_of(facilitator.desk, WORKSHOP)
        await facilitator.ask(EditSection(section="section_board", is_private=True))
        await facilitator.ask(SetAdvance(advance=Advance.CLOCK, grace_s=0))
        await facilitator.ask(OpenSection(section=sections[0].id))
        for section in sections:
            everybody = [facilitator, *(person.desk for person in people)]
            await until_open(everybody, section.id)
            await looking.until_shown(section.title.fi)
            await asyncio.gather(*(person.act() for person in people))
            await until_equal(everybody)
            if section.id == "section_board":
                assert_hidden(facilitator, people)
                await facilitator.ask(RevealNotes(workshop=WORKSHOP))
                await facilitator.ask(OpenRound(round=ROUND))
                await until_equal(everybody)
                await asyncio.gather(*(person.vote() for person in people))
                await until_equal(everybody)
                assert_secret(facilitator, people)
                await facilitator.ask(CloseRound(round=ROUND))
            await facilitator.ask(ExtendSection(section=section.id, minutes=-section.minutes))
        await until_open(everybody, None)
        await until_equal(everybody)

        assert_counted(facilitator)
        await looking.until_all_have(2 * PEOPLE)
        report(sections_of(facilitator.desk, WORKSHOP), looking)
        forget_what_is_ones_own(everybody)
        assert len({each.desk.state_hash() for each in everybody}) == 1
        assert facilitator.desk.count(Note) == 2 * PEOPLE
        late = sorted(ms for person in people for ms in person.late_ms)
        p50, p99 = statistics.median(late), late[int(len(late) * 0.99)]
        changes = len(late) // PEOPLE
        print(f"{changes} changes of rights at {PEOPLE} people: p50 {p50:.0f}, p99 {p99:.0f} ms")
        assert changes > len(sections)
    assert await asyncio.to_thread(server.stop) == 0
    assert "Traceback" not in server.output()


async def until_open(everybody: list[Connection], section: str | None) -> None:
    """Wait until this section is open on every page, or none."""
    async with asyncio.timeout(60):
        for each in everybody:
            while True:
                now = each.desk.open_section()
                if (now.id if now else None) == section:
                    break
                await each.until_entry(each.n + 1)


async def until_equal(everybody: list[Connection]) -> None:
    """Wait until all have what the first to hear of it has."""
    last = max(each.n for each in everybody)
    async with asyncio.timeout(60):
        for each in everybody:
            await each.until_entry(last)


def assert_hidden(facilitator: Connection, people: list[Person]) -> None:
    """Each has their own notes, and of all others that there is one."""
    kinds = [form["t"] for form in facilitator.hidden.values()]
    assert (kinds.count("note"), kinds.count("row")) == (2 * PEOPLE, PEOPLE)
    assert facilitator.desk.count(Note) == facilitator.desk.count(MemoRow) == 0
    for person in people:
        assert {note.id for note in person.desk.desk.of(Note)} == set(person.notes)
        assert len(person.desk.hidden) == 2 * PEOPLE - len(person.notes)


def assert_secret(facilitator: Connection, people: list[Person]) -> None:
    """While the round is open each knows their own votes, and how many dots the others gave."""
    hidden = [form for form in facilitator.hidden.values() if form["t"] == "vote"]
    assert len(hidden) == 2 * PEOPLE
    assert all(form.keys() == {"t", "id", "round", "dots", "is_hidden"} for form in hidden)
    for person in people:
        assert {vote.target for vote in person.desk.desk.of(Vote)} == set(person.notes)


def assert_counted(facilitator: Connection) -> None:
    """Afterwards everybody knows what got how many dots, and nobody whose they were."""
    votes = list(facilitator.desk.of(Vote))
    assert len(votes) == 2 * PEOPLE
    assert {(vote.voter, vote.organisation) for vote in votes} == {(None, None)}


def report(sections: list[Section], looking: Browsers) -> None:
    """How soon each browser showed each section: one machine, one clock."""
    starts = {section.title.fi: section.started_ms or 0 for section in sections}
    for name, shown in looking.shown.items():
        late = sorted(at_ms - starts[title] for title, at_ms in shown.items() if title in starts)
        assert len(late) == len(starts), f"{name} did not show every section"
        print(f"{name}: {len(late)} sections shown after {late[0]:.0f}–{late[-1]:.0f} ms")


def forget_what_is_ones_own(everybody: list[Connection]) -> None:
    """Whose a note or a vote is, and what is on a memo, not everybody is told."""
    for each in everybody:
        for note in list(each.desk.of(Note)):
            each.desk.apply({note.id: {"author": None}})
        for vote in list(each.desk.of(Vote)):
            each.desk.apply({vote.id: {"voter": None, "organisation": None}})
        for row in list(each.desk.of(MemoRow)):
            each.desk.apply({row.id: None})
