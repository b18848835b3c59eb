"""Memos: not a byte of what is on one reaches anybody whose it is not (O9, J1, V4)."""

import pytest
from msgspec.structs import replace
from tests.room.hall import AINO, BO, CEO, RECORDS, StillChance, found, until
from tests.room.test_private import Reader, come

from etatyopoyta.domain.memo import AddRows, EditRow, KeepRows, NewRow, RemoveRows, UndoBatch
from etatyopoyta.domain.people import MovePerson
from etatyopoyta.domain.records import Organisation, Person, Role
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio
MATE, NAMER, SCREEN, EVA = "person_mate", "person_namer", "person_screen", "person_eva"
FIRST, EDITED, PASTED, OWN = "Yksinäisyysmittari", "Kaipaavien osuus", "Talkootunnit", "Omani"
DETAILS = ("kappaletta", "Oma tilasto", "vuosittain", "ikääntyneet", "tuonti_1")
SECRETS = (FIRST, EDITED, PASTED, OWN, *DETAILS)
MEMBERS = {AINO: "org_a", BO: "org_b"}
RECORDS_WITH_MEMBERS = (
    *(
        replace(record, organisation=MEMBERS[record.id], is_member=True)
        if isinstance(record, Person) and record.id in MEMBERS
        else record
        for record in RECORDS
    ),
    Organisation(id="org_b", name="B ry"),
    Person(id=MATE, role=Role.PARTICIPANT, organisation="org_a", is_member=True),
    Person(id=NAMER, role=Role.PARTICIPANT, organisation="org_a"),
    Person(id=SCREEN, role=Role.VIEWER),
    Person(id=EVA, role=Role.PARTICIPANT),
)
COUNTED = {"t": "row", "id": "row_1", "organisation": "org_a", "workshop": "workshop_1"}


def heard(page: Reader) -> list[str]:
    """The secrets that stand somewhere in what the page was sent."""
    return [secret for secret in SECRETS if secret.encode() in page.bytes]


def write(page: Reader) -> None:
    unit, source, interval, target_group, batch = DETAILS
    details = {"unit": unit, "source": source, "interval": interval, "target_group": target_group}
    page.ask(AddRows(rows=(NewRow(id="row_1", text=FIRST, **details),)))
    page.ask(EditRow(id="row_1", base=1, text=EDITED))
    page.ask(AddRows(rows=(NewRow(id="row_2", text=PASTED),), batch=batch))
    page.ask(KeepRows(rows=("row_1",), is_kept=False))
    page.ask(KeepRows(rows=("row_1",)))


async def everybody(room: Room, elsewhere: Room) -> dict[str, Reader]:
    return {
        AINO: await come(room, AINO),
        MATE: await come(elsewhere, MATE),
        BO: await come(elsewhere, BO),
        NAMER: await come(room, NAMER),
        SCREEN: await come(room, SCREEN, Role.VIEWER),
        CEO: await come(elsewhere, CEO, Role.FACILITATOR),
        EVA: await come(room, EVA),
    }


async def test_a_memo_is_sent_to_its_organisation_and_counted_by_facilitators() -> None:
    log = MemoryLog()
    desk_id = await found(log, RECORDS_WITH_MEMBERS)
    async with (
        open_rooms(log, StillChance(), "build") as rooms,
        open_rooms(log.another(), StillChance(), "build") as others,
    ):
        room, elsewhere = await rooms.get(desk_id), await others.get(desk_id)
        pages = await everybody(room, elsewhere)
        before = pages[CEO].n
        write(pages[AINO])
        await until(lambda: all(page.n == before + 5 for page in pages.values()))
        late = {
            person: await come(elsewhere, person, page.seat.role) for person, page in pages.items()
        }
        for page in (pages[MATE], late[MATE], late[AINO]):
            assert page.forms["row_1"]["text"] == EDITED
            assert page.forms["row_2"]["text"] == PASTED
        for page in (pages[CEO], late[CEO]):
            assert page.forms["row_1"] == COUNTED
            assert heard(page) == []
        for person in (BO, NAMER, SCREEN, EVA):
            for page in (pages[person], late[person]):
                assert {"row_1", "row_2"}.isdisjoint(page.forms), person
                assert heard(page) == [], person
        assert heard(pages[MATE])

        pages[MATE].ask(UndoBatch(batch=DETAILS[-1]))
        pages[MATE].ask(RemoveRows(rows=("row_1",)))
        await until(lambda: all(page.n == before + 7 for page in pages.values()))
        assert "row_1" not in pages[AINO].forms
        assert {"row_1", "row_2"}.isdisjoint(pages[CEO].forms)
        for person in (BO, NAMER, SCREEN, EVA, CEO):
            assert heard(pages[person]) == [], person


async def test_who_shares_no_memo_has_one_alone() -> None:
    log = MemoryLog()
    desk_id = await found(log, RECORDS_WITH_MEMBERS)
    async with open_rooms(log, StillChance(), "build") as rooms:
        room = await rooms.get(desk_id)
        pages = await everybody(room, room)
        before = pages[CEO].n
        pages[NAMER].ask(AddRows(rows=(NewRow(id="row_1", text=OWN),)))
        await until(lambda: all(page.n == before + 1 for page in pages.values()))
        assert pages[NAMER].forms["row_1"]["text"] == OWN
        assert pages[CEO].forms["row_1"] == {"t": "row", "id": "row_1", "workshop": "workshop_1"}
        for person in (AINO, MATE, BO, SCREEN, EVA, CEO):
            assert heard(pages[person]) == [], person


async def test_who_is_moved_takes_up_the_other_memo_and_is_sent_no_more_of_the_first() -> None:
    log = MemoryLog()
    desk_id = await found(log, RECORDS_WITH_MEMBERS)
    async with (
        open_rooms(log, StillChance(), "build") as rooms,
        open_rooms(log.another(), StillChance(), "build") as others,
    ):
        room, elsewhere = await rooms.get(desk_id), await others.get(desk_id)
        pages = await everybody(room, elsewhere)
        before = pages[CEO].n
        write(pages[AINO])
        pages[BO].ask(AddRows(rows=(NewRow(id="row_3", text=OWN),)))
        await until(lambda: all(page.n == before + 6 for page in pages.values()))
        mate = pages[MATE]
        pages[CEO].ask(MovePerson(person=MATE, organisation="org_b"))
        await until(lambda: mate.of(frames.Resync))

        mate.bytes = b""
        await mate.fetch()
        mate.hello()
        await until(lambda: "row_3" in mate.forms)
        assert mate.forms["row_3"]["text"] == OWN
        assert {"row_1", "row_2"}.isdisjoint(mate.forms)
        pages[AINO].ask(EditRow(id="row_2", base=1, text=FIRST))
        pages[BO].ask(EditRow(id="row_3", base=1, text="Toinen"))
        await until(lambda: mate.forms["row_3"]["text"] == "Toinen")
        assert set(heard(mate)) == {OWN}
        assert heard(pages[BO]) == [OWN]
        assert not {OWN, "Toinen"} & set(heard(pages[AINO]))
