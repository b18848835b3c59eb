"""How much room a text takes, before any program has set it.

The widths are those of a wide font that may stand in for ours: better a line too many than a text
that runs out of its box.
"""

LINE_HEIGHT = 1.25
"""Of the font's size."""
BOLD = 1.1
WIDEST = 1.25
"""Signs of other scripts and emoji, in sizes of the font."""
LATIN_ENDS = 0x2E80
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'|! \u00a0\u00ad", 0.36),
    **dict.fromkeys('frt()[]/\\-"', 0.44),
    **dict.fromkeys("ckszvxyJ", 0.61),
    **dict.fromkeys("mwMWQOÖ@%&—", 1.0),
    **dict.fromkeys("=+<>~#_", 0.84),
}
_CAPITAL, _OTHER = 0.76, 0.65


def width(text: str, size: float) -> float:
    """Points that a line takes in a font of this size."""
    return sum(map(_of, text)) * size


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The lines of `text` in that many points; joined they are the text again."""
    found: list[str] = []
    for line in text.splitlines(keepends=True) or [""]:
        found += _broken(line, room / size)
    return found


def height(text: str, room: float, size: float) -> float:
    """Points that `text` takes in that width."""
    return len(wrapped(text, room, size)) * size * LINE_HEIGHT


def _broken(line: str, room: float) -> list[str]:
    found, start, gap, used = [], 0, 0, 0.0
    for at, letter in enumerate(line):
        used += _of(letter)
        if used > room and not letter.isspace() and at > start:
            end = gap if gap > start else at  # a word that is longer than the line is cut
            found.append(line[start:end])
            start = end
            used = sum(map(_of, line[start : at + 1]))
        if letter.isspace() or letter == "-":
            gap = at + 1
    return [*found, line[start:]]


def _of(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if ord(letter) >= LATIN_ENDS:
        return WIDEST
    return _CAPITAL if letter.isupper() else _OTHER
