"""The desk itself: filled from a template or a file, named, and its networks named."""

from collections.abc import Iterator

from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import (
    AnyRecord,
    Late,
    May,
    Network,
    NetworkId,
    Record,
    Shows,
    Text,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS, clean, clean_or_none


class FillDesk(Command, frozen=True, tag="desk.fill"):
    """Put records on a new desk, as a template or an export has them. Only the server says this.

    D1  Records that are there are not overwritten, and no id comes twice.
    """

    may = May.FILL_DESK

    records: tuple[AnyRecord, ...]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        filled: set[str] = set()
        for record in self.records:
            if record.id in desk or record.id in filled:
                raise Refused("id.taken", id=record.id)
            filled.add(record.id)
            yield record


class NameDesk(Command, frozen=True, tag="desk.name"):
    """Give the desk another title.

    D2  The Finnish title is not blank; the others may be missing.
    """

    may = May.EDIT_DESK

    title: Text

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, title=clean_text(self.title, "desk"))


class SetAnonymity(Command, frozen=True, tag="desk.shows"):
    """Say what others learn of the authors of notes.

    D3  It holds for notes written from now on: loosening it reveals nothing written before.
    """

    may = May.EDIT_DESK

    shows: Shows

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, shows=self.shows)


class SetLateRule(Command, frozen=True, tag="desk.late"):
    """Say what becomes of acts that arrive after their section was closed.

    D5  It holds for what arrives from now on.
    D6  Late is what the section named in the ask allowed, until 30 minutes after it has closed.
    D7  Only adding, editing and moving one's own notes is taken late; moving only to be marked.
    """

    may = May.EDIT_DESK

    late: Late

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        yield replace(desk.info, late=self.late)


class NameNetwork(Command, frozen=True, tag="network.name"):
    """Name a network; a name that somebody gave is no example any more.

    D4  Without a name the slot is to be named again.
    """

    may = May.EDIT_DESK

    network: NetworkId
    name: Text | None

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        name = None if self.name is None else clean_text(self.name, "network")
        yield replace(desk.get(Network, self.network), name=name, is_example=False)


def clean_text(text: Text, subject: str) -> Text:
    """Each language of `text` made safe to keep; Refused as `clean`."""
    return Text(
        fi=clean(text.fi, MAX_TITLE_CHARACTERS, subject),
        sv=clean_or_none(text.sv, MAX_TITLE_CHARACTERS, subject),
        en=clean_or_none(text.en, MAX_TITLE_CHARACTERS, subject),
    )
