"""The door: from a code, link or secret to a seat."""

from litestar import Response, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, JSONBody

from etatyopoyta.domain.people import AddOrganisation, Join, must_be_let_in
from etatyopoyta.domain.records import Organisation, Person, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_NAME_CHARACTERS, clean
from etatyopoyta.protocol.http import (
    DeskAtDoor,
    Invitation,
    JoinAsked,
    OrganisationChoice,
    Seated,
    SecretGiven,
)
from etatyopoyta.room.door import SESSION_MS, Door, as_code, shown_code
from etatyopoyta.room.room import Room
from etatyopoyta.transport.house import House, Request, Shared, cookie_name, find_session

LINK_CHARACTERS = 20
"""Of a link's secret at least: 120 bits and more."""


@post("/api/join/look", status_code=200)
async def look(data: JSONBody[Invitation], request: Request, house: Shared) -> DeskAtDoor:
    """What a valid code opens. Wrong and ended codes get the same answer (T1)."""
    door = await _door_for_many(house, request, data.code)
    room = await house.open_rooms.get(door.desk)
    desk = room.state.desk
    own = door.organisation and desk.get(Organisation, door.organisation)
    organisations = sorted(desk.of(Organisation), key=lambda each: each.name.casefold())
    return DeskAtDoor(
        desk=room.desk_id,
        title=desk.info.title,
        council=desk.info.council,
        shows=desk.info.shows,
        organisations=[OrganisationChoice(o.id, o.name) for o in organisations],
        organisation=OrganisationChoice(own.id, own.name) if own else None,
    )


@post("/api/join")
async def join(data: JSONBody[JoinAsked], request: Request, house: Shared) -> Response[Seated]:
    """Take a seat as participant, or to comment; who sat here before keeps what they wrote."""
    door = await _door_for_many(house, request, data.code)
    room = await house.open_rooms.get(door.desk)
    name = clean(data.name, MAX_NAME_CHARACTERS, "person")
    if data.organisation is not None:
        room.state.desk.get(Organisation, data.organisation)
    person = await _person(house, request, room, door, data.return_code)
    must_be_let_in(room.state.desk, person, door.role, door.person)  # before anything is kept
    command = await _coming(house, room, door, data, person)
    await room.name(person, name)
    await _sit_down(house, room, command)
    if door.role is Role.COMMENTER:
        return await _seated(house, room.desk_id, person, door.role, link=data.code)
    code = await house.doors.return_code(room.desk_id, person)
    return await _seated(house, room.desk_id, person, Role.PARTICIPANT, shown_code(code))


@post("/api/desks/{desk:str}/open")
async def open_with_secret(
    desk: FromPath[str], data: JSONBody[SecretGiven], request: Request, house: Shared
) -> Response[Seated]:
    """Take the seat of a link that is one person's, or one's own by a link to comment.

    Who is new there says first who they are, at /api/join: Refused("join.who").
    """
    door = await _door(house, request, data.secret)
    if door.desk != desk or door.person is None:
        raise Refused("join.unknown")
    room = await house.open_rooms.get(desk)
    if door.is_for_many:
        seated = await _commenter(house, request, room, door)
        if seated is None:
            raise Refused("join.who")
        await _sit_down(house, room, Join(id=seated, role=door.role))
        return await _seated(house, desk, seated, door.role, link=data.secret)
    is_new = room.state.desk.find(door.person) is None  # who was moved since then stays there
    organisation = door.organisation if is_new else None
    is_member = organisation is not None and door.role is Role.PARTICIPANT
    coming = Join(id=door.person, role=door.role, organisation=organisation, is_member=is_member)
    await _sit_down(house, room, coming)
    return await _seated(house, desk, door.person, door.role, link=data.secret)


@post("/api/join/recover")
async def recover(data: JSONBody[Invitation], request: Request, house: Shared) -> Response[Seated]:
    """Take the seat of a facilitator's recovery code, which also says at which desk."""
    door = await _door(house, request, data.code)
    if door.person is None:
        raise Refused("join.unknown")
    room = await house.open_rooms.get(door.desk)
    await _sit_down(house, room, Join(id=door.person, role=door.role))
    return await _seated(house, door.desk, door.person, door.role, link=data.code)


