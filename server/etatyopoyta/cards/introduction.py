"""What a deck tells before the card's own content: the agenda, the series, the focus areas."""

from etatyopoyta.cards.model import AgendaRow, Introduction, WorkshopRow
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.goals import GOALS_PER_NETWORK
from etatyopoyta.domain.records import Network, Section, Workshop

MINUTES_OF_A_DAY = 24 * 60


def introduction(desk: Desk, words: Words) -> Introduction:
    """The first workshop's agenda, all workshops, and what goals are set for."""
    workshops = sorted(desk.of(Workshop), key=lambda workshop: (workshop.number, workshop.id))
    return Introduction(
        agenda=_agenda(desk, words, workshops[0]) if workshops else (),
        workshops=tuple(
            WorkshopRow(
                title=words.text(workshop.title),
                number=workshop.number,
                day=words.as_of(workshop.date) if workshop.date else None,
            )
            for workshop in workshops
        ),
        focus_areas=tuple(
            words("focus_area", number=area.number, name=words.text(area.name))
            for area in desk.info.focus_areas
        ),
        age_groups=tuple(words.text(group.name) for group in desk.info.age_groups),
        networks=desk.count(Network),
        goals_per_network=GOALS_PER_NETWORK,
    )


def _agenda(desk: Desk, words: Words, workshop: Workshop) -> tuple[AgendaRow, ...]:
    sections = sorted(
        (section for section in desk.of(Section) if section.workshop == workshop.id),
        key=lambda section: (section.order, section.id),
    )
    return tuple(
        AgendaRow(
            time=f"{_clock(words, section.starts_at)}–"
            f"{_clock(words, section.starts_at + section.minutes)}",
            title=words.text(section.title),
            instruction=words.text(section.instruction) if section.instruction else None,
        )
        for section in sections
    )


def _clock(words: Words, minutes: int) -> str:
    return words.clock(minutes % MINUTES_OF_A_DAY)
