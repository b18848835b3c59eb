"""A spreadsheet's rows, for a page to choose from. Nothing is stored."""

import asyncio

from litestar import post
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath, FromQuery

from etatyopoyta.domain.refused import Refused
from etatyopoyta.imports import MAX_FILE_BYTES
from etatyopoyta.protocol.http import TableRead
from etatyopoyta.transport.house import Request, Shared, need_session

UPLOAD_S = 60
"""10 MB over a slow mobile connection; a place in the waiting room is not held for longer."""


@post("/api/desks/{desk:str}/table", status_code=200, request_max_body_size=MAX_FILE_BYTES)
async def read_table(
    desk: FromPath[str], name: FromQuery[str], request: Request, house: Shared
) -> TableRead:
    """The rows of the spreadsheet that is the body; `name` is the file's, with its ending."""
    await need_session(house, request, desk)
    with house.importing.place():
        table = await house.importing.read(await _body(request), name)
    return TableRead(table.sheet, table.others, table.rows, table.cut)


async def _body(request: Request) -> bytes:
    try:
        async with asyncio.timeout(UPLOAD_S):
            return b"".join([piece async for piece in request.stream()])
    except TimeoutError:
        raise Refused("import.too_slow", limit_s=UPLOAD_S) from None
    except RequestEntityTooLarge:
        raise Refused("import.too_big", what="bytes", limit=MAX_FILE_BYTES) from None
