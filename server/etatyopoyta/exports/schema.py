"""The JSON Schema of an exported desk, out of the records themselves."""

from typing import Any

import msgspec

from etatyopoyta.exports.json import SCHEMA, DeskFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_json() -> bytes:
    """The schema as the document that is published and that goes along in the ZIP."""
    described = msgspec.json.schema(DeskFile)
    schema = {"$schema": DIALECT, "$id": f"urn:{SCHEMA}", "title": SCHEMA, **_ported(described)}
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
