"""The JSON Schemas of an exported desk and of a published card, out of what writes them."""

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from etatyopoyta.exports import card_json, json

DIALECT = "https://json-schema.org/draft/2020-12/schema"


FILES: dict[str, tuple[str, type[Struct]]] = {
    "desk": (json.SCHEMA, json.DeskFile),
    "card": (card_json.SCHEMA, card_json.CardFile),
}
"""By the name that a schema is published under: what it is called, and the file it describes."""


@cache
def schema_json(name: str) -> bytes:
    """The schema of one of FILES, as it is published and goes along in the ZIP; KeyError."""
    called, file = FILES[name]
    described = msgspec.json.schema(file)
    schema = {"$schema": DIALECT, "$id": f"urn:{called}", "title": called, **_ported(described)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=1) + b"\n"


def _ported(value: Any) -> Any:
    r"""Patterns as ECMA 262 has them: there the end of a text is `$`, and `\Z` a letter."""
    match value:
        case {"pattern": str(pattern), **rest}:
            return {**_ported(rest), "pattern": pattern.replace("\\Z", "$")}
        case dict():
            return {key: _ported(inner) for key, inner in value.items()}
        case list():
            return [_ported(inner) for inner in value]
        case _:
            return value
