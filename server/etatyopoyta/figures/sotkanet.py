"""Sotkanet (THL): indicators by id, for all regions at once. CC BY 4.0, no key.

A reference is `sotkanet:127`; `sotkanet:170+1069` is a sum, `sotkanet:746/751` a choice of two.
"""

import re
from collections.abc import Iterator

from etatyopoyta.domain.refused import Refused
from etatyopoyta.figures.asking import Asking, Json, Site
from etatyopoyta.figures.reading import Reading, entries, entry, number, strange, text

PREFIX = "sotkanet:"
_REFERENCE = re.compile(r"sotkanet:[0-9]{1,6}([+/][0-9]{1,6}){0,5}")
_FORECAST = re.compile(r"ennuste\D*(20[0-9]{2})", re.IGNORECASE)
LAST_DAY = "31.12."
"""In the title of what is counted on the last day of the year."""
YEARS_BACK = 3
"""So many years are looked at for the newest value: regions come late."""
CATEGORIES = ("MAAKUNTA", "KUNTA", "HYVINVOINTIALUE", "MAA", "SEUTUKUNTA")
"""Kinds of regions; where several have a name, the first one here is meant."""


def choices(reference: str) -> Iterator[tuple[str, ...]]:
    """The indicators to add up, per choice; Refused("figures.bad_ref")."""
    if not _REFERENCE.fullmatch(reference):
        raise Refused("figures.bad_ref", ref=reference)
    for choice in reference.removeprefix(PREFIX).split("/"):
        yield tuple(choice.split("+"))


def read(
    asking: Asking, site: Site, ids: tuple[str, ...], region: str, year: int | None
) -> Reading:
    """The sum of the indicators in the newest year that all have, or in the year asked for.

    Raises Refused: "figures.no_region", "figures.no_indicator", "figures.no_value", or as
    `Asking.get`.
    """
    place = _region_id(asking, site, region)
    indicators = [entry(asking.get(site, f"indicators/{each}"), site) for each in ids]
    last = min(_last_year(indicator, site) for indicator in indicators)
    years = [year] if year is not None else [last - back for back in range(YEARS_BACK)]
    values = [_values(asking, site, each, place, years) for each in ids]
    for each in years:
        found = [of_years[each] for of_years in values if each in of_years]
        if len(found) == len(ids):
            return _reading(indicators, round(sum(found), 6), each)
    raise Refused("figures.no_value", source=site.name, ref="+".join(ids))


def _reading(indicators: list[dict[str, Json]], value: float, year: int) -> Reading:
    titles = [text(indicator.get("title")) for indicator in indicators]
    forecast = _FORECAST.search(titles[0])
    as_of = f"{year}-12-31" if LAST_DAY in titles[0] else str(year)
    makers = dict.fromkeys(_maker(indicator) for indicator in indicators)
    return Reading(
        value=value,
        as_of=forecast[1] if forecast else as_of,
        made_in=str(year) if forecast else None,
        source=", ".join(["Sotkanet.fi", *filter(None, makers)]),
        title=" + ".join(titles),
    )


def _maker(indicator: dict[str, Json]) -> str:
    organisation = indicator.get("organization")
    return text(organisation.get("title")) if isinstance(organisation, dict) else ""


def _last_year(indicator: dict[str, Json], site: Site) -> int:
    years = indicator.get("range")
    last = number(years.get("end")) if isinstance(years, dict) else None
    if last is None:
        raise strange(site)
    return int(last)


def _values(
    asking: Asking, site: Site, indicator: str, place: int, years: list[int]
) -> dict[int, float]:
    """By year. Newer answers say `value`, older ones `primary value` and texts for numbers."""
    query = [("indicator", indicator), *(("years", str(year)) for year in years)]
    rows = entries(asking.get(site, "json", [*query, ("genders", "total")]), site)
    found: dict[int, float] = {}
    for row in rows:
        year, value = number(row.get("year")), number(row.get("value", row.get("primary value")))
        is_ours = number(row.get("region")) == place
        if is_ours and row.get("gender", "total") == "total" and year and value is not None:
            found[int(year)] = value
    return found


def _region_id(asking: Asking, site: Site, region: str) -> int:
    named: dict[str, int] = {}
    wanted = region.casefold()
    for each in entries(asking.get(site, "regions"), site):
        title = each.get("title")
        names = title.values() if isinstance(title, dict) else [title]
        place = number(each.get("id"))
        called = {text(name).casefold() for name in names} - {""}
        if place is not None and wanted in called:
            named[str(each.get("category"))] = int(place)
    for category in CATEGORIES:
        if category in named:
            return named[category]
    raise Refused("figures.no_region", source=site.name, region=region)
