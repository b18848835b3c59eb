"""From the log of a desk to the minutes of one of its workshops."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from functools import partial

from msgspec.structs import replace

from etatyopoyta.cards.chronicle import Chronicle, Held
from etatyopoyta.cards.minutes_model import Chapter, Fact, Minutes, Presence, VoteResult
from etatyopoyta.cards.model import Edition
from etatyopoyta.cards.words import Words, day_of, moment_of, zone_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.minutes import text_at
from etatyopoyta.domain.permissions import LEADING
from etatyopoyta.domain.planning import DAY_MINUTES
from etatyopoyta.domain.records import (
    Organisation,
    Person,
    Role,
    Round,
    RoundState,
    Section,
    SectionState,
    Workshop,
)


def build_minutes(
    desk: Desk, chronicle: Chronicle, workshop: Workshop, edition: Edition
) -> Minutes:
    """The minutes as the log says now, with what was written above it.

    `chronicle` has taken every entry of the desk, and is of this workshop and language.
    """
    words, info = Words(edition.language), desk.info
    zone = zone_of(info.timezone)
    chronicle.finish(desk)
    sections = sorted(
        (s for s in desk.of(Section) if s.workshop == workshop.id), key=lambda s: s.order
    )
    chapters = [_chapter(desk, words, zone, chronicle, section) for section in sections]
    chapters += _outside(desk, words, zone, chronicle)
    first = text_at(desk, workshop.id, None)
    made_at = edition.made_at.astimezone(zone)
    day = day_of(workshop.date)
    return Minutes(
        language=edition.language,
        title=words("minutes.title"),
        workshop=words.text(workshop.title),
        council=words.text(info.council),
        desk=words.text(info.title),
        day=words.day(day) if day else None,
        made=words("minutes.made", moment=words.moment(made_at), n=edition.n),
        made_at=made_at,
        text=first.text if first else None,
        chapters=tuple(chapters),
        parked=chronicle.parked,
    )


def _chapter(
    desk: Desk, words: Words, zone: tzinfo, chronicle: Chronicle, section: Section
) -> Chapter:
    held = chronicle.held.get(section.id) or Held()
    written = text_at(desk, section.workshop, section.id)
    presence, hosts = _presence(desk, words, held)
    times = _Times(words, zone, held.spans)
    joined = sum(each.people for each in presence)
    return Chapter(
        section=section.id,
        title=words.text(section.title),
        planned=words(
            "minutes.planned",
            start=words.clock(section.starts_at),
            end=words.clock((section.starts_at + section.minutes) % DAY_MINUTES),
        ),
        held=_when(words, times, section, held),
        was_held=bool(held.spans),
        text=written.text if written else None,
        joined=words("minutes.joined", people=joined, hosts=hosts) if held.spans else None,
        presence=presence,
        facts=tuple(
            fact
            for of_span, span in zip(_by_span(held), times.spans, strict=True)
            for fact in _facts(words, of_span, times.at, span if len(held.spans) > 1 else None)
        ),
        votes=_votes(desk, words, held, times.at),
    )


def _outside(desk: Desk, words: Words, zone: tzinfo, chronicle: Chronicle) -> Iterator[Chapter]:
    """What happened between sections, and after the last one of the workshop."""
    happened = chronicle.held.get(None) or Held()
    ends = [end for held in chronicle.held.values() for _, end in held.spans]
    last = max((end for end in ends if end is not None), default=None)
    parts = [("between", happened)]
    if last is not None and None not in ends:
        parts = list(zip(("between", "after"), _parted(happened, [last]), strict=True))
    for name, held in parts:
        if held.told or held.votes or held.notes:
            at = partial(_moment, words, zone)
            yield Chapter(
                section=None,
                title=words(f"minutes.{name}"),
                planned=None,
                held=words("minutes.between.when"),
                was_held=True,
                text=None,
                joined=None,
                presence=(),
                facts=tuple(_facts(words, held, at, None)),
                votes=_votes(desk, words, held, at),
            )


def _by_span(held: Held) -> list[Held]:
    """What happened in a section, by the times it was open."""
    return _parted(held, [start for start, _ in held.spans[1:]]) if held.spans else []


def _parted(held: Held, starts: list[int]) -> list[Held]:
    """What happened before the first of these moments, from there to the next one, and so on."""
    parts = [Held() for _ in range(len(starts) + 1)]
    for at_ms in held.notes:
        parts[bisect_right(starts, at_ms)].notes.append(at_ms)
    for told in held.told:
        parts[bisect_right(starts, told.at_ms)].told.append(told)
    for counted in held.votes:
        parts[bisect_right(starts, counted.at_ms)].votes.append(counted)
    return parts


def _facts(
    words: Words, held: Held, at: Callable[[int], str], written: str | None
) -> Iterator[Fact]:
    """What was done, in order; `written` says when the notes were."""
    if held.notes:
        yield Fact(text=words("minutes.did.notes", count=len(held.notes)), when=written)
    for at_ms, what in held.told:
        if isinstance(what, Fact):
            yield replace(what, when=at(at_ms))


def _votes(
    desk: Desk, words: Words, held: Held, at: Callable[[int], str]
) -> tuple[VoteResult, ...]:
    """Of rounds that are over now as well: what is open again is nobody's to see."""
    return tuple(
        replace(result, about=words("minutes.vote.ended", about=result.about, when=at(at_ms)))
        for at_ms, round_id, result in held.votes
        if isinstance(round_ := desk.find(round_id), Round) and round_.state is RoundState.CLOSED
    )


