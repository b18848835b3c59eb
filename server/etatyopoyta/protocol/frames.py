"""WebSocket frames, both ways. JSON text, one object a frame, `t` says which."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Raw, Struct

from etatyopoyta.domain.catalogue import AnyCommand
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.patch import Patch
from etatyopoyta.domain.records import Point, Role, SectionId
from etatyopoyta.domain.refused import Refused

SUBPROTOCOL = "etatyopoyta.v1"
SUBPROTOCOLS = (SUBPROTOCOL,)
"""What is spoken, best first: this version's, and the one before, whose pages are still open."""
MAX_FRAME_BYTES = 64 * 1024
"""Inbound; big state goes by HTTP (W3)."""

RequestId = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{8,40}:[1-9][0-9]{0,14}\Z")]
"""Outbox id, a colon, and a counter that grows by one with every ask of that outbox (L7)."""


class Malformed(Exception):
    """The envelope is broken: the socket is closed with a code."""


class FromClient(Struct, frozen=True, tag_field="t", forbid_unknown_fields=True):
    """A frame that a client sends."""


class Hello(FromClient, frozen=True, tag="hello"):
    """The first frame, and again after a resync: who I am, and what I have."""

    ticket: Annotated[str, Meta(max_length=128)]
    """From GET …/me: shows that a page of our own origin opened the socket."""
    since: Annotated[int, Meta(ge=0)] | None = None
    """The number of the last entry that the client has; None when it has no state."""
    mark: Annotated[str, Meta(max_length=64)] | None = None
    """The mark that stood beside that number: tells a restored log from the one known."""


class Ask(FromClient, frozen=True, tag="ask"):
    """A command. Asking again with the same id brings about one entry and one answer (O5)."""

    rid: RequestId
    cmd: Raw
    section: SectionId | None = None
    """The section that was open on my screen when I did it; by now it may be closed."""


class PresenceMoved(FromClient, frozen=True, tag="presence"):
    """Where my pointer is on the board; None when it is elsewhere. May be lost (O7)."""

    at: Point | None = None
    is_writing: bool = False
    """I am writing a note on this page just now. Others are told how many are, never who."""


class Ping(FromClient, frozen=True, tag="ping"):
    """Answered by a pong: a socket that looks open may be dead."""


AnyFromClient = Hello | Ask | PresenceMoved | Ping


class FromServer(Struct, frozen=True, tag_field="t"):
    """A frame that the server sends."""


class WireEntry(Struct, frozen=True):
    """An entry of the log as one viewer sees it. `p` may be empty: its number still counts."""

    n: int
    at_ms: int
    p: Patch


class Entries(FromServer, frozen=True, tag="entries"):
    """The next entries, in order and without a gap (O1, O3)."""

    list: list[WireEntry]
    mark: str
    """Of the last one's batch: what the next hello says beside its number (L2)."""


class Welcome(FromServer, frozen=True, tag="welcome"):
    """You have everything up to `n`. Comes after the entries that were missing."""

    n: int
    mark: str
    person: str
    role: Role
    now_ms: int
    build: str
    own: Patch
    """What your own records have beyond what all see: merge it into the state at `n`."""


class Resync(FromServer, frozen=True, tag="resync"):
    """What you have cannot be continued: fetch the snapshot, then say hello again."""


class Done(Struct, frozen=True):
    """A settled ask: it is entry `n`, or it changed nothing (`n` is None)."""

    rid: str
    n: int | None


class Settled(FromServer, frozen=True, tag="settled"):
    """Your asks that are in the log now. Comes after their entries."""

    list: list[Done]


class RefusedAsk(FromServer, frozen=True, tag="refused"):
    """A rule said no, nothing changed. `retry_ms`: ask again after so long."""

    rid: str
    code: str
    details: dict[str, object] = {}
    retry_ms: int | None = None


class People(FromServer, frozen=True, tag="people"):
    """Names by person id: all of them after a hello, later the new ones."""

    names: dict[str, str]


class Presence(FromServer, frozen=True, tag="presence"):
    """Who is here and where they point; `left` are the ones who went."""

    here: dict[str, Point | None]
    left: list[str] = []
    writing: int = 0
    """How many are writing a note just now."""


class PauseReason(StrEnum):
    """Why nothing is stored just now."""

    STORE_AWAY = "store_away"
    DISK = "disk"
    MEMORY = "memory"


class Saving(FromServer, frozen=True, tag="saving"):
    """Whether changes can be made durable just now, and why not."""

    is_paused: bool
    reason: PauseReason | None = None


class Pong(FromServer, frozen=True, tag="pong"):
    """The answer to a ping, with the server's clock."""

    now_ms: int


class Bye(FromServer, frozen=True, tag="bye"):
    """The server is going: come back after `retry_ms`."""

    retry_ms: int


AnyFromServer = (
    Entries | Welcome | Resync | Settled | RefusedAsk | People | Presence | Saving | Pong | Bye
)

_from_client = msgspec.json.Decoder(AnyFromClient)
_command = msgspec.json.Decoder(AnyCommand)
_encoder = msgspec.json.Encoder()


def decode(data: str | bytes) -> AnyFromClient:
    """The frame, or Malformed."""
    try:
        frame: AnyFromClient = _from_client.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Malformed(str(error)) from error
    return frame


def decode_command(cmd: Raw) -> Command:
    """The command, or Refused("request.unreadable"): the socket stays (W1)."""
    try:
        command: Command = _command.decode(cmd)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise Refused("request.unreadable") from error
    return command


def encode(frame: FromServer) -> bytes:
    """The frame's text as UTF-8."""
    return _encoder.encode(frame)


def entry_json(n: int, at_ms: int, patch: Patch) -> bytes:
    """One wire entry, encoded once for all who see the same."""
    return _encoder.encode(WireEntry(n, at_ms, patch))


def entries_frame(entries: list[bytes], mark: str) -> bytes:
    """An entries frame joined from encoded entries."""
    end = b'],"mark":' + _encoder.encode(mark) + b"}"
    return b'{"t":"entries","list":[' + b",".join(entries) + end
