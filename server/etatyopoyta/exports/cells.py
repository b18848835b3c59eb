"""Texts as files can hold them."""

import re

MAX_CELL_CHARACTERS = 16_000
"""Excel holds 32,767 UTF-16 units in a cell; a character is at most two of them."""

_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def fitting(text: str) -> str:
    """`text` without characters that XML forbids and with line ends as Excel writes them.

    It is cut with … where a cell is full; only lists of thousands of notes are that long.
    """
    kept = _ILLEGAL_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= MAX_CELL_CHARACTERS else f"{kept[: MAX_CELL_CHARACTERS - 1]}…"


_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\u2060\ufeff]")


def plain(text: str) -> str:
    """`fitting` text that does not turn the reading direction of what is printed around it."""
    return _UNSEEN.sub("", fitting(text))
