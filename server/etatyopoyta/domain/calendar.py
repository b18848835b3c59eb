"""Days, months and years as people write them in ISO 8601."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR


def is_in_calendar(as_of: str) -> bool:
    """Of a text like 2024, 2024-02 or 2024-02-29; the pattern has seen to the form."""
    year, month, day = (*map(int, as_of.split("-")), 1, 1)[:3]
    return MINYEAR <= year <= MAXYEAR and day <= monthrange(year, month)[1]
