"""Fresh desks for journeys, made as a facilitator makes them: a command starts Python for each."""

import json
import urllib.request
from http.cookies import SimpleCookie

from tests.faults.rig import Server


class Desks:
    """Desks of the template nekku on one server."""

    def __init__(self, server: Server) -> None:
        self._base = server.base
        links = server.links()
        self._title = links["title"]
        self._first, secret = _parts(links["facilitator"])
        self._token = self._open(self._first, secret)

    def new(self) -> dict[str, str]:
        """The links of a new one, as the command line prints them."""
        asked = {"title": self._title, "template": "nekku"}
        made, _ = self._ask(f"/api/desks/{self._first}/copies", self._token, asked)
        desk, url = made["desk"], made["url"]
        token = self._open(desk, _parts(url)[1])
        viewer, _ = self._ask(f"/api/desks/{desk}/links/viewer", token, {})
        door, _ = self._ask(f"/api/desks/{desk}/invitation", token, None)
        return {
            "desk": desk,
            "title": self._title,
            "facilitator": url,
            "viewer": viewer["url"],
            "participants": door["url"],
            "code": door["code"],
        }

    def _open(self, desk: str, secret: str) -> str:
        _, cookie = self._ask(f"/api/desks/{desk}/open", "none", {"secret": secret})
        return next(iter(SimpleCookie(cookie).values())).value

    def _ask(self, path: str, token: str, body: object) -> tuple[dict[str, str], str]:
        request = urllib.request.Request(
            self._base + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer), answer.headers.get("set-cookie", "")


def _parts(link: str) -> tuple[str, str]:
    """Desk and secret of a facilitator's link."""
    desk, secret = link.split("#")[1].split(".", 1)
    return desk, secret
