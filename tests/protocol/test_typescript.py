"""What is printed for the browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec.inspect import (
    AnyType,
    CollectionType,
    DateTimeType,
    DictType,
    Metadata,
    StructType,
    Type,
    UnionType,
    type_info,
)

from etatyopoyta.domain.catalogue import COMMANDS, AnyCommand
from etatyopoyta.domain.records import AnyRecord
from etatyopoyta.protocol import typescript
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import AnyFromClient, AnyFromServer

PRINTED = typescript.module()
COMMITTED = Path(__file__).parents[2] / "web/src/lib/protocol.ts"
UNIONS = (AnyRecord, AnyCommand, AnyFromClient, AnyFromServer)


def structs_of(part: Type, seen: set[type]) -> Iterator[StructType]:
    """The structs in a type, each once."""
    if isinstance(part, StructType) and part.cls not in seen:
        seen.add(part.cls)
        yield part
        for field in part.fields:
            yield from structs_of(field.type, seen)
    inner: list[Any] = []
    if isinstance(part, Metadata):
        inner = [part.type]
    elif isinstance(part, UnionType):
        inner = list(part.types)
    elif isinstance(part, CollectionType):
        inner = [part.item_type]
    elif isinstance(part, DictType):
        inner = [part.value_type]
    for one in inner:
        yield from structs_of(one, seen)


def every_struct() -> list[StructType]:
    seen: set[type] = set()
    kinds = [*(kind for union in UNIONS for kind in get_args(union)), *typescript.BODIES]
    return [found for kind in kinds for found in structs_of(type_info(kind), seen)]


def interface(name: str) -> dict[str, str]:
    """Field → type as printed; an optional field ends in a question mark."""
    found = re.search(rf"^export interface {name} {{\n(.*?)^}}", PRINTED, re.M | re.S)
    assert found is not None, f"{name} is not printed"
    lines = (line.strip().rstrip(";").partition(": ") for line in found[1].splitlines())
    return {field: kind for field, _, kind in lines}


def test_what_is_committed_is_what_is_printed():
    assert COMMITTED.read_text(encoding="utf-8") == PRINTED, "run `make types`"


def test_printing_twice_gives_the_same():
    assert typescript.module() == PRINTED


@pytest.mark.parametrize("struct", every_struct(), ids=lambda struct: struct.cls.__name__)
def test_every_field_of_every_struct_appears(struct: StructType):
    printed = {field.rstrip("?") for field in interface(struct.cls.__name__)}
    expected = {field.encode_name for field in struct.fields}
    assert printed == expected | ({struct.tag_field} if struct.tag_field else set())


def test_every_interface_is_printed_once():
    names = re.findall(r"^export (?:interface|type) (\w+)", PRINTED, re.M)
    assert len(names) == len(set(names))


def test_every_command_has_its_name_and_its_permission():
    assert [interface(kind.__name__)["t"] for kind in COMMANDS.values()] == [
        f'"{tag}"' for tag in COMMANDS
    ]
    needs = re.search(r"NEEDS.*? = ({.*?^})", PRINTED, re.M | re.S)
    assert needs is not None
    assert msgspec.json.decode(needs[1]) == {tag: kind.may for tag, kind in COMMANDS.items()}


def test_every_close_code_is_printed():
    codes = re.search(r"CLOSING = ({.*?^})", PRINTED, re.M | re.S)
    assert codes is not None
    assert msgspec.json.decode(codes[1]) == {code.name: code.value for code in Closing}


def test_a_record_leaves_absent_fields_out_and_a_command_may_say_null():
    note, edit = interface("Note"), interface("EditNote")
    assert (note["unit?"], note["is_hidden"]) == ("string", "boolean")
    assert edit["unit?"] == "string | null"


def test_a_type_that_nobody_thought_of_is_an_error():
    assert typescript._type(AnyType()) == "Json"
    with pytest.raises(TypeError):
        typescript._type(DateTimeType())