async def _door(house: House, request: Request, key: str) -> Door:
    """What the key opens. Codes have a budget of failures; a link's secret cannot be guessed."""
    address = request.client.host if request.client else ""
    now = house.chance.now_ms()
    is_link = as_code(key) is None and len(key) >= LINK_CHARACTERS
    if not is_link:
        if wait_ms := house.failures.wait_ms(address, now):
            raise Refused("join.too_many", retry_ms=wait_ms)
        house.failures.failed(address, now)  # before the await: many at once count, too
    door = await house.doors.open(key)
    if door is None:
        raise Refused("join.unknown")
    if not is_link:
        house.failures.succeeded(address)
    return door


async def _door_for_many(house: House, request: Request, key: str) -> Door:
    """As `_door`, for those who say who they are; a link of one person's is none."""
    door = await _door(house, request, key)
    if not door.is_for_many:
        raise Refused("join.unknown")
    return door


async def _commenter(house: House, request: Request, room: Room, door: Door) -> str | None:
    """Who came by this link on this device before."""
    seated = await find_session(house, request, room.desk_id, Role.COMMENTER)
    person = seated and room.state.desk.find(seated.session.person)
    if isinstance(person, Person) and person.came_by == door.person:
        return person.id
    return None


async def _person(
    house: House, request: Request, room: Room, door: Door, return_code: str | None
) -> str:
    """Who it is: by their return code, by the session of this device, else somebody new."""
    if door.role is Role.COMMENTER:
        return await _commenter(house, request, room, door) or house.doors.new_person()
    if return_code:
        person = await house.doors.returning(room.desk_id, return_code)
        if person is None:
            raise Refused("join.unknown_return_code")
        return person
    seated = await find_session(house, request, room.desk_id, Role.PARTICIPANT)
    return seated.session.person if seated else house.doors.new_person()


async def _coming(house: House, room: Room, door: Door, data: JoinAsked, person: str) -> Join:
    """As whom they sit down: by an organisation's link, or as who founds one, as its member."""
    organisation, is_member = door.organisation or data.organisation, door.organisation is not None
    name = data.organisation_name or ""
    if organisation is None and name.strip():
        organisation, is_member = await _named(house, room, name)
    return Join(
        id=person,
        role=door.role,
        organisation=organisation,
        is_member=is_member and door.role is Role.PARTICIPANT,  # a memo is for those who write it
        came_by=door.person,
    )


async def _named(house: House, room: Room, name: str) -> tuple[str, bool]:
    """The organisation of that name, and whether it was made just now."""
    command = AddOrganisation(id=house.doors.new_organisation(), name=name)
    try:
        await house.open_rooms.ask(room.desk_id, command, _rid(house))
    except Refused as refused:
        if refused.code != "organisation.exists":
            raise
        return str(refused.details["id"]), False
    return command.id, True


async def _sit_down(house: House, room: Room, command: Join) -> None:
    must_be_let_in(room.state.desk, command.id, command.role)
    known = room.state.desk.find(command.id)
    if isinstance(known, Person) and not known.has_left:
        stays = command.organisation in {None, known.organisation}
        if stays and (known.is_member or not command.is_member):
            return
    await house.open_rooms.ask(room.desk_id, command, _rid(house))


async def _seated(
    house: House,
    desk_id: str,
    person: str,
    role: Role,
    return_code: str | None = None,
    link: str | None = None,
) -> Response[Seated]:
    token = await house.doors.seat(desk_id, person, role, link)
    cookie = Cookie(
        key=cookie_name(house.settings, desk_id, role),
        value=token,
        path="/",
        httponly=True,
        secure=house.settings.is_https,
        samesite="lax",
        max_age=SESSION_MS[role] // 1000,
    )
    return Response(Seated(desk_id, person, role, return_code), cookies=[cookie], status_code=201)


def _rid(house: House) -> str:
    return f"{house.chance.token()}:1"
