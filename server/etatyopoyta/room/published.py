"""Published versions of cards, as they stood on the desk when they were published."""

import asyncio
from collections import OrderedDict
from datetime import UTC, datetime

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.records import CardVersion
from etatyopoyta.log.contract import Log
from etatyopoyta.room.history import desk_when, made
from etatyopoyta.room.opening import NoDesk

KEPT = 32
"""Editions: some megabytes. A version never changes, so what is kept is never stale."""


class Published:
    """The editions that were asked for last; an older one is replayed from the log again."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._kept: OrderedDict[tuple[str, str, Language], CardModel] = OrderedDict()
        self._building = asyncio.Lock()

    async def edition(self, desk_id: str, version: CardVersion, language: Language) -> CardModel:
        """The version in this language. NoDesk when the log does not have it; Damaged or Away."""
        key = (desk_id, version.id, language)
        async with self._building:  # many who ask at once wait for one replay
            if key not in self._kept:
                self._kept[key] = await self._built(desk_id, version, language)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    async def _built(self, desk_id: str, version: CardVersion, language: Language) -> CardModel:
        found = await desk_when(self._log, desk_id, made(version.id))
        if found is None:
            raise NoDesk(desk_id)
        desk, entry = found
        edition = Edition(
            language=language,
            n=entry.n,
            made_at=datetime.fromtimestamp(version.published_ms / 1000, UTC),
            version=version.number,
        )
        return await asyncio.to_thread(build, desk, edition)
