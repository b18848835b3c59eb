"""Statistics Finland: tables of PxWeb (API version 1), one cell at a time. CC BY 4.0, no key.

A reference names a table and what to choose in it, the newest time where none is chosen:
`pxweb:StatFin/vaerak/statfin_vaerak_pxt_11re.px?Alue=MK08&Tiedot=vaesto`.
"""

import re
from collections.abc import Iterator
from math import prod
from urllib.parse import parse_qsl

from etatyopoyta.domain.refused import Refused
from etatyopoyta.figures.asking import Asking, Json, Site
from etatyopoyta.figures.reading import Reading, entries, entry, number, strange, text

PREFIX = "pxweb:"
_REFERENCE = re.compile(r"pxweb:((?:[A-Za-z0-9_]+/)+[A-Za-z0-9_]+\.px)(?:\?(.+))?")
_MONTH = re.compile(r"([0-9]{4})M([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")


def read(asking: Asking, site: Site, reference: str, year: int | None) -> Reading:
    """The cell that the reference chooses.

    Raises Refused: "figures.bad_ref" where it leaves something open or the table does not have
    it, "figures.no_indicator", "figures.no_value", or as `Asking.post`.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Refused("figures.bad_ref", ref=reference)
    chosen = dict(parse_qsl(match[2] or "", keep_blank_values=True))
    table = entry(asking.get(site, match[1]), site)
    variables = entries(table.get("variables"), site)
    time = next((v for v in variables if v.get("time") is True), None)
    query = list(_query(variables, chosen, time, year))
    if len(chosen) > len({code for code in chosen if _has(variables, code)}) or None in query:
        raise Refused("figures.bad_ref", ref=reference)
    question: Json = {"query": [q for q in query if q], "response": {"format": "json-stat2"}}
    answer = entry(asking.post(site, match[1], question), site)
    value = _only_value(answer, site)
    if value is None:
        raise Refused("figures.no_value", source=site.name, ref=reference)
    return Reading(
        value=value,
        as_of=_as_of(answer, text(time.get("code")) if time else "", site),
        source=text(answer.get("source")) or site.name,
        title=text(answer.get("label")) or text(table.get("title")),
    )


def _has(variables: list[dict[str, Json]], code: str) -> bool:
    return any(_is(variable, code) for variable in variables)


def _is(variable: dict[str, Json], code: str) -> bool:
    """Whether a variable goes by this code; some carry a year, as in "Alue 2024"."""
    known = text(variable.get("code"))
    return known == code or bool(re.fullmatch(re.escape(code) + r" ?[0-9]{4}", known))


def _query(
    variables: list[dict[str, Json]],
    chosen: dict[str, str],
    time: dict[str, Json] | None,
    year: int | None,
) -> Iterator[dict[str, Json] | None]:
    """What to ask of each variable; empty where it may be left out, None where it may not be."""
    for variable in variables:
        values = variable.get("values")
        known = values if isinstance(values, list) else []
        value = next((v for code, v in chosen.items() if _is(variable, code)), None)
        if value is None and variable is time and year is not None:
            value = str(year)
        if value is not None:
            yield _selection(variable, "item", value) if value in known else None
        elif variable is time:
            yield _selection(variable, "top", "1")
        elif len(known) == 1:
            yield _selection(variable, "item", str(known[0]))
        else:
            yield {} if variable.get("elimination") is True else None


def _selection(variable: dict[str, Json], kind: str, value: str) -> dict[str, Json]:
    return {"code": variable.get("code"), "selection": {"filter": kind, "values": [value]}}


def _only_value(answer: dict[str, Json], site: Site) -> float | None:
    """The value of a dataset of one cell (JSON-stat 2); None where the source has none."""
    sizes, values = answer.get("size"), answer.get("value")
    if not isinstance(sizes, list) or prod(int(number(size) or 0) for size in sizes) != 1:
        raise strange(site)
    if isinstance(values, dict):
        return number(values.get("0"))
    if not isinstance(values, list) or len(values) != 1:
        raise strange(site)
    return number(values[0])


def _as_of(answer: dict[str, Json], time: str, site: Site) -> str:
    dimensions = entry(answer.get("dimension"), site)
    category = entry(entry(dimensions.get(time), site).get("category"), site)
    index = category.get("index")
    moments = list(index) if isinstance(index, dict | list) else []
    moment = str(moments[0]) if moments else ""
    month = _MONTH.fullmatch(moment)
    if month:
        return f"{month[1]}-{month[2]}"
    year = _YEAR.match(moment)
    if year is None:
        raise strange(site)
    return year[0]
