"""A store and its replica behind one address, which fail over when told."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import redis
from tests.faults.rig import free_port
from tests.log.stores import programs

SOUND = {
    "bind": "127.0.0.1",
    "save": "",
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
    "repl-diskless-sync-delay": "0",
}
PATIENCE_S = 30.0


class Store:
    """One server program, on a port for its replica and on a socket for us."""

    def __init__(self, folder: Path, primary: "Store | None" = None) -> None:
        folder.mkdir()
        self.port = free_port()
        self.socket = folder / "store.sock"
        settings = {**SOUND, "port": str(self.port), "dir": str(folder)}
        settings["unixsocket"] = str(self.socket)
        arguments = [word for name, value in settings.items() for word in (f"--{name}", value)]
        if primary is not None:
            arguments += ["--replicaof", "127.0.0.1", str(primary.port)]
        with (folder / "store.log").open("wb") as output:
            self._process = subprocess.Popen([programs()[0], *arguments], stdout=output)
        self.client = redis.Redis(unix_socket_path=str(self.socket))
        until(lambda: self.client.ping())

    def stand_still(self) -> None:
        """It neither answers nor ends."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Pair:
    """`url` leads to the primary, at first; `fail_over` makes it lead to the other one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._address = folder / "current.sock"
        self.url = f"unix://{self._address}"
        self.primary = self._start()
        self._point_to(self.primary)
        self.replica = self._start(self.primary)

    def part(self) -> None:
        """From now on the replica gets nothing, and stays as it is."""
        self.replica.client.replicaof("NO", "ONE")

    def fail_over(self) -> None:
        """The primary dies, and the replica takes its place with what it has."""
        self.primary.kill()
        self.replica.client.replicaof("NO", "ONE")
        self._point_to(self.replica)

    def hand_over(self) -> None:
        """The replica takes the place of the primary, which lives on as its replica."""
        self.replica.client.replicaof("NO", "ONE")
        self.primary.client.replicaof("127.0.0.1", str(self.replica.port))
        until(lambda: self.primary.client.info("replication")["master_link_status"] == "up")
        self._point_to(self.replica)

    def complete(self) -> None:
        """After a failover: what was the replica gets a new one."""
        self.primary, self.replica = self.replica, self._start(self.replica)

    def _start(self, primary: Store | None = None) -> Store:
        self._count += 1
        store = Store(self._folder / f"store{self._count}", primary)
        if primary is not None:
            until(lambda: store.client.info("replication")["master_link_status"] == "up")
        return store

    def _point_to(self, store: Store) -> None:
        draft = self._address.with_suffix(".new")
        draft.symlink_to(store.socket)
        os.replace(draft, self._address)


def until(is_so) -> None:
    """Wait for a store."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with suppress(redis.RedisError):
            if is_so():
                return
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    """Both, for as long as the block runs."""
    stores = Pair(folder)
    try:
        yield stores
    finally:
        for store in (stores.primary, stores.replica):
            store.kill()
