"""The desk as a file."""

import asyncio
from datetime import UTC, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import FORMATS, file_name
from etatyopoyta.protocol.http import Language
from etatyopoyta.transport.house import Request, Shared, need_session

MAY_EXPORT = frozenset({Role.FACILITATOR, Role.SECRETARY, Role.PARTICIPANT})


@get("/api/desks/{desk:str}/export/{format_name:str}")
async def export_desk(
    desk: FromPath[str],
    format_name: FromPath[str],
    request: Request,
    house: Shared,
    language: FromQuery[Language] = "fi",
) -> Response[bytes]:
    """The desk as it is now; the file name carries LUONNOS until the card is published."""
    seated = await need_session(house, request, desk)
    if seated.session.role not in MAY_EXPORT:
        raise Refused("not_allowed")
    file_format = FORMATS.get(format_name)
    if file_format is None:
        raise Refused("export.unknown_format", formats=list(FORMATS))
    state = (await house.open_rooms.get(desk)).state
    frozen = Desk(list(state.desk))  # the desk goes on while the file is made
    made_at = datetime.fromtimestamp(house.chance.now_ms() / 1000, UTC)
    edition = Edition(language=language, n=state.n, made_at=made_at)
    async with house.exporting:  # one at a time: the others on the desk come first
        body = await asyncio.to_thread(file_format.export, frozen, edition)
    today = made_at.astimezone(ZoneInfo(frozen.info.timezone)).date()
    name = file_name(frozen.info.title.fi, frozen.card.state, file_format.suffix, today)
    disposition = f"attachment; filename=\"{name.ascii}\"; filename*=UTF-8''{quote(name.utf8)}"
    return Response(
        body,
        media_type=file_format.media_type,
        headers={"content-disposition": disposition},
    )
