"""Recorded logs stay readable for ever (O8)."""

from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from tests.domain.given import forms

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form, Patch, merge
from etatyopoyta.domain.visibility import ANYBODY, veil, views

LOGS = sorted(Path(__file__).parent.glob("*.json"))


class Recorded(Struct, forbid_unknown_fields=True):
    """A log and its desk at the end."""

    commands: list[str]
    entries: list[Patch]
    records: dict[str, Form]
    hash: str


def read(path: Path) -> Recorded:
    return msgspec.json.decode(path.read_bytes(), type=Recorded)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_O8_a_recorded_log_still_leads_to_its_desk(path: Path):
    recorded = read(path)
    desk = Desk()
    for patch in recorded.entries:
        desk.apply(patch)
    assert forms(desk) == recorded.records
    assert desk.state_hash() == recorded.hash


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_O8_merging_alone_leads_there_as_in_a_browser(path: Path):
    recorded = read(path)
    merged: dict[str, Form] = {}
    for patch in recorded.entries:
        for record_id, change in patch.items():
            if change is None:
                del merged[record_id]
            else:
                merged[record_id] = merge(merged.get(record_id), change)
    assert merged == recorded.records


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_O9_what_all_see_of_a_recorded_log_is_the_veiled_desk(path: Path):
    desk = Desk()
    seen: dict[str, Form] = {}
    for patch in read(path).entries:
        for record_id, change in views(desk.apply(patch), patch).common.items():
            if change is None:
                del seen[record_id]
            else:
                seen[record_id] = merge(seen.get(record_id), change)
    veiled = {item.id: veil(item, ANYBODY) for item in desk}
    assert seen == {record_id: form for record_id, form in veiled.items() if form is not None}
    assert "alaisuus" not in str(seen)


def test_every_entry_has_its_command():
    for path in LOGS:
        recorded = read(path)
        assert len(recorded.commands) == len(recorded.entries)
