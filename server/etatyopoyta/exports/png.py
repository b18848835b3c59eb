"""Pictures as PNG, out of SVG, with our own fonts."""

from math import sqrt
from xml.etree import ElementTree

import typst

from etatyopoyta.cards.model import Edition
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports import svg
from etatyopoyta.exports.glyphs import drawable
from etatyopoyta.exports.progress import steps
from etatyopoyta.exports.typeset import fonts

MAX_PIXELS = 24_000_000
MAX_SIDE = 12_000
"""More than this, and phones no longer open it."""
SCALE = 2.0
"""Dots to a CSS pixel where there is room for that."""
POINTS_PER_INCH = 72
"""So that a dot is a point."""
LESS = 0.02
"""Dots: the compiler rounds up the height that follows from the width and the drawing's shape.

One that is a whole number may become one row more than the page has, and a row in the middle is
dropped, through the letters there.
"""
PROGRAM = b"""
#let side(name) = float(sys.inputs.at(name)) * 1pt
#set page(width: side("width"), height: side("height"), margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%, height: 100%)
"""
"""The picture goes in as data: nothing of it is read as a program."""


def export(desk: Desk, edition: Edition) -> bytes:
    """The board as in SVG."""
    content = b""
    for stage in steps(("lines", "dots")):
        content = svg.export(desk, edition) if stage == "lines" else raster(content)
    return content


def raster(drawing: bytes) -> bytes:
    """A drawing of ours in pixels: sharp where it is small, never larger than a phone opens."""
    root = ElementTree.fromstring(drawing)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    scale = min(SCALE, MAX_SIDE / max(width, height), sqrt(MAX_PIXELS / (width * height)))
    for element in root.iter():
        if element.text:
            element.text = drawable(element.text)
    across, down = round(width * scale), round(height * scale)
    root.attrib |= {
        "width": str(across),
        "height": str(down - LESS),
        "preserveAspectRatio": "none",
    }
    made = typst.compile(
        PROGRAM,
        format="png",
        ppi=POINTS_PER_INCH,
        font_paths=fonts(),
        sys_inputs={
            "drawing": ElementTree.tostring(root, encoding="unicode"),
            "width": str(across - LESS),
            "height": str(down - 2 * LESS),
        },
    )
    assert isinstance(made, bytes)
    return made
