"""Desks to export, and who works on them."""

import os
from pathlib import Path

from tests.cards.given import full_desk

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Note, Point, Shows

HOSTILE = [
    "=1+1",
    "@SUM(A1:A9)",
    "+1",
    "-1",
    '=HYPERLINK("https://example.org";"x")',
    "＝1+1",
    "\u00a0=1+1",
    "\u200b\u202e=1+1",
    "\x01=1+1",
    "\ttab first",
    "\nline first",
    "nul\x00 bell\x07 escape\x1b",
    "bidi \u202egnp.exe\u202c \u2066x\u2069",
    "x" * 2_000,
    "👩‍👩‍👧‍👦 työpaja 🎉",
    "<script>alert(1)</script><!-- ]]> &amp; &#x0; \"'",
    '"><img src=x onerror=alert(1)>',
    "https://example.org/a?b=c",
    '#eval("1") $x$ \\ {{ @preview/x',
    "lone \ud800 surrogate \ufffe\uffff",
    'a";"=1+1',
    'a","=1+1',
    "one\rtwo\r\nthree\nfour",
    "</x><!-- ]]> &amp; &#x0; \"'",
    "mailto:a@example.org",
    "internal:'Tietoja'!A1",
    "external:c:\\x.xlsx",
    "_x0041_ literal",
    "{=SUM(A1)}",
    "00123",
    "1.2.2025",
    "TRUE",
    "  blanks around  ",
    "<script>alert(1)</script>",
    '#eval(read("/etc/passwd"))',
    "$x$ @ref <label> \\ `raw` *bold* _it_ // no comment /* none */",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "https://example.org/" + "a" * 200,
    "漢字 عربي ελληνικά кириллица",
    "[link](javascript:alert(1)) www.example.org",
]
"""Texts that programs take for something else: formulas, links, markup, what XML cannot hold."""

SCRIPTS = [text for text in HOSTILE if "alert" in text and text.startswith(("<", '"'))][:2]


def children() -> set[str]:
    """Processes that we started and that are not yet gone."""
    own = os.getpid()
    return set(Path(f"/proc/{own}/task/{own}/children").read_text().split())


def hostile_desk() -> Desk:
    """A desk on which every text that others write is one of those."""
    desk = full_desk()
    for number, text in enumerate(HOSTILE):
        desk._put(written(f"note_h{number}", text, number))
    desk.apply({"cluster_1": {"title": SCRIPTS[0]}, "org_a": {"name": SCRIPTS[1]}})
    desk.apply(
        {"measure_1": {"name": HOSTILE[0], "notes": [f"note_h{n}" for n in range(len(HOSTILE))]}}
    )
    return desk


def big_desk(notes: int = 3_000) -> Desk:
    """A desk with so many notes more."""
    desk = full_desk()
    for number in range(notes):
        desk._put(written(f"note_n{number}", f"osallistujien määrä {number} " * 3, number))
    return desk


def written(note_id: str, text: str, number: int) -> Note:
    row, column = divmod(number, 60)
    return Note(
        id=note_id,
        workshop="workshop_1",
        text=text,
        at=Point(column * 212, 1_000 + row * 152),
        organisation="org_a",
        shows=Shows.ORGANISATION,
        created_ms=1_764_200_000_000 + number,
    )
