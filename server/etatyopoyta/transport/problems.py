"""Refusals and accidents over HTTP, as RFC 9457 problems with a stable code."""

from collections.abc import Callable
from typing import Any

import structlog
from litestar import Response
from litestar.exceptions import HTTPException

from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Damaged, Newer
from etatyopoyta.log.contract import Away
from etatyopoyta.protocol.http import Problem
from etatyopoyta.room.opening import NoDesk
from etatyopoyta.room.rooms import NEWER_RETRY_MS
from etatyopoyta.transport.house import Request

STATUS = {
    "session.none": 401,
    "not_allowed": 403,
    "note.not_yours": 403,
    "person.removed": 403,
    "desk.locked": 403,
    "join.unknown": 404,
    "desk.unknown": 404,
    "export.unknown_format": 404,
    "export.no_chart": 404,
    "actual.not_yours": 403,
    "actuals.conflicts": 409,
    "import.too_big": 413,
    "join.too_many": 429,
    "history.too_often": 429,
    "import.busy": 503,
    "figures.off": 409,
    "figures.busy": 503,
    "figures.source_away": 502,
    "figures.source_strange": 502,
    "export.busy": 503,
    "export.too_slow": 503,
    "export.failed": 500,
    "desk.not_saving": 503,
    "desk.read_only": 503,
}
REFUSED = 422
MEDIA_TYPE = "application/problem+json"

log_line = structlog.get_logger()


def refused(_: Request, refusal: Refused) -> Response[Problem]:
    """A rule said no."""
    return _answer(problem(refusal))


def store_away(_: Request, __: Away) -> Response[Problem]:
    """Nothing can be saved or read now."""
    return _problem(503, "desk.not_saving", {"retry_ms": 2000})


def no_desk(_: Request, __: NoDesk) -> Response[Problem]:
    """No such desk, or not any more."""
    return _problem(404, "desk.unknown", {})


def damaged(request: Request, error: Damaged) -> Response[Problem]:
    """What is stored is not what was put in: it is never served."""
    log_line.error("damaged", why=str(error), path=request.url.path)
    return _problem(503, "desk.damaged", {})


def newer(_: Request, __: Newer) -> Response[Problem]:
    """The desk is for servers of a later version: ask again, another one may answer."""
    return _problem(503, "desk.newer_version", {"retry_ms": NEWER_RETRY_MS})


def http_error(_: Request, error: HTTPException) -> Response[Problem]:
    """A request that no handler could take."""
    code = {400: "request.unreadable", 404: "request.nowhere", 405: "request.nowhere"}
    status = error.status_code
    return _problem(status, code.get(status, "request.refused"), {})


def accident(request: Request, error: Exception) -> Response[Problem]:
    """Our own fault: logged, never shown."""
    log_line.error("request failed", path=request.url.path, exc_info=error)
    return _problem(500, "server.fault", {})


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Response[Any]]] = {
    Refused: refused,
    Away: store_away,
    NoDesk: no_desk,
    Damaged: damaged,
    Newer: newer,
    HTTPException: http_error,
    Exception: accident,
}


def problem(refusal: Refused) -> Problem:
    """A refusal as it is told over HTTP."""
    status = STATUS.get(refusal.code, REFUSED)
    return Problem("about:blank", status, refusal.code, dict(refusal.details))


def _problem(status: int, code: str, details: dict[str, object]) -> Response[Problem]:
    return _answer(Problem("about:blank", status, code, details))


def _answer(told: Problem) -> Response[Problem]:
    return Response(told, status_code=told.status, media_type=MEDIA_TYPE)
