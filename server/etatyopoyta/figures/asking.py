"""Asks a statistics service for JSON: few fixed addresses, short patience, bounded answers."""

import json
import ssl
from collections.abc import Iterable
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from msgspec import Struct

from etatyopoyta.domain.refused import Refused

WAIT_S = 8.0
"""For a connection, and for each piece of an answer."""
WHOLE_S = 45.0
"""For all that one person asks at once."""
MAX_ANSWER_BYTES = 8_000_000
"""A list of all regions and a year of all of them stay below 1 MB."""
PIECE_BYTES = 64 * 1024
OK, NOT_FOUND = 200, 404
PASSING = {429, 500, 502, 503, 504}
"""Another time it may answer."""
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Query: TypeAlias = Iterable[tuple[str, str]]


class Site(Struct, frozen=True):
    """A service: its name in messages, and its address, which nobody else can choose."""

    name: str
    address: str


SOTKANET = Site("Sotkanet", "https://sotkanet.fi/rest/1.1")
STATISTICS_FINLAND = Site("Tilastokeskus", "https://pxdata.stat.fi/PxWeb/api/v1/fi")


class Asking:
    """One person's questions: what was answered once is not asked again, a dead site not at all."""

    def __init__(self, wait_s: float = WAIT_S, whole_s: float = WHOLE_S) -> None:
        self._wait_s = wait_s
        self._ends = monotonic() + whole_s
        self._answers: dict[tuple[str, str], Json] = {}
        self._failed: dict[str, Refused] = {}

    def get(self, site: Site, path: str, query: Query = ()) -> Json:
        """The JSON at an address below the site's.

        Raises Refused: "figures.no_indicator" for nothing there, "figures.source_away" with the
        source, "figures.source_strange" for an answer that is no JSON, too long or a redirect.
        """
        return self._ask(site, _target(path, query), None)

    def post(self, site: Site, path: str, body: Json) -> Json:
        """As `get`, of a question in JSON."""
        return self._ask(site, _target(path, ()), json.dumps(body).encode())

    def _ask(self, site: Site, target: str, body: bytes | None) -> Json:
        if site.name in self._failed:
            raise self._failed[site.name]
        key = (site.name, f"{target} {body!r}")
        if key not in self._answers:
            try:
                self._answers[key] = self._answer(site, target, body)
            except Refused as refused:
                if refused.code == "figures.source_away":
                    self._failed[site.name] = refused
                raise
        return self._answers[key]

    def _answer(self, site: Site, target: str, body: bytes | None) -> Json:
        try:
            content = self._content(site, target, body)
        except (OSError, HTTPException):
            raise Refused("figures.source_away", source=site.name) from None
        try:
            found: Json = json.loads(content, strict=False)  # control characters in texts
        except (ValueError, RecursionError):
            raise Refused("figures.source_strange", source=site.name) from None
        return found

    def _content(self, site: Site, target: str, body: bytes | None) -> bytes:
        parts = urlsplit(site.address)
        how = "GET" if body is None else "POST"
        headers = {"Accept": "application/json", "User-Agent": "etatyopoyta"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        with closing(self._connection(parts.scheme, parts.hostname or "", parts.port)) as asked:
            asked.request(how, parts.path + target, body, headers)
            with asked.getresponse() as response:
                if response.status == NOT_FOUND:
                    raise Refused("figures.no_indicator", source=site.name)
                if response.status in PASSING:
                    raise Refused("figures.source_away", source=site.name)
                if response.status != OK:
                    raise Refused("figures.source_strange", source=site.name)
                return self._read(site, response)

    def _connection(self, scheme: str, host: str, port: int | None) -> HTTPConnection:
        wait_s = min(self._wait_s, self._ends - monotonic())
        if wait_s <= 0:
            raise TimeoutError
        if scheme == "https":
            context = ssl.create_default_context()
            return HTTPSConnection(host, port, timeout=wait_s, context=context)
        return HTTPConnection(host, port, timeout=wait_s)

    def _read(self, site: Site, response: HTTPResponse) -> bytes:
        content = bytearray()
        while piece := response.read1(PIECE_BYTES):
            content += piece
            if len(content) > MAX_ANSWER_BYTES:
                raise Refused("figures.source_strange", source=site.name)
            if monotonic() > self._ends:
                raise TimeoutError
        return bytes(content)


def _target(path: str, query: Query) -> str:
    asked = urlencode(list(query))
    return "/" + quote(path) + (f"?{asked}" if asked else "")
