"""A TCP proxy that does to a connection what networks do."""

import asyncio
from contextlib import suppress
from enum import Enum

CHUNK_BYTES = 65536
DRIP_S = 1.0


class Line(Enum):
    """What the proxy does with what it is given."""

    WHOLE = "whole"
    DROPPED = "dropped"
    """Connections are reset, and new ones at once."""
    HANGING = "hanging"
    """Nothing passes, nothing is closed; what was sent arrives afterwards."""
    DEAF = "deaf"
    """Requests pass, answers do not until afterwards: what is stored, the server does not hear."""
    MUTE = "mute"
    """Answers pass, requests do not until afterwards."""
    HALF_OPEN = "half-open"
    """The other end is gone and nobody says so; connections of that time never come back."""
    DRIPPING = "dripping"
    """One byte a second."""


class Proxy:
    """Stands between a server and its store."""

    def __init__(self, store_port: int) -> None:
        self.port = 0
        self.line = Line.WHOLE
        self._store_port = store_port
        self._passing = asyncio.Event()
        self._passing.set()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._dead: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen on a port of this machine."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Let go of everything."""
        assert self._server is not None
        self._server.close()
        self.become(Line.WHOLE)
        self._reset()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def become(self, line: Line) -> None:
        """From now on treat what passes like this."""
        if self.line is Line.HALF_OPEN:
            self._dead |= self._writers
        self.line = line
        if line is Line.DROPPED:
            self._reset()
        if line is Line.WHOLE:
            self._passing.set()
        else:
            self._passing.clear()

    def _reset(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.line is Line.DROPPED:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        store_reader, store_writer = await asyncio.open_connection("127.0.0.1", self._store_port)
        both = {writer, store_writer}
        self._writers |= both
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._pass(reader, store_writer, Line.MUTE))
                tasks.create_task(self._pass(store_reader, writer, Line.DEAF))
        except* OSError:
            pass
        finally:
            self._writers -= both
            self._dead -= both
            for each in both:
                each.transport.abort()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stopped_by: Line
    ) -> None:
        stopping = {Line.HANGING, Line.HALF_OPEN, stopped_by}
        while data := await reader.read(CHUNK_BYTES):
            while self.line is Line.DRIPPING and data:
                writer.write(data[:1])
                data = data[1:]
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._passing.wait(), DRIP_S)
            while self.line in stopping:
                await self._passing.wait()
            if writer not in self._dead:
                writer.write(data)
                await writer.drain()
        raise ConnectionResetError
