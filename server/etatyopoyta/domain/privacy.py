"""Private writing: nobody sees what others write until a facilitator reveals it to all."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import BOARD_EDGE, May, Note, Point, Record, Section, WorkshopId

MAX_REVEALED = 2_000
"""At once: each is a line in the patch."""
FANNED_PX = 28


class RevealNotes(Command, frozen=True, tag="note.reveal"):
    """Show everybody what was written in private. It cannot be undone: what was seen was seen.

    R1  The hidden notes of the workshop are revealed, at most 2,000 at once: asking again reveals
        the rest. What is written in the same sections from now on is not hidden.
    R2  Notes whose authors could not see each other's may lie on one spot: they are fanned out.
    """

    may = May.REVEAL_NOTES

    workshop: WorkshopId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        for section in desk.of(Section):
            if section.workshop == self.workshop and section.hides and section.started_ms:
                yield replace(section, revealed_ms=asked.at_ms)
        yield from _revealed(desk, self.workshop)


def reveal_at_end(desk: Desk, section: Section) -> Iterator[Note]:
    """What was written in the section, shown to all as it is closed, where that is its rule.

    R3  Only what was written in it: notes of another private section stay hidden. At most 2,000;
        a facilitator reveals the rest.
    """
    if section.reveals_at_end and section.started_ms is not None:
        yield from _revealed(desk, section.workshop, section)


def _revealed(desk: Desk, workshop: str, section: Section | None = None) -> Iterator[Note]:
    """The hidden notes of the workshop, or of one section, as they become."""
    here = [note for note in desk.of(Note) if note.workshop == workshop]
    taken = {note.at for note in here if not note.is_hidden}
    hidden = (n for n in here if n.is_hidden and (section is None or _is_of(n, section)))
    for note in list(hidden)[:MAX_REVEALED]:
        at = note.at
        while at in taken:
            at = _beside(at)
        taken.add(at)
        yield replace(note, is_hidden=False, at=at)


def _is_of(note: Note, section: Section) -> bool:
    """Written while the section was open, and not late of another one."""
    started_ms = section.started_ms or 0
    return note.created_ms >= started_ms and note.late in {None, section.id}


def is_private(desk: Desk, asked: Asked) -> bool:
    """Whether the section hides it in which it is written: the open one, or that it is late of."""
    late = None if asked.late is None else desk.find(asked.late)
    section = late if isinstance(late, Section) else desk.open_section()
    return section is not None and section.hides


def _beside(at: Point) -> Point:
    """A little to the right and down, the other way at the edge of the board."""
    x, y = at.x + FANNED_PX, at.y + FANNED_PX
    return Point(x if x <= BOARD_EDGE else -BOARD_EDGE, y if y <= BOARD_EDGE else -BOARD_EDGE)
