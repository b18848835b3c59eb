import asyncio
from contextlib import suppress

import msgspec
import pytest
import websockets
from tests.room.test_newer import write_later
from tests.transport.served import Served, served

from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol import frames
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.room.frame import Frame

pytestmark = pytest.mark.anyio
_decode = msgspec.json.Decoder(frames.AnyFromServer).decode
ASK = '{"t":"ask","rid":"outbox00:%d","cmd":%s}'


async def _hello(place: Served, browser, socket) -> frames.Welcome:
    me = (await browser.get(f"/api/desks/{place.desk}/me")).json()
    snapshot = (await browser.get(f"/api/desks/{place.desk}/snapshot")).json()
    hello = frames.Hello(me["ticket"], snapshot["n"], snapshot["mark"])
    await socket.send(msgspec.json.encode(hello).decode())
    return await _until(socket, frames.Welcome)


async def _until(socket, kind):
    async with asyncio.timeout(10):
        while not isinstance(frame := _decode(await socket.recv()), kind):
            pass
    return frame


async def _code(socket) -> int:
    """The code that the socket was closed with."""
    async with asyncio.timeout(10):
        with suppress(websockets.ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code


async def test_a_page_of_ours_gets_the_state_and_what_others_do() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket, place.live(browser) as second:
            welcome = await _hello(place, browser, socket)
            await _hello(place, browser, second)
            await socket.send(ASK % (1, '{"t":"person.leave"}'))
            assert (await _until(second, frames.Entries)).list[0].n == welcome.n + 1
            settled = await _until(socket, frames.Settled)
            assert settled.list == [frames.Done("outbox00:1", welcome.n + 1)]


async def test_pages_of_the_version_before_are_understood(monkeypatch) -> None:
    monkeypatch.setattr("etatyopoyta.transport.live.SUBPROTOCOLS", ("desk.v2", "desk.v1"))
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        for offered, spoken in (
            (["desk.v1"], "desk.v1"),
            (["desk.v1", "desk.v2"], "desk.v2"),
            (["desk.v3", "desk.v2"], "desk.v2"),
        ):
            async with place.live(browser, subprotocols=offered) as socket:
                assert socket.subprotocol == spoken
        with pytest.raises(websockets.InvalidStatus):
            async with place.live(browser, subprotocols=["desk.v3"]):
                pass


async def test_a_process_of_the_version_before_sends_people_on() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await _hello(place, browser, socket)
            assert isinstance(place.house.log, MemoryLog)
            await write_later(place.house.log.another(), place.desk, {"poll_1": {"t": "poll"}})
            assert (await _until(socket, frames.Bye)).retry_ms > 0
            assert await _code(socket) == Closing.GOING_AWAY
        answer = await browser.get(f"/api/desks/{place.desk}/snapshot")
        assert (answer.status_code, answer.json()["code"]) == (503, "desk.newer_version")
        async with place.live(browser) as socket:
            assert (await _until(socket, frames.Bye)).retry_ms > 0
            assert await _code(socket) == Closing.GOING_AWAY


async def test_without_a_session_the_socket_says_so() -> None:
    async with served() as place, place.browser() as browser, place.live(browser) as socket:
        assert await _code(socket) == Closing.NO_SESSION


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://localhost:{port}",
        "http://127.0.0.1.:{port}",
        "HTTP://127.0.0.1:{port}/",
    ],
)
async def test_a_page_of_another_origin_gets_no_socket(origin: str | None) -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        port = place.base.rsplit(":", 1)[1]
        foreign = origin and origin.format(port=port)
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with place.live(browser, origin=foreign):
                pass
        assert refused.value.response.status_code == 403


async def test_a_socket_of_an_unknown_version_is_refused() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        with pytest.raises(websockets.InvalidStatus):
            async with place.live(browser, subprotocols=["etatyopoyta.v999"]):
                pass


