"""The wording of what is printed, in one language: texts, numbers, days and times."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from etatyopoyta.domain.records import Text

Language = Literal["fi", "sv", "en"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HARD_SPACE = "\u00a0"
FIRST_GROUPED = 10_000
"""The council writes 1695 and 3344 without a space."""
_MONTH = re.compile(r"(\d{4})-(\d\d)")


class Words:
    """Texts under `export.*` of one language; what is missing there is taken from Finnish."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._texts = _texts("fi") | _texts(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text with `{name}` filled in; KeyError when no such text was written."""
        text = self._texts[f"export.{key}"]
        return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)

    def known(self, key: str, otherwise: str) -> str:
        """As a call without values, but `otherwise` when no such text was written."""
        return self._texts.get(f"export.{key}", otherwise)

    def licensed(self, source: str) -> str:
        """The source, with its licence where that is known."""
        return self.known(f"licence.{source.casefold()}", source)

    def text(self, text: Text) -> str:
        """The text in this language, else in Finnish."""
        if self.language == "fi":
            return text.fi
        return (text.sv if self.language == "sv" else text.en) or text.fi

    def number(self, value: float) -> str:
        """157 500, 1695 and 31,4 in Finnish and Swedish, 157,500, 1695 and 31.4 in English."""
        grouped = "," if abs(value) >= FIRST_GROUPED else ""
        shown = f"{int(value):{grouped}}" if value == int(value) else f"{value:{grouped}}"
        if self.language == "en":
            return shown
        return shown.replace(",", _HARD_SPACE).replace(".", ",")

    def day(self, day: date) -> str:
        """4.11.2024; ISO 8601 in English, where day and month are easily confused."""
        if self.language == "en":
            return day.isoformat()
        return f"{day.day}.{day.month}.{day.year}"

    def as_of(self, as_of: str) -> str:
        """A figure's day, month or year; anything else stays as it was written."""
        day = day_of(as_of)
        if day is not None:
            return self.day(day)
        month = _MONTH.fullmatch(as_of)
        if month is None or self.language == "en":
            return as_of
        return f"{int(month[2])}/{month[1]}"

    def moment(self, at: datetime) -> str:
        """The day and the time of the day, as `at` has them in its zone."""
        clock = self.clock(at.hour * 60 + at.minute)
        return self("moment", day=self.day(at.date()), clock=clock)

    def clock(self, minutes: int) -> str:
        """A time of the day by its minutes from midnight: 13.05, in English 13:05."""
        hour, minute = divmod(minutes, 60)
        return f"{hour:02}:{minute:02}" if self.language == "en" else f"{hour}.{minute:02}"


def moment_of(at_ms: int, zone: tzinfo) -> datetime:
    """The moment of so many milliseconds since 1970 (UTC), in that zone."""
    return (_EPOCH + timedelta(milliseconds=at_ms)).astimezone(zone)


def zone_of(name: str) -> tzinfo:
    """The time zone of that name, else UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC  # a machine without time zone data still exports


def day_of(as_of: str | None) -> date | None:
    """The day that ISO text stands for; None for a month, a year or anything else."""
    try:
        return date.fromisoformat(as_of) if as_of and len(as_of) == len("2024-11-04") else None
    except ValueError:
        return None


@cache
def _texts(language: Language) -> dict[str, str]:
    content = files("etatyopoyta").joinpath("locales", f"{language}.json").read_bytes()
    texts = msgspec.json.decode(content, type=dict[str, str])
    return {key: text for key, text in texts.items() if key.startswith("export.")}
