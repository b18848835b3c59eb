"""Two servers on one external store, each with a proxy on its way there."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.faults.rig import Server, Writer, check_ledger, free_port, start_board
from tests.log.stores import programs
from tests.soak.figures import Figures
from tests.soak.kills import check_refusals
from tests.soak.part import promise
from tests.soak.proxy import Proxy

from etatyopoyta.client import connect
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.redis import RedisLog

WRITERS_EACH = 3
ALIKE_S = 30.0
"""A half-open connection is noticed when a read times out; then the server takes what it missed."""
STORE_SETTINGS = {
    "bind": "127.0.0.1",
    "save": "",
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory": "512mb",
    "maxmemory-policy": "noeviction",
}


class Outside:
    """The store, the ways to it, the servers, and people who write on one desk of both."""

    def __init__(self, store: "subprocess.Popen[bytes]", port: int) -> None:
        self.store = store
        self.port = port
        self.proxies = [Proxy(port), Proxy(port)]
        self.servers: list[Server] = []
        self.writers: list[Writer] = []
        self.desk_id = ""
        self.token = ""
        self.rss_before: list[int] = []

    async def start(self, folder: Path, environ: dict[str, str]) -> None:
        """Start the servers and open the board."""
        for number, proxy in enumerate(self.proxies):
            await proxy.start()
            store = {
                "ETATYOPOYTA_REDIS_URL": f"redis://127.0.0.1:{proxy.port}",
                "ETATYOPOYTA_SECRET_KEY": "k" * 40,
            }
            self.servers.append(Server(folder / f"data{number}", environ={**store, **environ}))
            await asyncio.to_thread(self.servers[-1].start)
        links = await asyncio.to_thread(self.servers[0].links)
        self.desk_id, self.token = await start_board(self.servers[0], links)
        for number, server in enumerate(self.servers):
            names = (f"Kirjoittaja {number}{i}" for i in range(WRITERS_EACH))
            self.writers += [Writer(server, links["code"], name) for name in names]

    async def check(self) -> Figures:
        """The ledger, and whether both servers show the same desk at rest."""
        started_at = time.monotonic()
        while len(seen := {await self._seen(server) for server in self.servers}) > 1:
            promise(time.monotonic() - started_at < ALIKE_S, f"the servers do not agree: {seen}")
            await asyncio.sleep(0.1)
        alike_s = time.monotonic() - started_at
        log = RedisLog(f"redis://127.0.0.1:{self.port}")
        try:
            acknowledged, lost, doubled = await check_ledger(self.writers, log, self.desk_id)
        finally:
            await log.close()
        counts = {"acknowledged": acknowledged, "lost": lost, "doubled": doubled}
        figures = Figures(counts, {"alike after": [alike_s]})
        promise((lost, doubled) == (0, 0), figures.told())
        check_refusals(self.writers)
        for server in self.servers:
            promise("Traceback" not in server.output(), server.output()[-4000:])
        return figures

    async def _seen(self, server: Server) -> tuple[int, str]:
        """What a page that comes in now is shown, once the server has noticed that all is well."""
        async with asyncio.timeout(30):
            while True:
                with suppress(Refused):
                    async with connect(server.base, self.desk_id, self.token) as page:
                        await page.until_welcome()
                        return page.n, page.desk.state_hash()
                await asyncio.sleep(0.1)

    def rss(self) -> list[int]:
        """Resident bytes of each server."""
        return [rss_of(server.pid) for server in self.servers]


@asynccontextmanager
async def outside(folder: Path, environ: dict[str, str] | None = None) -> AsyncIterator[Outside]:
    """Everything of that, for as long as the block runs."""
    port = free_port()
    settings = {**STORE_SETTINGS, "port": str(port), "dir": str(folder)}
    arguments = [word for name, value in settings.items() for word in (f"--{name}", value)]
    with (folder / "store.log").open("wb") as output:
        store = subprocess.Popen(  # noqa: ASYNC220  as above
            [programs()[0], *arguments], stdout=output, stderr=output
        )
    place = Outside(store, port)
    try:
        await place.start(folder, environ or {})
        yield place
        for server in place.servers:
            promise(await asyncio.to_thread(server.stop) == 0, "a server did not end in order")
    finally:
        for server in place.servers:
            server.kill()
        for proxy in place.proxies:
            await proxy.close()
        store.kill()
        store.wait()


def rss_of(pid: int) -> int:
    """Resident bytes of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024
