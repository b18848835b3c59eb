"""What it means when the store does not load its file: a torn write, or damage."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.log.stores import programs

from etatyopoyta.log.aof import advice, cut_torn, torn_file
from etatyopoyta.log.embedded import EmbeddedStore, StoreFailed
from etatyopoyta.log.redis import RedisLog

pytestmark = pytest.mark.anyio
FIRST = b"*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n"
SECOND = b"*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$5\r\n\r\n*9\r\r\n"
UNEXPECTED = "1:M # Unexpected end of file reading the append only file a.1.incr.aof. You can: 1) …"
BAD = "1:M # Bad file format reading the append only file a.1.incr.aof: make a backup …"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "appendonlydir").mkdir()
    return tmp_path / "appendonlydir/a.1.incr.aof"


@pytest.mark.parametrize("kept", range(1, len(SECOND)))
def test_a_part_of_a_command_at_the_end_is_cut_off(file: Path, kept: int) -> None:
    file.write_bytes(FIRST + SECOND[:kept])
    assert torn_file(file.parents[1], UNEXPECTED) == file
    assert cut_torn(file) == kept
    assert file.read_bytes() == FIRST


def test_a_whole_command_after_the_break_is_damage(file: Path) -> None:
    damaged = FIRST.replace(b"$1\r\n1", b"$99\r\n1") + SECOND + FIRST
    file.write_bytes(damaged)
    assert torn_file(file.parents[1], UNEXPECTED) is None
    assert str(file) in (advice(file.parents[1], UNEXPECTED) or "")


def test_a_bad_format_is_damage(file: Path) -> None:
    file.write_bytes(FIRST)
    assert torn_file(file.parents[1], BAD) is None
    assert str(file) in (advice(file.parents[1], BAD) or "")


def test_other_words_are_not_explained(file: Path) -> None:
    assert torn_file(file.parents[1], "Out of memory") is None
    assert advice(file.parents[1], "Out of memory") is None


@pytest.fixture(params=programs(), ids=lambda path: Path(path).name)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmbeddedStore]:
    embedded = EmbeddedStore(tmp_path, request.param)
    yield embedded
    embedded.stop()


async def fill(store: EmbeddedStore) -> Path:
    """Ten values in the stopped store; its file."""
    store.start()
    log = RedisLog(store.url)
    for number in range(10):
        await log.put("shelf", str(number), b"value")
    await log.close()
    store.stop()
    return next((store.dir / "appendonlydir").glob("*.incr.aof"))


async def test_a_store_starts_without_its_torn_last_write(store: EmbeddedStore) -> None:
    file = await fill(store)
    os.truncate(file, file.stat().st_size - 3)
    store.start()
    log = RedisLog(store.url)
    assert set(await log.all("shelf")) == set("012345678")
    await log.close()


async def test_a_store_with_damage_does_not_start_and_names_the_file_unchanged(
    store: EmbeddedStore,
) -> None:
    file = await fill(store)
    for before, after in ((b"$5\r\nvalue", b"$9\r\nvalue"), (b"$5\r\nvalue", b"$9999\r\nvalue")):
        whole = file.read_bytes()
        damaged = whole.replace(before, after, 1)
        file.write_bytes(damaged)
        with pytest.raises(StoreFailed, match=file.name):
            store.start()
        assert file.read_bytes() == damaged
        file.write_bytes(whole)
