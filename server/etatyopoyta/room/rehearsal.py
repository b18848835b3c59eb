"""A rehearsal: a desk of its own, with people who are played. It never touches another desk."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from msgspec import Struct

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.people import AddOrganisation, Join
from etatyopoyta.domain.permissions import whose
from etatyopoyta.domain.records import (
    Cluster,
    Goal,
    May,
    Measure,
    Note,
    Organisation,
    Point,
    Role,
    Round,
    RoundKind,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.voting import CastVote, RateTarget, is_target, open_round
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.door import ID_LETTERS
from etatyopoyta.room.opening import NoDesk
from etatyopoyta.room.rooms import Rooms

PLAYED = 20
TURNS = 3_000
PAUSE_S = 1.0
"""Between two turns: together they write about as fast as a hall does."""
MOST_NOTES = 200
LANES, LANE_WIDTH, STEP = 5, 1_000, Point(220, 160)

log_line = structlog.get_logger()


class Line(Struct, frozen=True):
    """What somebody who is played writes, and for which organisation."""

    organisation: str
    text: str


async def rehearse(
    rooms: Rooms, desk_id: str, chance: Chance, script: Sequence[Line], pause_s: float = PAUSE_S
) -> None:
    """Play people on this desk until it is wiped, or for about an hour."""
    try:
        cast = Cast(rooms, desk_id, chance, script)
        await cast.come()
        for turn in range(TURNS):
            await asyncio.sleep(pause_s)
            await cast.act(turn)
    except (NoDesk, Refused):
        return  # it was wiped, or takes nothing any more
    except Exception as error:  # the rim: a rehearsal must not take the real desks along
        log_line.warning("rehearsal ended", desk=desk_id, why=type(error).__name__)


class Cast:
    """The people of a rehearsal."""

    def __init__(self, rooms: Rooms, desk_id: str, chance: Chance, script: Sequence[Line]) -> None:
        self._rooms = rooms
        self._desk_id = desk_id
        self._chance = chance
        self._script = script
        self._people: list[str] = []
        self._asked = 0
        self._outbox = chance.token()

    async def come(self) -> None:
        """Take seats, with names that nobody takes for real."""
        names = list(dict.fromkeys(line.organisation for line in self._script))
        for number in range(PLAYED):
            organisation = await self._organisation(names[number % len(names)])
            person = f"person_{self._chance.letters(16, ID_LETTERS)}"
            room = await self._rooms.get(self._desk_id)
            await room.name(person, f"Harjoitus {number + 1}")
            join = Join(id=person, role=Role.PARTICIPANT, organisation=organisation)
            await self._rooms.ask(self._desk_id, join, self._rid())
            self._people.append(person)

    async def act(self, turn: int) -> None:
        """One of them does what one can do now, if there is something."""
        desk = (await self._rooms.get(self._desk_id)).state.desk
        now = open_round(desk)
        command: Command | None = None
        if now is not None:
            command = self._vote(desk, now, turn)
        elif whose(desk, Role.PARTICIPANT, May.ADD_NOTES) and desk.count(Note) < MOST_NOTES:
            command = self._note(turn)
        if command is not None:
            person = self._people[turn % len(self._people)]
            with suppress(Refused):  # a rule that says no to a guest is no matter
                await self._rooms.ask(self._desk_id, command, self._rid(), person, Role.PARTICIPANT)

    def _note(self, turn: int) -> AddNote:
        column, place = turn % LANES, turn // LANES
        at = Point(
            column * LANE_WIDTH + place % 4 * STEP.x - 2 * LANE_WIDTH, place // 4 * STEP.y - 600
        )
        text = self._script[turn % len(self._script)].text
        return AddNote(id=f"note_{self._chance.letters(16, ID_LETTERS)}", text=text, at=at)

    def _vote(self, desk: Desk, now: Round, turn: int) -> Command | None:
        kinds = (Note, Cluster, Measure, Goal)
        targets = [i.id for kind in kinds for i in desk.of(kind) if is_target(desk, now, i.id)]
        if not targets:
            return None
        vote, target = f"vote_{self._chance.letters(16, ID_LETTERS)}", targets[turn % len(targets)]
        if now.kind is RoundKind.DOTS:
            return CastVote(id=vote, round=now.id, target=target, dots=1)
        return RateTarget(
            id=vote,
            round=now.id,
            target=target,
            importance=1 + turn % 5,
            feasibility=1 + turn // 5 % 5,
        )

    async def _organisation(self, name: str) -> str:
        desk = (await self._rooms.get(self._desk_id)).state.desk
        for known in desk.of(Organisation):
            if known.name.casefold() == name.casefold():
                return known.id
        add = AddOrganisation(id=f"org_{self._chance.letters(16, ID_LETTERS)}", name=name)
        await self._rooms.ask(self._desk_id, add, self._rid())
        return add.id

    def _rid(self) -> str:
        self._asked += 1
        return f"{self._outbox}:{self._asked}"
