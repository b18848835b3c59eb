"""The server process: the store below, the application, and a way to end that loses nothing."""

import asyncio
import gc
import logging
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from types import FrameType

import structlog
import uvicorn
import uvloop
from litestar.types import ASGIApp
from uvicorn.lifespan.on import LifespanOn

from etatyopoyta.app import build_house, create_app
from etatyopoyta.log.embedded import EmbeddedStore, StoreFailed, StoreInUse
from etatyopoyta.log.redis import RedisLog
from etatyopoyta.log.soundness import EMBEDDED_FLOOR, EXTERNAL_FLOOR, check_store
from etatyopoyta.room.space import Space
from etatyopoyta.settings import Settings
from etatyopoyta.transport.house import House

RETRY_MS = 500
"""People come back after that: a server that is started again takes about as long."""
HANDSHAKE_MS = 4
"""What one costs, about: a full hall that comes back at once would wait for itself."""
DRAIN_S = 2.0
UNASKED_S = 0.5
"""For the question of who is let in and has not asked yet; more is a browser's spare connection."""
SEND_BUFFER_BYTES = 64 * 1024
"""What the kernel keeps for a client that does not read; more is 2.9 MB a client (measured)."""
RESTART_BACK_OFF_S = (0.1, 0.2, 0.5, 1.0, 2.0, 10.0)
"""By how often the store failed in the last minute; from the last on desks are read-only."""
FAILS_WITHIN_S = 60.0
WATCH_S = 0.05

log_line = structlog.get_logger()
Started = Callable[[House, str], Awaitable[None]]
Run = Callable[[Settings, EmbeddedStore | None, str, Started], Coroutine[None, None, None]]
"""Serves on a store's address until a signal."""


def serve(settings: Settings, started: Started, run: Run) -> None:
    """Serve the way of `run`, on the store it needs; StoreInUse, StoreFailed or what `run` raises.

    `started` is called once with the house and the address when requests are answered.
    """
    os.umask(0o077)
    quiet_logs()
    tune_collector()
    store: EmbeddedStore | None = None
    if settings.redis_url is None:
        store = open_store(settings)
        store.start()
    url = store.url if store is not None else settings.redis_url
    assert url is not None
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run(settings, store, url, started))
    except ExceptionGroup as group:  # of tasks side by side: the first one's reason is told
        raise _first(group) from group
    finally:
        if store is not None:
            store.stop()


def _first(group: ExceptionGroup[Exception]) -> Exception:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first


def open_store(settings: Settings) -> EmbeddedStore:
    """The embedded store of the settings, not started yet."""
    data_dir = Path(settings.data_dir)
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return EmbeddedStore(data_dir, settings.store_server, settings.store_memory_mb)


def server_key(settings: Settings) -> str:
    """The key that seals codes: as set, else made once and kept in the data folder."""
    if settings.secret_key is not None:
        return settings.secret_key
    path = Path(settings.data_dir) / "server.key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def tune_collector() -> None:
    """Look for garbage cycles seldom: every change makes objects, hardly any of them cycles.

    At Python's own thresholds this was a seventh of the server's time, and felt as pauses.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def quiet_logs() -> None:
    """Ours: one line each, JSON unless on a terminal. The libraries': only what is wrong.

    Tracebacks have no values of variables: notes, names and tokens stay out of logs (T11).
    """
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)
    renderers = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *renderers,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


async def serve_here(
    settings: Settings, store: EmbeddedStore | None, url: str, started: Started
) -> None:
    """Serve in this process until a signal."""
    log = RedisLog(url, settings.replicas)
    try:
        await check_soundness(settings, log)
        house = build_house(settings, log, server_key(settings))
        listener = listen(settings.host, settings.port)
        server = Server(config(settings, create_app(house)), house)
        async with asyncio.TaskGroup() as tasks:
            keepers = [tasks.create_task(house.space.watch(log.memory_used))]
            if store is not None:
                keepers.append(tasks.create_task(keep_store(store, house.space)))
            serving = tasks.create_task(server.serve([listener]))
            # The terminal was closed: as if asked to end.
            hung_up = partial(server.handle_exit, signal.SIGHUP, None)
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up)
            if await server.wait_until_started(serving):
                await started(house, address_of(listener))
            await serving
            for keeper in keepers:
                keeper.cancel()
    finally:
        await log.close()


async def check_soundness(settings: Settings, log: RedisLog) -> None:
    """Pass when the store keeps what it acknowledges, or whoever runs it does without; TooWeak."""
    if not settings.accept_data_loss:
        await check_store(log, EMBEDDED_FLOOR if settings.redis_url is None else EXTERNAL_FLOOR)


def address_of(listener: socket.socket) -> str:
    """Where a listener is called."""
    host, port = listener.getsockname()[:2]
    return f"http://{host}:{port}"


class PortTaken(Exception):
    """The address cannot be listened on; the message says which and why."""


def listen(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """The listening socket; PortTaken. Accepted sockets inherit its small send buffer.

    Shared ones of one port are given connections by turns, whoever of this user opened them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise PortTaken(f"{host}:{port}: {error.strerror}") from error
    return listener


