"""What a source says of one figure, and how to take its JSON apart without trusting it."""

from math import isfinite

from msgspec import Struct

from etatyopoyta.domain.refused import Refused
from etatyopoyta.figures.asking import Json, Site


class Reading(Struct, frozen=True, kw_only=True):
    """A value as the source has it."""

    value: float
    as_of: str
    """ISO 8601: a year, month or day."""
    made_in: str | None = None
    source: str
    title: str
    """What the source calls it now: titles change, ids do not."""


def entries(found: Json, site: Site) -> list[dict[str, Json]]:
    """A list of objects, or Refused("figures.source_strange")."""
    if not isinstance(found, list):
        raise strange(site)
    return [entry for entry in found if isinstance(entry, dict)]


def entry(found: Json, site: Site) -> dict[str, Json]:
    """An object, or Refused("figures.source_strange")."""
    if not isinstance(found, dict):
        raise strange(site)
    return found


def text(found: Json) -> str:
    """A text, or the Finnish one of several languages; empty when it is neither."""
    if isinstance(found, dict):
        found = found.get("fi")
    return " ".join(found.split()) if isinstance(found, str) else ""


def number(found: Json) -> float | None:
    """A number, also one that is written as a text with a point or comma; None for all else."""
    if isinstance(found, str):
        try:
            found = float(found.strip().replace(",", "."))
        except ValueError:
            return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return float(found) if isfinite(found) else None


def strange(site: Site) -> Refused:
    """The source answered, but not what we know how to read."""
    return Refused("figures.source_strange", source=site.name)
