"""The links that people get. Secrets stand in the fragment: no server or log ever sees them."""

from io import BytesIO

import segno

from etatyopoyta.domain.records import Role
from etatyopoyta.room.door import Keys
from etatyopoyta.transport.house import House, Request

PATHS = {
    Role.FACILITATOR: "vetaja",
    Role.SECRETARY: "sihteeri",
    Role.PARTICIPANT: "oma",
    Role.VIEWER: "ruutu",
    Role.COMMENTER: "kommentoi",
    Role.REPORTER: "toteuma",
}


def participants_link(base: str, keys: Keys) -> str:
    """Where participants come in."""
    return f"{base}/liity#{keys.secret}"


def secret_link(base: str, desk_id: str, role: Role, secret: str) -> str:
    """Where somebody comes in by a link of their own."""
    return f"{base}/{PATHS[role]}#{desk_id}.{secret}"


def base_url(house: House, request: Request) -> str:
    """The address that people open."""
    return house.settings.origin or f"{request.url.scheme}://{request.url.netloc}"


def qr_svg(url: str) -> str:
    """The link as a QR code (ISO/IEC 18004)."""
    picture = BytesIO()
    segno.make(url, error="m").save(picture, kind="svg", scale=8, border=4)
    return picture.getvalue().decode()
