"""Areas of the board."""

import pytest
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    HERE,
    MAPPING,
    MILK,
    NOW,
    THERE,
    an_area,
    given,
)

from etatyopoyta.domain.areas import MAX_AREAS, AddArea, EditArea, RemoveArea
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.notes import AddNote, MoveNotes
from etatyopoyta.domain.planning import EditSection
from etatyopoyta.domain.records import Area, Role, SectionState

PARK = an_area("area_0")
BOARD = replace(MAPPING, state=SectionState.OPEN)
SHUT = replace(PARK, is_closed=True)
LEFT_OUT = replace(BOARD, areas=())
WRITES = [
    AddNote(id="note_new", text="Uusi", at=THERE),
    MoveNotes(to={MILK.id: THERE}),
]


def test_Z1_there_are_thirty_areas():
    add = AddArea(id="area_0", title=" Parkki ", at=PARK.at, width=100, height=100)
    given().when(add).then(PARK)
    areas = [an_area(f"area_{i}") for i in range(1, MAX_AREAS + 1)]
    given(*areas).when(add).then_refused("area.too_many", limit=MAX_AREAS)


def test_Z2_notes_stay_when_an_area_moves_or_goes():
    edit = EditArea(id=PARK.id, title="Muut", at=HERE, width=200, height=300, is_closed=True)
    moved = replace(PARK, title="Muut", at=HERE, width=200, height=300, is_closed=True)
    given(PARK, MILK).when(edit).then(moved)
    given(PARK, MILK).when(RemoveArea(id=PARK.id)).then_gone(PARK.id)


@pytest.mark.parametrize("write", WRITES, ids=["add", "move"])
@pytest.mark.parametrize(
    ("area", "section"), [(SHUT, BOARD), (PARK, LEFT_OUT)], ids=["closed", "left out"]
)
def test_Z3_participants_put_nothing_into_a_closed_area(
    write: Command, area: Area, section: object
):
    desk = given(area, section, MILK)  # type: ignore[arg-type]
    asked = desk.when(write, by=AINO, role=Role.PARTICIPANT)
    asked.then_refused("area.closed", id=area.id, title="Parkki")
    desk.when(write).the(Area, area.id)


@pytest.mark.parametrize("write", WRITES, ids=["add", "move"])
@pytest.mark.parametrize(
    ("area", "section"),
    [
        (PARK, BOARD),
        (PARK, replace(BOARD, areas=(PARK.id,))),
        (replace(SHUT, workshop="workshop_2"), BOARD),
        (replace(SHUT, at=replace(PARK.at, x=THERE.x + 1)), BOARD),
    ],
    ids=["open", "let in", "of another board", "beside"],
)
def test_Z3_elsewhere_they_write_as_ever(write: Command, area: Area, section: object):
    asked = given(area, section, MILK).when(write, by=AINO, role=Role.PARTICIPANT)  # type: ignore[arg-type]
    asked.the(Area, area.id)


def test_N18_they_take_nothing_out_of_it():
    inside = replace(MILK, at=THERE)
    move = MoveNotes(to={MILK.id: HERE})
    given(SHUT, BOARD, inside).when(move, by=AINO, role=Role.PARTICIPANT).then_refused(
        "area.closed"
    )


def test_Z3_what_is_late_is_not_asked_where():
    over = replace(MAPPING, state=SectionState.CLOSED, closed_ms=NOW)
    late = given(SHUT, over).when(WRITES[0], by=AINO, role=Role.PARTICIPANT, section=MAPPING.id)
    late.the(Area, SHUT.id)


def test_B15_a_section_names_the_areas_that_are_open_in_it():
    name = EditSection(section=MAPPING.id, areas=(PARK.id,))
    given(PARK).when(name).then(replace(MAPPING, areas=(PARK.id,)))
    given().when(name).then_refused("area.gone")
    given(replace(MAPPING, areas=())).when(EditSection(section=MAPPING.id, areas=None)).then(
        MAPPING
    )
