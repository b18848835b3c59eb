"""The desk as a file, and on the way to it how far that is."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream
from msgspec import Struct
from msgspec.structs import replace

from etatyopoyta.cards.charts import KEYS
from etatyopoyta.cards.model import Edition, Separator
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.permissions import AT_THE_DESK
from etatyopoyta.domain.publishing import versions
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import FORMATS, PICTURES, name_of
from etatyopoyta.exports.asking import make_in_worker
from etatyopoyta.exports.making import Makes, Task
from etatyopoyta.exports.schema import FILES, schema_json
from etatyopoyta.protocol.http import ExportMoves, Language
from etatyopoyta.room.room import Room
from etatyopoyta.transport import problems
from etatyopoyta.transport.attaching import attachment
from etatyopoyta.transport.house import House, Request, Shared, need_session

BOUNDARY = "etatyopoyta"
"""Between parts. Each part says how long it is, so what is in it does not matter."""
PARTS = "multipart/mixed"
PIECE_BYTES = 256 * 1024


@get("/api/desks/{desk:str}/export/{format_name:str}")
async def export_desk(
    desk: FromPath[str],
    format_name: FromPath[str],
    request: Request,
    house: Shared,
    language: FromQuery[Language] = "fi",
    separator: FromQuery[Separator | None] = None,
    version: FromQuery[int | None] = None,
    chart: FromQuery[str | None] = None,
) -> Response[bytes] | Stream:
    """The desk as it is now; the file name carries LUONNOS until the card is published.

    Or as it was when a version was published, by its number; or one of the card's charts, as svg
    or png.

    Whoever accepts multipart/mixed is told how far it is: parts of JSON, the last one is the file
    or the problem (docs/decisions/0012). The file is given up when the caller goes away.
    """
    seated = await need_session(house, request, desk)
    if seated.session.role not in AT_THE_DESK:
        raise Refused("not_allowed")
    if format_name not in FORMATS:
        raise Refused("export.unknown_format", formats=list(FORMATS))
    if chart is not None and not (chart in KEYS and format_name in PICTURES):
        raise Refused("export.no_chart")
    room = await house.open_rooms.get(desk)
    state, edition = await _asked(house, room, version, language)
    task = Task(format_name, replace(edition, separator=separator, chart=chart))
    wanted = _Wanted(seated.key, state, task)
    if PARTS in request.headers.get("accept", ""):
        headers = {"x-accel-buffering": "no"}  # a proxy is to pass each part on at once
        kind = f"{PARTS}; boundary={BOUNDARY}"
        return Stream(_parts(house, wanted), media_type=kind, headers=headers)
    async with aclosing(_steps(house, wanted)) as steps:
        async for step in steps:
            if isinstance(step, bytes):
                return Response(step, headers=wanted.headers)
    raise AssertionError("a worker that says no more was refused")


@get("/api/export-formats", sync_to_thread=False)
def export_formats() -> list[str]:
    """The names of all formats, in the order in which they are offered."""
    return list(FORMATS)


@get([f"/schema/{name}.json" for name in FILES], include_in_schema=False, sync_to_thread=False)
def schema(request: Request) -> Response[bytes]:
    """The JSON Schema of an exported desk, or of a published card."""
    name = request.url.path.rpartition("/")[2].removesuffix(".json")
    return Response(schema_json(name), media_type="application/schema+json")


class _Wanted(Struct, frozen=True):
    """Who wants what of which desk."""

    owner: str
    desk: Desk
    """As it was when it was asked for: the real one goes on."""
    task: Task

    @property
    def headers(self) -> dict[str, str]:
        """What the file is, and what it is called."""
        file_format = FORMATS[self.task.format]
        name = name_of(self.desk, self.task.edition, file_format.suffix)
        return {"content-type": file_format.media_type, **attachment(name)}


async def _asked(
    house: House, room: Room, number: int | None, language: Language
) -> tuple[Desk, Edition]:
    """The desk as it is, or as it was when that version was published."""
    state = room.state
    if number is None:
        edition = Edition(language=language, n=state.n, made_at=house.now())
        return Desk(list(state.desk)), edition
    there = (each for each in versions(state.desk) if each.number == number)
    version = next(there, None)
    if version is None or version.withdrawn_ms is not None:
        raise Refused("version.gone")
    return await house.published.desk(room.desk_id, version, language)


async def _steps(house: House, wanted: _Wanted) -> AsyncGenerator[ExportMoves | bytes]:
    """How far it is, then the file."""
    with house.exporting.place(wanted.owner) as place:
        async for before in place.before():
            yield ExportMoves(before, 0)
        yield ExportMoves(0, 0)
        made = make_in_worker(list(wanted.desk), wanted.task)
        async with aclosing(made):
            async for step in made:
                yield ExportMoves(0, step.share) if isinstance(step, Makes) else step


async def _parts(house: House, wanted: _Wanted) -> AsyncGenerator[bytes]:
    try:
        async with aclosing(_steps(house, wanted)) as steps:
            async for step in steps:
                if isinstance(step, bytes):
                    for piece in _part(step, wanted.headers):
                        yield piece
                else:
                    for piece in _part(msgspec.json.encode(step), _typed("application/json")):
                        yield piece
    except Refused as refusal:
        told = msgspec.json.encode(problems.problem(refusal))
        for piece in _part(told, _typed(problems.MEDIA_TYPE)):
            yield piece
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


def _part(body: bytes, headers: dict[str, str]) -> Iterator[bytes]:
    """A part of a multipart body (RFC 2046), in pieces."""
    said = {**headers, "content-length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    yield f"\r\n--{BOUNDARY}\r\n{lines}\r\n".encode()
    for at in range(0, len(body), PIECE_BYTES):
        yield body[at : at + PIECE_BYTES]


def _typed(kind: str) -> dict[str, str]:
    return {"content-type": kind}
