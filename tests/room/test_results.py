from random import Random

import pytest

from etatyopoyta.room import results as results_module
from etatyopoyta.room.results import KEPT_PER_OUTBOX, Results

BY = "person_1"


def rid(counter: int) -> str:
    return f"outbox00:{counter}"


def test_what_was_asked_last_is_known_by_its_number():
    results = Results()
    for counter in range(1, KEPT_PER_OUTBOX + 1):
        results.add(BY, rid(counter), counter + 100)
    assert results.find(BY, rid(1)) == 101
    assert results.find(BY, rid(KEPT_PER_OUTBOX + 1)) is None
    assert results.find("person_2", rid(1)) is None


@pytest.mark.parametrize("seed", range(20))
def test_what_was_asked_is_known_for_ever_and_nothing_else_is(seed: int):
    """In nearly any order: an ask that was put off again and again comes after hundreds."""
    chance = Random(seed)
    counters = sorted(range(1, 500), key=lambda counter: counter + chance.random() * 50)
    never = set(chance.sample(counters, 20))
    late = chance.sample(counters, 5)
    asked = [counter for counter in counters if counter not in {*never, *late}]
    asked += [counter for counter in late if counter not in never]
    results = Results()
    for n, counter in enumerate(asked, 1):
        results.add(BY, rid(counter), n)
        if n % 100 == 0:
            results = Results(results.dump(), results.earlier())
    last = asked[-KEPT_PER_OUTBOX:]
    numbers = range(len(asked) - KEPT_PER_OUTBOX + 1, len(asked) + 1)
    assert [results.find(BY, rid(counter)) for counter in last] == list(numbers)
    before = {results.find(BY, rid(counter)) for counter in asked[:-KEPT_PER_OUTBOX]}
    assert before == {0}
    assert {results.find(BY, rid(counter)) for counter in never} == {None}


def test_only_the_lowest_gaps_are_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(results_module, "KEPT_PER_OUTBOX", 1)
    monkeypatch.setattr(results_module, "KEPT_RUNS", 3)
    results = Results()
    for counter in (*range(2, 14, 2), 99):
        results.add(BY, rid(counter), counter)
    assert results.earlier() == {f"{BY}/outbox00": [(2, 8), (10, 10), (12, 12)]}
    assert [results.find(BY, rid(counter)) for counter in (1, 9, 11, 13)] == [None] * 4
