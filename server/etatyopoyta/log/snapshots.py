"""A desk's state at a batch, so that opening one does not replay everything."""

import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec
from msgspec import Struct

from etatyopoyta.domain.records import AnyRecord
from etatyopoyta.log.batch import VERSION, Damaged

LEVEL = 1
"""zlib: nearly as small as the default, three times as fast."""
DIGEST_BYTES = 32


class Snapshot(Struct, frozen=True, kw_only=True):
    """Everything that replaying the log up to `batch` would give."""

    v: int = VERSION
    n: int
    batch: int
    hash: str
    """Of that batch's head."""
    mark: str
    at_ms: int
    records: list[AnyRecord]
    results: dict[str, list[tuple[int, int]]]
    """By outbox: counters and entry numbers of its last asks (L7)."""
    earlier: dict[str, list[tuple[int, int]]] = {}
    """By outbox: first and last of each run of counters that were asked before those."""


def pack(snapshot: Snapshot) -> bytes:
    """The snapshot as bytes that tell when they were damaged."""
    body = zlib.compress(msgspec.json.encode(snapshot), LEVEL)
    return sha256(body).digest() + body


def unpack(data: bytes) -> Snapshot:
    """The snapshot, or Damaged."""
    digest, body = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
    if sha256(body).digest() != digest:
        raise Damaged("snapshot: digest")
    return msgspec.json.decode(zlib.decompress(body), type=Snapshot)


def sound(kept: Iterable[bytes]) -> Iterator[Snapshot]:
    """The snapshots that are neither damaged nor of a later version, in the order given."""
    for data in kept:
        try:
            snapshot = unpack(data)
        except (Damaged, zlib.error, msgspec.DecodeError):
            continue
        if snapshot.v <= VERSION:
            yield snapshot
