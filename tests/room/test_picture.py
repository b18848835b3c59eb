"""The desk as all see it, kept up to date without being asked for."""

import json

from tests.room.hall import RECORDS

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Patch, form
from etatyopoyta.domain.records import Note, Point, Shows
from etatyopoyta.room.picture import Picture


def note(note_id: str) -> Note:
    return Note(
        id=note_id,
        workshop="workshop_1",
        text="lappu",
        at=Point(0, 0),
        organisation="org_a",
        shows=Shows.ORGANISATION,
        created_ms=0,
    )


def test_what_came_and_went_leaves_nothing_behind_while_nobody_comes_in():
    desk = Desk(RECORDS)
    picture = Picture(desk)

    def happens(patch: Patch) -> None:
        picture.take(desk.apply(patch))

    happens({"note_kept": form(note("note_kept"))})
    known = set(picture._stale)
    for number in range(100):
        note_id = f"note_{number}"
        happens({note_id: form(note(note_id))})
        happens({note_id: None})
    assert set(picture._stale) == known
    assert "note_kept" in json.loads(picture.json(1, "mark"))["records"]
    happens({"note_kept": None})
    assert "note_kept" not in json.loads(picture.json(2, "mark"))["records"]
