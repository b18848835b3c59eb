"""The server as a process: how it starts, refuses to start, and ends."""

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.faults.rig import CLI, Server, free_port
from tests.log.stores import programs


@pytest.fixture
def server(tmp_path: Path):
    running = Server(tmp_path / "data")
    running.start()
    yield running
    running.stop()


def refused(*arguments: str, **environ: str) -> str:
    """What a server says that refuses to start."""
    answer = subprocess.run(
        [*CLI, "serve", *arguments],
        capture_output=True,
        env={**os.environ, **environ},
        timeout=30,
        check=False,
    )
    said = (answer.stdout + answer.stderr).decode()
    assert answer.returncode == 1, said
    assert "Traceback" not in said
    return said


def test_the_first_start_makes_a_desk_of_the_template(server: Server) -> None:
    assert b"nekku" in server.run("desk", "list")


def test_a_journal_learns_no_secret(server: Server) -> None:
    while "etatyopoyta desk links" not in server.output():
        time.sleep(0.01)
    assert "#" not in server.output()


def test_a_terminal_is_shown_links_code_and_qr_code(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [*CLI, "serve", "--port", str(free_port()), "--data-dir", str(tmp_path / "data")]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = ""
    while said.count("▀") + said.count("▄") < 50:
        said += os.read(ours, 65536).decode(errors="replace")
    assert "/vetaja#" in said
    assert "/liity#" in said
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    os.close(ours)


def test_a_second_server_on_the_same_data_says_so_and_exits(server: Server) -> None:
    said = refused("--data-dir", str(server.data_dir), "--port", str(free_port()))
    assert str(server.data_dir) in said
    assert str(server.pid) in said


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert str(file) in refused("--data-dir", str(file), "--port", str(free_port()))
    assert str(file / "data") in refused("--data-dir", str(file / "data"))


def test_a_taken_port_is_told(server: Server, tmp_path: Path) -> None:
    said = refused("--data-dir", str(tmp_path / "other"), "--port", str(server.port))
    assert str(server.port) in said


def test_it_ends_by_signal_with_its_store_and_starts_again_as_it_was(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.start()
    store = server.store_pid()
    desks = server.run("desk", "list")
    assert server.stop() == 0
    assert not Path(f"/proc/{store}").exists()
    server.start()
    assert server.run("desk", "list") == desks
    server.stop()


def test_an_open_address_without_https_is_refused_with_the_reason(tmp_path: Path) -> None:
    said = refused("--host", "0.0.0.0", "--data-dir", str(tmp_path))
    assert "ETATYOPOYTA_PUBLIC_URL" in said


def test_an_unknown_setting_is_told(tmp_path: Path) -> None:
    said = refused("--data-dir", str(tmp_path), ETATYOPOYTA_PROT="8000")
    assert "prot" in said


def test_replicas_of_the_embedded_store_are_refused(tmp_path: Path) -> None:
    said = refused("--data-dir", str(tmp_path), ETATYOPOYTA_REPLICAS="1")
    assert "ETATYOPOYTA_REDIS_URL" in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--appendonly", "no"), "appendonly"),
        (("--appendonly", "yes", "--appendfsync", "everysec"), "appendfsync"),
        (
            ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "allkeys-lru"),
            "maxmemory-policy",
        ),
    ],
)
def test_a_weaker_external_store_is_refused_with_the_reason(
    tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    port = free_port()
    store = subprocess.Popen(
        [programs()[0], "--port", str(port), "--bind", "127.0.0.1", "--save", "", *arguments],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    try:
        said = _when_it_listens(tmp_path, port)
        assert reason in said
        assert "--accept-data-loss" in said
    finally:
        store.terminate()
        store.wait()


def _when_it_listens(tmp_path: Path, port: int) -> str:
    for _ in range(50):
        said = refused(
            "--data-dir",
            str(tmp_path),
            ETATYOPOYTA_REDIS_URL=f"redis://127.0.0.1:{port}",
            ETATYOPOYTA_SECRET_KEY="k" * 40,
        )
        if "must be" in said or "needed" in said:
            return said
    return said


def test_a_desk_leaves_as_a_file_and_comes_back_the_same(server: Server, tmp_path: Path) -> None:
    desk_id = server.run("desk", "list").decode().split()[0]
    path = tmp_path / "desk.json"
    server.run("desk", "export", desk_id, "--format", "json", "-o", str(path))
    imported = server.run("import", str(path)).decode()
    shown = server.run("desk", "show", desk_id).decode()
    assert imported.split("state ")[1].strip() in shown


@pytest.mark.long
def test_the_demonstration_plays_a_whole_workshop(tmp_path: Path) -> None:
    output = tmp_path / "output"
    command = [*CLI, "demo", "--once", "--pace", "0", "--port", str(free_port())]
    played = subprocess.run(
        [*command, "--data-dir", str(tmp_path / "data"), "--output", str(output)],
        capture_output=True,
        timeout=120,
        check=True,
    ).stdout.decode()
    assert '"organisations":22,"notes":577,"clusters":28' in played
    assert sorted(path.suffix for path in output.iterdir()) == [".json", ".xlsx"]
