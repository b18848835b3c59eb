"""Who is here, over several processes."""

import pytest
from tests.room.hall import AINO, BO, StillChance, come_in, hall, until

from etatyopoyta.domain.records import Point
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.frames import Presence, PresenceMoved
from etatyopoyta.room.presence import SIGN_S, SILENT_S, Presences
from etatyopoyta.room.rooms import open_rooms
from etatyopoyta.room.whispers import Here

pytestmark = pytest.mark.anyio
HERE = Point(3, 4)


def pair() -> tuple[Presences, Presences]:
    """Aino's process and Bo's, who know of each other."""
    one, two = Presences(), Presences()
    one.come(AINO)
    two.come(BO)
    exchange(one, two, 0.0)
    one.news()
    two.news()
    return one, two


def exchange(one: Presences, two: Presences, now: float) -> None:
    for name, says, hears in (("one", one, two), ("two", two, one)):
        if told := says.whisper(now):
            hears.hear(name, told, now)


def test_people_of_another_process_are_here_too() -> None:
    one, two = pair()
    assert one.everybody().here.keys() == two.everybody().here.keys() == {AINO, BO}
    two.point(BO, HERE)
    exchange(one, two, 0.1)
    assert one.news() == Presence({BO: HERE})


def test_nothing_is_told_while_nobody_moves() -> None:
    one, two = pair()
    assert one.whisper(0.1) is None
    assert two.news() is None


def test_who_leaves_another_process_has_left() -> None:
    one, two = pair()
    two.go(BO)
    exchange(one, two, 0.1)
    assert one.news() == Presence({}, [BO])


def test_who_has_a_page_here_too_has_not_left() -> None:
    one, two = pair()
    one.come(BO)
    one.news()
    two.go(BO)
    exchange(one, two, 0.1)
    assert one.news() == Presence({BO: None})


def test_what_was_lost_is_told_again() -> None:
    one, two = pair()
    two.come("person_new")
    two.whisper(0.1)  # lost on the way
    exchange(one, two, SIGN_S + 0.1)
    assert "person_new" in one.everybody().here


def test_what_was_lost_of_somebody_leaving_is_put_right() -> None:
    one, two = pair()
    two.come("person_new")
    exchange(one, two, 0.1)
    two.go("person_new")
    two.whisper(0.2)  # lost on the way
    exchange(one, two, SIGN_S + 0.2)
    assert "person_new" not in one.everybody().here


def test_a_process_that_died_leaves_no_ghosts() -> None:
    one, _ = pair()
    one.forget_silent(SILENT_S - 0.1)
    assert BO in one.everybody().here
    one.forget_silent(SILENT_S + 0.1)
    assert one.news() == Presence({}, [BO])


def test_a_whisper_of_somebody_unknown_leaving_is_passed_over() -> None:
    one, _ = pair()
    one.hear("two", Here({}, ["person_never"]), 0.1)
    assert one.news() is None


def test_how_many_write_is_told_once_and_never_who() -> None:
    one, two = pair()
    two.write(frozenset({BO}))
    exchange(one, two, 0.1)
    assert one.news() == Presence({}, writing=1)
    assert one.everybody().writing == 1
    exchange(one, two, 0.2)
    assert one.news() is None
    two.write(frozenset())
    exchange(one, two, 0.3)
    assert one.news() == Presence({})


def test_who_writes_at_two_processes_is_one_and_a_dead_one_writes_nothing() -> None:
    one, two = pair()
    one.write(frozenset({BO}))
    two.write(frozenset({BO}))
    exchange(one, two, 0.1)
    assert one.everybody().writing == 1
    one.write(frozenset())
    one.forget_silent(SILENT_S + 0.2)
    assert one.everybody().writing == 0


async def test_a_page_that_is_written_on_counts_until_it_is_closed() -> None:
    async with hall(MemoryLog()) as (_, room):
        aino, bo = await come_in(room, AINO), await come_in(room, BO)
        room.handle(aino.seat, PresenceMoved(None, is_writing=True))
        await until(lambda: bo.of(Presence)[-1].writing == 1)
        aino.leave()
        await until(lambda: bo.of(Presence)[-1].writing == 0)


async def test_pointers_are_seen_across_processes() -> None:
    log = MemoryLog()
    async with hall(log) as (_, room), open_rooms(log.another(), StillChance(), "b") as others:
        other = await others.get(room.desk_id)
        aino, bo = await come_in(room, AINO), await come_in(other, BO)
        room.attendance.presences.point(AINO, HERE)
        await until(lambda: any(f.here.get(AINO) == HERE for f in bo.of(Presence)))
        await until(lambda: any(BO in frame.here for frame in aino.of(Presence)))
        aino.leave()
        await until(lambda: any(AINO in frame.left for frame in bo.of(Presence)))
