"""Why a socket was closed. Codes are for ever; 4000–4999 are ours (RFC 6455 §7.4.2)."""

from enum import IntEnum


class Closing(IntEnum):
    """Close codes of the WebSocket."""

    GOING_AWAY = 1012
    """The server restarts: reconnect after the hint of `bye`."""
    TOO_BIG = 1009
    MALFORMED = 4400
    NO_SESSION = 4401
    NOT_YOURS = 4403
    NO_DESK = 4404
    NO_HELLO = 4408
    REMOVED = 4410
    """Facilitators sent this person away."""
    TOO_SLOW = 4409
    """Output was not read: reconnect and resume."""
    TOO_MANY = 4429
    """This person or the desk has too many pages open: come back after the hint of `bye`."""
    OUR_FAULT = 4500
