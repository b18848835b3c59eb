"""Names of people: beside the log, never in it, so that they can be forgotten (L13)."""

from etatyopoyta.log.contract import Log


class Names:
    """The names on one desk by person id."""

    def __init__(self, log: Log, desk_id: str) -> None:
        self.all: dict[str, str] = {}
        self._log = log
        self._shelf = f"desk:{{{desk_id}}}:people"

    async def keep(self, person: str, name: str) -> None:
        """Keep a person's name."""
        await self._log.put(self._shelf, person, name.encode())
        self.all[person] = name

    async def load(self) -> None:
        """Read all names."""
        kept = await self._log.all(self._shelf)
        self.all = {person: name.decode() for person, name in kept.items()}
