"""Guessing codes, in virtual time: against the real limiter, for a month."""

import random

import pytest

from etatyopoyta.room.door import ALPHABET, CODE_LETTERS
from etatyopoyta.transport.budget import MAX_PLACES, OF_ADDRESS, OF_SERVICE, FailureBudget

DAY_MS = 86_400_000
LIVE_DESKS = 1_000
CODES = len(ALPHABET) ** CODE_LETTERS


def guesses(budget: FailureBudget, addresses: list[str], hours: float) -> int:
    """How many wrong codes get through when every address tries as soon as it may."""
    count, now_ms, end_ms = 0, 0, int(hours * 3_600_000)
    while now_ms < end_ms:
        waits = []
        for address in addresses:
            while not (wait_ms := budget.wait_ms(address, now_ms)):
                budget.failed(address, now_ms)
                count += 1
            waits.append(wait_ms)
        now_ms += min(waits)
    return count


@pytest.mark.long
@pytest.mark.parametrize(
    ("addresses", "hours"),
    [
        (["198.51.100.7"], 24.0),
        ([f"198.51.{i // 25}.{i % 25}" for i in range(100)], 0.03),
        ([f"2001:db8:{i:x}::1" for i in range(100)], 0.01),
    ],
    ids=["one", "a hundred of four networks", "a hundred of a hundred networks"],
)
def test_a_month_of_guessing_hits_hardly_ever(addresses: list[str], hours: float) -> None:
    tried = guesses(FailureBudget(), addresses, hours)
    later = tried - OF_SERVICE.free  # what is free is free once
    a_month = OF_SERVICE.free + max(0, later) * 30 * 24 / hours
    hits = a_month * LIVE_DESKS / CODES
    print(f"{len(addresses)} addresses: {a_month:,.0f} guesses a month, {hits:.4f} hits expected")
    assert hits <= 0.05


def test_a_hall_with_typing_errors_comes_in_from_one_address_in_a_minute() -> None:
    chance, budget, waited_ms = random.Random(13), FailureBudget(), 0
    for person in range(200):
        now_ms = person * 300
        while chance.random() < 0.15 and not budget.wait_ms("192.0.2.1", now_ms):
            budget.failed("192.0.2.1", now_ms)
        waited_ms = max(waited_ms, budget.wait_ms("192.0.2.1", now_ms))
        budget.failed("192.0.2.1", now_ms)
        budget.succeeded("192.0.2.1")
    assert waited_ms <= OF_ADDRESS.pause_ms


def test_the_next_network_does_not_wait_for_this_one() -> None:
    budget = FailureBudget()
    for number in range(250):
        budget.failed(f"198.51.100.{number}", 0)
    assert budget.wait_ms("198.51.100.251", 0) > 0
    assert budget.wait_ms("198.51.101.1", 0) == 0


def test_what_is_not_an_address_counts_too() -> None:
    budget = FailureBudget()
    for _ in range(OF_ADDRESS.free):
        budget.failed("", 0)
    assert budget.wait_ms("", 0) == OF_ADDRESS.pause_ms


def test_what_is_remembered_is_bounded() -> None:
    budget = FailureBudget()
    for number in range(MAX_PLACES):
        budget.failed(f"2001:db8:{number:x}::1", 0)
    assert len(budget._failures) <= MAX_PLACES
