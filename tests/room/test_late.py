"""What arrives after its section was closed, from the frame to what all see."""

import msgspec
import pytest
from msgspec import Raw
from tests.room.hall import AINO, CEO, come_in, hall

from etatyopoyta.domain.agenda import CloseSection
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Note, Point, Role
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames

pytestmark = pytest.mark.anyio
BOARD = "section_board"
CMD = Raw(msgspec.json.encode(AddNote(id="note_1", text="Kävijät", at=Point(0, 0))))


async def test_a_note_of_a_closed_section_is_taken_late_by_the_name_of_the_section() -> None:
    async with hall(MemoryLog()) as (_, room):
        page, facilitator = await come_in(room, AINO), await come_in(room, CEO, Role.FACILITATOR)
        facilitator.ask(CloseSection(section=BOARD))
        await room.at_rest()
        room.handle(page.seat, frames.Ask("phone123:1", CMD))
        room.handle(page.seat, frames.Ask("phone123:2", CMD, BOARD))
        await room.at_rest()
        assert page.outcome("phone123:1") == "not_allowed"
        assert page.outcome("phone123:2") == 3
        assert facilitator.desk.get(Note, "note_1").late == BOARD
