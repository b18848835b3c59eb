"""A full disk, a small one of its own: desks become read-only, and open again by themselves (F5).

Runs itself below `unshare -rm`, where it may mount a tmpfs.
"""

import asyncio
import random
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from tests.faults.rig import Server, Writer, start_board
from tests.soak.figures import Figures
from tests.soak.kills import PATIENCE_S, counted, progress
from tests.soak.part import Missing, promise

from etatyopoyta.client import Connection, connect, fetch
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.frames import PauseReason

DISK_MB = 48
READ_ONLY_MB = 8
WRITERS = 4
MB = 1_000_000


async def fill(count: int, seed: int, folder: Path) -> Figures:
    """Fill the disk so often, slowly and at once by turns; Missing where nothing may be mounted."""
    if shutil.which("unshare") is None:
        raise Missing("unshare (util-linux)")
    (folder / "data").mkdir()
    tmpfs = f"size={DISK_MB}m,mode=0700"
    script = 'mount -t tmpfs -o "$1" tmpfs "$2" || exit 75; shift 2; exec "$@"'
    process = await asyncio.create_subprocess_exec(
        *("unshare", "-rm", "sh", "-c", script, "sh", tmpfs, str(folder / "data")),
        *(sys.executable, "-m", "tests.soak.full", str(count), str(seed), str(folder)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    if process.returncode == 75 or complained.startswith(b"unshare: "):
        raise Missing("a mount namespace (unshare -rm)")
    promise(process.returncode == 0, complained.decode()[-4000:])
    return msgspec.json.decode(said, type=Figures)


async def _filled(count: int, seed: int, folder: Path) -> Figures:
    chance = random.Random(seed)
    limits = {
        "ETATYOPOYTA_DISK_WARN_MB": str(2 * READ_ONLY_MB),
        "ETATYOPOYTA_DISK_READ_ONLY_MB": str(READ_ONLY_MB),
    }
    server = Server(folder / "data", environ=limits)
    await asyncio.to_thread(server.start)
    links = await asyncio.to_thread(server.links)
    desk_id, token = await start_board(server, links)
    writers = [Writer(server, links["code"], f"Kirjoittaja {i}") for i in range(WRITERS)]
    stop = asyncio.Event()
    back_s = []
    async with asyncio.TaskGroup() as tasks:
        for writer in writers:
            tasks.create_task(writer.write(stop))
        async with connect(server.base, desk_id, token) as reader:  # Broken when it is cut
            for number in range(count):
                await progress(writers)
                filler = folder / "data/filler"
                await _fill(filler, at_once=number % 2 == 1, chance=chance)
                await _until(reader, PauseReason.DISK)
                await _read(reader)
                filler.unlink()
                freed_at = time.monotonic()
                await _until(reader, None)
                await progress(writers)
                back_s.append(time.monotonic() - freed_at)
        stop.set()
    ended = server.output().count("the store ended")
    promise(ended <= count // 2, f"the store ended {ended} times")  # when it is full at once
    promise(await asyncio.to_thread(server.stop) == 0, "the server did not end in order")
    told = {"ends of the store": ended, "readers cut": 0}
    return await counted(server, writers, desk_id, Figures(told, {"open again in": back_s}))


async def _fill(filler: Path, *, at_once: bool, chance: random.Random) -> None:
    """Fill the disk to the last byte, or slowly to somewhat below the limit."""
    least = 0 if at_once else chance.randrange(MB, READ_ONLY_MB * MB)
    with filler.open("wb", buffering=0) as file, suppress(OSError):  # it is full
        while (free := shutil.disk_usage(filler.parent).free) > least:
            file.write(bytes(min(free, MB)))
            if not at_once:
                await asyncio.sleep(chance.uniform(0.01, 0.06))
        while at_once:
            file.write(bytes(4096))


async def _read(reader: Connection) -> None:
    """Fetch the state and an export, once the store is there again that a full disk has ended."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                await fetch(reader.base, f"/api/desks/{reader.me.desk}/snapshot", reader.token)
                await reader.export("json")
            except Refused as refused:
                promise(refused.code == "desk.not_saving", refused.code)
                await asyncio.sleep(0.05)
            else:
                return


async def _until(reader: Connection, reason: PauseReason | None) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while reader.paused_by is not reason:  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    result = asyncio.run(_filled(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
    print(msgspec.json.encode(result).decode())
