"""The log in Redis or Valkey Streams. Order, durability and fan-out are the store's (DESIGN §4)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any
from uuid import uuid4

from hiredis import ReplyError
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ReadOnlyError, RedisError

from etatyopoyta.log import company
from etatyopoyta.log.batch import Batch, Damaged, Stored, Unreadable, read_batch
from etatyopoyta.log.company import Company
from etatyopoyta.log.contract import Away, Behind, Conflict, Whispered
from etatyopoyta.log.line import Arg, Line, Socket
from etatyopoyta.log.replicas import Replicas

KEPT_SNAPSHOTS = 2
TAKEN = "equal or smaller than the target stream top item"
"""The store's answer to an XADD whose number is taken; an answer of another kind is no conflict."""
POOL = 20
BLOCK_MS = 5_000
QUIET_S = 5.0
"""Without a whisper for so long, ask whether the store is there."""
TIMEOUT_S = 10.0
"""Of a command. A store that is slower than this is as good as away."""


class RedisLog:
    """See `contract.Log`. `follow` is the process's one blocking read for all its desks."""

    def __init__(self, url: str, replicas: int = 0) -> None:
        self._line = Line(url, TIMEOUT_S)
        """For what every change and every request does; the library's pool costs more than they."""
        self._appending = Line(url, TIMEOUT_S) if replicas else self._line
        """Requests do not stand behind a wait for replicas."""
        self._replicas = Replicas(replicas)
        self._following = Line(url, TIMEOUT_S)
        self._store = _client(url, POOL)
        self._hearing = _client(url, 1)
        self._watched: dict[str, int] = {}
        self._known: dict[str, tuple[Socket, int]] = {}
        """The last batch of a desk that is surely there, and the connection that said so."""
        self._process = uuid4().hex
        self._company = Company(self._store, self._process)

    async def append(self, desk_id: str, batch: Batch) -> None:
        stored = batch.stored
        fields = ("head", stored.head, "salt", stored.salt, "body", stored.body, "crc", stored.crc)
        command = ("XADD", _stream(desk_id), f"{batch.number}-0", *fields)
        socket = await self._appending.connected()
        if desk_id in self._watched:  # whatever takes this number, whoever appends finds out
            self._watched[desk_id] = max(self._watched[desk_id], batch.number)
        try:
            if self._known.get(desk_id) != (socket, batch.number - 1):
                await self._look_behind(socket, desk_id, batch)
            await socket.call(command)
            self._known[desk_id] = (socket, batch.number)
            await self._replicas.have_written(socket)
        except ReplyError as error:
            if TAKEN in str(error):
                raise Conflict from error
            raise Away(str(error)) from error

    async def _look_behind(self, socket: Socket, desk_id: str, batch: Batch) -> None:
        """Pass when the batch before is where this connection leads; Behind.

        Who appended it themselves knows. Who heard of it may have heard it of another store, which
        was the primary until a moment ago.
        """
        if batch.number > 1:
            before = f"{batch.number - 1}-0"
            rows = await socket.call(("XRANGE", _stream(desk_id), before, before))
            if not rows or _batch(rows[0]).hash != batch.head.prev:
                raise Behind(f"batch {before} is not there")

    async def read(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        rows = await _asked(
            self._line, "XRANGE", _stream(desk_id), f"({after}-0", "+", "COUNT", limit
        )
        return [_batch(row) for row in rows]

    async def read_settled(self, desk_id: str, after: int, limit: int = 1000) -> Sequence[Batch]:
        socket = await self._appending.connected()
        start = f"({after}-0"
        try:
            rows = await socket.call(("XRANGE", _stream(desk_id), start, "+", "COUNT", limit))
            await self._replicas.have_read(socket)
        except ReplyError as error:
            raise Away(str(error)) from error
        return [_batch(row) for row in rows]

    @property
    def replicas(self) -> int:
        return self._replicas.count

    async def watch(self, desk_id: str, after: int) -> None:
        self._watched[desk_id] = after
        await _reach(self._company.come(desk_id))

    async def unwatch(self, desk_id: str) -> None:
        self._known.pop(desk_id, None)
        if self._watched.pop(desk_id, None) is not None:
            await _reach(self._company.go(desk_id))

    async def follow(self) -> AsyncIterator[tuple[str, Batch | Unreadable]]:
        """See `contract.Log`.

        What nobody else has open stays out of the read, which would wake for our own appends.
        After each wake, and every few seconds, all desks are in it once, and who has which is asked
        anew.
        """
        woken: Any = "0-0"
        shared: set[str] | None = None
        now = asyncio.get_running_loop().time
        looked_at = now()
        while True:
            if shared is None or now() - looked_at > company.LOOK_S:
                looked_at = now()
                shared = await _reach(self._company.shared(list(self._watched)))
                read = set(self._watched)
            else:
                read = shared & self._watched.keys()
            streams: dict[str, Any] = {_stream(d): f"{self._watched[d]}-0" for d in read}
            streams[self._company.wake] = woken
            command = ("XREAD", "COUNT", 200, "BLOCK", BLOCK_MS, "STREAMS")
            try:
                answer = await _asked(self._following, *command, *streams, *streams.values())
            except asyncio.CancelledError:
                await self._following.close()  # else the next one would stand behind this
                raise
            if not answer:
                shared = None
            for name, rows in answer or []:
                if name == self._company.wake.encode():
                    woken, shared = rows[-1][0], None
                    continue
                desk_id = _desk_of(name)
                for row in rows:
                    number = int(row[0].split(b"-")[0])
                    if self._watched.get(desk_id, number) < number:
                        self._watched[desk_id] = number
                        yield desk_id, _batch_or_why_not(row)

    def whisper(self, desk_id: str, body: bytes) -> None:
        for channel in self._company.channels(desk_id):
            self._line.send("PUBLISH", channel, self._signed(desk_id, body))

    async def call_out(self, desk_id: str, body: bytes) -> None:
        for channel in await _reach(self._company.all_channels(desk_id)):
            await _reach(self._store.publish(channel, self._signed(desk_id, body)))

    async def hear(self) -> AsyncIterator[Whispered]:
        async with self._hearing.pubsub() as ear:
            await _reach(ear.subscribe(self._company.channel))
            is_asked = False
            while True:
                told = await _reach(ear.get_message(timeout=QUIET_S))
                if told is None and is_asked:
                    raise Away("nobody is there any more")  # else it would be deaf for ever
                if told is None:
                    await _reach(ear.ping())
                is_asked = told is None
                if told is not None and told["type"] == "message":
                    desk_id, process, body = told["data"].split(b"\n", 2)
                    yield Whispered(desk_id.decode(), process.decode(), body)

    def _signed(self, desk_id: str, body: bytes) -> bytes:
        return b"\n".join((desk_id.encode(), self._process.encode(), body))

    async def save_snapshot(self, desk_id: str, number: int, snapshot: bytes) -> None:
        key = f"desk:{{{desk_id}}}:snapshots"
        await _reach(self._store.hset(key, str(number), snapshot))
        numbers = sorted(int(kept) for kept in await _reach(self._store.hkeys(key)))
        if old := numbers[:-KEPT_SNAPSHOTS]:
            await _reach(self._store.hdel(key, *map(str, old)))

    async def snapshots(self, desk_id: str) -> Sequence[bytes]:
        kept = await _reach(self._store.hgetall(f"desk:{{{desk_id}}}:snapshots"))
        return [kept[number] for number in sorted(kept, key=int, reverse=True)]

    async def put(self, shelf: str, key: str, value: bytes) -> None:
        await _reach(self._store.hset(shelf, key, value))

    async def put_new(self, shelf: str, key: str, value: bytes) -> bool:
        return bool(await _reach(self._store.hsetnx(shelf, key, value)))

    async def get(self, shelf: str, key: str) -> bytes | None:
        value: bytes | None = await _asked(self._line, "HGET", shelf, key)
        return value

    async def all(self, shelf: str) -> dict[str, bytes]:
        values = await _reach(self._store.hgetall(shelf))
        return {key.decode(): value for key, value in values.items()}

    async def drop(self, shelf: str, *keys: str) -> None:
        if keys:
            await _reach(self._store.hdel(shelf, *keys))

    async def erase(self, desk_id: str, *shelves: str) -> None:
        await _reach(
            self._store.delete(_stream(desk_id), f"desk:{{{desk_id}}}:snapshots", *shelves)
        )

    async def close(self) -> None:
        await self._line.close()
        await self._appending.close()
        await self._following.close()
        await self._store.aclose(close_connection_pool=True)
        await self._hearing.aclose(close_connection_pool=True)

    async def memory_used(self) -> float:
        """The used share of the store's memory limit; 0 without one."""
        info = await _reach(self._store.info("memory"))
        limit = int(info["maxmemory"])
        return int(info["used_memory"]) / limit if limit else 0.0

    async def settings(self, *names: str) -> dict[str, str]:
        """What the store says of its configuration and version: names of CONFIG and INFO."""
        config = await _reach(self._store.config_get(*names))
        info = await _reach(self._store.info("server"))
        copies = await _reach(self._store.info("replication"))
        return {**config, **{key: str(value) for key, value in {**info, **copies}.items()}}


def _client(url: str, connections: int) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=connections,
        timeout=TIMEOUT_S,
        socket_timeout=TIMEOUT_S,
        socket_connect_timeout=TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),  # a resent XADD is ours to judge, not the library's (L3)
        retry_on_error=[ReadOnlyError],  # a store that became a replica: the connection is let go
    )
    return Redis(connection_pool=pool)


