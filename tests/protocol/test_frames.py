"""Frames, both ways."""

from random import Random
from typing import Any, get_args

import msgspec
import pytest
from msgspec import Raw
from tests.domain.given import MILK

from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.domain.notes import EditNote, RemoveNotes
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import Point, Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import (
    AnyFromClient,
    AnyFromServer,
    Ask,
    Bye,
    Done,
    Entries,
    FromServer,
    Hello,
    Malformed,
    PauseReason,
    People,
    Ping,
    Pong,
    Presence,
    PresenceMoved,
    RefusedAsk,
    Resync,
    Saving,
    Settled,
    Welcome,
    WireEntry,
    decode,
    decode_command,
    encode,
    entries_frame,
    entry_json,
)

RID = "abcdefgh:1"
COMMAND = Raw(b'{"t":"note.remove","notes":["note_1"]}')
ENTRIES = [
    WireEntry(7, 1_000, {MILK.id: form(MILK)}),
    WireEntry(8, 1_001, {}),
    WireEntry(9, 1_002, {MILK.id: None, "note_2": {"cluster": None, "text": 'Ääni "\u2028'}}),
]
FROM_CLIENT: list[msgspec.Struct] = [
    Hello(ticket="t", since=3, mark="m"),
    Hello(ticket="t"),
    Ask(rid=RID, cmd=COMMAND),
    Ask(rid=RID, cmd=COMMAND, section="section_board"),
    PresenceMoved(at=Point(1, -2)),
    PresenceMoved(),
    Ping(),
]
FROM_SERVER: list[FromServer] = [
    Entries(ENTRIES, "m"),
    Welcome(
        n=9,
        mark="m",
        person="person_aino",
        role=Role.PARTICIPANT,
        now_ms=1_000,
        build="b",
        own={MILK.id: {"author": "person_aino"}},
    ),
    Resync(),
    Settled([Done(RID, 9), Done("abcdefgh:2", None)]),
    RefusedAsk(RID, "note.empty"),
    RefusedAsk(RID, "goal.slots_full", {"goals": ["goal_1"], "limit": 2}, 500),
    People({"person_aino": "Aino Ä."}),
    Presence({"person_aino": Point(1, 2), "person_olli": None}, ["person_siri"]),
    Saving(is_paused=True, reason=PauseReason.DISK),
    Pong(1_000),
    Bye(500),
]
BROKEN = {
    "nothing": "",
    "no JSON": "moi",
    "half an object": '{"t":"ping"',
    "something after it": '{"t":"ping"}{"t":"ping"}',
    "a list": "[]",
    "a number": "1",
    "null": "null",
    "no name": "{}",
    "an unknown name": '{"t":"shout"}',
    "a name of the server's": '{"t":"resync"}',
    "a command without its envelope": '{"t":"note.remove","notes":["note_1"]}',
    "a name that is no text": '{"t":1}',
    "an unknown field": '{"t":"ping","x":1}',
    "a field that is missing": '{"t":"ask","cmd":{}}',
    "a request id without counter": '{"t":"ask","rid":"abcdefgh","cmd":{}}',
    "a request id that counts from 0": '{"t":"ask","rid":"abcdefgh:0","cmd":{}}',
    "a request id with a line break": '{"t":"ask","rid":"abcdefgh:1\\n","cmd":{}}',
    "a short outbox": '{"t":"ask","rid":"abcdefg:1","cmd":{}}',
    "a negative number": '{"t":"hello","ticket":"t","since":-1}',
    "a number that is none": '{"t":"ask","rid":"abcdefgh:1","cmd":NaN}',
    "a fraction": '{"t":"hello","ticket":"t","since":1.5}',
    "a long ticket": '{"t":"hello","ticket":"' + "x" * 129 + '"}',
    "a place off the board": '{"t":"presence","at":{"x":100001,"y":0}}',
    "deep lists": '{"t":"ask","rid":"abcdefgh:1","cmd":' + "[" * 30_000 + "]" * 30_000 + "}",
    "deep objects": '{"t":"ask","rid":"abcdefgh:1","cmd":' + '{"a":' * 12_000 + "1" + "}" * 12_001,
    "half a surrogate": '{"t":"hello","ticket":"\ud800"}',
    "half a surrogate, escaped": '{"t":"ask","rid":"abcdefgh:1","cmd":"\\ud800"}',
}
UNREADABLE = {
    "a list": "[]",
    "null": "null",
    "no name": "{}",
    "an unknown name": '{"t":"note.shout"}',
    "an unknown field": '{"t":"person.leave","x":1}',
    "a field that is missing": '{"t":"note.remove"}',
    "nothing to do": '{"t":"note.remove","notes":[]}',
    "an id of another kind": '{"t":"note.remove","notes":["goal_1"]}',
    "an id with a line break": '{"t":"note.remove","notes":["note_1\\n"]}',
    "a number too big": '{"t":"figure.set","id":"figure_1","base":1,"value":1e400}',
}


