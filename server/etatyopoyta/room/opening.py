"""From what is stored to an open desk: the newest sound snapshot and every batch after it."""

from msgspec import Struct

from etatyopoyta.domain.desk import Desk
from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, check_follows
from etatyopoyta.log.contract import Log
from etatyopoyta.log.snapshots import Snapshot, sound
from etatyopoyta.room.results import Results

PAGE = 500


class NoDesk(LookupError):
    """There is no desk with this id."""


class State(Struct):
    """A desk and the place in its log that it stands at."""

    desk: Desk
    results: Results
    n: int = 0
    batch: int = 0
    hash: str = NO_BATCH_HASH
    mark: str = ""
    at_ms: int = 0

    def check(self, batch: Batch) -> None:
        """Pass when `batch` is the next one, else Damaged."""
        check_follows(batch, self.batch, self.hash, self.n)

    def stand_at(self, batch: Batch) -> None:
        """The batch was applied: the state stands there now."""
        self.n = batch.entries[-1].n
        self.batch, self.hash, self.mark = batch.number, batch.hash, batch.head.mark
        self.at_ms = batch.entries[-1].at_ms

    def snapshot(self) -> Snapshot:
        """Everything that replaying the log up to here would give."""
        return Snapshot(
            n=self.n,
            batch=self.batch,
            hash=self.hash,
            mark=self.mark,
            at_ms=self.at_ms,
            records=list(self.desk),  # type: ignore[arg-type]  # every kind of record is in AnyRecord
            results=self.results.dump(),
            earlier=self.results.earlier(),
        )


async def open_state(log: Log, desk_id: str) -> State:
    """The desk as the log has it now; NoDesk when there is none, Damaged, Newer, or Away."""
    state = await _newest(log, desk_id)
    while True:
        batches = await log.read(desk_id, state.batch, PAGE)
        for batch in batches:
            state.check(batch)
            for entry in batch.entries:
                state.desk.apply(entry.patch)
                state.results.add(entry.by, entry.rid, entry.n)
            state.stand_at(batch)
        if len(batches) < PAGE:
            break
    if state.batch == 0:
        raise NoDesk(desk_id)
    return state


async def _newest(log: Log, desk_id: str) -> State:
    """The newest snapshot that is sound and whose batch is in the log; else the beginning."""
    for snapshot in sound(await log.snapshots(desk_id)):
        there = await log.read(desk_id, snapshot.batch - 1, 1)
        if there and there[0].hash == snapshot.hash:
            return _from(snapshot)
    return State(Desk(), Results())


def _from(snapshot: Snapshot) -> State:
    return State(
        Desk(snapshot.records),
        Results(snapshot.results, snapshot.earlier),
        n=snapshot.n,
        batch=snapshot.batch,
        hash=snapshot.hash,
        mark=snapshot.mark,
        at_ms=snapshot.at_ms,
    )
