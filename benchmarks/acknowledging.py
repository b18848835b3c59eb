"""How long until a change is durable and everybody has it: one desk, 100 clients."""

import asyncio
import time

from benchmarks.house import Place, open_place
from benchmarks.light import LightClient, sit

CLIENTS = 100
WRITERS = 20
SECONDS = 10.0
RATES = (100, 500)
"""Changes per second on the desk."""


async def measure() -> list[str]:
    """Lines with the figures."""
    lines = []
    async with open_place() as place:
        clients = await _come(place)
        for rate in RATES:
            lines.append(await _run(place, clients, rate))
        for client in clients:
            client.close()
    return lines


async def _come(place: Place) -> list[LightClient]:
    clients = []
    for number in range(CLIENTS):
        token, me = await place.seat(f"Mittaaja {number}")
        snapshot = await place.snapshot(token)
        clients.append(await sit(place.base, place.desk_id, token, me, snapshot))
    for number, writer in enumerate(clients[:WRITERS]):
        writer.ask(_note(number))
    await _until_answered(clients)
    return clients


async def _run(place: Place, clients: list[LightClient], rate: int) -> str:
    before = [client.entries for client in clients]
    for client in clients:
        client.latencies_ms.clear()
    server, store = place.cpu_s()
    started = time.perf_counter()
    count = int(rate * SECONDS)
    for number in range(count):
        due = started + number / rate
        if (ahead := due - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        writer = number % WRITERS
        clients[writer].ask(_move(writer, number))
    await _until_answered(clients)
    own = time.perf_counter() - started
    server_s, store_s = (after - b for after, b in zip(place.cpu_s(), (server, store), strict=True))
    delivered = sum(c.entries - b for c, b in zip(clients, before, strict=True))
    latencies = sorted(ms for client in clients for ms in client.latencies_ms)
    return (
        f"{rate:4} changes/s, {CLIENTS} clients: durable acknowledgement"
        f" p50 {_at(latencies, 0.5):.1f} ms, p95 {_at(latencies, 0.95):.1f} ms,"
        f" p99 {_at(latencies, 0.99):.1f} ms; {len(latencies)} of {count} acknowledged,"
        f" {delivered} of {count * CLIENTS} delivered in {own:.1f} s;"
        f" {(server_s + store_s) / max(delivered, 1) * 1e6:.1f} µs CPU per delivered change"
        f" (server {server_s:.2f} s, store {store_s:.2f} s)"
    )


async def _until_answered(clients: list[LightClient]) -> None:
    async with asyncio.timeout(60):
        while any(client.unanswered for client in clients):  # noqa: ASYNC110  callbacks do it
            await asyncio.sleep(0.002)
        await asyncio.sleep(0.2)  # the last frames are on their way to the others


def _note(writer: int) -> bytes:
    return b'{"t":"note.add","id":"note_w%d","text":"Mittari","at":{"x":0,"y":0}}' % writer


def _move(writer: int, number: int) -> bytes:
    return b'{"t":"note.move","to":{"note_w%d":{"x":%d,"y":%d}}}' % (writer, number, writer)


def _at(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
