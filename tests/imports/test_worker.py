"""The worker as the server sees it: how it ends, what it cannot reach, and who waits for it."""

import asyncio
import os
from pathlib import Path

import pytest
from tests.room.hall import until

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports import Table, Waiting, read_in_worker, waiting
from etatyopoyta.imports.asking import MAX_ANSWER_BYTES

pytestmark = pytest.mark.anyio

SECRET = "canary-of-the-environment"
BOOT = "import sys; sys.path[:] = sys.argv[1:]\n"
CONFINED = BOOT + "from etatyopoyta.confined.confining import confine\n"
TELL = 'print(\'{"type":"table","sheet":"%s","others":[],"rows":[]}\' % told)\n'
NOTHING = Table("nothing", (), ())


async def refused(program: str, wall_s: float = 15) -> tuple[str, object]:
    with pytest.raises(Refused) as refusal:
        await read_in_worker(b"a;b", "a.csv", runs=program, wall_s=wall_s)
    details = refusal.value.details
    return refusal.value.code, details.get("what") or details.get("reason")


async def told(program: str) -> str:
    return (await read_in_worker(b"a;b", "a.csv", runs=program + TELL)).sheet


def children() -> set[str]:
    """Processes that we started and that are not yet gone."""
    own = os.getpid()
    return set(Path(f"/proc/{own}/task/{own}/children").read_text().split())


# --- how it ends ---------------------------------------------------------------------------


async def test_a_worker_that_never_ends_is_killed() -> None:
    before = children()
    assert await refused("while True: pass", wall_s=0.2) == ("import.too_slow", None)
    assert children() == before


async def test_a_worker_that_computes_too_long_is_ended_by_the_kernel() -> None:
    program = CONFINED + "confine(cpu_s=1)\nwhile True: pass"
    assert await refused(program) == ("import.too_slow", None)


async def test_a_worker_that_wants_more_memory_does_not_get_it() -> None:
    program = (
        CONFINED
        + "confine()\ntry: bytearray(10**9); told = 'got'\nexcept MemoryError: told = 'none'\n"
    )
    assert await told(program) == "none"


@pytest.mark.parametrize(
    ("last_words", "why"),
    [
        ("import os; os._exit(3)", ("import.unreadable", "damaged")),
        ("raise ValueError('content of a file')", ("import.unreadable", "damaged")),
        ("import os; os.kill(os.getpid(), 11)", ("import.unreadable", "damaged")),
        ("import os; os.abort()", ("import.too_big", "memory")),
        ("import os; os.kill(os.getpid(), 9)", ("import.too_big", "memory")),
        ("print('{}')", ("import.unreadable", "damaged")),
        ("print('[' * 100_000)", ("import.unreadable", "damaged")),
        (f"print('x' * {MAX_ANSWER_BYTES + 9})", ("import.unreadable", "damaged")),
        ("while True: print('x' * 10**6)", ("import.unreadable", "damaged")),
    ],
    ids=["exits", "raises", "crashes", "aborts", "killed", "babbles", "nests", "talks", "floods"],
)  # fmt: skip
async def test_a_worker_that_dies_is_a_refusal(
    last_words: str, why: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert await refused(last_words) == why
    output = "".join(capfd.readouterr())
    assert "content" not in output
    assert "Traceback" not in output


async def test_a_worker_that_does_not_read_takes_nobody_along() -> None:
    with pytest.raises(Refused):
        await read_in_worker(bytes(5_000_000), "a.csv", runs="")


async def test_who_stops_waiting_leaves_no_worker_behind() -> None:
    before = children()
    asking = asyncio.create_task(read_in_worker(b"a", "a.csv", runs="while True: pass"))
    await until(lambda: children() > before)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert children() == before


# --- what it cannot reach ------------------------------------------------------------------


async def test_no_secret_stands_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETATYOPOYTA_SERVER_KEY", SECRET)
    program = "from pathlib import Path; told = ''.join(Path('/proc/self/environ').read_text())\n"
    assert SECRET not in await told(program)


@pytest.mark.parametrize(
    "reach",
    [
        "import socket; socket.create_connection(('127.0.0.1', {port}))",
        "open('/proc/self/environ')",
        "import os; os.open('/dev/null', os.O_RDONLY)",
        "import os; os.dup(0)",
        "import os; os.pipe()",
    ],
)
async def test_once_confined_it_reaches_nothing(reach: str) -> None:
    calls: list[str] = []

    def called(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append("called")
        writer.close()

    async with await asyncio.start_server(called, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        program = (
            CONFINED
            + "import os, socket\nconfine()\n"
            + f"try: {reach.format(port=port)}; told = 'reached'\n"
            + "except OSError: told = 'nothing'\n"
        )
        assert await told(program) == "nothing"
    assert calls == []


# --- who waits -----------------------------------------------------------------------------


async def test_files_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    may_end = asyncio.Event()

    async def slowly(_: bytes, name: str) -> Table:
        begun.append(name)
        await may_end.wait()
        return NOTHING

    monkeypatch.setattr(waiting, "read_in_worker", slowly)
    room = Waiting()
    async with asyncio.TaskGroup() as group:
        group.create_task(room.read(b"", "first"))
        group.create_task(room.read(b"", "second"))
        await until(lambda: begun)
        assert begun == ["first"]
        may_end.set()
    assert begun == ["first", "second"]


async def test_when_all_places_are_taken_the_next_is_asked_to_come_again() -> None:
    room = Waiting()
    places = [room.place() for _ in range(waiting.PLACES)]
    for place in places:
        place.__enter__()
    with pytest.raises(Refused) as refusal, room.place():
        pass
    assert (refusal.value.code, refusal.value.details) == ("import.busy", {"retry_ms": 5_000})
    places[0].__exit__(None, None, None)
    with room.place():
        pass
