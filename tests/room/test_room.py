import asyncio

import pytest
from tests.room.hall import AINO, BO, CEO, RECORDS, Page, StillChance, come_in, found, hall, until

from etatyopoyta.domain.desks import SetAnonymity
from etatyopoyta.domain.notes import AddNote, EditNote, MoveNotes
from etatyopoyta.domain.people import Join
from etatyopoyta.domain.records import Note, Person, Point, Role, Shows
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import NO_BATCH_HASH, Batch
from etatyopoyta.log.contract import Away
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room import queue
from etatyopoyta.room.opening import NoDesk, open_state
from etatyopoyta.room.rooms import open_rooms

pytestmark = pytest.mark.anyio


def note(number: int, text: str = "Kävijät") -> AddNote:
    return AddNote(id=f"note_{number}", text=text, at=Point(number, 0))


async def test_O1_entries_are_numbered_without_a_gap_and_everybody_has_the_same_order() -> None:
    async with hall(MemoryLog()) as (_, room):
        pages = [await come_in(room, person) for person in (AINO, BO)]
        for number in range(20):
            pages[number % 2].ask(note(number))
        await room.at_rest()
        orders = [[e.n for f in page.of(frames.Entries) for e in f.list] for page in pages]
        assert orders[0] == orders[1] == list(range(2, 22))


async def test_O2_nothing_is_shown_before_it_is_in_the_log() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        log.is_away = True
        page.ask(note(1))
        await until(lambda: page.of(frames.Saving))
        assert not page.of(frames.Entries)
        assert not page.of(frames.Settled)
        log.is_away = False
        await room.at_rest()
        assert page.of(frames.Entries)
        assert [frame.is_paused for frame in page.of(frames.Saving)] == [True, False]


async def test_O3_a_seat_that_cannot_keep_up_is_closed_and_never_skipped() -> None:
    async with hall(MemoryLog()) as (_, room):
        slow, quick = await come_in(room, AINO), await come_in(room, BO)
        slow.capacity = len(slow.got) + 1
        for number in range(3):
            quick.ask(note(number))
            await room.at_rest()
        assert slow.closed is Closing.TOO_SLOW
        assert [e.n for f in slow.of(frames.Entries) for e in f.list] == [2]
        assert quick.closed is None


async def test_O5_the_same_request_brings_about_one_entry_and_one_answer() -> None:
    async with hall(MemoryLog()) as (_, room):
        page = await come_in(room, AINO)
        rid = page.ask(note(1))
        page.ask(note(1), rid)
        await room.at_rest()
        page.ask(note(1), rid)
        await room.at_rest()
        assert [d.n for f in page.of(frames.Settled) for d in f.list] == [2, 2, 2]
        assert room.state.n == 2


async def test_O5_holds_after_the_desk_was_opened_anew() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        rid = (await come_in(room, AINO)).ask(note(1))
        await room.at_rest()
        desk_id = room.desk_id
    state = await open_state(log, desk_id)
    assert state.results.find(AINO, rid) == 2
    assert state.results.find(BO, rid) is None


async def test_a_refused_request_is_decided_anew_when_it_is_sent_again() -> None:
    async with hall(MemoryLog()) as (_, room):
        page = await come_in(room, AINO)
        rid = page.ask(EditNote(id="note_1", base=1, text="x"))
        await room.at_rest()
        assert page.outcome(rid) == "note.gone"
        page.ask(note(1))
        await room.at_rest()
        page.got.clear()
        page.ask(EditNote(id="note_1", base=1, text="x"), rid)
        await room.at_rest()
        assert page.outcome(rid) == 3


async def test_O6_joining_gives_the_state_and_then_every_entry_after_it() -> None:
    async with hall(MemoryLog()) as (_, room):
        early = await come_in(room, AINO)
        late = Page(room, BO, Role.PARTICIPANT)
        await late.fetch()
        early.ask(note(1))
        await room.at_rest()
        late.hello()
        early.ask(note(2))
        await room.at_rest()
        assert late.n == early.n == 3
        assert [e.n for f in late.of(frames.Entries) for e in f.list] == [2, 3]


async def test_a_page_hears_nothing_before_its_hello() -> None:
    async with hall(MemoryLog()) as (_, room):
        silent = Page(room, BO, Role.PARTICIPANT)
        (await come_in(room, AINO)).ask(note(1))
        await room.at_rest()
        assert silent.got == []


@pytest.mark.parametrize(("n", "mark"), [(99, "token1"), (1, "of another log"), (0, None)])
async def test_a_page_with_an_unknown_past_is_resynchronised(n: int, mark: str | None) -> None:
    async with hall(MemoryLog()) as (_, room):
        page = Page(room, AINO, Role.PARTICIPANT)
        room.handle(page.seat, frames.Hello("ticket", n, mark))
        assert [type(frame) for frame in page.got] == [frames.Resync]