@pytest.mark.parametrize(
    "first",
    [
        "",
        "not json",
        '{"t":"hello","ticket":"guessed"}',
        '{"t":"ping"}',
        '{"t":"welcome"}',
        '{"t":"hello","ticket":"x","role":"facilitator"}',
        "[" * 10_000,
    ],
)
async def test_a_first_frame_that_is_no_hello_of_ours_closes_the_socket(first: str) -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await socket.send(first)
            assert await _code(socket) == Closing.MALFORMED


@pytest.mark.parametrize(
    "broken", ["{", '{"t":"ask","rid":"x","cmd":{}}', '{"t":"sing"}', b"\x00\x01"]
)
async def test_a_broken_envelope_closes_the_socket_with_a_code(broken: str | bytes) -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await _hello(place, browser, socket)
            await socket.send(broken)
            assert await _code(socket) == Closing.MALFORMED


async def test_a_frame_that_is_too_big_closes_the_socket_with_1009() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await _hello(place, browser, socket)
            await socket.send("x" * (frames.MAX_FRAME_BYTES + 1))
            assert await _code(socket) == Closing.TOO_BIG


async def test_an_unreadable_command_is_answered_and_the_socket_stays() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await _hello(place, browser, socket)
            for number, cmd in enumerate(('{"t":"note.sing"}', "[]", '"x"', "null"), start=1):
                await socket.send(ASK % (number, cmd))
                refused = await _until(socket, frames.RefusedAsk)
                assert (refused.rid, refused.code) == (f"outbox00:{number}", "request.unreadable")


async def test_a_refused_command_has_a_stable_code() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await _hello(place, browser, socket)
            await socket.send(ASK % (1, '{"t":"section.open","section":"section_board"}'))
            assert (await _until(socket, frames.RefusedAsk)).code == "not_allowed"


async def test_who_comes_back_gets_only_what_was_missed() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            welcome = await _hello(place, browser, socket)
        async with place.browser() as other:
            await place.join(other, "Bo")
        me = (await browser.get(f"/api/desks/{place.desk}/me")).json()
        async with place.live(browser) as socket:
            hello = frames.Hello(me["ticket"], welcome.n, welcome.mark)
            await socket.send(msgspec.json.encode(hello).decode())
            missed = _decode(await socket.recv())
            assert [entry.n for entry in missed.list] == [welcome.n + 1]


async def test_the_server_says_goodbye_before_it_goes() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await _hello(place, browser, socket)
            place.server.should_exit = True
            assert (await _until(socket, frames.Bye)).retry_ms > 0
            assert await _code(socket) == Closing.GOING_AWAY


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
async def test_shared_frames_are_frames_as_the_standard_has_them(size: int) -> None:
    from websockets.frames import Opcode
    from websockets.streams import StreamReader

    reader = StreamReader()
    reader.feed_data(Frame(b"x" * size).wire)
    parsing = websockets.frames.Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as parsed:
        next(parsing)
    assert parsed.value.value.opcode is Opcode.TEXT
    assert len(parsed.value.value.data) == size


async def test_leaving_closes_the_sockets_of_that_session() -> None:
    async with served() as place, place.browser() as browser, place.browser() as other:
        await place.join(browser)
        await place.join(other, "Bo")
        async with place.live(browser) as socket, place.live(other) as stays:
            await _hello(place, browser, socket)
            await _hello(place, other, stays)
            await browser.post(f"/api/desks/{place.desk}/leave")
            assert await _code(socket) == Closing.NO_SESSION
            await stays.send('{"t":"ping"}')
            await _until(stays, frames.Pong)


async def test_a_ticket_of_strange_letters_is_a_wrong_one() -> None:
    async with served() as place, place.browser() as browser:
        await place.join(browser)
        async with place.live(browser) as socket:
            await socket.send('{"t":"hello","ticket":"ä"}')
            assert await _code(socket) == Closing.MALFORMED