@pytest.mark.parametrize("frame", FROM_CLIENT, ids=lambda f: type(f).__name__)
def test_a_clients_frame_comes_out_as_it_went_in(frame: Any):
    found = decode(msgspec.json.encode(frame))
    assert msgspec.json.encode(found) == msgspec.json.encode(frame)
    assert type(found) is type(frame)


@pytest.mark.parametrize("frame", FROM_SERVER, ids=lambda frame: type(frame).__name__)
def test_a_servers_frame_comes_out_as_it_went_in(frame: FromServer):
    assert msgspec.json.decode(encode(frame), type=AnyFromServer) == frame


def test_every_frame_is_tried():
    assert {type(frame) for frame in FROM_CLIENT} == set(get_args(AnyFromClient))
    assert {type(frame) for frame in FROM_SERVER} == set(get_args(AnyFromServer))


def test_text_and_bytes_say_the_same():
    assert decode('{"t":"ping"}') == decode(b'{"t":"ping"}') == Ping()


def test_spaces_between_things_do_no_harm():
    assert decode(' { "t" : "hello" , "ticket" : "t" } \n') == Hello(ticket="t")


def test_a_frame_without_absent_fields_is_the_same_as_with_null():
    assert decode('{"t":"presence"}') == decode('{"t":"presence","at":null}')


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_envelope_is_malformed(data: str):
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize("data", [b"\xff", b"\x00", b'{"t":"\xff"}', b'\xef\xbb\xbf{"t":"ping"}'])
def test_bytes_that_are_no_utf8_text_are_malformed(data: bytes):
    with pytest.raises(Malformed):
        decode(data)


def test_whatever_bytes_come_they_are_a_frame_or_malformed():
    chance = Random(20_250_615)
    known = [msgspec.json.encode(frame) for frame in FROM_CLIENT]
    for turn in range(100_000):
        data = bytearray(chance.choice(known) if turn % 2 else chance.randbytes(16))
        data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            frame = decode(bytes(data))
        except Malformed:
            continue
        if isinstance(frame, Ask):
            readable_or_refused(frame.cmd)


def readable_or_refused(cmd: Raw) -> None:
    try:
        decode_command(cmd)
    except Refused as refused:
        assert refused.code == "request.unreadable"  # noqa: PT017  a loop of many, not one case


def asking(rid: str) -> str:
    return f'{{"t":"ask","rid":"{rid}","cmd":{{}}}}'


def test_the_longest_request_id_is_taken_and_a_longer_one_is_not():
    longest = "x" * 40 + ":" + "9" * 15
    assert isinstance(decode(asking(longest)), Ask)
    for longer in ("x" + longest, longest + "9"):
        with pytest.raises(Malformed):
            decode(asking(longer))


def test_a_command_is_decoded_after_its_envelope():
    frame = decode(msgspec.json.encode(Ask(rid=RID, cmd=COMMAND)))
    assert isinstance(frame, Ask)
    assert decode_command(frame.cmd) == RemoveNotes(notes=("note_1",))


def test_a_field_that_is_null_is_not_one_that_is_missing():
    command = decode_command(Raw(b'{"t":"note.edit","id":"note_1","base":1,"unit":null}'))
    assert command == EditNote(id="note_1", base=1, unit=None)
    assert msgspec.json.encode(command) == b'{"t":"note.edit","id":"note_1","base":1,"unit":null}'


@pytest.mark.parametrize("cmd", UNREADABLE.values(), ids=UNREADABLE)
def test_W1_an_unreadable_command_is_refused_and_its_envelope_is_not(cmd: str):
    frame = decode(f'{{"t":"ask","rid":"{RID}","cmd":{cmd}}}')
    assert isinstance(frame, Ask)
    with pytest.raises(Refused) as refused:
        decode_command(frame.cmd)
    assert refused.value.code == "request.unreadable"


@pytest.mark.parametrize("tag", COMMANDS)
def test_W1_a_command_with_a_field_too_many_is_unreadable(tag: str):
    with pytest.raises(Refused, match=r"^request\.unreadable$"):
        decode_command(Raw(b'{"t":"%b","surprise":1}' % tag.encode()))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_entries_frame_joined_from_parts_is_the_encoded_struct(count: int):
    entries = ENTRIES[:count]
    parts = [entry_json(entry.n, entry.at_ms, entry.p) for entry in entries]
    assert entries_frame(parts, 'ma"rk') == encode(Entries(entries, 'ma"rk'))


def test_close_codes_are_unique_and_ours_or_the_standards():
    codes = [member.value for member in Closing.__members__.values()]
    assert len(set(codes)) == len(codes) == len(list(Closing))
    assert all(code in {1009, 1012} or 4000 <= code <= 4999 for code in codes)
