"""What statistics sources say of the card's figures, for a page to choose from."""

from datetime import UTC

from litestar import post
from litestar.params import FromPath, JSONBody

from etatyopoyta.cards.words import moment_of
from etatyopoyta.domain.permissions import LEADING
from etatyopoyta.domain.records import Figure
from etatyopoyta.domain.refused import Refused
from etatyopoyta.figures import Found, Wanted
from etatyopoyta.protocol.http import FigureFetched, FiguresAsked, FiguresFetched
from etatyopoyta.transport.house import Request, Shared, need_session

EARLIER = "age_earlier"
"""Group of the figures that are there to compare the newest with."""
YEARS_EARLIER = 10


@post("/api/desks/{desk:str}/figures/fetch", status_code=200)
async def fetch_figures(
    desk: FromPath[str], data: JSONBody[FiguresAsked], request: Request, house: Shared
) -> FiguresFetched:
    """Look figures up by their references. Nothing changes; `figures.import` does that."""
    seated = await need_session(house, request, desk)
    if seated.session.role not in LEADING:
        raise Refused("not_allowed")
    if house.statistics is None:
        raise Refused("figures.off")
    state = (await house.open_rooms.get(desk)).state.desk
    figures = {one: state.get(Figure, one) for one in data.figures}
    now_ms = house.chance.now_ms()
    earlier = data.earlier or moment_of(now_ms, UTC).year - YEARS_EARLIER
    found = await house.statistics.fetch([_wanted(each, earlier) for each in figures.values()])
    return FiguresFetched(now_ms, [_row(figures[one.figure], one) for one in found])


def _wanted(figure: Figure, earlier: int) -> Wanted:
    return Wanted(
        figure=figure.id,
        reference=figure.source_ref or "",
        region=figure.region or "",
        year=earlier if figure.group == EARLIER else None,
    )


def _row(figure: Figure, found: Found) -> FigureFetched:
    is_there = (figure.id, figure.version, figure.value, figure.as_of)
    reading = found.reading
    if reading is None:
        return FigureFetched(*is_there, problem=found.problem)
    return FigureFetched(
        *is_there,
        value=reading.value,
        as_of=reading.as_of,
        made_in=reading.made_in,
        source=reading.source,
        title=reading.title,
    )
