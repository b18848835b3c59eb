"""Days, months and years as people write them in ISO 8601."""

import re
from calendar import monthrange, timegm
from datetime import MAXYEAR, MINYEAR
from typing import Annotated

from msgspec import Meta

from etatyopoyta.domain.refused import Refused

AsOf = Annotated[str, Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")]
"""A year, month or day in ISO 8601."""
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")]


def is_in_calendar(as_of: str) -> bool:
    """Of a text like 2024, 2024-02 or 2024-02-29; the pattern has seen to the form."""
    year, month, day = (*map(int, as_of.split("-")), 1, 1)[:3]
    return MINYEAR <= year <= MAXYEAR and day <= monthrange(year, month)[1]


def must_be_in_calendar(as_of: str | None, otherwise: Refused) -> None:
    """Pass for a day, month or year that there is, and for none; else raise `otherwise`."""
    if as_of is not None and not is_in_calendar(as_of):
        raise otherwise


def years_of(period: str | None) -> range | None:
    """The years of a text like 2026–2029 or 2026; None where it names none."""
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", period or "")]
    if len(years) not in {1, 2} or years[0] > years[-1]:
        return None
    return range(years[0], years[-1] + 1)


def end_of(day: str) -> int:
    """When the day of a text like 2025-06-15 is over in UTC: in Finland some hours later."""
    year, month, number = map(int, day.split("-"))
    return 1_000 * timegm((year, month, number + 1, 0, 0, 0))