class DesksFailed(Exception):
    """A fault of ours that took all desks along: the process ends, and another one is started."""


class Server(uvicorn.Server):
    """uvicorn, with a goodbye: asks are stored and people told before sockets close."""

    def __init__(self, config: uvicorn.Config, house: House, retry_ms: int = RETRY_MS) -> None:
        super().__init__(config)
        self._house = house
        self._retry_ms = retry_ms
        self._signalled = False

    async def wait_until_started(self, serving: "asyncio.Task[None]") -> bool:
        """Whether it answers requests; False when it ended before."""
        while not self.started and not serving.done():  # noqa: ASYNC110  uvicorn sets a flag
            await asyncio.sleep(0.01)
        return self.started

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until a signal, or DesksFailed."""
        await super().serve(sockets)
        if self._has_failed:
            raise DesksFailed("what keeps the desks going has ended; the lines before say why")

    async def on_tick(self, counter: int) -> bool:
        """Whether to end: also when the desks have failed, and pages would wait for ever."""
        return await super().on_tick(counter) or self._has_failed

    @property
    def _has_failed(self) -> bool:
        return isinstance(self.lifespan, LifespanOn) and self.lifespan.error_occurred

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._house.is_draining = True
        rooms = self._house.open_rooms.opened() if self._house.rooms else []
        for server in self.servers:  # who comes now is for the next one
            server.close()
        answering = asyncio.create_task(self._let_them_ask())
        spread_ms = HANDSHAKE_MS * sum(room.attendance.count for room in rooms)
        for room in rooms:
            room.attendance.say_goodbye(self._retry_ms, 2 * self._retry_ms + spread_ms)
        try:
            async with asyncio.timeout(DRAIN_S):
                await asyncio.gather(*(room.at_rest() for room in rooms))
        except TimeoutError:
            log_line.warning("asks were left waiting", count=sum(room.waiting for room in rooms))
        await answering
        await super().shutdown(sockets)

    async def _let_them_ask(self) -> None:
        """Until nobody is there who was let in and has not asked: uvicorn would hang up on them."""
        for _ in range(int(UNASKED_S / WATCH_S)):
            await asyncio.sleep(WATCH_S)
            connections = self.server_state.connections
            if all(getattr(connection, "cycle", self) is not None for connection in connections):
                return

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig == signal.SIGINT and self._signalled:
            self.force_exit = True
        self._signalled = True
        self.should_exit = True


def config(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        ws="etatyopoyta.transport.wire:DeskSocket",
        ws_max_size=65_536,
        ws_per_message_deflate=False,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        timeout_graceful_shutdown=5,
        server_header=False,
        access_log=False,
        log_config=None,
        proxy_headers=settings.trusted_proxy is not None,
        forwarded_allow_ips=settings.trusted_proxy,
        lifespan="on",
    )


async def keep_store(store: EmbeddedStore, space: Space) -> None:
    """Start the store again whenever it has ended; slower when it fails again and again."""
    failed_at: list[float] = []
    while True:
        await asyncio.sleep(WATCH_S)
        if store.is_running():
            continue
        now = time.monotonic()
        failed_at = [at for at in failed_at if now - at < FAILS_WITHIN_S]
        if not store.was_killed:  # who is killed has not failed
            failed_at.append(now)
        fails = min(len(failed_at), len(RESTART_BACK_OFF_S)) - 1
        log_line.error("the store ended; starting it again", fails=len(failed_at))
        space.give_up(has_given_up=fails == len(RESTART_BACK_OFF_S) - 1)
        if fails >= 0:
            await asyncio.sleep(RESTART_BACK_OFF_S[fails])
        try:
            store.spawn()  # from this, the main thread: the store ends when we do
            await asyncio.to_thread(store.wait_until_ready)
            space.give_up(has_given_up=False)
        except (StoreFailed, StoreInUse, OSError) as error:
            log_line.error("the store does not start", why=str(error))
