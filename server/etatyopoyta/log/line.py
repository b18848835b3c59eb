"""One connection to the store for commands in flight side by side, answered in order (RESP).

The client library serves everything else. An append is the one thing done for every batch, and
through the library's pool it costs more than the batch (docs/decisions/0007-lean-appends.md).
"""

import asyncio
from collections import deque
from typing import Any, TypeAlias, cast

import hiredis
from redis.asyncio.connection import SSLConnection, parse_url

from etatyopoyta.log.contract import Away

Arg: TypeAlias = str | bytes | int
Reply: TypeAlias = Any
"""What hiredis makes of a reply: int, bytes, list or None."""


class Line:
    """Commands to one store. Connects when needed; nothing is ever sent twice."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self._address: dict[str, Any] = dict(parse_url(url))
        self._timeout_s = timeout_s
        self._socket: Socket | None = None
        self._connecting = asyncio.Lock()

    async def call(self, *args: Arg) -> Reply:
        """The reply to one command; `hiredis.ReplyError` when the store says no, or Away."""
        return await (await self.connected()).call(args)

    async def connected(self) -> "Socket":
        """The connection, or Away. What is called on it is answered in order or is lost with it."""
        socket = self._socket
        return await self._connect() if socket is None or socket.is_lost else socket

    def send(self, *args: Arg) -> None:
        """Send a command whose reply nobody waits for; nothing when there is no connection."""
        if self._socket is not None and not self._socket.is_lost:
            self._socket.call(args).add_done_callback(_let_be)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._socket is not None:
            self._socket.lose(Away("closed"))

    async def _connect(self) -> "Socket":
        async with self._connecting:
            if self._socket is None or self._socket.is_lost:
                try:
                    async with asyncio.timeout(self._timeout_s):
                        self._socket = await self._open()
                except (OSError, TimeoutError, hiredis.ReplyError) as error:
                    raise Away(str(error) or "no connection in time") from error
            return self._socket

    async def _open(self) -> "Socket":
        loop = asyncio.get_running_loop()
        to = self._address

        def protocol() -> Socket:
            return Socket(self._timeout_s)

        if "path" in to:
            _, socket = await loop.create_unix_connection(protocol, to["path"])
        else:
            host, port = to.get("host", "localhost"), to.get("port", 6379)
            _, socket = await loop.create_connection(protocol, host, port, ssl=_tls(to))
        if "password" in to:
            who = (to["username"],) if "username" in to else ()
            await socket.call(("AUTH", *who, to["password"]))
        if to.get("db"):
            await socket.call(("SELECT", to["db"]))
        return socket


def _let_be(reply: "asyncio.Future[Reply]") -> None:
    if not reply.cancelled():
        reply.exception()


def _tls(address: dict[str, Any]) -> Any:
    """The TLS context that the client library makes of the address; None without TLS."""
    options = dict(address)
    if options.pop("connection_class", None) is not SSLConnection:
        return None
    return SSLConnection(**options).ssl_context.get()


class Socket(asyncio.Protocol):
    """Pairs replies with the commands that wait for them."""

    def __init__(self, timeout_s: float) -> None:
        self.is_lost = False
        self._timeout_s = timeout_s
        self._reader = hiredis.Reader()
        self._waiting: deque[tuple[float, asyncio.Future[Reply]]] = deque()
        self._transport: asyncio.Transport | None = None
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def call(self, args: tuple[Arg, ...]) -> "asyncio.Future[Reply]":
        """The reply to come; a caller who stops waiting leaves it to nobody else."""
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Reply] = loop.create_future()
        if self.is_lost or self._transport is None or self._transport.is_closing():
            reply.set_exception(Away("not connected"))
            return reply
        self._waiting.append((loop.time() + self._timeout_s, reply))
        self._transport.write(hiredis.pack_command(args))  # type: ignore[arg-type]  # takes any length
        if self._watch is None:
            self._watch = loop.call_later(self._timeout_s, self._look)
        return reply

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            _, waiting = self._waiting.popleft()
            if waiting.done():
                continue
            if isinstance(reply, hiredis.ReplyError):
                waiting.set_exception(reply)
                if str(reply).startswith("READONLY"):
                    # It became a replica: what the address leads to now is for a new connection.
                    self.lose(Away("the store is not the primary any more"))
                    return
            else:
                waiting.set_result(reply)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lose(Away(str(exc) if exc else "the store closed the connection"))

    def lose(self, away: Away) -> None:
        """Give up the connection: whoever waits is in doubt."""
        self.is_lost = True
        if self._watch is not None:
            self._watch.cancel()
        if self._transport is not None:
            self._transport.abort()
        while self._waiting:
            _, reply = self._waiting.popleft()
            if not reply.done():
                reply.set_exception(away)

    def _look(self) -> None:
        """A store that is slower than the timeout is as good as away."""
        self._watch = None
        loop = asyncio.get_running_loop()
        if self._waiting:
            due, _ = self._waiting[0]
            if due <= loop.time():
                self.lose(Away(f"no reply in {self._timeout_s:g} s"))
            else:
                self._watch = loop.call_at(due, self._look)
