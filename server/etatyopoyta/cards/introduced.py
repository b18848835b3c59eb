"""What comes before the card's own content, as chapters."""

from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.pages import Chapter, Grid, Line, Lines
from etatyopoyta.cards.table import headed
from etatyopoyta.cards.words import Words


def agenda(card: CardModel, words: Words) -> Chapter | None:
    """The first workshop's agenda, as it was planned."""
    known = card.introduction
    if not known.agenda:
        return None
    first = known.workshops[0]
    grid = Grid(
        caption=", ".join(filter(None, (first.title, first.day))),
        columns=headed(words, (("time", 14), ("agenda_item", 40), ("instruction", 46))),
        rows=tuple((row.time, row.title, row.instruction or "") for row in known.agenda),
    )
    return Chapter(key="agenda", title=card.desk_title, blocks=(grid,))


def focus_areas(card: CardModel, words: Words) -> Chapter | None:
    """What the plan is about; None when the desk has no focus areas."""
    lines = focus_lines(card, words)
    if not lines:
        return None
    title = words("chapter.focus_areas")
    return Chapter(key="focus_areas", title=title, blocks=(Lines(lines=lines),))


def focus_lines(card: CardModel, words: Words) -> tuple[Line, ...]:
    """The focus areas with how many goals each network sets, and the age groups."""
    known = card.introduction
    if not known.focus_areas:
        return ()
    goals = words("chapter.goals", most=known.goals_per_network, networks=known.networks)
    lines = [Line(text=name, remark=goals) for name in known.focus_areas]
    if known.age_groups:
        ages = words("chapter.age_groups", names=", ".join(known.age_groups))
        lines.append(Line(text=ages))
    return tuple(lines)


def workshops(card: CardModel, words: Words) -> Chapter | None:
    """The series of workshops and their days."""
    shops = card.introduction.workshops
    if not shops:
        return None
    sets = tuple(part.title for part in card.parts if part.kind == "measures")
    title = (
        words("chapter.workshops", first=shops[0].number, last=shops[-1].number)
        if len(shops) > 1
        else shops[0].title
    )
    grid = Grid(
        caption=", ".join(sets),
        columns=headed(words, (("workshop", 60), ("day", 40))),
        rows=tuple((shop.title, shop.day) for shop in shops),
    )
    return Chapter(key="workshops", title=title, blocks=(grid,))
