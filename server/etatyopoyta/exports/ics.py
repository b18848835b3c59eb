"""Reminders to enter what was reached, as a calendar file (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from etatyopoyta.cards.building import build
from etatyopoyta.cards.model import CardModel, Edition, MeasureRow
from etatyopoyta.cards.table import measured
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.domain.calendar import years_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Organisation
from etatyopoyta.domain.refused import Refused

MAX_LINE_OCTETS = 75
DUE_DAY = 15
"""Of the month after the one that a value is for: what was counted is known by then."""
YEARS_AHEAD = 4
"""For a card that names no period."""
MONTHS = (
    (6, ("puoli", "kahdesti", "2 kertaa vuo", "halvår", "half", "twice", "6 kk", "6 mån")),
    (3, ("neljännes", "kvarta", "quarter", "3 kk", "3 mån")),
    (12, ("12 kk", "12 mån", "12 month")),
    (1, ("kuukau", "kk", "viik", "päiv", "månad", "veck", "dag", "month", "week", "dai")),
)
"""Words of an interval by how many months lie between two values; others mean a year."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Reminding(Struct, frozen=True, kw_only=True):
    """What is asked for: whose reminders, in which language, from when on."""

    desk: str
    language: Language
    made_at: datetime
    url: str
    """Where values are entered."""
    organisation: str | None = None
    """Its measures only, all of one day together; None for each measure of the desk by itself."""


class Reminder(Struct, frozen=True, kw_only=True):
    """An all-day event; `about` and `day` tell it from others for good."""

    about: str
    day: date
    title: str
    text: str


def reminders(desk: Desk, asked: Reminding) -> bytes:
    """The calendar; the same desk and moment give the same bytes.

    Raises Refused("followup.nothing_to_remind") where no measure is in use, or the period is over.
    """
    card = build(desk, Edition(language=asked.language, n=0, made_at=asked.made_at))
    words = Words(asked.language)
    if asked.organisation is None:
        found = list(_of_measures(words, card))
    else:
        found = list(_of_organisation(words, card, desk.get(Organisation, asked.organisation)))
    if not found:
        raise Refused("followup.nothing_to_remind")
    lines = _calendar(f"{card.title} – {card.council}", asked, found)
    return b"".join(_folded(line) for line in lines)


def months_between(interval: str | None) -> int:
    """Months between two values, by the words that people use: 1, 3, 6 or 12."""
    said = (interval or "").casefold()
    return next((months for months, words in MONTHS if any(word in said for word in words)), 12)


def due_days(card: CardModel, months: int) -> Iterator[tuple[int, date]]:
    """The year that a value is for, and the day on which it is asked for, from now on."""
    today = card.made_at.date()
    years = years_of(card.period) or range(today.year, today.year + YEARS_AHEAD)
    for year in years:
        for month in range(months, 13, months):
            day = date(year + month // 12, month % 12 + 1, DUE_DAY)
            if day >= today:
                yield year, day


def _of_measures(words: Words, card: CardModel) -> Iterator[Reminder]:
    for measure in card.measures:
        for year, day in due_days(card, months_between(measure.interval)):
            yield Reminder(
                about=measure.id,
                day=day,
                title=words("reminder.measure", measure=measure.name, year=year),
                text="\n".join(_about(words, measure)),
            )


def _of_organisation(words: Words, card: CardModel, of: Organisation) -> Iterator[Reminder]:
    own = [m for m in card.measures if of.name in m.organisations or of.name == m.owner]
    days: dict[date, tuple[int, list[MeasureRow]]] = {}
    for measure in own:
        for year, day in due_days(card, months_between(measure.interval)):
            days.setdefault(day, (year, []))[1].append(measure)
    for day, (year, measures) in sorted(days.items()):
        yield Reminder(
            about=of.id,
            day=day,
            title=words("reminder.organisation", organisation=of.name, year=year),
            text="\n".join(f"– {measured(words, m.name, m.unit)}" for m in measures),
        )


def _about(words: Words, measure: MeasureRow) -> Iterator[str]:
    yield measured(words, measure.name, measure.unit)
    if measure.organisations:
        yield f"{words('column.organisations')}: {'; '.join(measure.organisations)}"
    if measure.target is not None:
        year = f" ({measure.target_year})" if measure.target_year else ""
        yield f"{words('column.target')}: {words.number(measure.target)}{year}"


def _calendar(name: str, asked: Reminding, found: Iterable[Reminder]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Etatyopoyta//Followup//FI"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_text(name)}"
    stamp = asked.made_at.astimezone(UTC)
    for reminder in found:
        yield "BEGIN:VEVENT"
        yield f"UID:{reminder.about}-{reminder.day:%Y%m%d}@{asked.desk}.etatyopoyta"
        yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{reminder.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{reminder.day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{_text(reminder.title)}"
        yield f"DESCRIPTION:{_text(reminder.text)}"
        yield f"URL:{asked.url}"
        yield "TRANSP:TRANSPARENT"
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield "TRIGGER:PT9H"
        yield f"DESCRIPTION:{_text(reminder.title)}"
        yield "END:VALARM"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _text(text: str) -> str:
    """A text as a value: nothing in it ends the line or begins another property."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONTROL.sub(" ", plain).encode("utf-8", errors="ignore").decode()
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets; no character is torn."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > MAX_LINE_OCTETS:
            pieces.append(piece)
            piece = b" "  # counts as the first octet of the next line
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
