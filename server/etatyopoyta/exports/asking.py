"""Has a file made by a worker process: the loop that serves the desks does none of the work."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing

import msgspec
import structlog

from etatyopoyta.confined import ended_by_memory, started
from etatyopoyta.confined.process import program
from etatyopoyta.domain.records import Record
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports.making import Made, Makes, NotMade, Task

WALL_S = 180.0
MAX_FILE_BYTES = 200 * 1024 * 1024
AT_ONCE = 200
"""Records that are written down without letting others have the loop: under a millisecond."""
PROGRAM = program("etatyopoyta.exports.worker")

log_line = structlog.get_logger()


async def make_in_worker(
    records: Sequence[Record], task: Task, *, runs: str = PROGRAM, wall_s: float = WALL_S
) -> AsyncGenerator[Makes | bytes]:
    """How far it is, then the file. The worker ends with this iterator, whatever ends that.

    Raises Refused as the format's `export`, or "export.too_slow" with limit_s, "export.too_big"
    for want of memory, "export.failed" for an accident of ours.
    """
    ends = asyncio.get_running_loop().time() + wall_s
    async with started(runs) as worker:
        try:
            async with asyncio.timeout_at(ends):
                await _hand_over(worker, records, task)
            while True:
                async with asyncio.timeout_at(ends):
                    answer = await _answer(worker)
                yield answer
                if isinstance(answer, bytes):
                    return
        except TimeoutError:
            raise Refused("export.too_slow", limit_s=round(wall_s)) from None


async def made_in_worker(records: Sequence[Record], task: Task) -> bytes:
    """The file, when nobody asks how far it is. Raises Refused as `make_in_worker`."""
    async with aclosing(make_in_worker(records, task)) as steps:
        async for step in steps:
            if isinstance(step, bytes):
                return step
    raise AssertionError("a worker that says no more was refused")


async def _hand_over(worker: Process, records: Sequence[Record], task: Task) -> None:
    assert worker.stdin is not None
    try:
        for line in _lines(records, task):
            worker.stdin.write(line + b"\n")
            await worker.stdin.drain()
            await asyncio.sleep(0)  # a pipe with room does not wait by itself
        worker.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it is dead, and what it said will tell


def _lines(records: Sequence[Record], task: Task) -> Iterator[bytes]:
    yield msgspec.json.encode(task)
    for at in range(0, len(records), AT_ONCE):
        yield msgspec.json.encode(records[at : at + AT_ONCE])


async def _answer(worker: Process) -> Makes | bytes:
    assert worker.stdout is not None
    try:
        line = await worker.stdout.readline()
        answer = msgspec.json.decode(line, type=Makes | Made | NotMade)
        match answer:
            case Makes():
                return answer
            case Made():
                if answer.size > MAX_FILE_BYTES:
                    raise Refused("export.too_big")
                return await worker.stdout.readexactly(answer.size)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, asyncio.IncompleteReadError):
        raise await _why_it_died(worker) from None
    if answer.where is not None:
        log_line.error("export failed", where=answer.where)
    raise Refused(answer.code, **answer.details)


async def _why_it_died(worker: Process) -> Refused:
    if worker.stdout is not None and worker.stdout.at_eof():
        await worker.wait()
    if worker.returncode == -signal.SIGXCPU:
        return Refused("export.too_slow", limit_s=round(WALL_S))
    if ended_by_memory(worker):
        return Refused("export.too_big")
    log_line.error("export worker died", status=worker.returncode)
    return Refused("export.failed")
