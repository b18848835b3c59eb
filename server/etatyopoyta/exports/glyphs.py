"""Which characters the fonts of the PDF can show."""

import re

from etatyopoyta.exports.cells import plain

REPLACEMENT = "□"
MAX_UNBROKEN = 36
"""A longer run of letters may be broken anywhere: no hyphenation finds a place in it."""
SHOWN = (
    "\n\u0020-\u007e\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03e1"
    "\u03f0-\u052f\u1e00-\u1f15\u2000-\u2027\u202f-\u205f\u20a0-\u20c0\u2100-\u215f"
    "\u2190-\u2211\u2213\u2215\u2217-\u2220\u2227-\u222d\u2234-\u223d\u2241-\u2269\u2500-\u25cb"
    "\u25cf-\u2606\u2609-\u262f\u2638-\u268b\u2713\u2717"
)
"""Noto Sans, and for signs the font that the typesetter itself brings."""
_JOINING = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_NOT_SHOWN = re.compile(f"[^{SHOWN}]")
_UNBROKEN = re.compile(rf"\S{{{MAX_UNBROKEN},}}")
_BREAK = "\u200b"


def printable(text: str) -> str:
    """`text` with □ for what no font shows, and with places to break what has none."""
    kept = _NOT_SHOWN.sub(REPLACEMENT, _JOINING.sub("", plain(text).replace("\t", " ")))
    return _UNBROKEN.sub(lambda run: _BREAK.join(_pieces(run[0])), kept)


def _pieces(run: str) -> list[str]:
    size = MAX_UNBROKEN // 3
    return [run[at : at + size] for at in range(0, len(run), size)]
