"""A client in Python: for the demonstration, load tests and integrators.

It holds a bearer session and no cookie, so no Origin is asked of it (W5). State is kept the way
the browser keeps it: a snapshot, then entries in order.
"""

import asyncio
import gzip
import secrets
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from email.message import Message
from http.cookies import SimpleCookie

import msgspec
import websockets
from msgspec import Raw

from etatyopoyta.domain.command import Command
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form, merge
from etatyopoyta.domain.records import Point
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.http import JoinAsked, Me, Problem, Seated, SecretGiven, Snapshot

MAX_SIZE = 64 * 1024 * 1024
"""Of a frame from the server. Only inbound ones are limited there (W3)."""
TIMEOUT_S = 60
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

_from_server = msgspec.json.Decoder(frames.AnyFromServer)


class Outbox:
    """Asks and their answers; survives a connection, so that asking again is safe (O5)."""

    def __init__(self) -> None:
        self._id = new_id("box").replace("_", "")
        self._counter = 0
        self.pending: dict[str, tuple[str, asyncio.Future[int | None]]] = {}

    def add(self, command: Command) -> "tuple[str, asyncio.Future[int | None]]":
        """A new ask: its frame, and the answer to come."""
        self._counter += 1
        rid = f"{self._id}:{self._counter}"
        frame = msgspec.json.encode(frames.Ask(rid, Raw(msgspec.json.encode(command)))).decode()
        answer: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self.pending[rid] = (frame, answer)
        return frame, answer

    def take(self, rid: str) -> "asyncio.Future[int | None] | None":
        """The answer that this ask waits for; None when it was given already."""
        _, answer = self.pending.pop(rid, (None, None))
        return None if answer is None or answer.done() else answer


class Connection:
    """A seat at a desk."""

    def __init__(self, base: str, token: str, me: Me, outbox: Outbox) -> None:
        self.base = base
        self.token = token
        self.me = me
        self.desk = Desk()
        self.hidden: dict[str, Form] = {}
        """Of records whose content others see only: that they are there, perhaps of whom."""
        self.names: dict[str, str] = {}
        self.n = 0
        self.mark = ""
        self.outbox = outbox
        self.paused_by: frames.PauseReason | None = None
        """Why the server stores nothing just now."""
        self.back_in_s: float | None = None
        """When to come back, as the server said before it went: each page at another time."""
        self.on_entry: Callable[[frames.WireEntry], None] | None = None
        self._socket: websockets.ClientConnection | None = None
        self._news = asyncio.Condition()
        self._is_welcome = False
        self._asking: set[asyncio.Task[None]] = set()

    async def ask(self, command: Command) -> int | None:
        """Ask, and wait until it is in the log: its entry number, None when it changed nothing.

        Raises Refused with the server's code; what was only too early is asked again.
        """
        frame, answer = self.outbox.add(command)
        assert self._socket is not None
        await self._socket.send(frame)
        return await asyncio.shield(answer)  # the ask outlives the connection

    async def point(self, at: Point | None) -> None:
        """Show others where the pointer is."""
        assert self._socket is not None
        await self._socket.send(msgspec.json.encode(frames.PresenceMoved(at)).decode())

    async def until_entry(self, n: int) -> None:
        """Wait until entry `n` has arrived."""
        async with self._news:
            await self._news.wait_for(lambda: self.n >= n)

    async def until_welcome(self) -> None:
        """Wait until the state is complete: what the snapshot had and every entry since."""
        async with self._news:
            await self._news.wait_for(lambda: self._is_welcome)

    async def export(self, format_name: str, language: str = "fi") -> bytes:
        """The desk as a file of this format."""
        path = f"/api/desks/{self.me.desk}/export/{format_name}?language={language}"
        return await fetch(self.base, path, self.token)

    async def _ask_again(self, rid: str, after_s: float) -> None:
        """Not refused for good: it could not be done just then."""
        await asyncio.sleep(after_s)
        if rid in self.outbox.pending and self._socket is not None:
            with suppress(websockets.ConnectionClosed):  # the next connection asks again
                await self._socket.send(self.outbox.pending[rid][0])

    async def _run(self, socket: websockets.ClientConnection) -> None:
        while True:
            await self._take(_from_server.decode(await socket.recv()))

    async def _take(self, frame: frames.FromServer) -> None:
        match frame:
            case frames.Entries():
                await self._apply(frame)
            case frames.Welcome():
                self._see(frame.own)
                async with self._news:
                    self.n = frame.n
                    self.mark = frame.mark
                    self._is_welcome = True
                    self._news.notify_all()
            case frames.Settled(done):
                for each in done:
                    if answer := self.outbox.take(each.rid):
                        answer.set_result(each.n)
            case frames.RefusedAsk():
                self._refused(frame)
            case frames.Resync():
                await self._fetch_state()
                await self._hello()
            case frames.People(names):
                self.names.update(names)
            case frames.Saving(_, reason):
                self.paused_by = reason
            case frames.Bye(retry_ms):
                self.back_in_s = retry_ms / 1000

    def _refused(self, frame: frames.RefusedAsk) -> None:
        if frame.retry_ms is not None:
            again = asyncio.create_task(self._ask_again(frame.rid, frame.retry_ms / 1000))
            self._asking.add(again)
            again.add_done_callback(self._asking.discard)
        elif answer := self.outbox.take(frame.rid):
            answer.set_exception(Refused(frame.code, **frame.details))

    async def _apply(self, frame: frames.Entries) -> None:
        for entry in frame.list:
            if entry.n != self.n + 1:
                raise AssertionError(f"entry {entry.n} after {self.n}")
            self._see(entry.p)
            self.n = entry.n
            if self.on_entry is not None:
                self.on_entry(entry)
        self.mark = frame.mark
        async with self._news:
            self._news.notify_all()

    def _see(self, patch: Mapping[str, Form | None]) -> None:
        for record_id, change in patch.items():
            before = self.hidden.pop(record_id, None)
            form = change if change is None or before is None else merge(before, change)
            try:
                self.desk.apply({record_id: form})
            except msgspec.ValidationError:  # no whole record
                assert form is not None
                self.hidden[record_id] = form

    async def _fetch_state(self) -> None:
        """Take the state as a server process has it; another one may know only what came later."""
        body = await fetch(self.base, f"/api/desks/{self.me.desk}/snapshot", self.token)
        snapshot = msgspec.json.decode(body, type=Snapshot)
        self.desk, self.hidden = Desk(), {}
        self._see(snapshot.records)
        self.n, self.mark = snapshot.n, snapshot.mark

    async def _hello(self) -> None:
        assert self._socket is not None
        hello = frames.Hello(self.me.ticket, self.n, self.mark)
        await self._socket.send(msgspec.json.encode(hello).decode())


