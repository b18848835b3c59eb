"""Prints the browser's wire types from the structs: `make types`."""

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.inspect import (
    AnyType,
    BoolType,
    CustomType,
    DictType,
    Field,
    FloatType,
    IntType,
    ListType,
    LiteralType,
    Metadata,
    NoneType,
    RawType,
    StrType,
    StructType,
    TupleType,
    Type,
    VarTupleType,
    type_info,
)
from msgspec.inspect import (
    EnumType as EnumInfo,
)
from msgspec.inspect import (
    UnionType as UnionInfo,
)

from etatyopoyta.domain import (
    agenda,
    card,
    comments,
    figures,
    followup,
    goals,
    hall,
    known,
    measures,
    memo,
    minutes,
    notes,
    text,
    voting,
)
from etatyopoyta.domain.catalogue import COMMANDS, AnyCommand
from etatyopoyta.domain.freezing import FROZEN_IN, WORDING
from etatyopoyta.domain.permissions import ALWAYS, FROM_SECTION, LEFT_TO_MUTED
from etatyopoyta.domain.records import (
    BOARD_EDGE,
    Advance,
    AnyRecord,
    CardState,
    CommentState,
    Direction,
    FigureStatus,
    GoalState,
    Late,
    Level,
    May,
    MeasureState,
    On,
    Reveals,
    Role,
    RoundKind,
    RoundState,
    Screen,
    SectionState,
    Shows,
    TextKind,
    Whose,
)
from etatyopoyta.protocol import http
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import (
    MAX_FRAME_BYTES,
    SUBPROTOCOL,
    AnyFromClient,
    AnyFromServer,
    PauseReason,
)

ENUMS: list[type[StrEnum]] = [
    Role, May, Whose, Shows, Late, Advance, Screen, SectionState, MeasureState, GoalState,
    FigureStatus, On, RoundKind, RoundState, Reveals, Direction, Level, CardState, CommentState,
    TextKind, PauseReason,
]  # fmt: skip
NUMBERS = {
    "MAX_NOTE_CHARACTERS": text.MAX_NOTE_CHARACTERS,
    "MAX_TITLE_CHARACTERS": text.MAX_TITLE_CHARACTERS,
    "MAX_NAME_CHARACTERS": text.MAX_NAME_CHARACTERS,
    "MAX_GOAL_CHARACTERS": goals.MAX_GOAL_CHARACTERS,
    "MAX_CARD_TEXT_CHARACTERS": card.MAX_CARD_TEXT_CHARACTERS,
    "MAX_PERIOD_CHARACTERS": card.MAX_PERIOD_CHARACTERS,
    "MAX_UNIT_CHARACTERS": figures.MAX_UNIT_CHARACTERS,
    "MAX_MEANING_CHARACTERS": measures.MAX_MEANING_CHARACTERS,
    "MAX_REASON_CHARACTERS": known.MAX_REASON_CHARACTERS,
    "MIN_TARGET_YEAR": measures.MIN_TARGET_YEAR,
    "MAX_TARGET_YEAR": measures.MAX_TARGET_YEAR,
    "MAX_COMMENT_CHARACTERS": comments.MAX_COMMENT_CHARACTERS,
    "MAX_NOTES_ON_DESK": notes.MAX_NOTES_ON_DESK,
    "GOALS_PER_NETWORK": goals.GOALS_PER_NETWORK,
    "GRACE_S": agenda.GRACE_S,
    "MAX_ANNOUNCEMENT_CHARACTERS": hall.MAX_ANNOUNCEMENT_CHARACTERS,
    "MAX_MINUTES_CHARACTERS": minutes.MAX_MINUTES_CHARACTERS,
    "MAX_ROWS": memo.MAX_ROWS,
    "MAX_DOTS": voting.MAX_DOTS,
    "MAX_HALL_DOTS": voting.MAX_HALL_DOTS,
    "MAX_ACTUALS_AT_ONCE": followup.MAX_ACTUALS_AT_ONCE,
    "MAX_ACTUAL_CHARACTERS": followup.MAX_ACTUAL_CHARACTERS,
    "MIN_STATUSES": followup.MIN_STATUSES,
    "MAX_STATUSES": followup.MAX_STATUSES,
    "FIRST_YEAR": followup.FIRST_YEAR,
    "LAST_YEAR": followup.LAST_YEAR,
    "MAX_FRAME_BYTES": MAX_FRAME_BYTES,
    "BOARD_EDGE": BOARD_EDGE,
}
BODIES = [
    body
    for body in vars(http).values()
    if isinstance(body, type) and body.__module__ == http.__name__
]
END = ";\n"
HAND_WRITTEN = """
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Form = { [key: string]: Json };
export type Patch = { [id: string]: Form | null };
"""


