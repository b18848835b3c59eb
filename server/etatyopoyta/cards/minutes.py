"""From the log of a desk to the minutes of one of its workshops."""

from collections import Counter
from datetime import tzinfo

from etatyopoyta.cards.chronicle import Chronicle, Held
from etatyopoyta.cards.minutes_model import Chapter, Minutes, Presence, VoteResult
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
    between = chronicle.held.get(None)
    if between is not None and (between.told or between.votes or between.notes):
        chapters.append(_between(desk, words, chronicle, between))
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
    joined = sum(each.people for each in presence)
    return Chapter(
        section=section.id,
        title=words.text(section.title),
        planned=words(
            "minutes.planned",
            start=words.clock(section.starts_at),
            end=words.clock((section.starts_at + section.minutes) % DAY_MINUTES),
        ),
        held=_when(words, zone, section, held),
        was_held=bool(held.spans),
        text=written.text if written else None,
        joined=words("minutes.joined", people=joined, hosts=hosts) if held.spans else None,
        presence=presence,
        facts=chronicle.facts(section.id),
        votes=_votes(desk, held),
    )


def _between(desk: Desk, words: Words, chronicle: Chronicle, held: Held) -> Chapter:
    return Chapter(
        section=None,
        title=words("minutes.between"),
        planned=None,
        held=words("minutes.between.when"),
        was_held=True,
        text=None,
        joined=None,
        presence=(),
        facts=chronicle.facts(None),
        votes=_votes(desk, held),
    )


def _votes(desk: Desk, held: Held) -> tuple[VoteResult, ...]:
    """Of rounds that are over now as well: what is open again is nobody's to see."""
    return tuple(
        result
        for round_id, result in held.votes.items()
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


def _when(words: Words, zone: tzinfo, section: Section, held: Held) -> str:
    if held.spans:
        return words("minutes.held", spans=", ".join(_span(words, zone, *s) for s in held.spans))
    if section.state is SectionState.SKIPPED:
        return words("minutes.skipped")
    return words("minutes.not_held")


def _span(words: Words, zone: tzinfo, from_ms: int, to_ms: int | None) -> str:
    start = _clock(words, zone, from_ms)
    return f"{start}–{'' if to_ms is None else _clock(words, zone, to_ms)}"


def _clock(words: Words, zone: tzinfo, at_ms: int) -> str:
    at = moment_of(at_ms, zone)
    return words.clock(at.hour * 60 + at.minute)
