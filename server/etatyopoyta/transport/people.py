"""People over HTTP: their names, and the links and codes that let those in who lead a desk."""

from litestar import Response, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from etatyopoyta.domain.records import Organisation, Person, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_NAME_CHARACTERS, clean
from etatyopoyta.protocol.http import LinkAsked, LinkMade, NameGiven, RecoveryCode, RoleLink
from etatyopoyta.room.door import shown_code
from etatyopoyta.transport.house import Request, Shared, need_facilitator, need_session
from etatyopoyta.transport.links import PATHS, base_url, qr_svg, secret_link


@post("/api/desks/{desk:str}/people/{person:str}/name", status_code=204)
async def name_person(
    desk: FromPath[str],
    person: FromPath[str],
    data: JSONBody[NameGiven],
    request: Request,
    house: Shared,
    role: FromQuery[Role | None] = None,
) -> None:
    """Give somebody another name: facilitators anybody, everybody themselves. Not in the log."""
    session = (await need_session(house, request, desk, role)).session
    if session.role is not Role.FACILITATOR and session.person != person:
        raise Refused("not_allowed")
    room = await house.open_rooms.get(desk)
    known = room.state.desk.get(Person, person)
    await room.name(known.id, clean(data.name, MAX_NAME_CHARACTERS, "person"))


@get("/api/desks/{desk:str}/links")
async def links(desk: FromPath[str], request: Request, house: Shared) -> list[RoleLink]:
    """The links that open the desk to those who lead it and to projectors; never their secrets."""
    session = (await need_facilitator(house, request, desk)).session
    names = (await house.open_rooms.get(desk)).names.all
    return [
        RoleLink(
            link=link.place,
            role=link.role,
            person=link.person,
            name=names.get(link.person),
            is_mine=link.person == session.person,
            organisation=link.organisation,
        )
        for link in await house.doors.links(desk)
    ]


@post("/api/desks/{desk:str}/links/{role:str}")
async def make_link(
    desk: FromPath[str],
    role: FromPath[Role],
    data: JSONBody[LinkAsked],
    request: Request,
    house: Shared,
) -> LinkMade:
    """A new link for one person more: shown now and never again.

    A reporter's is for one organisation; a participant's leads to the memo of one, or to their own.
    """
    await need_facilitator(house, request, desk)
    if role not in PATHS:
        raise Refused("not_allowed")
    name = clean(data.name, MAX_NAME_CHARACTERS, "person") if data.name else None
    room = await house.open_rooms.get(desk)
    organisation = None
    if role is Role.REPORTER or (role is Role.PARTICIPANT and data.organisation):
        organisation = room.state.desk.get(Organisation, data.organisation or "").id
    secret, person = await house.doors.invite_another(desk, role, organisation)
    if name is not None:
        await room.name(person, name)
    url = secret_link(base_url(house, request), desk, role, secret)
    return LinkMade(person, role, url, qr_svg(url))


@delete("/api/desks/{desk:str}/links", status_code=204)
async def end_link(
    desk: FromPath[str], link: FromQuery[str], request: Request, house: Shared
) -> Response[None]:
    """End a link and the sessions that came by it. Nobody ends their own."""
    session = (await need_facilitator(house, request, desk)).session
    ended = next((each for each in await house.doors.links(desk) if each.place == link), None)
    if ended is not None and ended.person == session.person:
        raise Refused("person.yourself", id=session.person)
    if ended is not None:
        await house.doors.end_link(desk, ended.place)
    return Response(None, status_code=204)


@post("/api/desks/{desk:str}/recovery")
async def make_recovery_code(desk: FromPath[str], request: Request, house: Shared) -> RecoveryCode:
    """A code that seats this facilitator on a borrowed machine: shown now and never again.

    The one before ends, with the sessions that came by it; so who came by it makes no other.
    """
    session = (await need_facilitator(house, request, desk)).session
    if await house.doors.is_recovery(desk, session.person, session.door):
        raise Refused("recovery.by_code")
    code = await house.doors.recovery_code(desk, session.person, session.role)
    return RecoveryCode(shown_code(code))
