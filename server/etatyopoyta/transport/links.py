"""The links that people get. Secrets stand in the fragment: no server or log ever sees them."""

from etatyopoyta.domain.records import Role
from etatyopoyta.room.door import Keys

PATHS = {Role.FACILITATOR: "vetaja", Role.SECRETARY: "sihteeri", Role.VIEWER: "ruutu"}


def participants_link(base: str, keys: Keys) -> str:
    """Where participants come in."""
    return f"{base}/liity#{keys.secret}"


def secret_link(base: str, desk_id: str, role: Role, secret: str) -> str:
    """Where a facilitator, secretary or viewer comes in."""
    return f"{base}/{PATHS[role]}#{desk_id}.{secret}"