async def test_O7_presence_is_told_in_one_frame_and_kept_nowhere() -> None:
    async with hall(MemoryLog()) as (_, room):
        aino, bo = await come_in(room, AINO), await come_in(room, BO)
        room.tick()
        for x in range(9):
            room.handle(bo.seat, frames.PresenceMoved(Point(x, 0)))
        room.tick()
        bo.leave()
        room.tick()
        told = aino.of(frames.Presence)
        assert told[-2] == frames.Presence({BO: Point(8, 0)}, [])
        assert told[-1] == frames.Presence({}, [BO])
        assert room.state.n == 1


async def test_on_an_anonymous_desk_nobodys_pointer_is_told() -> None:
    async with hall(MemoryLog()) as (_, room):
        ceo, aino = await come_in(room, CEO, Role.FACILITATOR), await come_in(room, AINO)
        ceo.ask(SetAnonymity(shows=Shows.NOTHING))
        await room.at_rest()
        room.handle(aino.seat, frames.PresenceMoved(Point(3, 4)))
        room.tick()
        assert b'"x":3' not in ceo.bytes


async def test_O8_a_log_is_readable_by_the_entries_alone() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        for number in range(5):
            page.ask(note(number))
        await room.at_rest()
        expected = room.state.desk.state_hash()
        desk_id = room.desk_id
    log._snapshots.clear()
    assert (await open_state(log, desk_id)).desk.state_hash() == expected


async def test_O9_no_page_gets_a_byte_of_what_it_may_not_see() -> None:
    async with hall(MemoryLog()) as (_, room):
        aino, bo = await come_in(room, AINO), await come_in(room, BO)
        aino.ask(note(1))
        aino.ask(MoveNotes(to={"note_1": Point(5, 5)}))
        await room.at_rest()
        third = await come_in(room, CEO, Role.FACILITATOR)
        back = await come_in(room, AINO)
        seen = bo.bytes + third.bytes + await room.snapshot_json()
        assert b'"author"' not in bo.bytes
        assert b'"author"' not in third.bytes
        assert b'"cmd"' not in seen
        assert b'"was"' not in seen
        for page, author in ((aino, AINO), (back, AINO), (bo, None), (third, None)):
            assert page.desk.get(Note, "note_1").author == author


async def test_two_servers_on_one_log_agree_and_decide_again_on_conflict() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "build") as others:
        other = await others.get(room.desk_id)
        here, there = await come_in(room, AINO), await come_in(other, BO)
        for number in range(10):
            here.ask(note(number))
            there.ask(note(number + 100))
        await room.at_rest()
        await other.at_rest()
        await until(lambda: here.n == there.n == 21)
        assert room.state.desk.state_hash() == other.state.desk.state_hash()
        assert here.desk.count(Note) == 20


class Deaf(MemoryLog):
    """What others store is told to nobody here."""

    async def follow(self):
        await asyncio.Event().wait()
        yield "", None  # never reached


async def test_nothing_is_refused_by_what_another_server_has_changed_meanwhile() -> None:
    log = Deaf()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "build") as others:
        other = await others.get(room.desk_id)
        here, there = await come_in(room, AINO), await come_in(other, AINO)
        there.ask(note(1))
        await other.at_rest()
        rid = here.ask(EditNote(id="note_1", base=1, text="x"))
        await room.at_rest()
        assert here.outcome(rid) == 3


async def test_names_are_told_of_people_who_came_in_by_a_conflict() -> None:
    log = Deaf()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "build") as others:
        page = await come_in(room, AINO)
        other = await others.get(room.desk_id)
        await other.name("person_new", "Uusi")
        await others.ask(room.desk_id, Join(id="person_new", role=Role.PARTICIPANT), "newcomer:1")
        page.ask(note(1))
        await room.at_rest()
        assert page.of(frames.People)[-1].names == {"person_new": "Uusi"}


async def test_a_batch_in_doubt_that_was_stored_is_not_stored_again() -> None:
    class Forgetful(MemoryLog):
        forgets = False

        async def append(self, desk_id: str, batch: Batch) -> None:
            await super().append(desk_id, batch)
            if self.forgets:
                self.forgets = False
                raise Away("no reply")

    log = Forgetful()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        log.forgets = True
        rid = page.ask(note(1))
        await room.at_rest()
        assert page.outcome(rid) == 2
        assert len(await log.read(room.desk_id, 0)) == 2


async def test_when_too_many_wait_the_next_one_is_told_to_come_again() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        log.is_away = True
        last = ""
        for number in range(queue.MAX_WAITING_OF_ONE + queue.MAX_IN_BATCH + 1):
            last = page.ask(note(number))
        refused = page.of(frames.RefusedAsk)
        assert refused
        assert {(frame.code, frame.retry_ms) for frame in refused} == {("desk.not_saving", 2000)}
        assert page.outcome(last) == "desk.not_saving"
        log.is_away = False
        await room.at_rest()


