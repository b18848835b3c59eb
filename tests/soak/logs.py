"""A log as it lies on the disk, with what is true of it, and stores that start on copies of it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import Struct
from tests.room.hall import AINO, RECORDS, StillChance, come_in
from tests.room.test_room import note

from etatyopoyta.domain.records import AnyRecord, Role
from etatyopoyta.log.contract import Log
from etatyopoyta.log.embedded import EmbeddedStore
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.room.door import Doors, Session
from etatyopoyta.room.founding import found_desk
from etatyopoyta.room.rooms import open_rooms

KEY = "k" * 40
SNAPSHOT_AT = 0.7
"""Of the batches: the state is kept there, as a long workshop has it."""


class Written(Struct):
    """A data folder with one desk, and what is true of it."""

    folder: Path
    desk_id: str
    ends: list[int]
    """Where each batch ends in the file of the log, in bytes."""
    states: list[str]
    """The state's hash after each batch."""
    doors: dict[str, object]
    """What must come out of the shelves, by how it is asked for."""
    names: dict[str, str]

    def copy(self, folder: Path) -> Path:
        """A copy to do harm to."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.sock", "*.log"))
        return folder


def log_file(folder: Path) -> Path:
    """The file of the log that is written to."""
    return next((folder / "store/appendonlydir").glob("*.incr.aof"))


async def write(folder: Path, batches: int) -> Written:
    """A desk whose log has so many batches, people who joined it, and a snapshot."""
    folder.mkdir()  # noqa: ASYNC240  nothing else runs
    chance = StillChance()
    records: tuple[AnyRecord, ...] = RECORDS  # type: ignore[assignment]  # of every kind
    async with started(folder) as log:
        doors = Doors(log, chance, KEY)
        desk_id = (await found_desk(log, doors, chance, records)).id
        token = await doors.seat(desk_id, AINO, Role.PARTICIPANT)
        async with open_rooms(log, chance, "build") as rooms:
            room = await rooms.get(desk_id)
            await room.name(AINO, "Aino Äyräs")
            page = await come_in(room, AINO)
            written = Written(folder, desk_id, [], [], {}, dict(room.names.all))
            for number in range(batches):
                page.ask(note(number, f"Lappu {number} " + "ä" * (number % 40)))
                await room.at_rest()
                written.ends.append(log_file(folder).stat().st_size)
                written.states.append(room.state.desk.state_hash())
                if number == int(batches * SNAPSHOT_AT):
                    await room.keep_snapshot()
        written.doors[token] = await doors.session(doors.session_key(token))
        keys = await doors.participants_keys(desk_id)
        assert keys is not None
        written.doors[keys.code] = await doors.open(keys.code)
    return written


async def through_doors(log: Log, written: Written) -> dict[str, object]:
    """What comes out of the shelves now."""
    doors = Doors(log, StillChance(), KEY)
    found: dict[str, object] = {}
    for key, true in written.doors.items():
        is_session = isinstance(true, Session)
        found[key] = await (
            doors.session(doors.session_key(key)) if is_session else doors.open(key)
        )
    return found


@asynccontextmanager
async def started(folder: Path, *, is_copy: bool = False) -> AsyncIterator[RedisLog]:
    """The log of a data folder, with its store running; a copy's store ends without a goodbye."""
    store = EmbeddedStore(folder)
    try:
        store.start()
        log = RedisLog(store.url)
        try:
            yield log
        finally:
            await log.close()
    finally:
        if is_copy and store._child is not None:
            store._child.kill()
        await asyncio.to_thread(store.stop)
