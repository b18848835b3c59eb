"""What happened on a desk, for those who look back."""

import asyncio
from typing import Annotated, Any

from litestar import Response, get
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, FromQuery
from msgspec import Meta, Struct

from etatyopoyta.domain.permissions import AT_THE_DESK
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.http import Timeline
from etatyopoyta.room.history import Track
from etatyopoyta.room.picture import packed
from etatyopoyta.transport.house import House, Request, Shared, need_session

Number = Annotated[int, Meta(ge=0)]
LAST = 2**53
"""Further than any log."""


class Past(Struct, frozen=True):
    """An entry; `p` is the merge patch of each record by its id, null for a removed one."""

    n: int
    at_ms: int
    p: dict[str, dict[str, Any] | None]


class PastPage(Struct, frozen=True):
    """`protocol.http.HistoryPage` for the documentation, which knows no JSON of any kind."""

    n: int
    entries: list[Past]


@get("/api/desks/{desk:str}/timeline")
async def timeline(desk: FromPath[str], request: Request, house: Shared) -> Timeline:
    """The sections that were held and the minutes in which something happened."""
    track = await _track(house, request, desk)
    return Timeline(track.n, track.started_ms, track.at_ms, track.chapters, track.marks)


@get(
    "/api/desks/{desk:str}/history",
    responses={200: ResponseSpec(PastPage, description="Entries as all saw them, gzipped")},
)
async def history(
    desk: FromPath[str],
    request: Request,
    house: Shared,
    after: FromQuery[Number] = 0,
    until: FromQuery[Number] = LAST,
) -> Response[bytes]:
    """What all saw of the entries behind `after`, as it was then; about a megabyte at once."""
    track = await _track(house, request, desk)
    n, entries = track.page(after, until)
    body = b'{"n":%d,"entries":[%b]}' % (n, entries)
    return Response(
        await asyncio.to_thread(packed, body),
        media_type="application/json",
        headers={"content-encoding": "gzip", "vary": "accept-encoding"},
    )


async def may_look_back(house: House, request: Request, desk_id: str) -> str:
    """The key of the session that asks. Refused: not for every role, and not too often."""
    seated = await need_session(house, request, desk_id)
    if seated.session.role not in AT_THE_DESK:
        raise Refused("not_allowed")
    house.askers.ask(seated.key, asyncio.get_running_loop().time())
    return seated.key


async def _track(house: House, request: Request, desk_id: str) -> Track:
    await may_look_back(house, request, desk_id)
    room = await house.open_rooms.get(desk_id)
    return await house.histories.track(desk_id, room.state.batch)
