"""A desk leaves as JSON and comes back the same."""

import json
import re
from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace
from tests.cards.given import HIDDEN, NAMELESS, edition, full_desk
from tests.domain.given import AINO, a_round, a_row, a_vote

from etatyopoyta import templates
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import form
from etatyopoyta.domain.records import (
    KINDS,
    Actual,
    Approval,
    Area,
    CardVersion,
    Comment,
    MemoRow,
    MinutesText,
    Note,
    Person,
    Point,
    RoundState,
    Section,
    Shows,
    Vote,
)
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports.json import SCHEMA, parse
from etatyopoyta.exports.schema import schema_json


def made(desk: Desk) -> bytes:
    return FORMATS["json"].export(desk, edition())


def refused(content: bytes) -> Refused:
    with pytest.raises(Refused) as found:
        parse(content)
    return found.value


def changed(**values: object) -> bytes:
    return json.dumps(json.loads(made(full_desk())) | values).encode()


def test_the_file_names_its_schema_and_its_moment():
    file = json.loads(made(full_desk()))
    assert (file["schema"], file["n"], file["made_at"]) == (
        SCHEMA,
        42,
        "2025-11-24T16:30:00+00:00",
    )
    assert file["hidden_notes_left_out"] == 1


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_desk_comes_back_with_the_same_hash(name: str):
    desk = Desk(templates.load(name))
    content = made(desk)
    assert json.loads(content)["state_hash"] == desk.state_hash()
    assert Desk(parse(content)).state_hash() == desk.state_hash()


def test_a_full_desk_comes_back_as_it_was_exported():
    content = made(full_desk())
    back = Desk(parse(content))
    assert back.state_hash() == json.loads(content)["state_hash"]
    assert made(back).replace(b'"hidden_notes_left_out": 0', b'"hidden_notes_left_out": 1') == (
        content
    )


def test_a_desk_that_hides_nobody_has_its_own_hash():
    desk = full_desk()
    desk.apply({"note_6": None})
    for note in list(desk.of(Note)):
        desk.apply({note.id: {"shows": Shows.NAME}})
    assert json.loads(made(desk))["state_hash"] == desk.state_hash()


def test_hidden_notes_and_authors_do_not_leave():
    content = made(full_desk()).decode()
    assert HIDDEN not in content
    assert "note_6" not in content
    records = parse(content.encode())
    notes = {record.id: record for record in records if isinstance(record, Note)}
    assert {note.author for note in notes.values()} == {None}
    assert [n.organisation for n in notes.values() if n.text == NAMELESS] == [None]
    assert notes["note_1"].organisation == "org_b"


def every_kind() -> Desk:
    """A desk with every kind of record that there is."""
    desk = full_desk()
    section = next(desk.of(Section))
    more = [
        Area(id="area_1", workshop="workshop_1", title="x", at=Point(0, 0), width=9, height=9),
        Comment(id="comment_1", about="goal_1", text="eri mieltä", created_ms=1, handled_ms=2),
        Approval(
            id="approval_1", network="network_1", goal="goal_1", by=AINO, wording="x", at_ms=1
        ),
        CardVersion(id="version_1", number=1, published_ms=1, withdrawn_ms=2, withdrawn_why="x"),
        Actual(id="actual_1", measure="measure_1", year=2026, value=-1.5, created_ms=1),
        MinutesText(id="minutes_1", workshop="workshop_1", text="x"),
        replace(section, left_ms=-1),
        a_row("row_1"),
        a_round("round_1", state=RoundState.CLOSED),
        a_vote("vote_1", round="round_1", is_hidden=False),
    ]
    desk.apply({record.id: form(record) for record in more})
    return desk


def test_every_kind_of_record_comes_back_except_memos():
    desk = every_kind()
    assert {type(record) for record in desk} == set(KINDS.values())
    content = made(desk)
    records = parse(content)
    assert {type(record) for record in records} == set(KINDS.values()) - {MemoRow}
    assert Desk(records).state_hash() == json.loads(content)["state_hash"]


