"""Names of people: beside the log, never in it, so that they can be forgotten (L13)."""

from collections.abc import Iterable

from etatyopoyta.domain.desk import Change
from etatyopoyta.log.contract import Away, Log


class Names:
    """The names on one desk by person id."""

    def __init__(self, log: Log, desk_id: str) -> None:
        self.all: dict[str, str] = {}
        self._has_newcomers = False
        self._log = log
        self._shelf = shelf_of(desk_id)

    async def keep(self, person: str, name: str) -> None:
        """Keep a person's name."""
        await self._log.put(self._shelf, person, name.encode())
        self.all[person] = name

    def expect(self, changes: Iterable[Change]) -> None:
        """Another process has stored this; whom it let in has a name on the shelf."""
        self._has_newcomers |= any(change.id.startswith("person_") for change in changes)

    async def learn(self) -> bool:
        """Read the names of whom others let in; whether there were any. Or Away."""
        if not self._has_newcomers:
            return False
        self._has_newcomers = False  # before the await: more may come meanwhile
        try:
            await self.load()
        except Away:
            self._has_newcomers = True
            raise
        return True

    async def load(self) -> None:
        """Read all names."""
        kept = await self._log.all(self._shelf)
        self.all = {person: name.decode() for person, name in kept.items()}


def shelf_of(desk_id: str) -> str:
    """Where the names of a desk's people are kept."""
    return f"desk:{{{desk_id}}}:people"
