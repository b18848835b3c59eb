"""Hidden is hidden on the wire."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.given import (
    AINO,
    FANNY,
    MARTAT,
    MILK,
    OLLI,
    SIRI,
    SKETCHING,
    SMALL_DESK,
    SYDAN,
    THERE,
    a_cluster,
    a_desk,
    a_note,
)

from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.patch import Form, Patch, diff, form, merge
from etatyopoyta.domain.records import Note, Record, Shows
from etatyopoyta.domain.visibility import ANYBODY, Audiences, Views, own_records, veil, views

SECRET = a_note(
    "note_secret", text="Salaisuus", at=THERE, is_hidden=True, unit="kpl", source="Kela", version=3
)
VEILED: Form = {"t": "note", "id": SECRET.id, "is_hidden": True, "organisation": MARTAT}
SHOWN = replace(SECRET, is_hidden=False)
AUTHOR = frozenset({AINO, MARTAT, "participant"})
MATE = frozenset({OLLI, MARTAT, "participant"})
OTHER = frozenset({SIRI, SYDAN, "participant"})
FACILITATOR = frozenset({FANNY, "facilitator"})
OTHERS = [ANYBODY, MATE, OTHER, FACILITATOR]
EVERYBODY = [AUTHOR, *OTHERS]
NOTES = st.builds(
    a_note,
    st.just("note_1"),
    text=st.sampled_from(["Salaisuus", "Maito"]),
    author=st.sampled_from([None, AINO, SIRI]),
    organisation=st.sampled_from([None, MARTAT, SYDAN]),
    shows=st.sampled_from(Shows),
    is_hidden=st.booleans(),
    cluster=st.sampled_from([None, "cluster_1"]),
    unit=st.sampled_from([None, "kpl"]),
    version=st.integers(1, 2),
)


def viewed(changes: list[Change]) -> Views:
    """The views of the patch that these changes come from."""
    patch = {
        record_id: diff(form(old) if old else None, form(new) if new else None)
        for record_id, old, new in changes
    }
    return views(changes, patch)


def seen_by(viewer: Audiences, changes: list[Change]) -> dict[str, Form | None]:
    return viewed(changes).to(viewer)


def after(old: Form | None, change: Form | None) -> Form | None:
    """What a client makes of it."""
    return None if change is None else merge(old or {}, change)


def test_V1_whether_a_note_is_hidden_is_stored_on_it():
    assert form(SECRET)["is_hidden"] is True
    assert form(MILK)["is_hidden"] is False


def test_V1_a_reveal_patches_the_note_to_what_all_may_see():
    found = seen_by(ANYBODY, [Change(SECRET.id, SECRET, SHOWN)])[SECRET.id]
    assert after(VEILED, found) == veil(SHOWN, ANYBODY)
    assert found is not None
    assert found["text"] == SECRET.text


def test_V1_hiding_takes_every_field_back():
    change = seen_by(ANYBODY, [Change(SECRET.id, SHOWN, SECRET)])[SECRET.id]
    assert after(veil(SHOWN, ANYBODY), change) == VEILED


def test_V1_a_change_behind_the_veil_changes_nothing_for_others():
    edited = replace(SECRET, text="Toinen", at=MILK.at, version=4)
    found = viewed([Change(SECRET.id, SECRET, edited)])
    assert found.common == {}
    assert found.to(AUTHOR) == {SECRET.id: diff(form(SECRET), form(edited))}


def test_V1_a_removed_note_is_removed_for_all():
    found = viewed([Change(SECRET.id, SECRET, None)])
    assert found.common == {SECRET.id: None}
    assert found.audiences == ANYBODY


@pytest.mark.parametrize("viewer", OTHERS)
def test_V3_a_hidden_note_is_an_id_and_an_organisation(viewer: Audiences):
    assert veil(SECRET, viewer) == VEILED


@pytest.mark.parametrize("viewer", OTHERS)
def test_V3_on_an_anonymous_desk_it_is_an_id_only(viewer: Audiences):
    anonymous = replace(SECRET, shows=Shows.NOTHING)
    assert veil(anonymous, viewer) == {"t": "note", "id": SECRET.id, "is_hidden": True}


def test_V3_a_hidden_note_without_an_organisation_is_an_id_only():
    homeless = replace(SECRET, organisation=None)
    assert veil(homeless, ANYBODY) == {"t": "note", "id": SECRET.id, "is_hidden": True}


@pytest.mark.parametrize(
    ("shows", "missing"),
    [
        (Shows.NAME, set()),
        (Shows.ORGANISATION, {"author"}),
        (Shows.NOTHING, {"author", "organisation"}),
    ],
)
@pytest.mark.parametrize("viewer", OTHERS)
def test_V3_a_shown_note_tells_of_its_author_what_the_desk_allows(
    viewer: Audiences, shows: Shows, missing: set[str]
):
    note = replace(MILK, shows=shows)
    assert set(form(note)) - set(veil(note, viewer) or {}) == missing


@pytest.mark.parametrize("shows", list(Shows))
@pytest.mark.parametrize("is_hidden", [True, False])
def test_V3_the_author_sees_all_of_it(shows: Shows, is_hidden: bool):
    note = replace(MILK, shows=shows, is_hidden=is_hidden)
    assert veil(note, AUTHOR) == form(note)


def test_V3_a_note_without_an_author_is_nobodys():
    assert veil(replace(SECRET, author=None), ANYBODY) == VEILED


def test_V5_an_organisation_mate_does_not_see_a_hidden_note():
    assert veil(SECRET, MATE) == VEILED


def test_V5_a_note_that_is_handed_over_is_seen_by_the_new_author_only():
    handed = replace(SECRET, author=SIRI)
    change = [Change(SECRET.id, SECRET, handed)]
    assert after(form(SECRET), seen_by(AUTHOR, change)[SECRET.id]) == VEILED
    assert after(VEILED, seen_by(OTHER, change)[SECRET.id]) == form(handed)
    assert viewed(change).common == {}


@pytest.mark.parametrize("item", [*SMALL_DESK, a_cluster("cluster_1")], ids=lambda item: item.id)
def test_other_records_are_seen_by_all(item: Record):
    assert veil(item, ANYBODY) == form(item)
    assert viewed([Change(item.id, None, item)]).audiences == ANYBODY


def test_what_is_ones_own_comes_on_top_of_what_all_see():
    desk = a_desk(SECRET, MILK, a_note("note_3", author=SIRI, organisation=SYDAN))
    extra = own_records(desk, AUTHOR)
    assert set(extra) == {SECRET.id, MILK.id}
    for note in (SECRET, MILK):
        change = extra[note.id]
        assert change is not None
        assert merge(veil(note, ANYBODY), change) == form(note)


def test_what_all_see_anyway_is_not_sent_again():
    desk = a_desk(replace(MILK, shows=Shows.NAME))
    assert own_records(desk, AUTHOR) == {}
    assert own_records(desk, MATE) == {}


@settings(deadline=None, max_examples=300)
@given(st.none() | NOTES, st.none() | NOTES, st.sampled_from(EVERYBODY))
def test_a_view_of_a_change_turns_the_veiled_old_form_into_the_veiled_new_one(
    old: Note | None, new: Note | None, viewer: Audiences
):
    if old is None and new is None:
        return
    before = veil(old, viewer) if old else None
    found = seen_by(viewer, [Change("note_1", old, new)])
    now = after(before, found["note_1"]) if "note_1" in found else before
    assert now == (veil(new, viewer) if new else None)


@settings(deadline=None, max_examples=300)
@given(st.none() | NOTES, NOTES, st.sampled_from(EVERYBODY))
def test_so_does_it_for_who_starts_from_what_all_saw_and_is_welcomed_after_it(
    old: Note | None, new: Note, viewer: Audiences
):
    before = veil(old, ANYBODY) if old else None
    found = seen_by(viewer, [Change("note_1", old, new)])
    now = after(before, found["note_1"]) if "note_1" in found else before
    own = own_records(a_desk(new), viewer)
    assert (after(now, own[new.id]) if own else now) == veil(new, viewer)


def test_speaker_notes_are_for_facilitators():
    section = replace(SKETCHING, speaker_notes="Muista kahvi")
    assert veil(section, FACILITATOR) == form(section)
    assert "kahvi" not in str([veil(section, viewer) for viewer in (ANYBODY, AUTHOR, MATE)])
    change = [Change(section.id, replace(section, speaker_notes=None), section)]
    assert seen_by(FACILITATOR, change) == {section.id: {"speaker_notes": "Muista kahvi"}}
    assert seen_by(AUTHOR, change) == {}


def test_who_belongs_to_several_audiences_of_an_entry_sees_what_each_of_them_sees():
    section = replace(SKETCHING, speaker_notes="Muista kahvi")
    both = [Change(SECRET.id, None, SECRET), Change(section.id, None, section)]
    assert seen_by(AUTHOR | FACILITATOR, both) == {
        SECRET.id: form(SECRET),
        section.id: form(section),
    }


def test_a_field_of_a_later_version_is_shown_to_nobody():
    patch: Patch = {MILK.id: {"text": "Piimä", "whisper": "salaisuus"}}
    found = views(a_desk(MILK).apply(patch), patch)
    assert found.common == {MILK.id: {"text": "Piimä"}}
    assert "salaisuus" not in str(found)


@settings(deadline=None)
@given(NOTES, st.sampled_from([ANYBODY, MATE, FACILITATOR]))
def test_nothing_of_a_hidden_note_is_in_what_others_get(note: Note, viewer: Audiences):
    hidden = replace(note, is_hidden=True)
    wire: list[Any] = [
        veil(hidden, viewer),
        seen_by(viewer, [Change(note.id, None, hidden)]),
        own_records(Desk([hidden]), viewer),
    ]
    assert note.text not in str(wire)
    assert "kpl" not in str(wire)
    assert not any(author in str(wire) for author in (AINO, SIRI))
