"""What server processes tell each other about an open desk, beside the log. May be lost (O7)."""

import msgspec
from msgspec import Struct

from etatyopoyta.domain.records import Point


class Here(Struct, frozen=True, tag="here"):
    """People with pages at the sending process, and where they point."""

    here: dict[str, Point | None]
    left: list[str] = []
    is_all: bool = False
    """Whoever is not named here is not there."""
    writing: list[str] = []
    """Who is writing a note at that process just now: all of them."""


class Ended(Struct, frozen=True, tag="ended"):
    """A session, or all that came by a door, have ended: their pages are closed. Keyed hashes."""

    session: str | None = None
    door: str | None = None


class Erased(Struct, frozen=True, tag="erased"):
    """The desk is no more: nothing of it may be written again."""


class Named(Struct, frozen=True, tag="named"):
    """Somebody has another name now: it is on the shelf."""

    person: str
    name: str


Whisper = Here | Ended | Named | Erased

_decoder = msgspec.json.Decoder(Whisper)
_encoder = msgspec.json.Encoder()


def encode(whisper: Whisper) -> bytes:
    """The whisper as JSON."""
    return _encoder.encode(whisper)


def decode(body: bytes) -> Whisper | None:
    """The whisper; None for one of a later version."""
    try:
        whisper: Whisper = _decoder.decode(body)
    except msgspec.DecodeError:
        return None
    return whisper