@asynccontextmanager
async def connect(
    base: str, desk_id: str, token: str, outbox: Outbox | None = None
) -> AsyncIterator[Connection]:
    """Sit at a desk with a session token for as long as the block runs.

    What an `outbox` of an earlier connection still waits for is asked again. The block ends with
    websockets.ConnectionClosed when the connection is lost.
    """
    me = msgspec.json.decode(await fetch(base, f"/api/desks/{desk_id}/me", token), type=Me)
    connection = Connection(base, token, me, outbox or Outbox())
    await connection._fetch_state()
    url = base.replace("http", "ws", 1) + f"/api/desks/{desk_id}/live"
    async with websockets.connect(
        url,
        subprotocols=[websockets.Subprotocol(frames.SUBPROTOCOL)],
        additional_headers={"Authorization": f"Bearer {token}"},
        max_size=MAX_SIZE,
        compression=None,
    ) as socket:
        connection._socket = socket
        await connection._hello()
        for frame, _ in list(connection.outbox.pending.values()):
            await socket.send(frame)
        task = asyncio.current_task()
        assert task is not None
        lost: list[BaseException] = []

        def ended(reader: "asyncio.Task[None]") -> None:
            if not reader.cancelled() and (error := reader.exception()):
                lost.append(error)
                task.cancel()

        reader = asyncio.create_task(connection._run(socket))
        reader.add_done_callback(ended)
        try:
            yield connection
        except asyncio.CancelledError:
            if not lost:
                raise
            task.uncancel()
            raise lost[0] from None
        finally:
            reader.remove_done_callback(ended)
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)


async def join(base: str, asked: JoinAsked) -> tuple[str, str]:
    """Join with a code or link secret: desk id and session token; Refused with the code."""
    return await _seat(base, "/api/join", asked)


async def open_link(base: str, desk_id: str, secret: str) -> tuple[str, str]:
    """Open a facilitator's link: desk id and session token."""
    return await _seat(base, f"/api/desks/{desk_id}/open", SecretGiven(secret))


def new_id(kind: str) -> str:
    """An id for something new: note, cluster, measure, goal, text."""
    return f"{kind}_" + "".join(secrets.choice(LETTERS) for _ in range(16))


async def _seat(base: str, path: str, body: object) -> tuple[str, str]:
    content, headers = await asyncio.to_thread(_call, base, "POST", path, None, body)
    seated = msgspec.json.decode(content, type=Seated)
    cookie = SimpleCookie(headers["set-cookie"])
    return seated.desk, next(iter(cookie.values())).value


async def fetch(base: str, path: str, token: str) -> bytes:
    """The body of a GET with a session token, unzipped; Refused with the server's code."""
    content, _ = await asyncio.to_thread(_call, base, "GET", path, token, None)
    return content


def _call(
    base: str, method: str, path: str, token: str | None, body: object
) -> tuple[bytes, Message]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token or 'none'}"}
    data = None if body is None else msgspec.json.encode(body)
    request = urllib.request.Request(base + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            content: bytes = response.read()
            is_zipped = response.headers.get("content-encoding") == "gzip"
            return gzip.decompress(content) if is_zipped else content, response.headers
    except urllib.error.HTTPError as error:
        with error:
            problem = msgspec.json.decode(error.read(), type=Problem)
        raise Refused(problem.code, **problem.details) from error
