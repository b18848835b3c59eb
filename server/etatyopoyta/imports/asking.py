"""Has a file read by a worker process that holds no secrets, and outlives no patience."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

import msgspec
import structlog

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports.confining import MEMORY_BYTES
from etatyopoyta.imports.table import MAX_CHARACTERS, NotRead, Table

WALL_S = 15.0
MAX_ANSWER_BYTES = 8 * MAX_CHARACTERS
"""Room for letters of many bytes and for the quotes of 500,000 cells."""
PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1:]; from etatyopoyta.imports.worker import main; main()"
)
"""It imports what we would: without a site, the environment or the directory it stands in."""
BY_MEMORY = {-signal.SIGABRT, -signal.SIGKILL}
"""How it ends when an allocation in Rust fails, and when the kernel is out of memory."""

log_line = structlog.get_logger()


async def read_in_worker(
    content: bytes, name: str, *, program: str = PROGRAM, wall_s: float = WALL_S
) -> Table:
    """The table of a file; what the worker does, it does to itself alone.

    Raises Refused as `reading.read`, or "import.too_slow" with limit_s, also for a worker that
    died: "import.too_big" of memory, else "import.unreadable".
    """
    paths = [path for path in sys.path if path]
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", "-c", program, *paths),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # it could hold content
        env={},
        cwd="/",
    )
    try:
        async with asyncio.timeout(wall_s):
            said = await _ask(worker, content, name)
            if len(said) <= MAX_ANSWER_BYTES:
                await worker.wait()
    except TimeoutError:
        raise _too_slow(wall_s) from None
    finally:
        if worker.returncode is None:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()
    assert worker.returncode is not None
    return _understand(said, worker.returncode)


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


def _understand(said: bytes, status: int) -> Table:
    if status == -signal.SIGXCPU:
        raise _too_slow(WALL_S)
    if status in BY_MEMORY and len(said) <= MAX_ANSWER_BYTES:
        raise Refused("import.too_big", what="memory", limit=MEMORY_BYTES)
    try:
        answer = msgspec.json.decode(said, type=Table | NotRead)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        log_line.warning("import worker died", status=status)
        raise Refused("import.unreadable", reason="damaged") from None
    if isinstance(answer, NotRead):
        raise Refused(answer.code, **answer.details)
    return answer


def _too_slow(limit_s: float) -> Refused:
    return Refused("import.too_slow", limit_s=round(limit_s))
