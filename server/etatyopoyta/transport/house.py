"""What the handlers share: one of each per process."""

from datetime import UTC, datetime
from typing import Any, TypeAlias

import litestar
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from msgspec import Struct

from etatyopoyta.cards.words import moment_of
from etatyopoyta.domain.records import Person, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports.line import Line
from etatyopoyta.figures import Statistics
from etatyopoyta.imports import Waiting
from etatyopoyta.log.contract import Log
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.door import Doors, Session
from etatyopoyta.room.history import Histories
from etatyopoyta.room.published import Published
from etatyopoyta.room.room import Room
from etatyopoyta.room.rooms import Rooms
from etatyopoyta.room.space import Space
from etatyopoyta.settings import Settings
from etatyopoyta.transport.askers import Askers
from etatyopoyta.transport.budget import FailureBudget

Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]
Request: TypeAlias = litestar.Request[Any, Any, Any]
Socket: TypeAlias = litestar.WebSocket[Any, Any, Any]
STRONGEST_FIRST = (
    Role.FACILITATOR,
    Role.SECRETARY,
    Role.PARTICIPANT,
    Role.REPORTER,
    Role.COMMENTER,
    Role.VIEWER,
)


class House(Struct):
    """The desks, the doors, and how this process was set up."""

    settings: Settings
    log: Log
    doors: Doors
    chance: Chance
    failures: FailureBudget
    build: str
    exporting: Line
    importing: Waiting
    histories: Histories
    askers: Askers
    space: Space
    published: Published
    statistics: Statistics | None = None
    """None where the server was not let out to ask for figures."""
    rooms: Rooms | None = None
    """There while the application runs."""
    is_draining: bool = False

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return moment_of(self.chance.now_ms(), UTC)

    @property
    def open_rooms(self) -> Rooms:
        """The rooms of the running application."""
        assert self.rooms is not None
        return self.rooms


Shared: TypeAlias = NamedDependency[House]
"""The house, as a handler gets it."""


class Seated(Struct, frozen=True):
    """A session, the token that it was found by, and its key."""

    token: str
    key: str
    session: Session


async def find_session(
    house: House, connection: Connection, desk_id: str, role: Role | None
) -> Seated | None:
    """The session of a bearer token or of the desk's strongest cookie, or of that role's."""
    bearer = connection.headers.get("authorization", "")
    if bearer.startswith("Bearer "):
        tokens = [bearer.removeprefix("Bearer ")]
    else:
        roles = STRONGEST_FIRST if role is None else (role,)
        names = (cookie_name(house.settings, desk_id, each) for each in roles)
        tokens = [connection.cookies[name] for name in names if name in connection.cookies]
    for token in tokens:
        key = house.doors.session_key(token)
        session = await house.doors.session(key)
        if session is not None and session.desk == desk_id:
            return Seated(token, key, session)
    return None


async def need_session(
    house: House, connection: Connection, desk_id: str, role: Role | None = None
) -> Seated:
    """As `find_session`, or Refused: "session.none", or "person.removed" for who was sent away."""
    seated = await find_session(house, connection, desk_id, role)
    if seated is None:
        raise Refused("session.none")
    room = await house.open_rooms.get(desk_id)
    if is_removed(room, seated.session.person):
        raise Refused("person.removed", id=seated.session.person)
    return seated


async def need_facilitator(house: House, connection: Connection, desk_id: str) -> Seated:
    """As `need_session`, or Refused("not_allowed") for all others."""
    seated = await need_session(house, connection, desk_id)
    if seated.session.role is not Role.FACILITATOR:
        raise Refused("not_allowed")
    return seated


def is_removed(room: Room, person: str) -> bool:
    """Whether facilitators have sent this person away."""
    known = room.state.desk.find(person)
    return isinstance(known, Person) and known.removed_ms is not None


def cookie_name(settings: Settings, desk_id: str, role: Role) -> str:
    """One cookie per desk and role (W5)."""
    prefix = "__Host-" if settings.is_https else ""
    return f"{prefix}seat-{desk_id}-{role}"
