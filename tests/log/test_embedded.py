"""The store as our child: one owner, no orphans, nothing weaker than asked for."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.log.stores import programs

from etatyopoyta.log.embedded import (
    EmbeddedStore,
    Owner,
    StoreFailed,
    StoreInUse,
    find_server,
    socket_path,
)

START = (
    "import sys, time; from pathlib import Path\n"
    "from etatyopoyta.log.embedded import EmbeddedStore\n"
    "EmbeddedStore(Path(sys.argv[1])).start(); print('up', flush=True); time.sleep(600)"
)


@pytest.fixture(params=programs(), ids=lambda path: Path(path).name)
def store(request: pytest.FixtureRequest, tmp_path: Path):
    embedded = EmbeddedStore(tmp_path / "data", request.param)
    (tmp_path / "data").mkdir()
    yield embedded
    embedded.stop()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def owner_in(data_dir: Path) -> Owner:
    return msgspec.json.decode((data_dir / "store" / "owner.json").read_bytes(), type=Owner)


def test_it_listens_on_no_port_and_for_its_owner_alone(store: EmbeddedStore) -> None:
    store.start()
    inodes = {
        os.readlink(f"/proc/{store.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{store.pid}/fd")
    }
    listening = Path(f"/proc/{store.pid}/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    ours = [row for row in listening.splitlines()[1:] if f"socket:[{row.split()[9]}]" in inodes]
    assert ours == []
    assert (store.dir / "store.sock").stat().st_mode & 0o077 == 0
    assert store.dir.stat().st_mode & 0o077 == 0
    for name in ("users.acl", "store.conf", "password", "owner.json"):
        assert (store.dir / name).stat().st_mode & 0o077 == 0, name


def test_its_password_is_on_no_command_line(store: EmbeddedStore) -> None:
    store.start()
    password = (store.dir / "password").read_text()
    assert password not in Path(f"/proc/{store.pid}/cmdline").read_text()
    assert password not in (store.dir / "store.conf").read_text()


def test_without_the_password_it_answers_nothing(store: EmbeddedStore) -> None:
    store.start()
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(store.dir / "store.sock"))
        peer.sendall(b"PING\r\n")
        assert peer.recv(100).startswith(b"-NOAUTH")


def test_a_second_owner_is_told_and_starts_nothing(store: EmbeddedStore) -> None:
    store.start()
    with pytest.raises(StoreInUse) as told:
        EmbeddedStore(store.dir.parent).start()
    assert told.value.pid == os.getpid()
    assert store.is_running()


def test_it_can_be_started_again_after_it_was_stopped(store: EmbeddedStore) -> None:
    store.start()
    store.stop()
    store.start()
    assert store.is_running()


def test_it_ends_when_its_owner_is_killed_and_the_next_start_waits_for_that(tmp_path: Path) -> None:
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        child = owner_in(tmp_path).store_pid
        process.kill()
        process.wait()
        process.stdout.close()
        following = EmbeddedStore(tmp_path)
        following.start()
        assert not is_running(child)
        following.stop()


def test_a_store_that_outlived_its_owner_is_ended_not_doubled(store: EmbeddedStore) -> None:
    store.start()
    child = store.pid
    assert child is not None
    # As after a crash on a system that does not end children: the owner on record is gone.
    orphan = Owner(pid=2**22 - 1, started=1, store_pid=child)
    (store.dir / "owner.json").write_bytes(msgspec.json.encode(orphan))
    assert store._lock is not None
    os.close(store._lock)
    store._lock = None
    following = EmbeddedStore(store.dir.parent)
    following.start()
    until(lambda: not is_running(child) or store._child.poll() is not None)  # type: ignore[union-attr]
    assert following.pid != child
    following.stop()


def test_a_foreign_process_with_the_orphans_number_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir(mode=0o700)
    bystander = subprocess.Popen(["sleep", "600"])
    lock = os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT)
    hold = (
        f"import fcntl, time; fcntl.flock({lock}, fcntl.LOCK_EX)\n"
        "print('held', flush=True); time.sleep(1)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold], pass_fds=(lock,), stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    os.close(lock)
    gone = Owner(pid=2**22 - 1, started=1, store_pid=bystander.pid)
    (tmp_path / "store" / "owner.json").write_bytes(msgspec.json.encode(gone))
    store = EmbeddedStore(tmp_path)
    store.start()
    store.stop()
    assert bystander.poll() is None
    bystander.send_signal(signal.SIGTERM)
    bystander.wait()
    holder.wait()
    holder.stdout.close()


def test_a_long_path_gets_a_short_socket_in_a_private_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("ä" * 60)
    deep.mkdir()
    store = EmbeddedStore(deep)
    store.start()
    path = socket_path(deep)
    assert len(os.fsencode(path)) <= 100
    assert path.parent.stat().st_mode & 0o077 == 0
    store.stop()


def test_the_program_is_looked_for_where_it_was_configured() -> None:
    with pytest.raises(StoreFailed):
        find_server("/nowhere/valkey-server")
    assert Path(find_server()).exists()


def test_the_program_of_last_time_is_used_again(tmp_path: Path) -> None:
    first = programs()[0]
    store = EmbeddedStore(tmp_path, first)
    store.start()
    store.stop()
    again = EmbeddedStore(tmp_path)
    again.start()
    assert os.readlink(f"/proc/{again.pid}/exe") == os.path.realpath(first)
    again.stop()


def test_a_store_that_cannot_start_says_its_last_words(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path)
    store.start()
    store.stop()
    aof = next((tmp_path / "store" / "appendonlydir").glob("*.manifest"))
    aof.write_text("nonsense\n")
    with pytest.raises(StoreFailed, match=r"(?i)manifest"):
        EmbeddedStore(tmp_path).start()
