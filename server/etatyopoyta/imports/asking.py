"""Has a file read by a worker process that holds no secrets, and outlives no patience."""

import asyncio
import signal
from asyncio.subprocess import Process

import msgspec
import structlog

from etatyopoyta.confined import ended_by_memory, started
from etatyopoyta.confined.confining import MEMORY_BYTES
from etatyopoyta.confined.process import program
from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.table import MAX_CHARACTERS, NotRead, Table

WALL_S = 15.0
MAX_ANSWER_BYTES = 8 * MAX_CHARACTERS
"""Room for letters of many bytes and for the quotes of 500,000 cells."""
PROGRAM = program("etatyopoyta.imports.worker")

log_line = structlog.get_logger()


async def read_in_worker(
    content: bytes, name: str, *, runs: str = PROGRAM, wall_s: float = WALL_S
) -> Table:
    """The table of a file; what the worker does, it does to itself alone.

    Raises Refused as `reading.read`, or "import.too_slow" with limit_s, also for a worker that
    died: "import.too_big" of memory, else "import.unreadable".
    """
    try:
        async with started(runs) as worker, asyncio.timeout(wall_s):
            said = await _ask(worker, content, name)
            if len(said) <= MAX_ANSWER_BYTES:
                await worker.wait()
    except TimeoutError:
        raise _too_slow(wall_s) from None
    return _understand(said, worker)


async def _ask(worker: Process, content: bytes, name: str) -> bytes:
    """All that the worker says, or the beginning of too much."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(name.replace("\n", " ").encode(errors="replace") + b"\n")
    worker.stdin.write(content)
    worker.stdin.close()  # after what was written
    try:
        return await worker.stdout.readexactly(MAX_ANSWER_BYTES + 1)
    except asyncio.IncompleteReadError as error:
        return error.partial


def _understand(said: bytes, worker: Process) -> Table:
    if worker.returncode == -signal.SIGXCPU:
        raise _too_slow(WALL_S)
    if ended_by_memory(worker) and len(said) <= MAX_ANSWER_BYTES:
        raise Refused("import.too_big", what="memory", limit=MEMORY_BYTES)
    try:
        answer = msgspec.json.decode(said, type=Table | NotRead)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        log_line.warning("import worker died", status=worker.returncode)
        raise Refused("import.unreadable", reason="damaged") from None
    if isinstance(answer, NotRead):
        raise Refused(answer.code, **answer.details)
    return answer


def _too_slow(limit_s: float) -> Refused:
    return Refused("import.too_slow", limit_s=round(limit_s))
