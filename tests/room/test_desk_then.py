"""Desks as they were, replayed from the log."""

from collections.abc import Sequence

import pytest
from msgspec import Raw
from tests.domain.given import FANNY, NOW

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Patch
from etatyopoyta.domain.records import Role
from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, Damaged, Entry, make_batch
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.room import history
from etatyopoyta.room.history import desk_at, desk_when, entries, made
from etatyopoyta.room.opening import NoDesk

pytestmark = pytest.mark.anyio

LINE = "text_1"
STEPS: list[tuple[Patch, Patch]] = [
    (
        {LINE: {"t": "text", "id": LINE, "section": "a", "order": 1, "text": "x", "version": 1}},
        {LINE: None},
    ),
    ({LINE: {"text": "y"}}, {LINE: {"text": "x"}}),
    ({LINE: None}, {LINE: {"t": "text", "id": LINE}}),
]


async def a_log() -> MemoryLog:
    """A log of three entries, one a batch: a line comes, changes and goes."""
    log, before = MemoryLog(), NO_BATCH_HASH
    for n, (patch, was) in enumerate(STEPS, 1):
        entry = Entry(
            n=n,
            at_ms=NOW + n,
            by=FANNY,
            role=Role.FACILITATOR,
            rid=f"outbox:{n}",
            cmd=Raw(b"{}"),
            patch=patch,
            was=was,
        )
        batch = make_batch(n, before, (entry,), mark="m", salt=b"s" * 16)
        before = batch.hash
        await log.append("desk", batch)
    return log


def text_of(desk: Desk) -> list[str]:
    return [record.text for record in desk]  # type: ignore[attr-defined]  # lines only


@pytest.mark.parametrize(("n", "texts"), [(1, ["x"]), (2, ["y"]), (3, [])])
async def test_the_desk_is_what_it_was_at_an_entry(n: int, texts: list[str]) -> None:
    assert text_of(await desk_at(await a_log(), "desk", n)) == texts


@pytest.mark.parametrize("page", [1, 2, 3])
async def test_all_pages_of_the_log_are_read(page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", page)
    assert [entry.n async for entry in entries(await a_log(), "desk")] == [1, 2, 3]


async def test_an_entry_that_is_not_there_has_no_desk() -> None:
    log = await a_log()
    with pytest.raises(NoDesk):
        await desk_at(log, "desk", 4)
    with pytest.raises(NoDesk):
        await desk_at(log, "another", 1)


async def test_the_entry_that_made_a_record_is_found() -> None:
    log = await a_log()
    found = await desk_when(log, "desk", made(LINE))
    assert found is not None
    desk, entry = found
    assert (entry.n, text_of(desk)) == (1, ["x"])
    assert await desk_when(log, "desk", made("text_2")) is None


class Torn(MemoryLog):
    """A log that has lost a batch."""

    async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        return [b for b in await super().read(desk_id, after, limit) if b.number != 2]


async def test_a_log_that_lost_something_is_never_shown() -> None:
    log = Torn()
    log._streams = (await a_log())._streams
    with pytest.raises(Damaged):
        await desk_at(log, "desk", 3)
