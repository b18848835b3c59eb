"""From a command to a patch."""

from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace
from tests.domain.given import (
    BREAD,
    FANNY,
    HERE,
    MILK,
    NOW,
    THERE,
    a_cluster,
    a_desk,
    a_note,
)

from etatyopoyta.domain.command import Asked, Command, Gone
from etatyopoyta.domain.deciding import MAX_PATCH_BYTES, Decision, decide
from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import May, Record, Role
from etatyopoyta.domain.refused import Refused

FACILITATOR = Asked(FANNY, Role.FACILITATOR, NOW)
SYSTEM = Asked("system", Role.SYSTEM, NOW)


class Put(Command, frozen=True, tag="test.put"):
    """Yields what it is told."""

    may = May.ADD_NOTES

    items: tuple[Record | Gone, ...]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record | Gone]:
        yield from self.items


def note_of_size(size: int) -> FillDesk:
    """A filling whose patch is this many bytes of JSON."""
    empty = len(msgspec.json.encode({"note_1": form(a_note("note_1", text=""))}))
    return FillDesk(records=(a_note("note_1", text="x" * (size - empty)),))


def test_a_change_is_what_differs_and_what_was_there():
    decision = decide(a_desk(MILK), FACILITATOR, MoveNotes(to={MILK.id: THERE}))
    assert decision.patch == {MILK.id: {"at": {"x": 300, "y": -200}}}
    assert decision.was == {MILK.id: {"at": {"x": 0, "y": 0}}}
    assert decision.changes == (Change(MILK.id, MILK, replace(MILK, at=THERE)),)


def test_something_new_is_undone_by_removing_it():
    decision = decide(a_desk(), FACILITATOR, AddNote(id="note_1", text="Maito", at=HERE))
    assert decision.was == {"note_1": None}


def test_something_removed_is_undone_by_putting_it_back_whole():
    decision = decide(a_desk(MILK), FACILITATOR, RemoveNotes(notes=(MILK.id,)))
    assert decision.patch == {MILK.id: None}
    assert decision.was == {MILK.id: form(MILK)}


@pytest.mark.parametrize(
    "command",
    [
        EditNote(id=MILK.id, base=1, text="Piimä", unit="litraa"),
        MoveNotes(to={MILK.id: THERE, BREAD.id: HERE}),
        RemoveNotes(notes=(MILK.id, BREAD.id)),
    ],
)
def test_applying_what_was_undoes_the_change(command: Command):
    desk = a_desk(replace(MILK, cluster="cluster_1"), BREAD, a_cluster("cluster_1"))
    before = desk.state_hash()
    decision = decide(desk, FACILITATOR, command)
    desk.apply(decision.patch)
    assert desk.state_hash() != before
    desk.apply(decision.was)
    assert desk.state_hash() == before


def test_a_command_that_changes_nothing_is_empty():
    assert decide(a_desk(MILK), FACILITATOR, Put(items=(MILK,))) == Decision({}, {})


def test_removing_what_is_not_there_is_empty():
    assert decide(a_desk(), FACILITATOR, Put(items=(Gone("note_9"),))) == Decision({}, {})


def test_of_two_versions_of_a_record_the_last_one_counts():
    put = Put(items=(replace(MILK, version=2), Gone(MILK.id), replace(MILK, version=3)))
    assert decide(a_desk(MILK), FACILITATOR, put).patch == {MILK.id: {"version": 3}}


def test_deciding_leaves_the_desk_as_it_is():
    desk = a_desk(MILK)
    before = desk.state_hash()
    decide(desk, FACILITATOR, RemoveNotes(notes=(MILK.id,)))
    assert desk.state_hash() == before


def test_permission_comes_before_the_rules():
    nobody = Asked("person_none", Role.VIEWER, NOW)
    with pytest.raises(Refused, match=r"^not_allowed$"):
        decide(a_desk(), nobody, RemoveNotes(notes=("note_9",)))


def test_a_change_of_256_kib_is_taken():
    assert MAX_PATCH_BYTES == 256 * 1024
    decision = decide(Desk(), SYSTEM, note_of_size(MAX_PATCH_BYTES))
    assert len(msgspec.json.encode(decision.patch)) == MAX_PATCH_BYTES


def test_a_bigger_change_is_refused():
    with pytest.raises(Refused, match=r"^change\.too_big$"):
        decide(Desk(), SYSTEM, note_of_size(MAX_PATCH_BYTES + 1))


def test_a_thousand_notes_move_in_one_change():
    notes = [a_note("note_" + f"{i:024}") for i in range(1000)]
    command = MoveNotes(to={note.id: THERE for note in notes})
    assert len(decide(Desk(notes), FACILITATOR, command).patch) == 1000


def test_a_command_of_no_subject_decides_nothing():
    class Empty(Command, frozen=True, tag="test.empty"):
        may = May.ADD_NOTES

    with pytest.raises(NotImplementedError):
        decide(a_desk(), FACILITATOR, Empty())
