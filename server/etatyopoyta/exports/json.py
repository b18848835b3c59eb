"""A whole desk as JSON: what leaves one installation and enters another."""

import msgspec
from msgspec import Struct

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form
from etatyopoyta.domain.records import AnyRecord, Note, Vote
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.visibility import ANYBODY, veil
from etatyopoyta.exports.card_json import card_json
from etatyopoyta.exports.checking import check

SCHEMA = "etatyopoyta.desk/1"


class Envelope(Struct, frozen=True, kw_only=True):
    """The file. `state_hash` is that of the records in it."""

    schema: str
    n: int
    """Number of the last entry of the log that is in it."""
    made_at: str
    state_hash: str
    hidden_notes_left_out: int
    records: list[Form]


class DeskFile(Envelope, frozen=True, kw_only=True):
    """A desk, with all its records as everybody on it may see them."""

    records: list[AnyRecord]  # type: ignore[assignment]  # the same, known more closely


class _Opened(Struct, frozen=True, kw_only=True):
    schema: str
    state_hash: str
    records: tuple[AnyRecord, ...]


class _Named(Struct, frozen=True):
    schema: str


def export(desk: Desk, edition: Edition) -> bytes:
    """All records as everybody on the desk may see them, one below the other.

    Hidden notes are left out and counted, memos and the votes of an open round left out. People are
    ids and roles, without names; the author of a note stands in it only where the note shows
    names. The language does not matter.
    For everybody it is the card alone, in its language.
    """
    if edition.is_public:
        return card_json(build(desk, edition))
    shown = [item for item in desk if not (isinstance(item, Note | Vote) and item.is_hidden)]
    forms = [seen for item in shown if (seen := veil(item, ANYBODY)) is not None]
    records = msgspec.convert(forms, tuple[AnyRecord, ...])
    envelope = Envelope(
        schema=SCHEMA,
        n=edition.n,
        made_at=edition.made_at.isoformat(timespec="seconds"),
        state_hash=Desk(records).state_hash(),
        hidden_notes_left_out=sum(note.is_hidden for note in desk.of(Note)),
        records=forms,
    )
    return msgspec.json.format(msgspec.json.encode(envelope), indent=1) + b"\n"


def parse(content: bytes) -> tuple[AnyRecord, ...]:
    """The records of an exported desk, in the order of the file; a desk of them has its hash.

    Raises Refused("import.unknown_schema", schema), or Refused("import.unreadable", reason) for
    what is no such file, was changed or cut on its way, or has fields that this version would lose.
    """
    try:
        schema = msgspec.json.decode(content, type=_Named).schema
        if schema != SCHEMA:
            raise Refused("import.unknown_schema", schema=schema[:80])
        opened = msgspec.json.decode(content, type=_Opened)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("import.unreadable", reason=str(error)[:200]) from error
    check(opened.records)
    if Desk(opened.records).state_hash() != opened.state_hash:
        raise Refused("import.unreadable", reason="state_hash")
    return opened.records
