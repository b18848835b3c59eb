"""What a page has asked and has no answer to, as web/src/lib/sync/queue.svelte.ts keeps it."""

import re
from collections.abc import Callable

import msgspec
from msgspec import Raw, Struct
from tests.simulation.world import World

from etatyopoyta.domain.command import Command
from etatyopoyta.protocol import frames

WINDOW = 20
"""Asks under way at a time."""
_ids = re.compile(rb'"((?:note|cluster)_\w+)"')


class Act(Struct, eq=False):
    """Something that a person did, once, and every id under which it was asked for."""

    number: int
    person: str
    command: Command
    section: str | None
    rids: list[str]
    is_sent: bool = False
    is_in_doubt: bool = False
    """It went out on a line that broke, or from another page: it may be under way still."""
    outcome: frames.Done | frames.RefusedAsk | None = None

    @property
    def rid(self) -> str:
        """Under which it is asked for now."""
        return self.rids[-1]

    @property
    def changed(self) -> set[bytes]:
        """The records that it names, besides those that many name."""
        return set(_ids.findall(msgspec.json.encode(self.command)))

    def frame(self) -> bytes:
        """The ask as it goes out."""
        cmd = Raw(msgspec.json.encode(self.command))
        return msgspec.json.encode(frames.Ask(self.rid, cmd, self.section))


class Outbox:
    """Acts in the order in which they were done. `send` puts a frame on the line, if there is one.

    `keeps_rids` when it asks again under the same id after "not just now", as client.py does; the
    browser takes a new one.
    """

    def __init__(
        self, world: World, box: str, send: Callable[[bytes], None], *, keeps_rids: bool
    ) -> None:
        self.waiting: list[Act] = []
        self._world = world
        self._box = box
        self._counter = 0
        self._send = send
        self._keeps_rids = keeps_rids
        self._is_open = False
        self._held_until = 0.0

    def new_rid(self) -> str:
        """The next request id of this page."""
        self._counter += 1
        return f"{self._box}:{self._counter}"

    def add(self, act: Act) -> None:
        """Ask for it, now or when there is a line."""
        self.waiting.append(act)
        self.pump()

    def open(self) -> None:
        """The server is ready: send what waits, also what was sent before and not answered."""
        self._is_open = True
        self.pump()

    def close(self) -> None:
        """The line is gone: nobody knows what became of what was sent."""
        self._is_open = False
        self._held_until = 0.0
        for act in self.waiting:
            act.is_in_doubt |= act.is_sent
            act.is_sent = False

    def adopt(self, acts: list[Act]) -> None:
        """Take over what a page left behind that is no more."""
        for act in acts:
            act.is_in_doubt = True
        self.waiting.extend(acts)
        self.pump()

    def find(self, rid: str) -> Act | None:
        """The act that waits under this id."""
        return next((act for act in self.waiting if act.rid == rid), None)

    def answered(self, act: Act, outcome: frames.Done | frames.RefusedAsk) -> None:
        """It is in the log, or a rule said no."""
        act.outcome = outcome
        self.waiting.remove(act)
        self.pump()

    def later(self, act: Act, retry_ms: int) -> None:
        """It cannot be done just now. What may be under way keeps its id: else it is done twice."""
        if not self._keeps_rids and not act.is_in_doubt:
            act.rids.append(self.new_rid())
        act.is_sent = False
        self._hold(retry_ms / 1000)

    def pump(self) -> None:
        """Send what may be sent; on one record only what is first."""
        if not self._is_open or self._world.loop.time() < self._held_until:
            return
        under_way = sum(act.is_sent for act in self.waiting)
        busy: set[bytes] = set()
        for act in self.waiting:
            if under_way >= WINDOW:
                return
            must_wait = not busy.isdisjoint(act.changed)
            busy |= act.changed
            if not act.is_sent and not must_wait:
                self._send(act.frame())
                act.is_sent = True
                if act.is_in_doubt:
                    self._world.count("asked again")
                under_way += 1

    def _hold(self, for_s: float) -> None:
        now = self._world.loop.time()
        if now >= self._held_until:
            self._held_until = now + for_s
            self._world.loop.call_at(self._held_until, self.pump)
