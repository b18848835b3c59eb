"""The live socket of a desk: frames in, frames out."""

import asyncio
from contextlib import suppress

import structlog
from litestar import websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromPath, FromQuery

from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Damaged, Newer
from etatyopoyta.log.contract import Away
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import (
    MAX_FRAME_BYTES,
    SUBPROTOCOLS,
    AnyFromClient,
    Bye,
    Hello,
    Malformed,
    decode,
    encode,
)
from etatyopoyta.room.limits import FULL_RETRY_MS
from etatyopoyta.room.opening import NoDesk
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import NEWER_RETRY_MS
from etatyopoyta.room.seat import Seat, Wire
from etatyopoyta.transport.house import House, Seated, Shared, Socket, find_session, is_removed
from etatyopoyta.transport.wire import EXTENSION, DeskSocket, QueueWire

HELLO_S = 10.0

log_line = structlog.get_logger()


@websocket("/api/desks/{desk:str}/live")
async def live(
    desk: FromPath[str], socket: Socket, house: Shared, role: FromQuery[Role | None] = None
) -> None:
    """Sit at a desk until one side goes."""
    spoken = next((each for each in SUBPROTOCOLS if each in socket.scope["subprotocols"]), None)
    if spoken is None:
        await socket.close(Closing.MALFORMED)
        return
    await socket.accept(subprotocols=spoken)
    seated = await find_session(house, socket, desk, role)
    if seated is None:
        await socket.close(Closing.NO_SESSION)
        return
    try:
        room = await house.open_rooms.get(desk)
    except NoDesk:
        await socket.close(Closing.NO_DESK)
        return
    except Newer:
        await socket.send_data(encode(Bye(NEWER_RETRY_MS)).decode(), mode="text")
        await socket.close(Closing.GOING_AWAY)
        return
    except (Away, Damaged):
        await socket.close(Closing.OUR_FAULT)
        return
    if is_removed(room, seated.session.person):
        await socket.close(Closing.REMOVED)
        return
    wire = socket.scope.get("extensions", {}).get(EXTENSION)  # type: ignore[union-attr]  # ours
    if isinstance(wire, DeskSocket):
        await _sit(socket, room, house, seated, wire)
    else:
        await _sit_by_queue(socket, room, house, seated)


async def _sit(socket: Socket, room: Room, house: House, seated: Seated, wire: Wire) -> None:
    session = seated.session
    seat = Seat(wire, session.person, session.role, seated.key, session.door)

    def take(frame: AnyFromClient) -> None:
        try:
            room.handle(seat, frame)
        except Exception:  # the rim of the socket: our fault, never shown
            log_line.exception("seat failed", desk=room.desk_id, n=room.state.n)
            seat.close(Closing.OUR_FAULT)

    def hear(data: str | bytes) -> None:
        try:
            take(decode(data))
        except Malformed:
            seat.close(Closing.MALFORMED)

    try:
        room.attendance.come(seat)
    except Refused:
        seat.tell(Bye(FULL_RETRY_MS))
        seat.close(Closing.TOO_MANY)
        return
    try:
        take(await _hello(socket, house, seated))
        if isinstance(wire, DeskSocket):
            wire.listen(hear)
        while not seat.is_closed:
            hear(await _next(socket))
    except Malformed:
        seat.close(Closing.MALFORMED)
    except TimeoutError:
        seat.close(Closing.NO_HELLO)
    except WebSocketDisconnect:
        pass
    finally:
        seat.is_closed = True
        room.attendance.go(seat)


async def _hello(socket: Socket, house: House, seated: Seated) -> Hello:
    """The first frame: a hello with the ticket of a page of ours."""
    async with asyncio.timeout(HELLO_S):
        hello = decode(await _next(socket))
    if not isinstance(hello, Hello) or not house.doors.is_ticket(hello.ticket, seated.token):
        raise Malformed("no hello")
    return hello


async def _next(socket: Socket) -> str:
    """The next text frame."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(detail="", code=1005)
    text = message.get("text")
    if not isinstance(text, str) or len(text) > MAX_FRAME_BYTES:
        raise Malformed("not a text frame")
    return text


async def _sit_by_queue(socket: Socket, room: Room, house: House, seated: Seated) -> None:
    """The same over plain ASGI sends, for servers without our socket class."""
    wire = QueueWire()

    async def write() -> None:
        with suppress(WebSocketDisconnect):
            while True:
                item = await wire.next()
                if isinstance(item, Closing):
                    await socket.close(item)
                    return
                await socket.send_data(item.payload.decode(), mode="text")

    async with asyncio.TaskGroup() as tasks:
        writer = tasks.create_task(write())
        await _sit(socket, room, house, seated, wire)
        wire.close(Closing.GOING_AWAY)
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await asyncio.shield(writer)
        writer.cancel()
