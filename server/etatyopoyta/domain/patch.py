"""Changes as data: a JSON merge patch (RFC 7396) per record, the same on server and client.

A form is a record as plain JSON values, without its absent (None) fields. A patch maps record
ids to what changed in the form; None stands for a removed record.
"""

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from etatyopoyta.domain.records import AnyRecord, Record

if TYPE_CHECKING:
    Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
else:
    Json = object  # msgspec does not resolve aliases that name themselves
Form: TypeAlias = dict[str, Json]
Patch: TypeAlias = dict[str, Form | None]
NESTED = (dict, list, tuple)


def form(record: Record) -> Form:
    """The record as plain JSON values, without absent fields."""
    plain = _without_null(msgspec.to_builtins(record))
    assert isinstance(plain, dict)
    return plain


def record(of: Form) -> AnyRecord:
    """The record of a form. Fields that this version does not know are passed over (L6)."""
    found: AnyRecord = msgspec.convert(of, AnyRecord)
    return found


def diff(old: Form | None, new: Form | None) -> Form | None:
    """The merge patch that turns `old` into `new`; empty when they are equal."""
    if new is None:
        return None
    if old is None:
        return new
    gone = [] if old.keys() <= new.keys() else [key for key in old if key not in new]
    changed: Form = dict.fromkeys(gone)
    for key, value in new.items():
        before = old.get(key)
        if before is value:  # most are: forms share the values of their records
            continue
        if isinstance(before, dict) and isinstance(value, dict):
            inner = diff(before, value)
            assert inner is not None
            if inner:
                changed[key] = inner
        elif before != value or type(before) is not type(value):
            changed[key] = value
    return changed


def merge(target: Json, change: Form) -> Form:
    """RFC 7396: `target` with `change` applied; `target` itself stays as it is."""
    merged: Form = dict(target) if isinstance(target, dict) else {}
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            merged[key] = merge(merged.get(key), value)
        else:
            merged[key] = value
    return merged


def _without_null(value: Json) -> Json:
    """Looks inside lists and dicts only: most fields of a record are neither."""
    if isinstance(value, dict):
        return {
            key: _without_null(inner) if isinstance(inner, NESTED) else inner
            for key, inner in value.items()
            if inner is not None
        }
    assert isinstance(value, list | tuple)
    return [_without_null(inner) if isinstance(inner, NESTED) else inner for inner in value]
