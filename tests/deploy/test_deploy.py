"""What a volunteer installs is tried here as far as a machine without containers can."""

import ast
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import click
import httpx
import pytest
import yaml  # type: ignore[import-untyped]  # it has no types
from msgspec.structs import fields
from tests.deploy import rig
from tests.deploy.rig import BIN, DEPLOY, ROOT, Proxy, run, text
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from etatyopoyta import cli, settings
from etatyopoyta.log.soundness import EXTERNAL_FLOOR, NEEDED
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.transport.guard import HEADERS

COMPOSE = ["compose.yaml", "compose.small.yaml"]
DRAIN_S = 2 + 5 + 30
"""Asks that wait, sockets that close, the store that ends: the limits in serving and embedded."""
YAMLLINT = (
    "{extends: default, rules: {line-length: {max: 100}, document-start: disable,"
    " comments: {min-spaces-from-content: 2}}}"
)

# --- Files that a tool can judge ---------------------------------------------------------


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    found = run(BIN / "hadolint", DEPLOY / "Dockerfile")
    assert (found.returncode, found.stdout) == (0, "")


@pytest.mark.parametrize("name", COMPOSE)
def test_yamllint_finds_nothing_in_the_compose_files(name: str) -> None:
    found = run(BIN / "yamllint", "--strict", "-d", YAMLLINT, DEPLOY / name)
    assert (found.returncode, found.stdout) == (0, "")


def test_shellcheck_finds_nothing_in_the_scripts() -> None:
    found = run(BIN / "shellcheck", *DEPLOY.glob("*.sh"))
    assert (found.returncode, found.stdout) == (0, "")


def test_caddy_finds_the_caddyfile_valid_and_well_formatted(tmp_path: Path) -> None:
    home = os.environ | {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    config = ["--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"]
    found = run(BIN / "caddy", "validate", *config, env=home)
    assert found.returncode == 0, found.stdout
    assert '"level":"warn"' not in found.stdout


def test_systemd_finds_nothing_in_the_unit(unit: Path) -> None:
    found = run("systemd-analyze", "verify", "--man=no", unit)
    assert (found.returncode, found.stdout) == (0, "")  # unknown keys are told, the status stays 0


def test_systemd_finds_the_unit_little_exposed(unit: Path) -> None:
    found = run("systemd-analyze", "security", "--offline=true", "--threshold=40", unit)
    assert found.returncode == 0, found.stdout


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a server that is installed here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    server = BIN / "etatyopoyta"
    written = text("etatyopoyta.service")
    path = tmp_path / "etatyopoyta.service"
    path.write_text(written.replace("/opt/etatyopoyta/.venv/bin/etatyopoyta", str(server)))
    return path


# --- Claims about the image, the containers and the unit ---------------------------------


def test_the_image_has_what_the_build_made_and_none_of_its_tools() -> None:
    last = text("Dockerfile").rsplit("\nFROM ", 1)[1]
    assert "COPY --from=build /opt/etatyopoyta /opt/etatyopoyta" in last
    assert "pip" not in last
    assert "USER 10001:10001" in last


def test_the_build_is_shown_what_it_copies_and_nothing_else() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text("Dockerfile"), re.MULTILINE)
    needed = {name for line in copied for name in line.split()}
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    shown = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert rules[1] == "*"
    assert shown == needed
    assert all((ROOT / name).exists() for name in needed)


@pytest.mark.parametrize("name", COMPOSE)
def test_every_container_is_checked_confined_and_restarted(name: str) -> None:
    for service in services(name).values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["restart"] == "unless-stopped"
        assert service.get("healthcheck") or "build" in service  # the image has its own
        for condition in service.get("depends_on", {}).values():
            assert condition == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", COMPOSE)
def test_only_the_proxy_can_be_reached_from_outside(name: str) -> None:
    assert [key for key, service in services(name).items() if "ports" in service] == ["caddy"]


def test_the_store_is_in_a_network_without_a_way_out() -> None:
    assert services("compose.yaml")["store"]["networks"] == ["store"]
    assert compose("compose.yaml")["networks"]["store"] == {"internal": True}


@pytest.mark.parametrize("name", COMPOSE)
def test_what_a_compose_file_names_is_there_and_used(name: str) -> None:
    whole = compose(name)
    mounts = [m.split(":") for s in whole["services"].values() for m in s.get("volumes", [])]
    folders = {source for source, *_ in mounts if not source.startswith(".")}
    assert folders == set(whole["volumes"])
    assert all((DEPLOY / source).exists() for source, *_ in mounts if source.startswith("."))
    secrets = {secret for s in whole["services"].values() for secret in s.get("secrets", [])}
    assert secrets == set(whole.get("secrets", {}))
    networks = {net for s in whole["services"].values() for net in s.get("networks", [])}
    assert networks == set(whole.get("networks", {}))


