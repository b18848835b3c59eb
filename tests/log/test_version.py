"""What records hold and the version of entries change together (docs/decisions/0006)."""

from hashlib import sha256
from typing import Any

import msgspec

from etatyopoyta.domain.records import AnyRecord
from etatyopoyta.log.batch import VERSION

SCHEMAS = {1: "1e1c4b0b2f94df17"}
"""By version: the digest of the records' schema, without what is only said about them."""


def test_the_version_is_raised_when_records_hold_something_new() -> None:
    schema = msgspec.json.schema_components((AnyRecord,))[1]
    body = msgspec.json.encode(_plain(schema), order="deterministic")
    assert sha256(body).hexdigest()[:16] == SCHEMAS[VERSION], (
        "An older server would drop from its snapshots what it does not know: raise VERSION in"
        " log/batch.py. As long as no release has this version, note the new digest here."
    )


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    said = {key for key in ("description", "title") if isinstance(schema.get(key), str)}
    return {key: _plain(value) for key, value in schema.items() if key not in said}
