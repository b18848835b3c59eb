"""A real server, and real browsers that find nobody else."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request
from tests.faults.rig import Server
from tests.journeys.desks import Desks

LAPTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    return {"executable_path": shutil.which("chromium"), "args": arguments}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("journey") / "data")
    running.start()
    yield running
    running.stop()
    assert "Traceback" not in running.output()


@pytest.fixture(scope="session")
def desks(server: Server) -> Desks:
    return Desks(server)


@pytest.fixture
def links(desks: Desks) -> dict[str, str]:
    """A fresh desk of the template nekku."""
    return desks.new()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a page as somebody else: a browser of their own, in Finnish."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def stays_here(request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            complaints.append(f"asked elsewhere: {request.url}")

    def open_page(url: str, *, is_phone: bool = False, **options: Any) -> Page:
        usual = {
            "viewport": PHONE if is_phone else LAPTOP,
            "has_touch": is_phone,
            "is_mobile": is_phone,
            "locale": "fi-FI",
            "accept_downloads": True,
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**{**usual, **options})
        contexts.append(context)
        context.on("request", stays_here)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Security" in m.text else None)
        page.set_default_timeout(15_000)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def axe_source() -> str:
    """The accessibility rules, as npm installed them."""
    path = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
    return path.read_text(encoding="utf-8")
