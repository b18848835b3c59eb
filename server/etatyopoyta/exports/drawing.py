"""Pictures as SVG: elements, colours, and text that stays within its lines."""

from collections.abc import Iterable, Iterator
from html import escape

from etatyopoyta.exports.cells import fitting

FONTS = "Noto Sans, Noto Emoji, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
"""The first two are ours and stand in every PNG; a browser takes what it has."""
BOLD = 700
PAPER = "#f8f5ee"
SURFACE = "#fffefb"
INK = "#17282d"
MUTED = "#4b5d62"
LINE = "#7b8482"
PETROL = "#0b5563"
PALE = "#dcecec"
MARK = "#a3242b"
SERIES = ("#0b5563", "#c77b2b", "#7a6ab0")
CUT = "…"

_WIDTHS = {
    0.28: " ijl'!,.:;J·`",
    0.36: "()-[]If/\\{}t”",
    0.45: '"r?_z',
    0.52: "csvyFLkx–",
    0.58: "*S|ETaeäå$+0123456789<=>YZ^~€X",
    0.63: "PVoöbdgpqKRhnuCAÄÅ#B",
    0.76: "&DGUHN",
    0.95: "OQÖw…%@MWm",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
WIDEST = 1.25
"""Of letters that are not in the table, in ems, as those in it are."""
BOLDER = 1.08


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element around others that are ready; attributes of None are left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(fitting(_plain(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def text(words: str) -> str:
    """Words as the inside of an element."""
    return escape(fitting(words), quote=False)


def box(width: float, height: float, **attributes: object) -> str:
    """A rectangle."""
    return element("rect", width=width, height=height, **attributes)


def lines_of(
    words: Iterable[str], x: float, first: float, size: float, leading: float, **attributes: object
) -> str:
    """Lines of text one below the other; `first` is where the first one stands."""
    spans = (
        element("tspan", text(line), x=x, y=first + number * size * leading)
        for number, line in enumerate(words)
    )
    return element("text", *spans, font_size=size, **attributes)


def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """How wide a line is, rather too wide than too narrow."""
    ems = sum(_WIDTH_OF.get(letter, WIDEST) for letter in words)
    return ems * size * (BOLDER if is_bold else 1)


def wrapped(
    words: str, size: float, width: float, most: int, *, is_bold: bool = False
) -> tuple[list[str], bool]:
    """At most so many lines, each within the width, and whether that is all of it.

    What is cut ends with ….
    """
    found: list[str] = []
    for line in _broken(fitting(words).replace("\t", " "), size, width, is_bold):
        if len(found) == most:
            found[-1] = _shortened(found[-1], size, width, is_bold)
            return found, False
        found.append(line)
    return found, True


def one_line(words: str, size: float, width: float, *, is_bold: bool = False) -> str:
    """As much as one line holds."""
    found, _ = wrapped(words, size, width, 1, is_bold=is_bold)
    return found[0] if found else ""


def picture(
    width: float, height: float, title: str, description: str, inside: Iterable[str]
) -> bytes:
    """A whole SVG file with a title and a description for those who do not see it."""
    drawn = element(
        "svg",
        element("title", text(title), id="title"),
        element("desc", text(description), id="desc"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby="title desc",
        font_family=FONTS,
        fill=INK,
    )
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + drawn.encode() + b"\n"


def _broken(words: str, size: float, width: float, is_bold: bool) -> Iterator[str]:
    """Lines between words; a word that is longer than a line is broken anywhere."""
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}" if line else word
            if width_of(joined, size, is_bold=is_bold) <= width:
                line = joined
                continue
            if line:
                yield line
            line = word
            while width_of(line, size, is_bold=is_bold) > width and len(line) > 1:
                part = _as_much(line, size, width, is_bold)
                yield part
                line = line[len(part) :]
        yield line


def _as_much(word: str, size: float, width: float, is_bold: bool) -> str:
    """The beginning that fits, at least one letter."""
    used = 0.0
    for at, letter in enumerate(word):
        used += width_of(letter, size, is_bold=is_bold)
        if at and used > width:
            return word[:at]
    return word


def _shortened(line: str, size: float, width: float, is_bold: bool) -> str:
    while line and width_of(line + CUT, size, is_bold=is_bold) > width:
        line = line[:-1]
    return line.rstrip() + CUT


def _plain(value: object) -> str:
    """Numbers without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
