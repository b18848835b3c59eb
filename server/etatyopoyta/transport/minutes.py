"""The minutes of a workshop, to read and as files."""

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.records import Workshop
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports.asking import made_in_worker
from etatyopoyta.exports.making import Task
from etatyopoyta.exports.minutes import FORMATS, file_name_of
from etatyopoyta.protocol.http import Language
from etatyopoyta.room.minuting import minutes_of
from etatyopoyta.transport.attaching import attachment
from etatyopoyta.transport.history import may_look_back
from etatyopoyta.transport.house import Request, Shared


@get("/api/desks/{desk:str}/minutes/{format_name:str}")
async def minutes(
    desk: FromPath[str],
    format_name: FromPath[str],
    request: Request,
    house: Shared,
    workshop: FromQuery[str | None] = None,
    language: FromQuery[Language] = "fi",
) -> Response[bytes]:
    """The minutes of a workshop, by default the current one: json, html, docx or pdf."""
    key = await may_look_back(house, request, desk)
    file_format = FORMATS.get(format_name)
    if file_format is None:
        raise Refused("export.unknown_format", formats=list(FORMATS))
    state = (await house.open_rooms.get(desk)).state
    held = state.desk.get(Workshop, workshop or state.desk.info.workshop)
    made_at = house.now()
    edition = Edition(language=language, n=state.n, made_at=made_at)
    with house.exporting.place(key) as place:
        await place.turn()
        made = await minutes_of(house.log, desk, state.batch, held.id, edition)
        if file_format.is_file:
            body = await made_in_worker((), Task(format_name, edition, made))
        else:
            body = file_format.export(made)
    is_file = file_format.is_file
    headers = attachment(file_name_of(made, file_format.suffix)) if is_file else None
    return Response(body, media_type=file_format.media_type, headers=headers)