async def _asked(line: Line, *command: Arg) -> Any:
    """The answer, or Away."""
    try:
        return await line.call(*command)
    except ReplyError as error:
        raise Away(str(error)) from error


async def _reach(call: Awaitable[Any]) -> Any:
    """The answer, or Away. Untyped: the client gives bytes, its stubs do not know that.

    Shielded: a cancelled call must not leave its reply to the next one.
    """
    task = asyncio.ensure_future(call)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(_forget)
        raise
    except (RedisError, OSError, RuntimeError) as error:
        # uvloop says RuntimeError when a connection closed under the client's hands
        raise Away(str(error)) from error


def _forget(task: "asyncio.Future[Any]") -> None:
    if not task.cancelled():
        task.exception()


def _stream(desk_id: str) -> str:
    return f"desk:{{{desk_id}}}:log"


def _desk_of(stream: bytes) -> str:
    return stream.decode().split("{", 1)[1].split("}", 1)[0]


def _batch_or_why_not(row: Any) -> Batch | Unreadable:
    try:
        return _batch(row)
    except Unreadable as unreadable:
        return unreadable


def _batch(row: Any) -> Batch:
    """The batch of a row as XRANGE and XREAD give it: id, and names and values by turns."""
    stream_id, names_and_values = row
    number = int(stream_id.split(b"-")[0])
    fields = dict(zip(names_and_values[::2], names_and_values[1::2], strict=True))
    try:
        stored = Stored(fields[b"head"], fields[b"salt"], fields[b"body"], int(fields[b"crc"]))
    except (KeyError, ValueError, TypeError) as error:
        raise Damaged(f"batch {number}: fields") from error
    return read_batch(number, stored)
