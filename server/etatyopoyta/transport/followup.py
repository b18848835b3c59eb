"""Follow-up over HTTP: values of many measures at once, and reminders as a calendar file."""

import asyncio

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from etatyopoyta.cards.words import zone_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.followup import ActualGiven, ImportActuals
from etatyopoyta.domain.permissions import AT_THE_DESK
from etatyopoyta.domain.records import Organisation, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import file_name
from etatyopoyta.exports.ics import Reminding, reminders
from etatyopoyta.protocol.http import ActualRow, ActualsGiven, ActualsTaken, Language
from etatyopoyta.room.door import ID_LETTERS
from etatyopoyta.transport.attaching import attachment
from etatyopoyta.transport.house import House, Request, Shared, need_session
from etatyopoyta.transport.links import base_url

ID_LENGTH = 16


@post("/api/desks/{desk:str}/actuals", status_code=200)
async def enter_actuals(
    desk: FromPath[str],
    data: JSONBody[ActualsGiven],
    request: Request,
    house: Shared,
    role: FromQuery[Role | None] = None,
) -> ActualsTaken:
    """Enter what was reached, many measures and years at once: all of it or nothing.

    A value that is there already is replaced only where `base` names its version; else the answer
    is 409 with the code `actuals.conflicts`, and `details.rows` says what is there. The same rows
    once more change nothing, so asking again is safe. Participants and reporters enter values of
    their own organisation (`actual.not_yours`), facilitators and secretaries those of all.
    Further codes: `actual.empty`, `actual.other_year`, `actual.no_such_day`,
    `actual.source.empty`, `actuals.twice`, `measure.gone`, `measure.withdrawn`,
    `organisation.gone`; `details.row` counts from 1.
    """
    session = (await need_session(house, request, desk, role)).session
    rows = tuple(_given(house, row) for row in data.rows)
    rid = f"{house.chance.token()}:1"
    command = ImportActuals(rows=rows)
    done = await house.open_rooms.ask(desk, command, rid, session.person, session.role)
    return ActualsTaken(done.n)


@get("/api/desks/{desk:str}/followup.ics")
async def remind(
    desk: FromPath[str],
    request: Request,
    house: Shared,
    language: FromQuery[Language] = "fi",
    organisation: FromQuery[str | None] = None,
) -> Response[bytes]:
    """Reminders to enter what was reached, from now to the end of the card's period (RFC 5545).

    One per measure and date, or with `organisation` one per date with all of its measures.
    """
    seated = await need_session(house, request, desk)
    if seated.session.role not in AT_THE_DESK | {Role.REPORTER}:
        raise Refused("not_allowed")
    state = (await house.open_rooms.get(desk)).state
    if organisation is not None:
        state.desk.get(Organisation, organisation)
    frozen = Desk(list(state.desk))
    made_at = house.now()
    asked = Reminding(
        desk=desk,
        language=language,
        made_at=made_at,
        url=f"{base_url(house, request)}/poyta/{desk}/seuranta",
        organisation=organisation,
    )
    body = await asyncio.to_thread(reminders, frozen, asked)
    today = made_at.astimezone(zone_of(frozen.info.timezone)).date()
    name = file_name(frozen.info.title.fi, frozen.card.state, "ics", today)
    return Response(body, media_type="text/calendar", headers=attachment(name))


def _given(house: House, row: ActualRow) -> ActualGiven:
    return ActualGiven(
        id=f"actual_{house.chance.letters(ID_LENGTH, ID_LETTERS)}",
        measure=row.measure,
        year=row.year,
        organisation=row.organisation,
        value=row.value,
        text=row.text,
        as_of=row.as_of,
        source=row.source,
        base=row.base,
    )
