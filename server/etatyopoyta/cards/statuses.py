"""A sign for each word of how an action stands: one tells them apart without their colour."""

from collections.abc import Iterable

from etatyopoyta.domain.records import Choice

MEANINGS = {"ei_aloitettu": "○", "kaynnissa": "◐", "toteutunut": "✓", "keskeytynyt": "‖"}
"""Of the template's words, whatever they are renamed to."""
OTHERS = "■▲◆★▼◇△☆"
"""Of a desk's own words, in their order; an import may have more words than that."""

MORE = "·"


def signs(statuses: Iterable[Choice]) -> dict[str, str]:
    """The sign of each status by its key."""
    others = iter(OTHERS)
    return {each.key: MEANINGS.get(each.key) or next(others, MORE) for each in statuses}
