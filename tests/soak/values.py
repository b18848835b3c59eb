"""Random values of the wire's types, made fast: most of them fit, some are of the wrong kind."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import inspect
from tests.domain.given import SMALL_DESK
from tests.properties.started import STARTED

from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.protocol import frames

WRONG = 0.01
"""How often a value is of the wrong kind."""
STRANGE: list[Any] = [
    None, True, -1, 0, 2**63, -(2**70), 1.5, 1e308, "", "\x00", "\ud7ff\u202e", "ä" * 5_000,
    [], {}, [[[[[[]]]]]], {"t": "note.add"}, "note_0", "__proto__", "../../etc", "=1+1",
]  # fmt: skip
WORDS = ["Kävijämäärä", "a\u0308iti", " ", "", "x\x00", "y" * 201, "å" * 2_001, "👩‍👩‍👧", "p1"]
NUMBERS = [-(10**6), -1, 0, 1, 2, 3, 5, 100, 10**6]
KEYS = ["p1", "p2", "strengths", "population", "2025", "2025-10", "2025-10-15", "2025-02-30", ""]


class Values:
    """Where random frames and commands come from."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        known = [str(record.id) for record in (*SMALL_DESK, *STARTED)]
        self._ids: dict[str, list[str]] = {}
        for record_id in known:
            self._ids.setdefault(record_id.split("_")[0], []).append(record_id)
        self._commands = [
            (tag, self._struct(inspect.type_info(kind)))
            for tag, kind in COMMANDS.items()
            if tag != "person.remove"  # which closes the pages that count the answers
        ]
        self._frames = [
            (kind.__struct_config__.tag, self._struct(inspect.type_info(kind)))
            for kind in (frames.Hello, frames.PresenceMoved, frames.Ping)
        ]

    def command(self) -> bytes:
        """A command as JSON."""
        tag, make = self._chance.choice(self._commands)
        return msgspec.json.encode({"t": tag, **make()})

    def frame(self, rid: str) -> bytes:
        """A frame as a client sends it: most are asks."""
        if self._chance.random() < 0.7:
            return b'{"t":"ask","rid":"%b","cmd":%b}' % (rid.encode(), self.command())
        tag, make = self._chance.choice(self._frames)
        return msgspec.json.encode({"t": tag, **make()})

    def _struct(self, info: inspect.Type) -> Callable[[], dict[str, Any]]:
        assert isinstance(info, inspect.StructType)
        fields = [(f.encode_name, f.required, self._value(f.type)) for f in info.fields]
        chance = self._chance

        def make() -> dict[str, Any]:
            return {
                name: make_value()
                for name, is_required, make_value in fields
                if is_required or chance.random() < 0.5
            }

        return make

    def _value(self, kind: inspect.Type) -> Callable[[], Any]:
        """What makes values of the kind, and now and then of another."""
        make = self._right(kind)
        chance = self._chance
        return lambda: chance.choice(STRANGE) if chance.random() < WRONG else make()

    def _right(self, kind: inspect.Type) -> Callable[[], Any]:  # noqa: C901  one case per kind
        chance = self._chance
        match kind:
            case inspect.Metadata():
                return self._right(kind.type)
            case inspect.StrType(pattern=pattern) if pattern:
                return self._id(pattern)
            case inspect.StrType():
                return lambda: chance.choice(WORDS)
            case inspect.IntType(ge=least, le=most):
                low, high = least or -(10**6), most or 10**6
                within = [low, high, *(n for n in NUMBERS if low <= n <= high)]
                return lambda: chance.choice(within)
            case inspect.FloatType():
                return lambda: chance.uniform(-1e9, 1e9)
            case inspect.BoolType():
                return lambda: chance.random() < 0.5
            case inspect.EnumType():
                values = [member.value for member in kind.cls]
                return lambda: chance.choice(values)
            case inspect.LiteralType():
                return lambda: chance.choice(kind.values)
            case inspect.UnionType():
                makers = [self._right(each) for each in kind.types]
                return lambda: chance.choice(makers)()
            case inspect.StructType():
                return self._tagged(kind)
            case inspect.VarTupleType() | inspect.ListType():
                item = self._value(kind.item_type)
                return lambda: [item() for _ in range(chance.choice((0, 1, 1, 2, 3, 201)))]
            case inspect.DictType():
                key, value = self._right(kind.key_type), self._value(kind.value_type)
                return lambda: {str(key()): value() for _ in range(chance.choice((0, 1, 2, 3)))}
        return lambda: chance.choice(STRANGE)

    def _tagged(self, kind: inspect.StructType) -> Callable[[], Any]:
        make = self._struct(kind)
        tag = {} if kind.tag_field is None else {kind.tag_field: kind.tag}
        return lambda: {**tag, **make()}

    def _id(self, pattern: str) -> Callable[[], str]:
        """Ids that are there, and some that are not."""
        chance = self._chance
        prefix = pattern.removeprefix("^").split("_")[0]
        if not prefix.isalpha():
            return lambda: chance.choice(KEYS)
        known = self._ids.get(prefix, [])
        some = [*known * 6, *(f"{prefix}_{number}" for number in range(8))]
        return lambda: chance.choice(some)


def broken(frame: bytes, chance: random.Random) -> bytes:
    """The frame with something wrong: cut, flipped, doubled, filled in, nested, or replaced."""
    place = chance.randrange(len(frame))
    match chance.randrange(8):
        case 0:
            return frame[:place]
        case 1:
            flipped = bytearray(frame)
            flipped[place] ^= 1 << chance.randrange(8)
            return bytes(flipped)
        case 2:
            return frame[:place] + frame[chance.randrange(len(frame)) :]
        case 3:
            return frame[:place] + chance.randbytes(chance.randrange(1, 9)) + frame[place:]
        case 4:
            return (
                frame[:place] + frame[place : place + 20] * chance.randrange(2, 50) + frame[place:]
            )
        case 5:
            deep = chance.randrange(1, 20_000)
            return frame[:place] + chance.choice((b"[", b'{"a":')) * deep
        case 6:
            return msgspec.json.encode(chance.choice(STRANGE))
        case _:
            return chance.randbytes(chance.randrange(200))
