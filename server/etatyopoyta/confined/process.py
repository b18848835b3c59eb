"""A process of its own that holds no secrets, and ends with whoever asked for it."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

BY_MEMORY = {-signal.SIGABRT, -signal.SIGKILL}
"""How it ends when an allocation in Rust fails, and when the kernel is out of memory."""


def program(module: str) -> str:
    """A Python program that runs the `main` of a module of ours.

    It imports what we would: without a site, the environment or the directory it stands in.
    """
    return f"import sys; sys.path[:] = sys.argv[1:]; from {module} import main; main()"


@asynccontextmanager
async def started(runs: str) -> AsyncIterator[Process]:
    """The process that runs this Python program; killed when it outlives the block."""
    paths = [path for path in sys.path if path]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", "-c", runs, *paths),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # it could hold content
        env={},
        cwd="/",
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def ended_by_memory(process: Process) -> bool:
    """Whether it ended because there was no more memory for it."""
    return process.returncode in BY_MEMORY
