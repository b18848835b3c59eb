"""The store is started again whenever it has ended, but never in a tight loop."""

import asyncio
from collections.abc import Iterator

import pytest
from tests.room.hall import until

from etatyopoyta import serving
from etatyopoyta.log.embedded import EmbeddedStore, StoreFailed
from etatyopoyta.protocol.frames import PauseReason
from etatyopoyta.room.space import Space

pytestmark = pytest.mark.anyio
PAUSES = serving.RESTART_BACK_OFF_S


class Ending(EmbeddedStore):
    """A store that ends, or does not start, as often as told."""

    def __init__(self, ends: int, *, starts: bool = True, is_killed: bool = False) -> None:
        self.ends = ends
        self.space = Space()
        self.reasons: list[PauseReason | None] = []
        """Why desks were read-only when it was started."""
        self._starts = starts
        self._is_killed = is_killed

    @property
    def was_killed(self) -> bool:
        return self._is_killed

    def is_running(self) -> bool:
        return self.ends == 0

    def spawn(self) -> None:
        self.ends -= 1
        self.reasons.append(self.space.reason)
        if not self._starts:
            raise StoreFailed("its last words")

    def wait_until_ready(self) -> None:
        pass


@pytest.fixture
def paused(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How long it waited before each start."""
    waited: list[float] = []
    sleep = asyncio.sleep

    async def pause(seconds: float) -> None:
        if seconds in PAUSES:
            waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", pause)
    yield waited
    monkeypatch.undo()


@pytest.mark.parametrize("starts", [True, False])
async def test_a_store_that_fails_is_started_slower_and_desks_are_read_only_at_last(
    paused: list[float], *, starts: bool
) -> None:
    store = Ending(8, starts=starts)
    await _keep_until_it_runs(store, None if starts else PauseReason.STORE_AWAY)
    assert paused == [*PAUSES, PAUSES[-1], PAUSES[-1]]
    assert store.reasons == [*[None] * 5, *[PauseReason.STORE_AWAY] * 3]


async def test_a_store_that_was_killed_is_started_at_once(paused: list[float]) -> None:
    store = Ending(20, is_killed=True)
    await _keep_until_it_runs(store, None)
    assert paused == []


async def _keep_until_it_runs(store: Ending, reason: PauseReason | None) -> None:
    keeping = asyncio.create_task(serving.keep_store(store, store.space))
    await until(lambda: store.is_running() and store.space.reason is reason)
    keeping.cancel()
