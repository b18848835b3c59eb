"""A table of a document, written as XML at once: cell by cell it would take minutes."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from etatyopoyta.cards.pages import Entry, Grid
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.look import DEEP, LINE, PALE, QUIET
from etatyopoyta.exports.paper import TEXT_WIDTH

TWIPS = TEXT_WIDTH.pt * 20
MAX_UNSPLIT = 700
"""Characters of a cell from which a row may be longer than a page."""
Element = Any  # what python-docx makes of XML has no types


def add_table(document: Document, grid: Grid, name: str, missing: str) -> None:
    """A table with its heading repeated on each page, at the end of the document."""
    whole = sum(column.width for column in grid.columns)
    widths = [round(TWIPS * column.width / whole) for column in grid.columns]
    table = _frame(widths, plain(name))
    heading = [plain(column.heading) for column in grid.columns]
    table.append(_row(heading, widths, missing, is_heading=True))
    for row in grid.rows:
        table.append(_row(row, widths, missing))
    body = document.element.body
    body.insert(len(body) - 1, table)  # the page's own setting comes last
    document.add_paragraph().paragraph_format.space_after = 0


def _frame(widths: Sequence[int], name: str) -> Element:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="90" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/><w:tblCaption/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid></w:tbl>"
    )
    table.find(f".//{qn('w:tblCaption')}").set(qn("w:val"), name)
    return table


def _row(
    row: Sequence[Entry], widths: Sequence[int], missing: str, is_heading: bool = False
) -> Element:
    element = OxmlElement("w:tr")
    properties = _add(element, "w:trPr")
    if all(len(entry or "") < MAX_UNSPLIT for entry in row):
        _add(properties, "w:cantSplit")
    if is_heading:
        _add(properties, "w:tblHeader")
    for number, (entry, width) in enumerate(zip(row, widths, strict=True)):
        cell = _add(element, "w:tc")
        about = _add(cell, "w:tcPr")
        _add(about, "w:tcW", w=str(width), type="dxa")
        shade = DEEP if is_heading else PALE if number == 0 else None
        if shade:
            _add(about, "w:shd", val="clear", color="auto", fill=shade)
        color = "FFFFFF" if is_heading else QUIET if entry is None else None
        _put_text(cell, missing if entry is None else plain(entry), color, is_heading)
    return element


def _put_text(cell: Element, text: str, color: str | None, is_bold: bool) -> None:
    paragraph = _add(cell, "w:p")
    _add(_add(paragraph, "w:pPr"), "w:spacing", after="0", line="240", lineRule="auto")
    run = _add(paragraph, "w:r")
    look = _add(run, "w:rPr")
    if is_bold:
        _add(look, "w:b")
    if color:
        _add(look, "w:color", val=color)
    _add(look, "w:sz", val="18")
    for number, line in enumerate(text.replace("\t", " ").split("\n")):
        if number:
            _add(run, "w:br")
        written = _add(run, "w:t")
        written.text = line
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _add(parent: Element, name: str, **attributes: str) -> Element:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    parent.append(element)
    return element
