"""Frames of a client as they lie in what was read at once (RFC 6455 §5.2)."""

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # in C where it can be

TEXT, MASKED, SIZE = 0x81, 0x80, 0x7F
"""FIN with opcode 1 and no extension; the bit and the rest of the second byte."""
MASK_BYTES = 4
MAX_TEXT_BYTES = 64 * 1024


def whole_text(data: bytes) -> bytes | None:
    """The text when `data` is one whole masked text frame and nothing else."""
    if len(data) < 2 or data[0] != TEXT or not data[1] & MASKED:
        return None
    start, end = _extent(data, 0)
    if end != len(data) or end - start > MAX_TEXT_BYTES:
        return None
    return apply_mask(data[start:], data[start - MASK_BYTES : start])


def ends_with_a_frame(data: bytes) -> bool:
    """Whether whole frames are all there is in `data`."""
    at = 0
    while 0 <= at < len(data):
        _, at = _extent(data, at)
    return at == len(data)


def _extent(data: bytes, at: int) -> tuple[int, int]:
    """Where the payload of the frame that begins there begins and ends; -1 when it is not whole."""
    head = data[at : at + 10]
    if len(head) < 2:
        return -1, -1
    size, start = head[1] & SIZE, 2
    if size > 125:
        start = 4 if size == 126 else 10
        if len(head) < start:
            return -1, -1
        size = int.from_bytes(head[2:start], "big")
    start += MASK_BYTES if head[1] & MASKED else 0
    end = at + start + size
    return (at + start, end) if end <= len(data) else (-1, -1)
