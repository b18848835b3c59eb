"""Texts as a spreadsheet can hold them."""

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
