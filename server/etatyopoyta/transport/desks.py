"""A desk over HTTP: who I am, the state, the invitation, exports, leaving."""

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery

from etatyopoyta.domain.permissions import LEADING
from etatyopoyta.domain.records import Organisation, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.http import Me, ParticipantLink
from etatyopoyta.room.door import Keys, shown_code
from etatyopoyta.transport.house import (
    House,
    Request,
    Shared,
    cookie_name,
    need_facilitator,
    need_session,
)
from etatyopoyta.transport.links import base_url, participants_link, qr_svg

MAY_INVITE = LEADING | {Role.VIEWER}


@get("/api/desks/{desk:str}/me")
async def me(
    desk: FromPath[str], request: Request, house: Shared, role: FromQuery[Role | None] = None
) -> Me:
    """Who the session says one is, and the ticket that the socket asks for."""
    seated = await need_session(house, request, desk, role)
    room = await house.open_rooms.get(desk)
    person = seated.session.person
    ticket = house.doors.ticket(seated.token)
    return Me(desk, person, seated.session.role, room.names.all.get(person), ticket)


@get("/api/desks/{desk:str}/snapshot")
async def snapshot(desk: FromPath[str], request: Request, house: Shared) -> Response[bytes]:
    """The state that all see, as gzipped JSON (W3)."""
    await need_session(house, request, desk)
    room = await house.open_rooms.get(desk)
    return Response(
        await room.snapshot_json(),
        media_type="application/json",
        headers={"content-encoding": "gzip", "vary": "accept-encoding"},
    )


@get("/api/desks/{desk:str}/invitation")
async def invitation(desk: FromPath[str], request: Request, house: Shared) -> ParticipantLink:
    """How participants get in: link, code and QR code."""
    seated = await need_session(house, request, desk)
    if seated.session.role not in MAY_INVITE:
        raise Refused("not_allowed")
    keys = await house.doors.participants_keys(desk)
    if keys is None:
        keys = await house.doors.invite_participants(desk)
    return _shown(house, request, keys)


@post("/api/desks/{desk:str}/organisations/{organisation:str}/link", status_code=200)
async def organisation_link(
    desk: FromPath[str], organisation: FromPath[str], request: Request, house: Shared
) -> ParticipantLink:
    """How the members of an organisation get in, made when first asked for: always the same."""
    await need_facilitator(house, request, desk)
    room = await house.open_rooms.get(desk)
    known = room.state.desk.get(Organisation, organisation)
    return _shown(house, request, await house.doors.organisation_keys(desk, known.id))


@post("/api/desks/{desk:str}/leave", status_code=204)
async def leave(
    desk: FromPath[str], request: Request, house: Shared, role: FromQuery[Role | None] = None
) -> Response[None]:
    """End this session. The notes stay."""
    seated = await need_session(house, request, desk, role)
    await house.doors.end_session(desk, seated.key)
    name = cookie_name(house.settings, desk, seated.session.role)
    gone = Cookie(key=name, value="", path="/", max_age=0, secure=house.settings.is_https)
    return Response(None, cookies=[gone], status_code=204)


def _shown(house: House, request: Request, keys: Keys) -> ParticipantLink:
    """Link, code and QR code (ISO/IEC 18004)."""
    url = participants_link(base_url(house, request), keys)
    return ParticipantLink(url, shown_code(keys.code), qr_svg(url))
