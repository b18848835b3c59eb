"""A connection between a page and a server: frames in order, both ways, until it is cut."""

import asyncio
from collections.abc import Callable

from tests.simulation.loop import Lane
from tests.simulation.world import World

from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.frame import Frame

CUT_SEEN_S = 3.0
"""Until one side sees that the other is gone, at most."""


class Way:
    """One direction. What is sent arrives in order, and not at all after the end."""

    def __init__(self, world: World, to: Lane, take: Callable[[bytes], None]) -> None:
        self.is_over = False
        self.is_stalled = False
        self.unread: list[bytes] = []
        """What a stalled receiver has not read."""
        self._world = world
        self.lane = to
        self._context = to.context()
        self._take = take
        self._last_at = 0.0

    def send(self, data: bytes, travel_s: float) -> None:
        """Let it arrive, after what was sent before."""
        self._last_at = max(self._last_at, self._world.loop.time() + self._world.some(travel_s))
        self._world.loop.call_at(self._last_at, self._arrive, data, context=self._context)

    def after_all(self, what: Callable[[], None]) -> None:
        """Do it after everything sent has arrived."""
        self._world.loop.call_at(self._last_at, what, context=self._context)

    def go_on(self) -> None:
        """The receiver reads again."""
        self.is_stalled = False
        unread, self.unread = self.unread, []
        for data in unread:
            self._arrive(data)

    def _arrive(self, data: bytes) -> None:
        if self.is_over:
            return
        if self.is_stalled:
            self.unread.append(data)
        else:
            self._take(data)


class Cable:
    """See `room.seat.Wire`: the server writes to it, and the page asks through it."""

    def __init__(self, world: World, page: Lane, hear: Callable[[bytes], None]) -> None:
        self.world = world
        self.ended: asyncio.Future[Closing | None] = world.loop.create_future()
        """For the page: the code of the server, or None when the line broke."""
        self.down = Way(world, page, hear)
        self.up: Way | None = None
        self.travel_s = 0.02
        self.capacity = 64
        self.is_greeted = False
        """The server has got the hello."""
        self.on_write: Callable[[Frame], None] = lambda frame: None
        self._on_gone: Callable[[], None] | None = None
        self._early: list[bytes] = []
        self._page = page
        self._is_cut = False

    # --- the server's end ----------------------------------------------------------------

    def listen(self, server: Lane, take: Callable[[bytes], None], gone: Callable[[], None]) -> None:
        """Hand over what the page has sent and will send; `gone` when it is seen to be gone."""
        self.up = Way(self.world, server, take)
        self._on_gone = gone
        for data in self._early:
            self.up.send(data, 0)
        self._early = []
        if self._is_cut:
            self._gone(server)

    def write(self, frame: Frame) -> bool:
        if self._is_cut:
            return True  # the machine takes it, and it goes nowhere
        if len(self.down.unread) >= self.capacity:
            return False
        self.on_write(frame)
        self.down.send(frame.payload, self.travel_s)
        return True

    def close(self, code: Closing) -> None:
        def closed() -> None:
            if not self.ended.done():
                self.ended.set_result(code)
            self.down.is_over = True

        if self._is_cut:
            return
        self.world.told(self._page.name, f"is closed: {code.name}")
        if code is Closing.TOO_SLOW or self.down.is_stalled:
            self.down.is_over = True
        self.down.after_all(closed)
        self._leave()

    # --- the page's end ------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """A frame of the page."""
        if self._is_cut:
            return
        if self.up is None:
            self._early.append(data)
        else:
            self.up.send(data, self.travel_s)

    def cut(self, *, is_clean: bool = False) -> None:
        """The line breaks, and each side sees it in its own time.

        What is on the way is lost, unless `is_clean`: then the page still gets what was sent.
        """
        if self._is_cut:
            return
        self._is_cut = True
        self.down.is_over = not is_clean

        def seen() -> None:
            self.down.is_over = True
            if not self.ended.done():
                self.ended.set_result(None)

        if is_clean:
            self.down.after_all(seen)
        else:
            after_s = self.world.some(CUT_SEEN_S)
            self.world.loop.call_later(after_s, seen, context=self._page.context())
        self._leave()

    def _leave(self) -> None:
        if self.up is not None:
            self.up.is_over = True
            self._gone(self.up.lane)

    def _gone(self, server: Lane) -> None:
        gone, self._on_gone = self._on_gone, None
        if gone is not None:
            after_s = self.world.some(CUT_SEEN_S) if self._is_cut else 0.0
            self.world.loop.call_later(after_s, gone, context=server.context())