def test_the_proxy_is_the_same_in_both_compose_files() -> None:
    whole, small = (services(name)["caddy"] for name in COMPOSE)
    assert whole.pop("networks") == ["web"]
    servers = [name for name, each in services("compose.yaml").items() if "build" in each]
    assert whole["environment"].pop("UPSTREAM") == " ".join(f"{name}:8000" for name in servers)
    assert list(whole.pop("depends_on")) == servers
    assert small["environment"].pop("UPSTREAM") == "app:8000"
    assert list(small.pop("depends_on")) == ["app"]
    assert whole == small


def test_nobody_is_killed_while_the_server_ends() -> None:
    limits = [services(name)["app"]["stop_grace_period"] for name in COMPOSE]
    limits += re.findall(r"^TimeoutStopSec=(.+)$", text("etatyopoyta.service"), re.MULTILINE)
    assert len(limits) == 3
    assert all(int(limit.removesuffix("s")) > DRAIN_S for limit in limits)
    # A signal to the store as well would end it before the server has written its last entries.
    assert "\nKillMode=mixed\n" in text("etatyopoyta.service")


# --- Running -----------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("kind", ["caddy", "nginx"])
def test_people_reach_a_desk_through_the_proxy_and_hear_of_a_restart(
    kind: str, tmp_path: Path
) -> None:
    start = proxy_of(kind)
    front, back = rig.free_port(), rig.free_port()
    with start(tmp_path, front, back) as proxy, rig.caller(proxy) as browser:
        public = {"PUBLIC_URL": proxy.base, "TRUSTED_PROXY": "127.0.0.1"}
        with rig.serving(tmp_path / "data", back, **public) as server:
            page_is_guarded(proxy, browser)
            with rig.live_desk(proxy, server) as seat:
                proxy.reload()
                assert seat.ping().wait(rig.WAIT_S)
                server.process.send_signal(signal.SIGTERM)
                assert closing_code(seat) == Closing.GOING_AWAY
            assert server.stop() == 0
        with ThreadPoolExecutor(1) as thread:
            asked = thread.submit(browser.get, "/ready") if proxy.waits else None
            with rig.serving(tmp_path / "data", back, **public):
                assert (asked.result() if asked else browser.get("/ready")).status_code == 200


@pytest.mark.long
def test_one_of_two_servers_is_restarted_while_the_other_serves(tmp_path: Path) -> None:
    front, *backs = (rig.free_port() for _ in range(3))
    with ExitStack() as stack:
        proxy = stack.enter_context(rig.caddy(tmp_path, front, *backs))
        store = stack.enter_context(rig.compose_store(tmp_path))
        shared = {
            "PUBLIC_URL": proxy.base,
            "TRUSTED_PROXY": "127.0.0.1",
            "REDIS_URL_FILE": str(store.keys / "store_url"),
            "SECRET_KEY_FILE": str(store.keys / "server_key"),
        }
        one, two = (
            stack.enter_context(rig.serving(tmp_path / f"data{back}", back, **shared))
            for back in backs
        )
        assert one.desk == two.desk
        browser = stack.enter_context(rig.caller(proxy))
        with rig.live_desk(proxy, one) as seat:
            here, other = (one, two) if seats_at(one) else (two, one)
            assert seats_at(here) == 1
            here.process.send_signal(signal.SIGTERM)
            assert closing_code(seat) == Closing.GOING_AWAY
            assert here.stop() == 0
        for _ in range(20):
            assert browser.get("/ready", timeout=5).status_code == 200
        with rig.live_desk(proxy, other) as again:
            assert again.ping().wait(rig.WAIT_S)


def seats_at(server: rig.Server) -> int:
    figures = httpx.get(f"http://127.0.0.1:{server.port}/metrics", trust_env=False).text
    found = re.search(r"^etatyopoyta_seats (\d+)", figures, re.MULTILINE)
    assert found, figures
    return int(found[1])


def proxy_of(kind: str) -> Callable[[Path, int, int], AbstractContextManager[Proxy]]:
    if kind == "caddy":
        return rig.caddy
    if shutil.which("nginx") is None and not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx is not installed")
    return rig.nginx


def page_is_guarded(proxy: Proxy, browser: httpx.Client) -> None:
    page = browser.get("/")
    for name, value in HEADERS:
        assert page.headers[name.decode()] == value.decode()
    assert ("strict-transport-security" in page.headers) is (proxy.tls is not None)
    assert browser.get("/metrics").status_code == 404
    foreign = browser.post("/api/join", json={}, headers={"origin": "https://foreign.example"})
    assert foreign.status_code == 403


def closing_code(seat: ClientConnection) -> int | None:
    try:
        while True:
            seat.recv(rig.WAIT_S)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


class Stopped(NamedTuple):
    """A server that ran and was ended, and what the image's health check said before and after."""

    data_dir: Path
    desk: str
    health: tuple[int, int]


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    folder = tmp_path_factory.mktemp("stopped") / "data"
    written = re.search(r"HEALTHCHECK.*\\\n +CMD (\[.+\])", text("Dockerfile"))
    assert written
    program, *arguments = json.loads(written[1])
    assert program == "python"
    with rig.serving(folder) as server:
        here = os.environ | {"ETATYOPOYTA_PORT": str(server.port)}
        before = run(sys.executable, *arguments, env=here).returncode
        server.stop()
        return Stopped(
            folder, server.desk, (before, run(sys.executable, *arguments, env=here).returncode)
        )


