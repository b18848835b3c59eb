"""What people type, made safe to keep: one normal form, no control or spoofing characters."""

import re
import unicodedata

from etatyopoyta.domain.refused import Refused

MAX_NOTE_CHARACTERS = 2_000
MAX_TITLE_CHARACTERS = 200
MAX_NAME_CHARACTERS = 60
MAX_MARKS_PER_LETTER = 8
"""More combining marks than any written language stacks on one letter."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2028\u2029\u2060\ufeff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean(text: str, limit: int, subject: str) -> str:
    """`text` in NFC without control, zero-width and bidi-override characters, trimmed.

    Raises Refused("<subject>.empty") or Refused("<subject>.too_long", limit, length).
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    kept = _few_marks(_BIDI.sub("", _CONTROL.sub("", text)))  # NFC sorts long stacks for seconds
    kept = _few_marks(unicodedata.normalize("NFC", kept)).strip()
    if not kept:
        raise Refused(f"{subject}.empty")
    if len(kept) > limit:
        raise Refused(f"{subject}.too_long", limit=limit, length=len(kept))
    return kept


def clean_or_none(text: str | None, limit: int, subject: str) -> str | None:
    """As `clean`, but an absent or blank text is None."""
    if text is None or not text.strip():
        return None
    return clean(text, limit, subject)


def _few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= MAX_MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
