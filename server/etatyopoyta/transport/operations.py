"""For those who run it: alive, ready, figures."""

import os

from litestar import Response, get
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from etatyopoyta.log.contract import Away
from etatyopoyta.settings import LOOPBACK
from etatyopoyta.transport.house import Request, Shared


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    """The process is alive. Asks nothing of the store."""
    return {"status": "alive"}


@get("/ready")
async def ready(house: Shared) -> Response[dict[str, str]]:
    """Requests can be served: the store answers and the server is not going."""
    if house.is_draining:
        return Response({"status": "draining"}, status_code=503)
    try:
        await house.log.get("ready", "probe")
    except Away:
        return Response({"status": "store away"}, status_code=503)
    return Response({"status": "ready"})


@get("/metrics", include_in_schema=False)
async def metrics(house: Shared, request: Request) -> Response[bytes]:
    """Prometheus figures of this process, for callers on this machine only.

    Of several workers one answers, whichever took the connection: the label `worker` is its pid.
    """
    is_proxied = "x-forwarded-for" in request.headers
    if is_proxied or request.client is None or request.client.host not in LOOPBACK:
        return Response(b"", status_code=404)
    registry = CollectorRegistry()
    labels = {"worker": str(os.getpid())} if house.settings.workers > 1 else {}
    rooms = house.open_rooms.opened()
    for name, text, value in (
        ("etatyopoyta_open_desks", "Desks open in this process", len(rooms)),
        ("etatyopoyta_seats", "Open sockets", sum(room.attendance.count for room in rooms)),
        ("etatyopoyta_waiting_asks", "Asks that wait for the log", sum(r.waiting for r in rooms)),
        (
            "etatyopoyta_paused_desks",
            "Desks that cannot save now",
            sum(r.pausing.told.is_paused for r in rooms),
        ),
    ):
        gauge = Gauge(name, text, labels, registry=registry)
        (gauge.labels(**labels) if labels else gauge).set(value)
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")