def test_the_health_check_of_the_image_tells_a_live_server_from_a_dead_one(
    stopped: Stopped,
) -> None:
    assert stopped.health == (0, 1)


def test_a_copy_of_the_stopped_servers_folder_has_its_desk(
    stopped: Stopped, tmp_path: Path
) -> None:
    shutil.copytree(stopped.data_dir, tmp_path / "data")
    with rig.serving(tmp_path / "data") as again:
        assert again.desk == stopped.desk


def test_the_server_accepts_the_store_of_the_compose_file_and_needs_no_more_rights(
    tmp_path: Path,
) -> None:
    with rig.compose_store(tmp_path) as store:
        secrets = {
            "REDIS_URL_FILE": str(store.keys / "store_url"),
            "SECRET_KEY_FILE": str(store.keys / "server_key"),
        }
        with rig.serving(tmp_path / "data", None, **secrets) as server:
            assert server.desk  # made, kept and listed
        assert store.answer(b"PING") == b"+PONG\r\n"
        assert store.answer(b"KEYS *").startswith(b"-NOPERM")
    assert not (tmp_path / "data").exists()  # so that the container's may vanish


def test_keys_are_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / "keys.sh", tmp_path)
    assert run("sh", tmp_path / "keys.sh").returncode == 0
    keys = {path: path.read_text() for path in (tmp_path / "keys").iterdir()}
    assert {path.name for path in keys} == set(compose("compose.yaml")["secrets"])
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert run("sh", tmp_path / "keys.sh").returncode == 1
    assert {path: path.read_text() for path in keys} == keys


# --- Words -------------------------------------------------------------------------------


def test_the_readme_has_the_table_of_settings() -> None:
    assert settings.table() in text("README.md")


def test_the_readme_says_what_a_store_must_be() -> None:
    rows = [f"| `{name}` | `{value}` |" for name, value in NEEDED.items()]
    assert "\n".join(rows) in text("README.md")
    assert f"| {'.'.join(map(str, EXTERNAL_FLOOR))} or later |" in text("README.md")


def test_every_file_that_the_readme_links_to_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text("README.md")):
        assert (DEPLOY / target).exists(), target


def test_every_variable_in_the_folder_is_a_setting() -> None:
    known = {f"{settings.PREFIX}{field.name.upper()}" for field in fields(settings.Settings)}
    for path in [path for path in DEPLOY.iterdir() if path.is_file()]:
        named = set(re.findall(rf"{settings.PREFIX}[A-Z_]+", path.read_text(encoding="utf-8")))
        assert {name.removesuffix("_FILE") for name in named} <= known, path.name


def test_the_example_of_settings_is_accepted() -> None:
    lines = [line for line in text("env.example").splitlines() if line and line[0] != "#"]
    loaded = settings.load(dict(line.split("=", 1) for line in lines))
    assert loaded.is_https


@pytest.mark.parametrize("name", COMPOSE)
def test_the_settings_of_the_containers_are_accepted(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x" * settings.MIN_KEY_CHARACTERS)
    image = dict(re.findall(r"(ETATYOPOYTA_\w+)=(\S+)", text("Dockerfile")))
    image.pop("ETATYOPOYTA_PYTHON", None)
    for key, value in services(name)["app"]["environment"].items():
        value = re.sub(r"^\$\{.+\}$", "https://poyta.example.fi", value)
        image[key] = re.sub(r"^/run/secrets/.+$", str(tmp_path / "secret"), value)
    assert settings.load(image).host == "0.0.0.0"


def test_every_command_in_the_readme_exists() -> None:
    code = re.findall(r"```sh\n(.+?)```|`([^`\n]+)`", text("README.md"), re.DOTALL)
    lines = [line for pair in code for part in pair for line in part.splitlines()]
    commands = [c for line in lines for c in re.findall(r"etatyopoyta ([a-z].*)", line)]
    assert len(commands) >= 3
    for words in [command.split() for command in [*commands, *started_commands()]]:
        resolve(cli.main, words)


def started_commands() -> list[str]:
    """What the unit and the image start."""
    unit = re.search(r"^ExecStart=\S+/etatyopoyta (.+)$", text("etatyopoyta.service"), re.MULTILINE)
    image = re.search(r"^CMD (.+)$", text("Dockerfile"), re.MULTILINE)
    assert unit
    assert image
    return [unit[1], " ".join(ast.literal_eval(image[1]))]


def resolve(command: click.Command, words: list[str]) -> None:
    while isinstance(command, click.Group):
        assert words, f"{command.name} needs a command"
        assert words[0] in command.commands, words[0]
        command = command.commands[words[0]]
        words = words[1:]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= options


def compose(name: str) -> Any:
    return yaml.safe_load(text(name))


def services(name: str) -> Any:
    return compose(name)["services"]
