"""Who may call at all: foreign pages may not, and every answer carries the security headers.

Litestar's CORS and CSRF settings do not cover WebSockets (measured), so this is our own.
"""

import time
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from etatyopoyta.settings import LOOPBACK, Settings
from etatyopoyta.transport.crowd import Crowd

TRUSTED_TYPES = "svelte-trusted-html"
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        f"trusted-types {TRUSTED_TYPES}",
    )
)
HEADERS = [
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
]
HSTS = (b"strict-transport-security", b"max-age=31536000")
WEBSOCKET = ScopeType.WEBSOCKET
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OUR_HEADER = "x-etatyopoyta"
"""A form or image of a foreign page cannot set it (OWASP: custom request header)."""
REFUSED = b'{"type":"about:blank","status":403,"code":"origin.foreign","details":{}}'


class Guard:
    """ASGI around the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = [*HEADERS, *([HSTS] if settings.is_https else [])]
        self._crowd = Crowd(settings.address_sockets, settings.address_sockets_per_s)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {ScopeType.HTTP, WEBSOCKET}:  # the lifespan's own
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                have = {name.lower() for name, _ in headers}
                headers += [header for header in self._headers if header[0] not in have]
                if b"cache-control" not in have:
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers
            await send(message)

        if not is_allowed(scope, self._settings):
            await _refuse(scope, send_guarded)
        elif scope["type"] == WEBSOCKET:
            await self._let_in(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope["client"] else ""
        wait_s = self._crowd.enter(address, time.monotonic())
        if wait_s:
            headers = [(b"retry-after", b"%d" % wait_s)]
            await send({"type": "websocket.http.response.start", "status": 429, "headers": headers})
            await send({"type": "websocket.http.response.body", "body": b""})  # type: ignore[arg-type]
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._crowd.leave(address)


def is_allowed(scope: Scope, settings: Settings) -> bool:
    """Whether a call comes from a page of ours, or from no page at all with a bearer token."""
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    if headers.get("authorization", "").startswith("Bearer ") and "cookie" not in headers:
        return True
    is_socket = scope["type"] == WEBSOCKET
    if not is_socket and scope["method"] in SAFE_METHODS:  # type: ignore[typeddict-item]  # HTTP has one
        return True
    if headers.get("origin") not in own_origins(headers.get("host", ""), settings):
        return False
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return is_socket or OUR_HEADER in headers


def own_origins(host: str, settings: Settings) -> set[str]:
    """The origins that our pages have: the public one, and on loopback the address called."""
    origins = {settings.origin} if settings.origin else set()
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:  # no host at all
        return origins
    if name in LOOPBACK:
        origins.add(f"http://{host}")
    return origins


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == WEBSOCKET:
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    headers = [(b"content-type", b"application/problem+json")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSED, "more_body": False})
