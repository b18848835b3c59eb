"""Private writing: not a byte of a hidden note reaches anybody else before it is revealed (O9)."""

import gzip

import msgspec
import pytest
from msgspec.structs import replace
from tests.room.hall import AINO, BO, CEO, RECORDS, Page, StillChance, found, until

from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes, RemoveNotes
from etatyopoyta.domain.patch import Form, Patch, merge
from etatyopoyta.domain.privacy import RevealNotes
from etatyopoyta.domain.records import Point, Role, Section
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.http import Snapshot
from etatyopoyta.room.frame import Frame
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio
SECRET, SECOND, DRAFT = "Yksinäisyysmittari", "Talkootunnit", "Kesken jäänyt"
HIDDEN = (SECRET, SECOND, DRAFT, "12345", "54321", "kappaletta", "Oma tilasto")
PRIVATE = tuple(
    replace(record, is_private=True, started_ms=1) if isinstance(record, Section) else record
    for record in RECORDS
)


class Reader(Page):
    """A page that keeps forms as a browser does: a hidden note is no whole record."""

    def __init__(self, room: Room, person: str, role: Role) -> None:
        self.forms: dict[str, Form] = {}
        super().__init__(room, person, role)

    def write(self, frame: Frame) -> bool:
        self.bytes += frame.payload
        decoded = msgspec.json.decode(frame.payload, type=frames.AnyFromServer)
        self.got.append(decoded)
        match decoded:
            case frames.Entries(entries, mark):
                for entry in entries:
                    self.take(entry.p)
                    self.n = entry.n
                self.mark = mark
            case frames.Welcome():
                self.take(decoded.own)
        return True

    async def fetch(self) -> None:
        body = gzip.decompress(await self.room.snapshot_json())
        self.bytes += body
        snapshot = msgspec.json.decode(body, type=Snapshot)
        self.forms = dict(snapshot.records)
        self.n, self.mark = snapshot.n, snapshot.mark

    def take(self, patch: Patch) -> None:
        for record_id, change in patch.items():
            if change is None:
                self.forms.pop(record_id, None)
            else:
                self.forms[record_id] = merge(self.forms.get(record_id), change)


async def come(room: Room, person: str, role: Role = Role.PARTICIPANT) -> Reader:
    page = Reader(room, person, role)
    await page.fetch()
    page.hello()
    return page


async def test_each_sees_their_own_and_of_others_that_there_is_one_until_the_reveal() -> None:
    log = MemoryLog()
    desk_id = await found(log, PRIVATE)
    async with (
        open_rooms(log, StillChance(), "build") as rooms,
        open_rooms(log.another(), StillChance(), "build") as others,
    ):
        room, elsewhere = await rooms.get(desk_id), await others.get(desk_id)
        aino, ceo = await come(room, AINO), await come(room, CEO, Role.FACILITATOR)
        bo = await come(elsewhere, BO)
        at = Point(12345, 54321)
        aino.ask(AddNote(id="note_1", text=SECRET, at=at, unit="kappaletta", source="Oma tilasto"))
        aino.ask(AddNote(id="note_2", text=DRAFT, at=Point(0, 0)))
        aino.ask(EditNote(id="note_2", base=1, text=SECOND))
        aino.ask(MoveNotes(to={"note_2": at}))
        await until(lambda: aino.n == ceo.n == bo.n == 5)
        refused = [
            (ceo, EditNote(id="note_1", base=7, text="x")),
            (bo, EditNote(id="note_1", base=7, text="x")),
            (ceo, MakeCluster(id="cluster_1", notes=("note_1",), title="x", at=at)),
            (bo, RemoveNotes(notes=("note_1",))),
            (bo, RevealNotes(workshop="workshop_1")),
        ]
        asked = [(page, page.ask(command)) for page, command in refused]
        for each in (room, elsewhere):
            await each.at_rest()
        assert all(isinstance(page.outcome(rid), str) for page, rid in asked)
        late, again = await come(elsewhere, BO), await come(room, AINO)

        own = [again.forms[note] for note in ("note_1", "note_2")]
        assert [form["text"] for form in own] == [SECRET, SECOND]
        for page in (ceo, bo, late):
            for hidden in HIDDEN:
                assert hidden.encode() not in page.bytes, (page.seat.person, hidden)
            for note in ("note_1", "note_2"):
                assert page.forms[note] == {
                    "t": "note",
                    "id": note,
                    "is_hidden": True,
                    "organisation": "org_a",
                }

        ceo.ask(RevealNotes(workshop="workshop_1"))
        await until(lambda: aino.n == ceo.n == bo.n == late.n == 6)
        for page in (ceo, bo, late, aino):
            assert [page.forms[n]["text"] for n in ("note_1", "note_2")] == [SECRET, SECOND]
            assert DRAFT.encode() not in page.bytes or page is aino
        aino.ask(AddNote(id="note_3", text="Julkinen", at=Point(9, 9)))
        await until(lambda: bo.n == 7)
        assert bo.forms["note_3"]["text"] == "Julkinen"
