"""Days, months and years as people write them in ISO 8601."""

from calendar import monthrange, timegm
from datetime import MAXYEAR, MINYEAR


def is_in_calendar(as_of: str) -> bool:
    """Of a text like 2024, 2024-02 or 2024-02-29; the pattern has seen to the form."""
    year, month, day = (*map(int, as_of.split("-")), 1, 1)[:3]
    return MINYEAR <= year <= MAXYEAR and day <= monthrange(year, month)[1]


def end_of(day: str) -> int:
    """When the day of a text like 2025-06-15 is over in UTC: in Finland some hours later."""
    year, month, number = map(int, day.split("-"))
    return 1_000 * timegm((year, month, number + 1, 0, 0, 0))
