"""Which characters our own fonts can show, in a PDF and in pictures."""

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
EMOJI = (
    "\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0"
    "\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u2626\u262a"
    "\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b"
    "\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd"
    "\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa"
    "\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744"
    "\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935"
    "\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\U0001f300-\U0001f320\U0001f330-\U0001f393\U0001f396"
    "\U0001f397\U0001f399-\U0001f39b\U0001f39e-\U0001f3f0\U0001f3f3-\U0001f3f5"
    "\U0001f3f7-\U0001f3fa\U0001f400-\U0001f4fc\U0001f500-\U0001f53d\U0001f5a5\U0001f5a8"
    "\U0001f5b1\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3"
    "\U0001f5dc-\U0001f5de\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa-\U0001f64f"
    "\U0001f680-\U0001f6a9\U0001f6b2-\U0001f6b6\U0001f90d-\U0001f93a\U0001f970-\U0001f97a"
    "\U0001f9d0-\U0001f9d3\U0001f9d8\U0001f9e0\U0001f9e1"
)
"""Noto Emoji, in one colour: the ones that telephones offer first."""
_JOINING = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_OF_FLAGS = {0x1F1E6 + at: chr(ord("A") + at) for at in range(26)}
"""Flags are pairs of such letters: FI."""
_NOT_SHOWN = re.compile(f"[^{SHOWN}{EMOJI}]")
_UNBROKEN = re.compile(rf"\S{{{MAX_UNBROKEN},}}")
_BREAK = "\u200b"


def printable(text: str) -> str:
    """`text` with □ for what no font shows, and with places to break what has none."""
    return _UNBROKEN.sub(lambda run: _BREAK.join(_pieces(run[0])), drawable(text))


def drawable(text: str) -> str:
    """`text` with □ for what no font shows: a letter without one would take others along."""
    joined = _JOINING.sub("", plain(text).replace("\t", " ")).translate(_OF_FLAGS)
    return _NOT_SHOWN.sub(REPLACEMENT, joined)


def _pieces(run: str) -> list[str]:
    size = MAX_UNBROKEN // 3
    return [run[at : at + size] for at in range(0, len(run), size)]
