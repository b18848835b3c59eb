"""Published versions of cards, as they stood on the desk when they were published."""

import asyncio
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TypeAlias

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.words import Language
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import CardVersion
from etatyopoyta.exports.naming import FileName
from etatyopoyta.log.contract import Log
from etatyopoyta.room.history import desk_when, made
from etatyopoyta.room.opening import NoDesk

FileKey: TypeAlias = tuple[str, str, Language, str]
"""Desk, version, language and format of a public file."""
NamedFile: TypeAlias = tuple[FileName, bytes]
KEPT = 32
"""Editions: some megabytes. A version never changes, so what is kept is never stale."""
KEPT_FILES_BYTES = 64 * 1024 * 1024
"""Public files: a link that many follow at once is made once."""


class Published:
    """The editions that were asked for last; an older one is replayed from the log again."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._kept: OrderedDict[tuple[str, str, Language], CardModel] = OrderedDict()
        self._files: OrderedDict[FileKey, NamedFile] = OrderedDict()
        self._building = asyncio.Lock()

    async def edition(self, desk_id: str, version: CardVersion, language: Language) -> CardModel:
        """The version in this language. NoDesk when the log does not have it; Damaged or Away."""
        key = (desk_id, version.id, language)
        async with self._building:  # many who ask at once wait for one replay
            if key not in self._kept:
                desk, edition = await self._replayed(desk_id, version, language)
                self._kept[key] = await asyncio.to_thread(build, desk, edition)
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    async def desk(
        self, desk_id: str, version: CardVersion, language: Language
    ) -> tuple[Desk, Edition]:
        """The desk as it was when the version was published. Raises as `edition`."""
        async with self._building:
            return await self._replayed(desk_id, version, language)

    def file(self, key: FileKey) -> NamedFile | None:
        """A public file, if it is kept."""
        if key in self._files:
            self._files.move_to_end(key)
        return self._files.get(key)

    def keep(self, key: FileKey, file: NamedFile) -> NamedFile:
        """Have a public file at hand for the next who asks."""
        self._files[key] = file
        while sum(len(content) for _, content in self._files.values()) > KEPT_FILES_BYTES:
            self._files.popitem(last=False)
        return file

    async def _replayed(
        self, desk_id: str, version: CardVersion, language: Language
    ) -> tuple[Desk, Edition]:
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
        return desk, edition
