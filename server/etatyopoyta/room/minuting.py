"""The minutes of a workshop, from the desk's log."""

import msgspec
from msgspec import Struct

from etatyopoyta.cards.chronicle import Chronicle, Happened
from etatyopoyta.cards.minutes import build_minutes
from etatyopoyta.cards.minutes_model import Minutes
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Workshop
from etatyopoyta.log.contract import Log
from etatyopoyta.room.history import entries


class _Named(Struct):
    """As much of a command as minutes need: its name."""

    t: str = ""


_commands = msgspec.json.Decoder(_Named)


async def minutes_of(log: Log, desk_id: str, upto: int, workshop: str, edition: Edition) -> Minutes:
    """The minutes, from the desk's log up to the batch of that number."""
    desk = Desk()
    chronicle = Chronicle(Words(edition.language), workshop)
    async for entry in entries(log, desk_id, upto):
        changes = desk.apply(entry.patch)
        chronicle.take(Happened(entry.at_ms, _commands.decode(entry.cmd).t, changes), desk)
    return build_minutes(desk, chronicle, desk.get(Workshop, workshop), edition)
