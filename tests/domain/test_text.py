"""What people type, made safe to keep."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.text import MAX_MARKS_PER_LETTER, clean, clean_or_none

ACUTE, DOT_BELOW = "\u0301", "\u0323"
SPECIAL = "a A\n\r\t\u2028\u2029\x00\x85\u202e\ufeff\u200b\u0344\u0f73" + ACUTE + DOT_BELOW
NASTY = st.text(st.characters() | st.sampled_from(SPECIAL), max_size=60)


def cleaned(text: str) -> str:
    return clean(text, 10_000, "note")


def clean_or_empty(text: str) -> str:
    try:
        return cleaned(text)
    except Refused:
        return ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u0308iti", "äiti"),
        ("a\x00\u0308iti", "äiti"),
        ("\u212b", "Å"),
        ("  rivi\n toinen \t", "rivi\n toinen"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a\tb", "a\tb"),
    ],
)
def test_a_text_gets_one_normal_form(typed: str, kept: str):
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\u200b", "\u2060", "\ufeff"],
)
def test_control_and_zero_width_characters_go(character: str):
    assert cleaned(f"ma{character}ito") == "maito"


@pytest.mark.parametrize("character", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_characters_that_turn_the_reading_order_go(character: str):
    assert cleaned(f"ma{character}ito") == "maito"


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "🇫🇮", "❤️", "नमस्ते", "می‌خواهم", "สวัสดี", "שלום‎"])
def test_other_scripts_and_emoji_stay_as_they_are(text: str):
    assert cleaned(text) == text


def test_as_many_marks_as_a_language_needs_stay():
    stack = "x" + DOT_BELOW * MAX_MARKS_PER_LETTER
    assert cleaned(stack) == stack


def test_more_marks_on_a_letter_go():
    stack = "x" + DOT_BELOW * (MAX_MARKS_PER_LETTER + 1) + "y"
    assert cleaned(stack) == "x" + DOT_BELOW * MAX_MARKS_PER_LETTER + "y"


@pytest.mark.parametrize("stack", [ACUTE + DOT_BELOW, "\u0f73"])
def test_a_frame_full_of_marks_is_sorted_before_it_costs_anything(stack: str):
    assert len(cleaned("x" + stack * 20_000)) <= 1 + MAX_MARKS_PER_LETTER


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0", "\x00", "\u202e", "\u200b"])
def test_a_blank_text_is_refused(blank: str):
    with pytest.raises(Refused) as refused:
        clean(blank, 10, "note")
    assert refused.value.code == "note.empty"


def test_a_text_of_the_greatest_length_is_kept():
    assert clean("ä" * 10, 10, "note") == "ä" * 10


def test_a_longer_text_is_refused_with_both_lengths():
    with pytest.raises(Refused) as refused:
        clean("ä" * 11, 10, "note")
    assert refused.value.code == "note.too_long"
    assert refused.value.details == {"limit": 10, "length": 11}


def test_the_length_is_counted_after_cleaning():
    assert clean("  " + "a\u0308\x00" * 10, 10, "note") == "ä" * 10


@pytest.mark.parametrize(("text", "kept"), [(None, None), ("", None), (" \n", None), (" a ", "a")])
def test_an_absent_or_blank_text_may_be_none(text: str | None, kept: str | None):
    assert clean_or_none(text, 10, "note") == kept


def test_a_text_that_may_be_none_has_its_length_all_the_same():
    with pytest.raises(Refused) as refused:
        clean_or_none("ä" * 11, 10, "note")
    assert refused.value.code == "note.too_long"


@settings(deadline=None)
@given(NASTY)
def test_cleaning_is_done_once(text: str):
    kept = clean_or_empty(text)
    assert clean_or_empty(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    assert kept.isprintable() or set(kept) & set("\n\t") or not kept.isascii()
