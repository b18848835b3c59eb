"""A frame that is encoded and framed once, however many seats it goes to."""

from functools import cached_property

from etatyopoyta.protocol import frames

TEXT_FRAME = 0x81
"""FIN and opcode 1 (RFC 6455 §5.2). Server frames are not masked, so all seats share the bytes."""
SHORT, MEDIUM = 126, 1 << 16


class Frame:
    """A text frame for any number of seats."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload

    @classmethod
    def of(cls, frame: frames.FromServer) -> "Frame":
        """The frame of a protocol struct."""
        return cls(frames.encode(frame))

    @cached_property
    def wire(self) -> bytes:
        """The bytes that go on the wire."""
        size = len(self.payload)
        if size < SHORT:
            head = bytes((TEXT_FRAME, size))
        elif size < MEDIUM:
            head = bytes((TEXT_FRAME, 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((TEXT_FRAME, 127)) + size.to_bytes(8, "big")
        return head + self.payload
