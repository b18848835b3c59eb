"""What is stored for ever: entries in batches, chained by hashes.

A stream entry is a batch; O1 numbers entries. Its fields are `head` (numbers, chain, mark), `salt`
and `body` (the entries) and `crc`. The chain runs over heads, and a head holds a salted digest of
the body, so that a body can be redacted and the chain still verifies (L10).
"""

from collections.abc import Sequence
from hashlib import sha256
from zlib import crc32

import msgspec
from msgspec import Raw, Struct

from etatyopoyta.domain.patch import Patch
from etatyopoyta.domain.records import Role

VERSION = 1
"""Of entries: what a reader must know. It is raised for what an older reader would get wrong."""
NO_BATCH_HASH = ""
"""What the first batch is chained to."""


class Unreadable(Exception):
    """A batch that this process must not go on with."""


class Damaged(Unreadable):
    """What the store gave is not what was put in. It is never served."""


class Newer(Unreadable):
    """Entries of a later version: who may see them, this version cannot know (L6)."""


class _Versioned(Struct):
    """As much of an entry as can be read of every version."""

    v: int = VERSION


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """One change: who asked for what when, what it changed, and what was there before (L8)."""

    n: int
    v: int = VERSION
    at_ms: int
    by: str
    role: Role
    rid: str
    cmd: Raw
    patch: Patch
    was: Patch


class Head(Struct, frozen=True, kw_only=True):
    """The part of a batch that the chain runs over."""

    first: int
    count: int
    prev: str
    digest: str
    mark: str
    """Random, so that a client can name a batch without learning of its content (L2)."""


class Stored(Struct, frozen=True):
    """A batch as the bytes of its fields."""

    head: bytes
    salt: bytes
    body: bytes
    crc: int


class Batch(Struct, frozen=True):
    """Entries that became durable together. `number` is the stream id `number-0`."""

    number: int
    head: Head
    hash: str
    """Of the head: what the next batch is chained to."""
    entries: tuple[Entry, ...]
    stored: Stored


_encoder = msgspec.json.Encoder()
_entries = msgspec.json.Decoder(tuple[Entry, ...])
_versions = msgspec.json.Decoder(tuple[_Versioned, ...])
_head = msgspec.json.Decoder(Head)


def make_batch(
    number: int,
    prev: str,
    entries: tuple[Entry, ...],
    *,
    mark: str,
    salt: bytes,
    encoded: Sequence[bytes] | None = None,
) -> Batch:
    """The batch of these entries, chained to the batch with the hash `prev`.

    `encoded` are the entries by `encode_entry`, where they are at hand.
    """
    body = b"[" + b",".join(encoded or map(encode_entry, entries)) + b"]"
    head = Head(
        first=entries[0].n,
        count=len(entries),
        prev=prev,
        digest=sha256(salt + body).hexdigest(),
        mark=mark,
    )
    head_bytes = _encoder.encode(head)
    stored = Stored(head_bytes, salt, body, crc32(head_bytes + salt + body))
    return Batch(number, head, _hash(head_bytes), entries, stored)


def encode_entry(entry: Entry) -> bytes:
    """The entry as it stands in the body of a batch."""
    return _encoder.encode(entry)


def read_batch(number: int, stored: Stored) -> Batch:
    """The batch in these bytes; Damaged, or Newer."""
    if crc32(stored.head + stored.salt + stored.body) != stored.crc:
        raise Damaged(f"batch {number}: checksum")
    try:
        head = _head.decode(stored.head)
        entries = _decoded(stored.body)
    except msgspec.DecodeError as error:
        raise Damaged(f"batch {number}: {error}") from error
    if sha256(stored.salt + stored.body).hexdigest() != head.digest:
        raise Damaged(f"batch {number}: digest")
    if [entry.n for entry in entries] != list(range(head.first, head.first + head.count)):
        raise Damaged(f"batch {number}: entry numbers")
    if any(entry.v > VERSION for entry in entries):
        raise Newer(f"batch {number}")
    return Batch(number, head, _hash(stored.head), entries, stored)


def _decoded(body: bytes) -> tuple[Entry, ...]:
    try:
        return _entries.decode(body)
    except msgspec.DecodeError as error:
        if any(entry.v > VERSION for entry in _versions.decode(body)):
            raise Newer(str(error)) from error
        raise


def check_follows(batch: Batch, number: int, hash_before: str, entry_before: int) -> None:
    """Pass when `batch` is the one after batch `number`, else Damaged."""
    if batch.number != number + 1:
        raise Damaged(f"batch {batch.number} came after {number}")
    if batch.head.prev != hash_before:
        raise Damaged(f"batch {batch.number}: chain")
    if batch.head.first != entry_before + 1:
        raise Damaged(f"batch {batch.number}: entry {batch.head.first} after {entry_before}")


def _hash(head: bytes) -> str:
    return sha256(head).hexdigest()
