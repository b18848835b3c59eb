"""The state of a desk, and drafts on top of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.domain.given import (
    BREAD,
    BREAK,
    HERE,
    INFO,
    MAPPING,
    MILK,
    SHEET,
    SMALL_DESK,
    THERE,
    a_cluster,
    a_desk,
    a_note,
)

from etatyopoyta.domain.desk import Change, Desk, Overlay
from etatyopoyta.domain.patch import Patch, form
from etatyopoyta.domain.records import KINDS, Card, Cluster, Note, Record, Section, SectionState
from etatyopoyta.domain.refused import Refused

RECORDS: tuple[Record, ...] = (MILK, BREAD, a_note("note_3"), a_cluster("cluster_1"))


@st.composite
def patches(draw: st.DrawFn) -> Patch:
    """Whole records put down or taken away: what applies to any desk."""
    chosen = draw(st.lists(st.sampled_from(RECORDS), unique=True, max_size=4))
    places = st.sampled_from([None, HERE, THERE])
    patch: Patch = {}
    for item in chosen:
        at = draw(places)
        patch[item.id] = None if at is None else form(replace(item, at=at))
    return patch


def seen(desk: Desk) -> dict[str, Record]:
    """All that one can learn of a desk, checked against each other."""
    by_id = {item.id: item for item in desk}
    for kind in KINDS.values():
        of_kind = list(desk.of(kind))
        assert desk.count(kind) == len(of_kind)
        assert of_kind == [item for item in desk if isinstance(item, kind)]
    for record_id in {*by_id, *(item.id for item in RECORDS)}:
        assert desk.find(record_id) == by_id.get(record_id)
        assert (record_id in desk) == (record_id in by_id)
    return by_id


def test_a_desk_has_its_records_by_id_and_kind():
    desk = a_desk(MILK)
    assert desk.get(Note, MILK.id) == MILK
    assert list(desk.of(Note)) == [MILK]
    assert desk.info == INFO
    assert desk.card == SHEET
    assert seen(desk) == {item.id: item for item in (*SMALL_DESK, MILK)}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_a_record_that_is_not_there_is_gone(kind: type[Record]):
    with pytest.raises(Refused) as refused:
        Desk().get(kind, "note_none")
    assert refused.value.code == f"{kind.__struct_config__.tag}.gone"


def test_a_record_of_another_kind_is_gone():
    with pytest.raises(Refused) as refused:
        a_desk(MILK).get(Cluster, MILK.id)
    assert refused.value.code == "cluster.gone"


def test_an_empty_desk_has_neither_a_name_nor_a_card():
    with pytest.raises(Refused, match=r"^desk\.gone$"):
        Desk().info
    with pytest.raises(Refused, match=r"^card\.gone$"):
        Desk().card


def test_the_open_section_is_the_one_whose_state_says_so():
    assert a_desk().open_section() is None
    running = replace(MAPPING, state=SectionState.OPEN)
    assert a_desk(running, replace(BREAK, state=SectionState.CLOSED)).open_section() == running


def test_applying_says_what_it_did():
    desk = a_desk(MILK)
    changes = desk.apply({MILK.id: {"at": {"x": 300, "y": -200}}, BREAD.id: form(BREAD)})
    assert changes == [
        Change(MILK.id, MILK, replace(MILK, at=THERE)),
        Change(BREAD.id, None, BREAD),
    ]
    assert desk.apply({MILK.id: None}) == [Change(MILK.id, replace(MILK, at=THERE), None)]


def test_removing_what_is_not_there_changes_nothing():
    desk = a_desk()
    assert desk.apply({MILK.id: None}) == [Change(MILK.id, None, None)]
    assert desk.state_hash() == a_desk().state_hash()


def test_an_empty_patch_changes_nothing():
    desk = a_desk()
    assert desk.apply({}) == []
    assert desk.state_hash() == a_desk().state_hash()


def test_the_hash_does_not_depend_on_the_order_of_things():
    assert Desk([MILK, BREAD]).state_hash() == Desk([BREAD, MILK]).state_hash()


@pytest.mark.parametrize("other", [replace(MILK, version=2), replace(MILK, cluster="cluster_1")])
def test_other_desks_have_other_hashes(other: Note):
    assert Desk([MILK]).state_hash() != Desk([other]).state_hash()


def test_a_draft_leaves_the_desk_below_alone():
    desk = a_desk(MILK)
    before = desk.state_hash()
    draft = desk.overlay()
    draft.apply({MILK.id: None, BREAD.id: form(BREAD)})
    assert desk.state_hash() == before
    assert (MILK.id in draft, BREAD.id in draft) == (False, True)


def test_a_draft_sees_what_happens_below():
    desk = a_desk()
    draft = desk.overlay()
    desk.apply({MILK.id: form(MILK)})
    assert draft.get(Note, MILK.id) == MILK


def test_a_draft_keeps_the_order_of_the_desk_below():
    draft = Desk([MILK, BREAD]).overlay()
    draft.apply({MILK.id: {"version": 2}, "note_3": form(a_note("note_3"))})
    assert [note.id for note in draft.of(Note)] == [MILK.id, BREAD.id, "note_3"]


def test_a_draft_of_nothing_is_empty():
    draft = Overlay.of_nothing()
    assert seen(draft) == {}
    draft.apply({MILK.id: form(MILK)})
    assert seen(draft) == {MILK.id: MILK}


@settings(deadline=None)
@given(st.lists(st.sampled_from(RECORDS), unique=True), st.lists(patches(), max_size=5))
def test_a_draft_behaves_as_the_desk_with_the_patches_applied(
    start: list[Record], changes: list[Patch]
):
    below, plain = Desk((*SMALL_DESK, *start)), Desk((*SMALL_DESK, *start))
    draft = below.overlay()
    for patch in changes:
        assert draft.apply(patch) == plain.apply(patch)
        assert seen(draft) == seen(plain)
        assert draft.state_hash() == plain.state_hash()
        assert draft.card == plain.get(Card, SHEET.id)
        assert list(draft.of(Section)) == list(plain.of(Section))


@settings(deadline=None)
@given(st.lists(st.sampled_from(RECORDS), unique=True), patches(), patches())
def test_a_draft_of_a_draft_is_a_draft(start: list[Record], first: Patch, second: Patch):
    plain, draft = Desk(start), Desk(start).overlay()
    plain.apply(first)
    draft.apply(first)
    plain.apply(second)
    higher = draft.overlay()
    higher.apply(second)
    assert seen(higher) == seen(plain)
    assert higher.state_hash() == plain.state_hash()
