import pytest
from tests.log.contract import DESK, LogContract, batch_of

from etatyopoyta.log.contract import Away
from etatyopoyta.log.memory import MemoryLog


class TestMemoryLog(LogContract):
    @pytest.fixture
    def log(self) -> MemoryLog:
        return MemoryLog()

    @pytest.fixture
    def other(self, log: MemoryLog) -> MemoryLog:
        return log.another()

    @pytest.mark.anyio
    async def test_a_log_that_is_away_stores_nothing(self, log: MemoryLog) -> None:
        log.is_away = True
        with pytest.raises(Away):
            await log.append(DESK, batch_of(1))
        log.is_away = False
        assert list(await log.read(DESK, 0)) == []
