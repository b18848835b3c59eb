"""What one may ask for: each limit refuses with a time, and nobody else feels it."""

import pytest
from tests.room.hall import AINO, BO, CEO, LIFTED, Page, come_in, hall
from tests.room.test_room import note

from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.room.limits import BURST_S, KEPT_PEOPLE, OTHERS_SEATS, Bucket, Limits, Turnstile
from etatyopoyta.room.seat import Seat

pytestmark = pytest.mark.anyio


def seat(person: str = AINO, role: Role = Role.PARTICIPANT) -> Seat:
    return Seat(None, person, role)  # type: ignore[arg-type]  # nothing is written to it


def accepted(turnstile: Turnstile, who: Seat, seconds: float, from_s: float = 0.0) -> int:
    """How many asks get through when one is tried every millisecond."""
    count = 0
    told = set()
    for at_ms in range(int(seconds * 1000)):
        try:
            turnstile.ask(who, from_s + at_ms / 1000)
        except Refused as refused:
            told.add((refused.code, int(str(refused.details["retry_ms"])) > 0))
        else:
            count += 1
    assert told <= {("too_fast", True)}
    return count


def test_a_bucket_holds_three_seconds_worth_and_fills_at_its_rate() -> None:
    bucket = Bucket(2)
    for _ in range(6):
        assert bucket.wait_s(0.0) == 0
        bucket.take()
    assert bucket.wait_s(0.0) == pytest.approx(0.5)
    assert bucket.wait_s(0.5) == 0


@pytest.mark.parametrize(
    ("limits", "rate"),
    [
        (Limits(), 20),
        (Limits(connection_per_s=1_000), 40),
        (Limits(connection_per_s=1_000, person_per_s=1_000, desk_per_s=50), 50),
    ],
)
def test_connection_person_and_desk_have_their_rates(limits: Limits, rate: int) -> None:
    turnstile = Turnstile(limits)
    page = seat()
    turnstile.come(page)
    assert accepted(turnstile, page, 10) == pytest.approx(rate * (10 + BURST_S), abs=2)


def test_a_second_page_does_not_double_what_one_person_may() -> None:
    turnstile = Turnstile(Limits())
    pages = [seat(), seat()]
    for page in pages:
        turnstile.come(page)
    got = accepted(turnstile, pages[0], 10) + accepted(turnstile, pages[1], 10, from_s=10)
    turnstile.go(pages[0])
    again = seat()
    turnstile.come(again)
    assert got <= 40 * 20 + 40 * BURST_S
    assert accepted(turnstile, again, 1, from_s=20) <= 20 + 20 * BURST_S


def test_a_participant_has_three_pages_and_a_facilitators_link_has_more() -> None:
    turnstile = Turnstile(Limits())
    pages = [seat() for _ in range(3)]
    for page in pages:
        turnstile.come(page)
    with pytest.raises(Refused, match=r"seats\.full"):
        turnstile.come(seat())
    turnstile.come(seat(BO))
    turnstile.go(pages[0])
    turnstile.come(seat())
    for _ in range(OTHERS_SEATS):
        turnstile.come(seat(CEO, Role.FACILITATOR))
    with pytest.raises(Refused, match=r"seats\.full"):
        turnstile.come(seat(CEO, Role.FACILITATOR))


def test_a_desk_has_so_many_pages() -> None:
    turnstile = Turnstile(Limits(desk_seats=2))
    turnstile.come(seat("person_1"))
    turnstile.come(seat("person_2"))
    with pytest.raises(Refused, match=r"seats\.full"):
        turnstile.come(seat("person_3"))


def test_what_is_remembered_of_people_is_bounded() -> None:
    turnstile = Turnstile(Limits())
    for number in range(KEPT_PEOPLE + 50):
        page = seat(f"person_{number}")
        turnstile.come(page)
        turnstile.ask(page, 0.0)
        turnstile.go(page)
    assert len(turnstile._people) == KEPT_PEOPLE


async def test_one_page_in_a_loop_is_told_to_slow_down_and_the_others_are_served() -> None:
    limits = Limits(desk_per_s=LIFTED.desk_per_s)
    async with hall(MemoryLog(), limits=limits) as (_, room):
        hasty, calm = await come_in(room, AINO), await come_in(room, BO)
        for number in range(200):
            hasty.ask(note(number))
        rid = calm.ask(note(999))
        await room.at_rest()
        assert isinstance(calm.outcome(rid), int)
        refused = hasty.of(frames.RefusedAsk)
        assert len(refused) == pytest.approx(200 - 20 * BURST_S, abs=3)
        assert {frame.code for frame in refused} == {"too_fast"}
        assert all(frame.retry_ms for frame in refused)


async def test_a_page_too_many_is_not_seated() -> None:
    async with hall(MemoryLog(), limits=Limits(desk_seats=1)) as (_, room):
        await come_in(room, AINO)
        with pytest.raises(Refused, match=r"seats\.full"):
            Page(room, BO, Role.PARTICIPANT)
        assert room.attendance.count == 1
