import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.log.contract import batch_of

from etatyopoyta.log.batch import (
    NO_BATCH_HASH,
    Damaged,
    Entry,
    Head,
    Stored,
    check_follows,
    read_batch,
)


def test_what_is_stored_is_read_again() -> None:
    batch = batch_of(7, first=20, count=3)
    assert read_batch(7, batch.stored) == batch


@given(st.sampled_from(["head", "salt", "body"]), st.integers(min_value=0), st.integers(0, 7))
def test_every_flipped_bit_is_found(field: str, at: int, bit: int) -> None:
    stored = batch_of(1).stored
    data = bytearray(getattr(stored, field))
    data[at % len(data)] ^= 1 << bit
    with pytest.raises(Damaged):
        read_batch(1, msgspec.structs.replace(stored, **{field: bytes(data)}))


def test_a_body_that_was_redacted_leaves_the_chain_whole() -> None:
    first = batch_of(1)
    second = batch_of(2, prev=first.hash)
    redacted = Stored(first.stored.head, b"", b"", 0)
    head = msgspec.json.decode(redacted.head, type=Head)
    assert second.head.prev == first.hash
    assert head.digest == first.head.digest


def test_a_batch_follows_only_the_one_it_names() -> None:
    first = batch_of(1, count=2)
    second = batch_of(2, first=3, prev=first.hash)
    check_follows(first, 0, NO_BATCH_HASH, 0)
    check_follows(second, 1, first.hash, 2)
    for number, hash_before, entry_before in (
        (0, first.hash, 2),
        (1, "else", 2),
        (1, first.hash, 1),
    ):
        with pytest.raises(Damaged):
            check_follows(second, number, hash_before, entry_before)


def test_an_entry_of_a_later_version_is_readable() -> None:
    later = {
        "n": 1,
        "v": 9,
        "at_ms": 1,
        "by": "person_1",
        "role": "system",
        "rid": "outbox00:1",
        "cmd": {"t": "note.sing"},
        "patch": {"note_1": {"tune": "la"}},
        "was": {},
        "new": 1,
    }
    entry = msgspec.json.decode(msgspec.json.encode(later), type=Entry)
    assert (entry.v, entry.patch) == (9, {"note_1": {"tune": "la"}})
