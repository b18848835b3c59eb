"""One connection to a desk."""

from typing import Protocol

from etatyopoyta.domain.records import Role
from etatyopoyta.domain.visibility import ANYBODY
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import Done, FromServer, Settled
from etatyopoyta.room.frame import Frame


class Wire(Protocol):
    """What a seat writes to. Writing never waits: a wire that is full says so and is closed."""

    def write(self, frame: Frame) -> bool:
        """Take the frame; False when too much lies unread, and nothing was written."""

    def close(self, code: Closing) -> None:
        """End the connection with this code."""


class Seat:
    """Somebody's open page. Gets every entry in order, or is closed: never skipped (O3)."""

    def __init__(
        self, wire: Wire, person: str, role: Role, session: str = "", door: str | None = None
    ) -> None:
        self.person = person
        self.role = role
        self.audiences = ANYBODY
        """What it belongs to since its welcome, and so what it sees beyond the common view."""
        self.session = session
        """Key of the session that it was taken with: it ends with that."""
        self.door = door
        """Key of the link that the session came by, where that ends with the link."""
        self.is_writing = False
        """A note is being written on the page just now."""
        self.is_closed = False
        self._wire = wire
        self._done: list[Done] = []

    def write(self, frame: Frame) -> None:
        """Send the frame, or close a seat that does not read."""
        if not self.is_closed and not self._wire.write(frame):
            self.close(Closing.TOO_SLOW)

    def tell(self, frame: FromServer) -> None:
        """Send a frame that is for this seat alone."""
        self.write(Frame.of(frame))

    def settled(self, done: Done) -> None:
        """Note an answer; `flush` sends it after the entries it speaks of."""
        self._done.append(done)

    def flush(self) -> None:
        """Send the answers noted."""
        if self._done:
            done, self._done = self._done, []
            self.tell(Settled(done))

    def close(self, code: Closing) -> None:
        """End the connection."""
        if not self.is_closed:
            self.is_closed = True
            self._wire.close(code)