def test_the_schema_describes_every_record_of_the_file():
    schema = json.loads(schema_json("desk"))
    kinds = {
        kind["properties"]["t"]["enum"][0]: kind
        for kind in schema["$defs"].values()
        if "t" in kind.get("properties", {})
    }
    assert set(kinds) == set(KINDS)
    for record in json.loads(made(every_kind()))["records"]:
        kind = kinds[record["t"]]
        assert set(kind["required"]) <= set(record) <= set(kind["properties"])
        pattern = kind["properties"]["id"].get("pattern", "")
        assert re.search(pattern, record["id"])


def test_the_schema_has_no_pattern_that_only_python_knows():
    assert "\\\\Z" not in schema_json("desk").decode()
    assert "{1,24}$" in schema_json("desk").decode()


def test_people_leave_without_names():
    people = [record for record in parse(made(full_desk())) if isinstance(record, Person)]
    assert [set(msgspec.structs.asdict(person)) for person in people] == [
        {
            "id",
            "role",
            "organisation",
            "has_left",
            "is_member",
            "is_muted",
            "removed_ms",
            "came_by",
        }
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'"x"',
        b"{}",
        b'{"schema": 1}',
        b'{"schema": "etatyopoyta.desk/1"}',
        b'{"schema": "etatyopoyta.desk/1", "state_hash": "x", "records": [{"t": "nothing"}]}',
        b'{"schema": "etatyopoyta.desk/1", "state_hash": "x", "records": []}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_export_is_unreadable(content: bytes):
    assert refused(content).code == "import.unreadable"


def test_a_file_cut_short_is_unreadable():
    content = made(full_desk())
    assert refused(content[: len(content) // 2]).code == "import.unreadable"


def test_an_unknown_schema_is_named():
    found = refused(changed(schema="etatyopoyta.desk/2"))
    assert (found.code, found.details) == (
        "import.unknown_schema",
        {"schema": "etatyopoyta.desk/2"},
    )


def with_record(record_id: str, **values: object) -> bytes:
    records = json.loads(made(full_desk()))["records"]
    for record in records:
        if record["id"] == record_id:
            record.update(values)
    return changed(records=records)


def test_a_changed_record_is_noticed():
    found = refused(with_record("note_1", text="toinen"))
    assert found.details == {"reason": "state_hash"}


def test_a_field_that_this_version_would_lose_is_noticed():
    records = json.loads(with_record("note_1", colour="red"))["records"]
    forms = msgspec.json.encode(sorted(records, key=lambda r: r["id"]), order="deterministic")
    content = changed(records=records, state_hash=sha256(forms).hexdigest())
    assert refused(content).details == {"reason": "state_hash"}


@pytest.mark.parametrize(
    ("record", "values", "reason"),
    [
        ("note_1", {"id": "<script>"}, "id"),
        ("note_2", {"id": "note_1"}, "id_twice"),
        ("note_1", {"id": "cluster_9"}, "id"),
        ("card", {"id": "desk2"}, "id"),
        ("note_1", {"created_ms": 10**17}, "time"),
        ("note_1", {"created_ms": -1}, "time"),
        (
            "section_plan",
            {"links": [{"title": {"fi": "x"}, "url": "javascript:alert(1)"}]},
            "link",
        ),
    ],
)
def test_records_that_no_command_could_have_made_are_unreadable(
    record: str, values: dict[str, object], reason: str
):
    found = refused(with_record(record, **values))
    assert (found.code, found.details["reason"]) == ("import.unreadable", reason)


def test_without_its_card_it_is_no_desk():
    records = [r for r in json.loads(made(full_desk()))["records"] if r["id"] != "card"]
    assert refused(changed(records=records)).details["reason"] == "no_desk"


def test_memos_speaker_notes_open_votes_and_voters_do_not_leave():
    desk = full_desk()
    section = next(desk.of(Section))
    closed = a_vote("vote_1", round="round_1", is_hidden=False)
    records = [
        a_row("row_1"),
        replace(section, speaker_notes="Muista kahvi"),
        a_round("round_1", state=RoundState.CLOSED),
        a_round("round_0", state=RoundState.OPEN),
        a_vote("vote_0"),
        closed,
    ]
    desk.apply({record.id: form(record) for record in records})
    content = made(desk).decode()
    for secret in ("Salaisuus", "kahvi", "vote_0", AINO):
        assert secret not in content
    [vote] = [record for record in parse(content.encode()) if isinstance(record, Vote)]
    assert vote == replace(closed, voter=None, organisation=None)