def _presence(desk: Desk, words: Words, held: Held) -> tuple[tuple[Presence, ...], int]:
    """Participants by organisation, and how many led or wrote it down."""
    people: Counter[str] = Counter()
    for person in held.people.values():
        if person.role is Role.PARTICIPANT:
            people[_organisation(desk, words, person)] += 1
    by_name = sorted(people.items(), key=lambda item: item[0].casefold())
    presence = tuple(Presence(organisation=name, people=count) for name, count in by_name)
    return presence, sum(person.role in LEADING for person in held.people.values())


def _organisation(desk: Desk, words: Words, person: Person) -> str:
    found = desk.find(person.organisation) if person.organisation else None
    return found.name if isinstance(found, Organisation) else words("minutes.no_organisation")


def _when(words: Words, times: "_Times", section: Section, held: Held) -> str:
    if held.spans:
        key = "minutes.held" if times.is_one_day else "minutes.held_on_days"
        return words(key, spans=", ".join(times.spans))
    if section.state is SectionState.SKIPPED:
        return words("minutes.skipped")
    return words("minutes.not_held")


class _Times:
    """How moments of a section are written: with the day, where it was open on several."""

    def __init__(self, words: Words, zone: tzinfo, spans: Iterable[tuple[int, int | None]]) -> None:
        spans = list(spans)
        moments = [at_ms for span in spans for at_ms in span if at_ms is not None]
        self.is_one_day = len({moment_of(at_ms, zone).date() for at_ms in moments}) <= 1
        self._words, self._zone = words, zone
        self.spans = [f"{self.at(start)}–{self._end(start, end)}" for start, end in spans]

    def at(self, at_ms: int) -> str:
        """18.09, or 24.11.2025 klo 18.09."""
        write = _clock if self.is_one_day else _moment
        return write(self._words, self._zone, at_ms)

    def _end(self, start_ms: int, end_ms: int | None) -> str:
        if end_ms is None:
            return ""
        start, end = (moment_of(at_ms, self._zone).date() for at_ms in (start_ms, end_ms))
        return (_clock if start == end else _moment)(self._words, self._zone, end_ms)


def _clock(words: Words, zone: tzinfo, at_ms: int) -> str:
    at = moment_of(at_ms, zone)
    return words.clock(at.hour * 60 + at.minute)


def _moment(words: Words, zone: tzinfo, at_ms: int) -> str:
    return words.moment(moment_of(at_ms, zone))
