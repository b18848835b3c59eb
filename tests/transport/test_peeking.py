"""Frames read past the parser are read as the parser reads them."""

import os
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol

from etatyopoyta.transport.peeking import MAX_TEXT_BYTES, ends_with_a_frame, whole_text

TEXTS = st.text(max_size=40) | st.sampled_from([125, 126, 65_535, 65_536]).map("x".__mul__)
DATA = st.builds(
    lambda opcode, text, fin: Frame(opcode, text.encode(), fin=fin),
    st.sampled_from([Opcode.TEXT, Opcode.BINARY, Opcode.CONT]),
    TEXTS,
    st.booleans(),
)
CONTROL = st.builds(
    lambda opcode, text: Frame(opcode, text.encode()),
    st.sampled_from([Opcode.PING, Opcode.PONG, Opcode.CLOSE]),
    st.text("ab", max_size=125),
)
FRAMES = DATA | CONTROL


def sent(frame: Frame, *, is_masked: bool = True) -> bytes:
    """The bytes that a client sends."""
    return Frame(frame.opcode, frame.data, frame.fin).serialize(mask=is_masked)


def parsed(data: bytes) -> Sequence[object]:
    """What the library reads of them."""
    protocol = ServerProtocol(max_size=MAX_TEXT_BYTES)
    protocol.state = type(protocol.state).OPEN
    protocol.parser = super(ServerProtocol, protocol).parse()
    next(protocol.parser)
    protocol.receive_data(data)
    return protocol.events_received()


@given(TEXTS)
def test_a_whole_text_is_what_the_parser_reads(text: str) -> None:
    data = sent(Frame(Opcode.TEXT, text.encode()))
    (frame,) = parsed(data)
    assert isinstance(frame, Frame)
    assert whole_text(data) == frame.data == text.encode()


@given(FRAMES)
def test_anything_but_one_whole_text_is_left_to_the_parser(frame: Frame) -> None:
    is_text = frame.opcode is Opcode.TEXT and frame.fin
    assert (whole_text(sent(frame)) is not None) == is_text
    assert whole_text(sent(frame, is_masked=False)) is None
    assert whole_text(sent(frame) + b"\x81") is None
    assert whole_text(sent(frame)[:-1]) is None


def test_a_text_too_long_is_left_to_the_parser() -> None:
    assert whole_text(sent(Frame(Opcode.TEXT, b"x" * (MAX_TEXT_BYTES + 1)))) is None


@given(st.lists(FRAMES, max_size=4), st.integers(min_value=0))
def test_what_ends_with_a_frame_and_what_does_not(frames: list[Frame], cut: int) -> None:
    whole = b"".join(map(sent, frames))
    ends = {sum(len(sent(frame)) for frame in frames[:count]) for count in range(len(frames) + 1)}
    at = cut % (len(whole) + 1)
    assert ends_with_a_frame(whole)
    # The masks of two sendings differ, their lengths do not.
    assert ends_with_a_frame(whole[:at]) == (at in ends)


def test_random_bytes_do_no_harm() -> None:
    for _ in range(2_000):
        data = os.urandom(20)
        ends_with_a_frame(data)
        whole_text(data)
