"""What stands on the first page, and on the edges of all the others."""

from msgspec import Struct

from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.words import Words


class Front(Struct, frozen=True, kw_only=True):
    """The title of the whole, and which edition this is."""

    title: str
    report: str
    council: str
    lines: tuple[str, ...]
    """Period, state, version, and when it was made."""
    mark: str | None
    document: str
    """The title as the file's properties have it."""


def front(card: CardModel) -> Front:
    """The first page of an edition."""
    words = Words(card.edition.language)
    made = f"{words.moment(card.made_at)} · {words('printed.entry', n=card.edition.n)}"
    lines = [
        f"{words('about.period')}: {card.period or words('missing')}",
        words("printed.state", state=card.state),
    ]
    if card.version is not None:
        lines.append(words("printed.version", version=card.version))
    return Front(
        title=card.title,
        report=card.report,
        council=card.council,
        lines=(*lines, made),
        mark=card.mark,
        document=f"{card.title} – {card.mark}" if card.mark else card.title,
    )
