"""Several server processes on one port and one store; tests/soak kills and restarts them."""

import asyncio
import os
import signal
from pathlib import Path

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
    async with asyncio.timeout(30):
        while not is_so():  # noqa: ASYNC110  other processes do it
            await asyncio.sleep(0.01)


async def test_people_at_different_workers_are_at_one_desk(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    await start_board(server, links)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
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


async def test_workers_and_store_end_with_the_launcher(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    children = [*workers_of(server), server.store_pid()]
    server.kill()
    await until(lambda: not any(map(is_alive, children)))
    await asyncio.to_thread(server.start)
    assert len(workers_of(server)) == 2
    assert await asyncio.to_thread(server.stop) == 0


async def test_ctrl_c_in_the_terminal_lets_the_workers_drain(tmp_path: Path) -> None:
    server = a_crew(tmp_path)
    await asyncio.to_thread(server.start)
    children = [*workers_of(server), server.store_pid()]
    os.kill(server.pid, signal.SIGINT)
    await until(lambda: not any(map(is_alive, children)))
    assert await asyncio.to_thread(server.stop) == 0
    assert "Traceback" not in server.output()
