"""Changes as data."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.given import CULTURE, INFO, MILK, SMALL_DESK

from etatyopoyta.domain.patch import Form, Json, diff, form, merge, record
from etatyopoyta.domain.records import DeskInfo, Note

SCALARS = st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)
FORMS = st.dictionaries(st.sampled_from("abcde"), VALUES)

APPENDIX_A: list[tuple[Json, Form, Form]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]
"""RFC 7396, less its cases where the patch is no object: a patch of ours always is one."""


@pytest.mark.parametrize(("target", "change", "result"), APPENDIX_A)
def test_merging_is_as_in_the_rfc(target: Json, change: Form, result: Form):
    assert merge(target, change) == result


def test_merging_leaves_the_target_alone():
    target: Form = {"a": {"b": 1}, "c": 2}
    merge(target, {"a": {"b": None}, "c": None})
    assert target == {"a": {"b": 1}, "c": 2}


@settings(deadline=None, max_examples=300)
@given(FORMS, FORMS)
def test_merging_a_difference_gives_the_new_form(old: Form, new: Form):
    change = diff(old, new)
    assert change is not None
    assert merge(old, change) == new


@settings(deadline=None, max_examples=300)
@given(FORMS, FORMS)
def test_a_difference_and_its_opposite_undo_each_other(old: Form, new: Form):
    there, back = diff(old, new), diff(new, old)
    assert there is not None
    assert back is not None
    assert merge(merge(old, there), back) == old


@settings(deadline=None)
@given(FORMS)
def test_equal_forms_differ_in_nothing(of: Form):
    assert diff(of, of) == {}


def test_a_difference_from_nothing_is_the_form_and_to_nothing_is_none():
    assert diff(None, {"a": 1}) == {"a": 1}
    assert diff({"a": 1}, None) is None
    assert diff(None, None) is None


@pytest.mark.parametrize(("old", "new"), [(1, True), (0, False), (1, 1.0), (True, 1)])
def test_values_of_other_types_are_other_values(old: Json, new: Json):
    assert diff({"a": old}, {"a": new}) == {"a": new}
    assert diff({"a": {"b": old}}, {"a": {"b": new}}) == {"a": {"b": new}}


def test_a_difference_names_what_changed_and_no_more():
    old: Form = {"a": 1, "b": {"c": 1, "d": [1, 2]}, "e": 5}
    new: Form = {"a": 1, "b": {"c": 2, "d": [1, 2]}}
    assert diff(old, new) == {"e": None, "b": {"c": 2}}


@pytest.mark.parametrize("item", [*SMALL_DESK, MILK], ids=lambda item: item.id)
def test_a_record_is_the_one_of_its_form(item: object):
    assert record(form(item)) == item  # type: ignore[arg-type]


def test_a_form_has_no_absent_fields_and_all_other_defaults():
    found = form(MILK)
    assert "cluster" not in found
    assert found["is_hidden"] is False
    assert found["version"] == 1
    assert form(CULTURE)["limits"] == {}


def test_a_form_has_no_absent_fields_at_any_depth():
    title = form(INFO)["title"]
    areas = form(INFO)["focus_areas"]
    assert title == {"fi": "Pöytä"}
    assert isinstance(areas, list)
    assert areas[0] == {"key": "p1", "number": 1, "name": {"fi": "Elintavat"}}


def test_fields_of_a_later_version_are_passed_over():
    later = {**form(MILK), "mood": "happy"}
    assert record(later) == MILK


def test_a_changed_kind_leaves_no_old_fields():
    change = diff(form(MILK), form(INFO))
    assert change is not None
    assert isinstance(record(merge(form(MILK), change)), DeskInfo)
    assert isinstance(record(form(MILK)), Note)
