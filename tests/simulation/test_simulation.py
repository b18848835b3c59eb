"""Courses of events from seeds: 300 here, 10,000 in `make soak`. One that fails is kept by name."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest
from tests.simulation.course import simulate

from etatyopoyta.domain import visibility
from etatyopoyta.domain.desk import Desk
from etatyopoyta.log.contract import Away
from etatyopoyta.room.results import Results
from etatyopoyta.room.room import Room
from etatyopoyta.room.sending import Sending
from etatyopoyta.room.storing import Storing

SEEDS = 300
AT_ONCE = 30


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_whatever_happens_the_promises_hold(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        simulate(seed)


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_one_seed_gives_one_course_of_events(seed: int) -> None:
    assert simulate(seed).trace == simulate(seed).trace


# --- it finds what is broken ---------------------------------------------------------------

Patch = pytest.MonkeyPatch
store = Storing.append


def acknowledges_before_it_stores(patch: Patch) -> None:
    storing: set[asyncio.Task[None]] = set()

    async def append(self: Storing, *args: object) -> None:
        storing.add(asyncio.ensure_future(store(self, *args)))  # type: ignore[arg-type]

    patch.setattr(Storing, "append", append)


def takes_a_missing_answer_for_a_yes(patch: Patch) -> None:
    async def append(self: Storing, batch: object, _: int) -> None:
        with suppress(Away):
            await self._log.append(self._desk_id, batch)  # type: ignore[arg-type]

    patch.setattr(Storing, "append", append)


def forgets_who_asked_what(patch: Patch) -> None:
    patch.setattr(Results, "find", lambda *_: None)


def leaves_results_out_of_snapshots(patch: Patch) -> None:
    patch.setattr(Results, "dump", lambda _: {})
    patch.setattr("etatyopoyta.room.rooms.SNAPSHOT_EVERY", 1)


def tells_seats_before_their_welcome(patch: Patch) -> None:
    sit = Room.sit

    def eager(self: Room, seat: object) -> None:
        sit(self, seat)  # type: ignore[arg-type]
        self._welcomed.add(seat)  # type: ignore[arg-type]
        self._presences.come(seat.person)  # type: ignore[attr-defined]

    patch.setattr(Room, "sit", eager)


def shows_what_is_hidden(patch: Patch) -> None:
    patch.setattr(visibility, "_unseen", lambda *_: ())


def skips_a_seat_now_and_then(patch: Patch) -> None:
    send, times = Sending.now, [0]

    def now(self: Sending) -> None:
        times[0] += 1
        if times[0] % 20 == 0:
            self._news.clear()
        send(self)

    patch.setattr(Sending, "now", now)


def does_not_keep_what_it_decided(patch: Patch) -> None:
    adopt, times = Desk.adopt, [0]

    def forgetful(self: Desk, changes: object) -> None:
        times[0] += 1
        if times[0] % 50:
            adopt(self, changes)  # type: ignore[arg-type]

    patch.setattr(Desk, "adopt", forgetful)


@pytest.mark.parametrize(
    "broken",
    [
        acknowledges_before_it_stores,
        takes_a_missing_answer_for_a_yes,
        forgets_who_asked_what,
        leaves_results_out_of_snapshots,
        tells_seats_before_their_welcome,
        shows_what_is_hidden,
        skips_a_seat_now_and_then,
        does_not_keep_what_it_decided,
    ],
)
def test_a_server_that_is_broken_is_found_out(
    broken: Callable[[Patch], None], monkeypatch: Patch
) -> None:
    broken(monkeypatch)
    for seed in range(SEEDS):
        try:
            simulate(seed)
        except AssertionError as found:
            print(str(found).splitlines()[0][:200])
            return
    pytest.fail("nobody noticed")
