"""The socket below a seat: one encoded frame, written once to everybody (DESIGN §5)."""

import asyncio
import socket
from asyncio import BaseTransport, TimerHandle
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.frame import Frame
from etatyopoyta.transport.peeking import ends_with_a_frame, whole_text

EXTENSION = "etatyopoyta.wire"
MAX_UNREAD_BYTES = 1_000_000
MAX_INPUT_BYTES_PER_S = 256_000
INPUT_BURST_S = 4.0
MAX_FRAGMENTS = 64
STALL_S = 20.0
LEAST_DRAINED_BYTES = 64 * 1024
"""In that time. A phone in a bad place drains slowly; one that drains less is gone."""
CLOSE_S = 5.0
END_OF_REQUEST = b"\r\n\r\n"

log_line = structlog.get_logger()


class DeskSocket(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, given to the app as a wire, and bounded in what it keeps for a peer.

    The class it extends is private to uvicorn: pinned, and held by tests/transport/test_wire.py.
    """

    _tokens: float
    _refilled_at: float
    _hear: Callable[[bytes], None] | None = None
    _is_between = False
    """Between two frames of the peer: a short message that comes next is read past the parser,
    which costs more than all else that is done with it. After pieces of a frame it has them all."""
    _stall: TimerHandle | None = None
    _written = 0
    """Bytes while it is watched for stalling."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        raw = transport.get_extra_info("socket")
        if raw is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(STALL_S * 1000))
        self._tokens = INPUT_BURST_S * MAX_INPUT_BYTES_PER_S
        self._refilled_at = self.loop.time()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self

    def data_received(self, data: bytes) -> None:
        now = self.loop.time()
        refill = (now - self._refilled_at) * MAX_INPUT_BYTES_PER_S
        self._tokens = min(INPUT_BURST_S * MAX_INPUT_BYTES_PER_S, self._tokens + refill) - len(data)
        self._refilled_at = now
        if self._tokens < 0:
            return self._abort("input rate")
        if not self.handshake_complete:
            self._is_between = data.endswith(END_OF_REQUEST)
        elif self._is_between:
            text = whole_text(data)
            if text is not None and self._hear is not None:
                return self._heard(text)
            self._is_between = ends_with_a_frame(data)
        super().data_received(data)
        if len(self.frames) > MAX_FRAGMENTS:
            return self._abort("fragments")
        if self.transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            return self._abort("unread output")
        return None

    def listen(self, hear: Callable[[bytes], None]) -> None:
        """From now on give each text message to `hear` as it arrives.

        It is done with when `hear` returns, so nothing queues up and reading need not be paused.
        """
        self._hear = hear
        for _ in range(self.queue.qsize()):
            message = self.queue.get_nowait()
            if message["type"] == "websocket.receive":
                self._heard(message.get("text"))
            else:
                self.queue.put_nowait(message)
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def send_receive_event_to_app(self) -> None:
        if self._hear is None:
            return super().send_receive_event_to_app()
        data, self.frames = b"".join(self.frames), []
        return self._heard(data if self.curr_msg_data_type == "text" else None)

    def _heard(self, text: str | bytes | None) -> None:
        assert self._hear is not None
        if text is None:
            self.close(Closing.MALFORMED)
        elif not self.close_sent:
            self._hear(text.encode() if isinstance(text, str) else text)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stall is None:
            self._watch_drain()

    def _watch_drain(self) -> None:
        """Abort a reader that drains too little; one that is only slow gets more time (W3)."""
        unread = self.transport.get_write_buffer_size()
        self._written = 0

        def look() -> None:
            self._stall = None
            drained = unread + self._written - self.transport.get_write_buffer_size()
            if drained < LEAST_DRAINED_BYTES:
                self._abort("stalled reader")
            else:
                self._watch_drain()

        self._stall = self.loop.call_later(STALL_S, look)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._forget_stall()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_stall()
        super().connection_lost(exc)

    def keepalive_timeout(self) -> None:
        if self._stall is not None:  # the ping stands behind what a slow reader still drains
            self.pong_timer = None
            self.schedule_ping()
            return
        super().keepalive_timeout()
        self._abort("no pong")

    # --- Wire ----------------------------------------------------------------------------

    def write(self, frame: Frame) -> bool:
        """Write the shared bytes; False when the peer has left too much unread."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return True
        if self.transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            return False
        self.transport.write(frame.wire)
        if self._stall is not None:
            self._written += len(frame.wire)
        return True

    def close(self, code: Closing) -> None:
        """Send the close frame; a peer that does not read is cut off instead (it never would)."""
        if self.close_sent or self.disconnected:
            return None
        if code is Closing.TOO_SLOW:
            return self._abort("too slow")
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": int(code)})
        self.close_timer = self.loop.call_later(CLOSE_S, self.transport.abort)
        return None

    def _abort(self, why: str) -> None:
        """Abort, never close: closing waits for a flush that a stalled peer never lets happen."""
        log_line.warning("socket aborted", why=why)
        self.transport.abort()

    def _forget_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None


class QueueWire:
    """A wire for servers and test clients without our socket class: one task writes a queue."""

    MAX_FRAMES = 256

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque()
        self._closing: Closing | None = None
        self._news = asyncio.Event()

    def write(self, frame: Frame) -> bool:
        """Queue the frame; False when too many wait."""
        if len(self._frames) >= self.MAX_FRAMES:
            return False
        self._frames.append(frame)
        self._news.set()
        return True

    def close(self, code: Closing) -> None:
        """Close once everything queued is written."""
        self._closing = code
        self._news.set()

    async def next(self) -> Frame | Closing:
        """The next frame to write, or the code to close with."""
        while not self._frames:
            if self._closing is not None:
                return self._closing
            self._news.clear()
            await self._news.wait()
        return self._frames.popleft()