async def test_an_unreadable_command_is_answered_and_the_page_stays() -> None:
    async with hall(MemoryLog()) as (_, room):
        page = await come_in(room, AINO)
        room.handle(page.seat, frames.decode('{"t":"ask","rid":"outbox00:1","cmd":{"t":"sing"}}'))
        await room.at_rest()
        assert page.outcome("outbox00:1") == "request.unreadable"
        assert page.closed is None


async def test_time_in_the_log_never_runs_backwards() -> None:
    chance = StillChance()
    log = MemoryLog()
    async with hall(log, chance) as (_, room):
        page = await come_in(room, AINO)
        page.ask(note(1))
        await room.at_rest()
        chance.at_ms -= 3_600_000
        page.ask(note(2))
        await room.at_rest()
        times = [e.at_ms for f in page.of(frames.Entries) for e in f.list]
        assert times == sorted(times)


async def test_a_snapshot_and_the_tail_give_what_a_replay_gives() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        for number in range(5):
            page.ask(note(number))
        await room.at_rest()
        await room.keep_snapshot()
        page.ask(note(9))
        await room.at_rest()
        desk_id = room.desk_id
        fast = await open_state(log, desk_id)
        log._snapshots.clear()
        slow = await open_state(log, desk_id)
        assert fast.desk.state_hash() == slow.desk.state_hash() == room.state.desk.state_hash()
        assert (fast.n, fast.hash, fast.mark) == (slow.n, slow.hash, slow.mark)
        assert fast.results.dump() == slow.results.dump()


async def test_a_damaged_snapshot_is_passed_over() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        page.ask(note(1))
        await room.at_rest()
        await room.keep_snapshot()
        number, body = next(iter(log._snapshots[room.desk_id].items()))
        log._snapshots[room.desk_id][number] = body[:-1] + bytes([body[-1] ^ 1])
        opened = await open_state(log, room.desk_id)
        assert opened.desk.state_hash() == room.state.desk.state_hash()


async def test_a_snapshot_ahead_of_a_log_that_lost_its_tail_is_not_used() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, AINO)
        page.ask(note(1))
        await room.at_rest()
        await room.keep_snapshot()
        desk_id = room.desk_id
    log._streams[desk_id].pop()
    assert (await open_state(log, desk_id)).n == 1


async def test_a_desk_that_is_not_there_is_told() -> None:
    async with hall(MemoryLog()) as (rooms, _):
        with pytest.raises(NoDesk):
            await rooms.get("nowhere")


async def test_names_are_told_apart_from_the_log() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room):
        page = await come_in(room, BO)
        await room.name(AINO, "Aino Ääni")
        assert page.of(frames.People)[-1] == frames.People({AINO: "Aino Ääni"})
        stored = b"".join(b.stored.body for b in await log.read(room.desk_id, 0))
        assert "Aino Ääni".encode() not in stored
        assert "Aino Ääni" not in room.state.desk.state_hash()


async def test_the_server_itself_lets_people_in() -> None:
    async with hall(MemoryLog()) as (rooms, room):
        command = Join(id="person_new", role=Role.PARTICIPANT, organisation="org_a")
        done = await rooms.ask(room.desk_id, command, "serverbox:1")
        assert done.n == 2
        assert room.state.desk.get(Person, "person_new").organisation == "org_a"
        with pytest.raises(Refused):
            await rooms.ask(
                room.desk_id,
                Join(id="person_x", role=Role.PARTICIPANT, organisation="org_no"),
                "serverbox:2",
            )


async def test_a_ping_is_answered_with_the_clock() -> None:
    async with hall(MemoryLog()) as (_, room):
        page = await come_in(room, AINO)
        room.handle(page.seat, frames.Ping())
        assert page.got[-1] == frames.Pong(1_000_000)


async def test_closing_says_that_the_server_comes_back() -> None:
    async with hall(MemoryLog()) as (rooms, room):
        page = await come_in(room, AINO)
        other = await come_in(room, BO)
        room.attendance.say_goodbye(500, 1500)
        await rooms.close()
        hints = sorted(bye.retry_ms for each in (page, other) for bye in each.of(frames.Bye))
        assert hints == [500, 1000]
        assert page.closed is other.closed is Closing.GOING_AWAY


async def test_founding_a_large_desk_takes_several_entries() -> None:
    log = MemoryLog()

    many = tuple(
        Note(id=f"note_{i}", workshop="workshop_1", text="ä" * 1000, at=Point(0, 0),
             shows=Shows.ORGANISATION, created_ms=1)
        for i in range(500)
    )  # fmt: skip
    desk_id = await found(log, (*RECORDS, *many))
    batches = await log.read(desk_id, 0)
    assert len(batches) > 5
    assert batches[0].head.prev == NO_BATCH_HASH
    assert (await open_state(log, desk_id)).desk.count(Note) == 500
