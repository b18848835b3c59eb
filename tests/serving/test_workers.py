"""Several server processes on one port and one store; tests/soak kills and restarts them."""

import asyncio
import os
import re
import signal
from pathlib import Path

import httpx
import pytest
from tests.faults.rig import Server, start_board
from tests.soak.workers import a_crew, workers_of

from etatyopoyta.client import connect, join, new_id
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Note, Point
from etatyopoyta.protocol.http import JoinAsked

pytestmark = pytest.mark.anyio


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


async def until(is_so) -> None:
    async with asyncio.timeout(90):
        while not is_so():  # noqa: ASYNC110  other processes do it
            await asyncio.sleep(0.01)


async def test_people_at_different_workers_are_at_one_desk(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    await start_board(server, links)
    async with asyncio.timeout(180), asyncio.TaskGroup() as tasks:
        everybody = [tasks.create_task(_write_one(server, links["code"], i)) for i in range(12)]
    assert {each.result() for each in everybody} == {12}
    assert await asyncio.to_thread(server.stop) == 0
    assert "Traceback" not in server.output()


async def _write_one(server: Server, code: str, number: int) -> int:
    """Add a note and wait until everybody's is there; how many there are."""
    asked = JoinAsked(code=code, name=f"Osallistuja {number}", organisation_name="A ry")
    desk_id, token = await join(server.base, asked)
    async with connect(server.base, desk_id, token) as desk:
        await desk.ask(AddNote(id=new_id("note"), text="Kävijät", at=Point(0, 0)))
        while desk.desk.count(Note) < 12:
            await desk.until_entry(desk.n + 1)
        return desk.desk.count(Note)


@pytest.mark.long
async def test_figures_name_the_worker_that_they_are_of(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    seen: set[int] = set()
    async with asyncio.timeout(120):
        while seen != set(workers_of(server)):
            async with httpx.AsyncClient() as scraper:  # each time a new connection
                figures = (await scraper.get(f"{server.base}/metrics")).text
            seen.add(int(re.findall(r'etatyopoyta_seats\{worker="(\d+)"\} 0', figures)[0]))
    assert await asyncio.to_thread(server.stop) == 0


@pytest.mark.long
async def test_workers_and_store_end_with_the_launcher(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    children = [*workers_of(server), server.store_pid()]
    server.kill()
    await until(lambda: not any(map(is_alive, children)))
    await asyncio.to_thread(server.start)
    assert len(workers_of(server)) == 2
    assert await asyncio.to_thread(server.stop) == 0


@pytest.mark.long
async def test_ctrl_c_in_the_terminal_lets_the_workers_drain(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    children = [*workers_of(server), server.store_pid()]
    os.kill(server.pid, signal.SIGINT)
    await until(lambda: not any(map(is_alive, children)))
    assert await asyncio.to_thread(server.wait) == 0
    assert "Traceback" not in server.output()


@pytest.mark.long
async def test_nobody_who_comes_during_a_restart_is_turned_away(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    before = set(workers_of(server))
    came = 0

    async def come(until: asyncio.Event) -> None:
        nonlocal came
        while not until.is_set():
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")
            writer.close()
            came += 1

    restarted = asyncio.Event()
    async with asyncio.timeout(180), asyncio.TaskGroup() as tasks:
        for _ in range(4):
            tasks.create_task(come(restarted))
        os.kill(server.pid, signal.SIGHUP)
        while before & set(workers_of(server)):  # noqa: ASYNC110  other processes do it
            await asyncio.sleep(0.01)
        restarted.set()
    print(f"{came} came during a restart of all workers, none turned away")
    assert came > 100
    assert await asyncio.to_thread(server.stop) == 0
    assert "Traceback" not in server.output()


@pytest.mark.long
async def test_a_worker_that_does_not_start_leaves_the_old_ones_at_work(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    await until(lambda: "Links:" in server.output())  # before, one may answer and the other start
    before = workers_of(server)
    key = tmp_path / "data" / "server.key"
    key.rename(key.with_suffix(".aside"))
    key.mkdir()  # what a new worker needs, and cannot read
    os.kill(server.pid, signal.SIGHUP)
    await until(lambda: "not restarted" in server.output())
    assert workers_of(server) == before
    key.rmdir()
    key.with_suffix(".aside").rename(key)
    os.kill(server.pid, signal.SIGHUP)
    await until(lambda: len(workers_of(server)) == 2 and not set(before) & set(workers_of(server)))
    assert await asyncio.to_thread(server.stop) == 0
