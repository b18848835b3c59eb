"""The sample fits the template that it is shown on."""

import json
from importlib.resources import files
from typing import Any

from etatyopoyta import templates
from etatyopoyta.domain.notes import MAX_NOTES_ON_DESK
from etatyopoyta.domain.records import Network
from etatyopoyta.domain.text import MAX_NOTE_CHARACTERS, clean

SAMPLE = files("etatyopoyta.demo")


def notes() -> list[dict[str, str]]:
    lines = SAMPLE.joinpath("notes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def loaded(name: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(SAMPLE.joinpath(name).read_text("utf-8"))
    return content


def test_notes_have_these_fields_and_texts_as_a_desk_keeps_them():
    assert len(notes()) == len({note["id"] for note in notes()}) <= MAX_NOTES_ON_DESK
    for note in notes():
        assert list(note) == ["id", "text", "organisation", "network", "cluster"]
        assert clean(note["text"], MAX_NOTE_CHARACTERS, "note") == note["text"]


def test_every_cluster_has_a_title_in_both_languages():
    labels = {label["cluster"]: label for label in loaded("labels.json")}
    assert {note["cluster"] for note in notes()} == set(labels)
    assert all(label["title_fi"] and label["title_sv"] for label in labels.values())


def test_the_networks_are_the_slots_of_the_template_and_the_named_ones_keep_their_names():
    networks = loaded("networks.json")
    slots = [record for record in templates.load("nekku") if isinstance(record, Network)]
    assert [network["id"] for network in networks] == [slot.id for slot in slots]
    assert {note["network"] for note in notes()} == {network["network"] for network in networks}
    for network, slot in zip(networks, slots, strict=True):
        assert set(network["name"]) == {"fi", "sv", "en"}
        if slot.name is not None:
            assert network["name"]["fi"] == slot.name.fi
