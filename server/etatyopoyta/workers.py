"""Several server processes on one port and one store: `serve --workers N`.

The launcher owns the store and the listening sockets, serves nothing itself, and keeps the workers
going. They end with it. `python -m etatyopoyta.workers` is a worker: its work comes on stdin.

Each place has a listening socket of its own, since of workers on one socket the first to wake takes
most of a crowd. It outlives the worker: what comes between two workers waits, and is not reset.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from functools import partial

import msgspec
import structlog
import uvloop
from msgspec import Struct

from etatyopoyta.app import build_house, create_app
from etatyopoyta.log.embedded import EmbeddedStore, end_with
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.serving import (
    Server,
    Started,
    address_of,
    check_soundness,
    config,
    keep_store,
    listen,
    quiet_logs,
    server_key,
    tune_collector,
)
from etatyopoyta.settings import Settings

READY_S = 60.0
STOP_S = 15.0
"""A worker drains in half of that; what takes longer hangs."""
STEADY_S = 30.0
"""Whoever has worked for so long did not end because of how it was started."""
RETRY_MS = 50
"""The next worker answers already when one drains."""
BACK_OFF_S = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0)

log_line = structlog.get_logger()


class Work(Struct, frozen=True):
    """What a worker is told."""

    settings: Settings
    url: str
    """Of the store."""
    listener: int
    """File descriptor of the socket to accept from."""
    ready: int
    """File descriptor to write to when requests are answered."""


class NotStarted(Exception):
    """A worker ended before it was ready; its own words are in the log."""


class Worker:
    """A child process that serves."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self._started_at = time.monotonic()

    @property
    def age_s(self) -> float:
        """Since it was ready."""
        return time.monotonic() - self._started_at

    @classmethod
    async def start(cls, settings: Settings, url: str, listener: socket.socket) -> "Worker":
        """A worker that answers requests; NotStarted."""
        told, tells = os.pipe()
        with open(told, "rb", 0) as ready:  # noqa: ASYNC230  a pipe, read by the loop
            work = Work(settings, url, listener.fileno(), tells)
            try:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "etatyopoyta.workers"),
                    stdin=subprocess.PIPE,
                    pass_fds=(listener.fileno(), tells),
                    start_new_session=True,  # Ctrl-C reaches the launcher, which lets them drain
                    preexec_fn=partial(end_with, os.getpid()),
                )
            finally:
                os.close(tells)
            assert process.stdin is not None
            process.stdin.write(msgspec.json.encode(work))
            process.stdin.close()
            said = asyncio.StreamReader()
            transport, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(said), ready
            )
            try:
                is_ready = await asyncio.wait_for(said.read(1), READY_S)
            except TimeoutError:
                is_ready = b""
                process.kill()
            finally:
                transport.close()
        if not is_ready:
            raise NotStarted(f"worker {process.pid} ended with {await process.wait()}")
        return cls(process)

    async def stop(self) -> None:
        """Let it drain and end."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_S)
        except TimeoutError:
            log_line.error("a worker did not end", pid=self.process.pid)
            self.process.kill()
            await self.process.wait()


class Crew:
    """The workers of a launcher, one per place: a listening socket."""

    def __init__(self, settings: Settings, url: str, listeners: list[socket.socket]) -> None:
        self._start = partial(Worker.start, settings, url)
        self._listeners = listeners
        self._workers: list[Worker] = []
        self._turns = [asyncio.Lock() for _ in listeners]
        self._is_stopping = False

    async def start(self) -> None:
        """Start all; NotStarted when one does not."""
        self._workers = list(await asyncio.gather(*map(self._start, self._listeners)))

    async def keep(self, place: int) -> None:
        """Start the worker of this place again whenever it has ended; slower each time it fails."""
        fails = 0
        while True:
            worker = self._workers[place]
            await worker.process.wait()
            async with self._turns[place]:
                if self._is_stopping:
                    return
                if self._workers[place] is not worker:
                    continue
                if worker.age_s > STEADY_S:
                    fails = 0
                log_line.error("a worker ended; starting another", pid=worker.process.pid)
                await asyncio.sleep(BACK_OFF_S[min(fails, len(BACK_OFF_S) - 1)])
                fails += 1
                try:
                    self._workers[place] = await self._start(self._listeners[place])
                except (NotStarted, OSError) as error:
                    log_line.error("a worker does not start", why=str(error))

    async def restart_whenever(self, asked: asyncio.Event) -> None:
        """Restart each time this is set, also when it was set meanwhile."""
        while True:
            await asked.wait()
            asked.clear()
            await self._restart()

    async def _restart(self) -> None:
        """One after the other: the new one answers before the old one drains.

        When a new one does not start, the old ones stay.
        """
        for place, listener in enumerate(self._listeners):
            async with self._turns[place]:
                if self._is_stopping:
                    return
                try:
                    new = await self._start(listener)
                except (NotStarted, OSError) as error:
                    log_line.error("not restarted", why=str(error))
                    return
                old, self._workers[place] = self._workers[place], new
            await old.stop()
        log_line.info("restarted", workers=len(self._workers))

    async def stop(self) -> None:
        """Let all drain side by side, and end."""
        self._is_stopping = True
        await asyncio.gather(*(worker.stop() for worker in self._workers))


async def serve_with_workers(
    settings: Settings, store: EmbeddedStore | None, url: str, started: Started
) -> None:
    """Serve until a signal; SIGHUP restarts the workers one after the other.

    At a terminal SIGHUP means that it was closed, and ends them as well.
    Raises TooWeak, PortTaken, Away or NotStarted when it cannot start.
    """
    log = RedisLog(url, settings.replicas)
    listeners = _listen(settings)
    crew = Crew(settings, url, listeners)
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    renewing = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, ending.set)
    loop.add_signal_handler(signal.SIGHUP, (ending if sys.stdout.isatty() else renewing).set)
    try:
        await check_soundness(settings, log)
        house = build_house(settings, log, server_key(settings))
        await crew.start()
        async with asyncio.TaskGroup() as tasks:
            keepers = [tasks.create_task(crew.keep(place)) for place in range(settings.workers)]
            if store is not None:
                keepers.append(tasks.create_task(keep_store(store, house.space)))
            keepers.append(tasks.create_task(crew.restart_whenever(renewing)))
            await started(house, address_of(listeners[0]))
            await ending.wait()
            await crew.stop()
            for keeper in keepers:
                keeper.cancel()
    finally:
        await crew.stop()
        for listener in listeners:
            listener.close()
        await log.close()


def _listen(settings: Settings) -> list[socket.socket]:
    """A socket per worker; PortTaken, also when those who have it would share it."""
    with listen(settings.host, settings.port) as alone:
        port = alone.getsockname()[1]
    return [listen(settings.host, port, is_shared=True) for _ in range(settings.workers)]


async def _work(work: Work) -> None:
    log = RedisLog(work.url, work.settings.replicas)
    try:
        house = build_house(work.settings, log, server_key(work.settings))
        listener = socket.socket(fileno=work.listener)
        server = Server(config(work.settings, create_app(house)), house, RETRY_MS)
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(house.space.watch(log.memory_used))
            serving = tasks.create_task(server.serve([listener]))
            if await server.wait_until_started(serving):
                os.write(work.ready, b"1")
                os.close(work.ready)
            await serving
            watching.cancel()
    finally:
        await log.close()


if __name__ == "__main__":
    quiet_logs()
    tune_collector()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(msgspec.json.decode(sys.stdin.buffer.read(), type=Work)))