def module() -> str:
    """The whole TypeScript module."""
    _printed.clear()
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield "// Printed by `make types` from the server's structs. Do not edit.\n"
    yield HAND_WRITTEN
    for enum in ENUMS:
        yield f"export type {enum.__name__} = {_literals(member.value for member in enum)};\n"
    for name, number in NUMBERS.items():
        yield f"export const {name} = {number};"
    yield f'export const SUBPROTOCOL = "{SUBPROTOCOL}";\n'
    yield "export const CLOSING = " + _json({code.name: code.value for code in Closing})
    yield "/** What a role may do whatever section is open. */"
    yield "export const ALWAYS: Record<Role, Partial<Record<May, Whose>>> = " + _json(ALWAYS)
    yield f"export const FROM_SECTION: readonly Role[] = {_json(sorted(FROM_SECTION))}"
    yield f"export const LEFT_TO_MUTED: readonly May[] = {_json(sorted(LEFT_TO_MUTED))}"
    yield f"export const FROZEN_IN: readonly CardState[] = {_json(sorted(FROZEN_IN))}"
    yield "/** By kind of record: the fields that are frozen in these states of the card. */"
    wording = {str(kind.__struct_config__.tag): fields for kind, fields in WORDING.items()}
    yield f"export const WORDING = {_json(wording).removesuffix(END)} as const{END}"
    yield "/** The permission that each command needs. */"
    yield "export const NEEDS: Record<Command['t'], May> = " + _json(
        {tag: command.may for tag, command in COMMANDS.items()}
    )
    yield from _structs(_members(AnyRecord), is_sent=False)
    yield _union("AnyRecord", AnyRecord)
    yield from _structs(_members(AnyCommand), is_sent=True)
    yield _union("Command", AnyCommand)
    yield from _structs(_members(AnyFromClient), is_sent=True)
    yield _union("FromClient", AnyFromClient)
    yield from _structs(_members(AnyFromServer), is_sent=True)
    yield _union("FromServer", AnyFromServer)
    yield from _structs(BODIES, is_sent=True)


_printed: set[type] = set()


def _structs(kinds: Iterable[type[Struct]], *, is_sent: bool) -> Iterator[str]:
    for kind in kinds:
        info = type_info(kind)
        assert isinstance(info, StructType)
        for inner in _inner_structs(info):
            if inner.cls not in _printed:
                _printed.add(inner.cls)
                yield _interface(inner, is_sent=is_sent)


def _inner_structs(info: StructType) -> Iterator[StructType]:
    """This struct after the ones that it is made of; records of other records are named only."""
    if info.tag is not None and info.cls in _printed:
        return
    for field in info.fields:
        for part in _walk(field.type):
            if isinstance(part, StructType) and part.cls is not info.cls:
                yield from _inner_structs(part)
    yield info


def _walk(part: Type) -> Iterator[Type]:
    yield part
    match part:
        case Metadata():
            yield from _walk(part.type)
        case UnionInfo():
            for inner in part.types:
                yield from _walk(inner)
        case ListType() | VarTupleType():
            yield from _walk(part.item_type)
        case DictType():
            yield from _walk(part.value_type)


def _interface(info: StructType, *, is_sent: bool) -> str:
    doc = (info.cls.__doc__ or "").strip().splitlines()[0]
    lines = [f"/** {doc} */", f"export interface {_name(info.cls)} {{"]
    if info.tag is not None:
        lines.append(f'  {info.tag_field}: "{info.tag}";')
    lines += [_field(field, is_sent=is_sent) for field in info.fields]
    return "\n".join([*lines, "}", ""])


def _field(field: Field, *, is_sent: bool) -> str:
    types = _union_members(field.type)
    has_default = not field.required and (is_sent or field.default is None)
    shown = types
    if not is_sent and field.default is None:  # absent on the wire, never null
        shown = [kind for kind in shown if not isinstance(kind, NoneType)]
    printed = " | ".join(dict.fromkeys(_type(kind) for kind in shown))
    return f"  {field.encode_name}{'?' if has_default else ''}: {printed};"


def _union_members(of: Type) -> list[Type]:
    inner = of.type if isinstance(of, Metadata) else of
    return list(inner.types) if isinstance(inner, UnionInfo) else [inner]


def _type(of: Type) -> str:  # noqa: C901  one case per kind of type
    match of:
        case Metadata():
            return _type(of.type)
        case StrType():
            return "string"
        case IntType() | FloatType():
            return "number"
        case BoolType():
            return "boolean"
        case NoneType():
            return "null"
        case RawType():
            return "Command"
        case EnumInfo():
            return of.cls.__name__
        case LiteralType():
            return _literals(of.values)
        case StructType():
            return _name(of.cls)
        case ListType() | VarTupleType():
            inner = _type(of.item_type)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case DictType():
            return _dict(of)
        case UnionInfo():
            return " | ".join(dict.fromkeys(_type(inner) for inner in of.types))
        case AnyType() | CustomType() | TupleType():
            return "Json"
    raise TypeError(f"no TypeScript for {of!r}")


def _dict(of: DictType) -> str:
    if isinstance(of.value_type, AnyType):
        return "{ [key: string]: Json }"
    key = _type(of.key_type)
    value = _type(of.value_type)
    if key != "string":
        return f"Partial<Record<{key}, {value}>>"
    return f"{{ [key: string]: {value} }}"


def _name(kind: type) -> str:
    return kind.__name__


def _members(union: UnionType | Any) -> tuple[type[Struct], ...]:
    return get_args(union)


def _union(name: str, union: UnionType | Any) -> str:
    return f"export type {name} =\n  | " + "\n  | ".join(_name(k) for k in _members(union)) + ";\n"


def _literals(values: Iterable[object]) -> str:
    return " | ".join(f'"{value}"' for value in values)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + END


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(module(), encoding="utf-8")
