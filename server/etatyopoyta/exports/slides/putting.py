"""Texts, tables and marks put on a slide."""

from collections.abc import Iterable
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.pages import Entry
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.front import front
from etatyopoyta.exports.look import LOCALE, QUIET
from etatyopoyta.exports.slides.charts import rgb
from etatyopoyta.exports.slides.measuring import BOLD, height
from etatyopoyta.exports.slides.paging import CELL_MARGIN_X, CELL_MARGIN_Y, Page
from etatyopoyta.exports.slides.template import MARK_BOX, MARKED, Box

Frame = Any  # placeholders and frames, of many classes without types
MARK_SIZES = (16, 13, 11)
MAX_FOOTER_CHARACTERS = 120
PARAGRAPH_GAP = 5
"""Points, as the layouts have it."""


class Pen:
    """Writes on slides in the language of the edition."""

    def __init__(self, card: CardModel, missing: str) -> None:
        self.locale = LOCALE[card.edition.language]
        self.missing = missing
        self._card = card

    def put(self, frame: Frame, text: str, **look: Any) -> None:
        """A text as it is: its lines are paragraphs."""
        for number, line in enumerate(plain(text).split("\n")):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self._put_run(paragraph, line, **look)

    def put_bullet(self, frame: Frame, text: str, level: int, is_first: bool) -> None:
        """One more bullet; the lines of a text stay in it."""
        paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
        paragraph.level = level
        for number, line in enumerate(plain(text).split("\n")):
            if number:
                paragraph.add_line_break()
            self._put_run(paragraph, line)

    def _put_run(
        self,
        paragraph: Any,
        text: str,
        *,
        size: float | None = None,
        color: str | None = None,
    ) -> None:
        run = paragraph.add_run()
        run.text = text
        run._r.get_or_add_rPr().set("lang", self.locale)
        if size:
            run.font.size = Pt(size)
        if color:
            run.font.color.rgb = rgb(color)

    def put_fitting(self, frame: Frame, text: str, box: Box, sizes: tuple[int, ...]) -> None:
        """In the biggest of the sizes in which it fits; cut with … where it fits in none."""
        shown = " ".join(plain(text).split())
        fits = (s for s in sizes if height(shown, box.width / BOLD, s) <= box.height)
        size = next(fits, None)
        while size is None and height(f"{shown}…", box.width / BOLD, sizes[-1]) > box.height:
            shown = shown[: int(len(shown) * 0.9)].rstrip()
        self.put(frame, shown if size else f"{shown}…", size=size or sizes[-1])

    def put_lines_fitting(
        self, frame: Frame, lines: Iterable[str], box: Box, sizes: tuple[int, ...]
    ) -> None:
        """Each a paragraph, in the biggest size in which all fit; in none, the longest is cut."""
        shown = [" ".join(plain(line).split()) for line in lines]

        def fits(size: int) -> bool:
            tall = sum(height(line, box.width, size) + PARAGRAPH_GAP for line in shown)
            return tall <= box.height

        size = next(filter(fits, sizes), sizes[-1])
        while not fits(size):
            at = max(range(len(shown)), key=lambda number: len(shown[number]))
            shown[at] = f"{shown[at][: int(len(shown[at]) * 0.9)].rstrip()}…"
        self.put(frame, "\n".join(shown), size=size)

    def put_edges(self, slide: Slide) -> None:
        """The mark while there is one, the footer and the slide's number."""
        first = front(self._card)
        mark = slide.placeholders[MARKED]
        if first.mark:
            self.put_fitting(mark.text_frame, first.mark, MARK_BOX, MARK_SIZES)
        else:
            mark._element.getparent().remove(mark._element)
        footer = " · ".join((first.council, first.title, first.lines[-1]))
        shown = " ".join(plain(footer).split())
        most = MAX_FOOTER_CHARACTERS
        if len(shown) > most:
            shown = f"{shown[: most - 1]}…"
        tree = slide.shapes._spTree
        tree.append(self._edge("ftr", 3, shown, number=len(slide.shapes) + 50))
        tree.append(self._edge("sldNum", 4, None, number=len(slide.shapes) + 51))

    def _edge(self, kind: str, index: int, text: str | None, number: int) -> Any:
        look = f'lang="{self.locale}" sz="1000"><a:latin typeface="+mn-lt"/></a:rPr>'
        content = (
            '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            f"<a:rPr {look}<a:t>‹#›</a:t></a:fld>"
            if text is None
            else f"<a:r><a:rPr {look}<a:t/></a:r>"
        )
        shape = parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{kind}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="{kind}" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{content}</a:p></p:txBody></p:sp>"
        )
        if text is not None:
            next(shape.iter(qn("a:t"))).text = text
        return shape

    def put_table(self, placeholder: Frame, page: Page, name: str) -> None:
        """A native table in its placeholder, written as XML at once: cell by cell takes seconds."""
        frame = placeholder.insert_table(rows=1, cols=len(page.widths))
        describe(frame, name)
        table = frame._element.graphic.graphicData.tbl
        table.remove(table.tr_lst[0])
        for column, width in zip(table.tblGrid.gridCol_lst, page.widths, strict=True):
            column.w = Pt(width)
        heading = tuple(column.heading for column in page.grid.columns)
        for row, tall in zip((heading, *page.rows), page.heights, strict=True):
            element = _add(table, "a:tr", h=str(Pt(tall)))
            for entry in row:
                self._add_cell(element, entry, page.size)
        frame.height = Pt(sum(page.heights))

    def _add_cell(self, row: Frame, entry: Entry, size: int) -> None:
        cell = _add(row, "a:tc")
        body = _add(cell, "a:txBody")
        _add(body, "a:bodyPr")
        _add(body, "a:lstStyle")
        for line in plain(self.missing if entry is None else entry).split("\n"):
            run = _add(_add(body, "a:p"), "a:r")
            look = _add(run, "a:rPr", lang=self.locale, sz=str(size * 100))
            if entry is None:
                _add(_add(look, "a:solidFill"), "a:srgbClr", val=QUIET)
            _add(run, "a:t").text = line
        x, y = str(Pt(CELL_MARGIN_X)), str(Pt(CELL_MARGIN_Y))
        _add(cell, "a:tcPr", marL=x, marR=x, marT=y, marB=y)

    def note(self, slide: Slide, lines: list[str]) -> None:
        """What a speaker sees."""
        self.put(slide.notes_slide.notes_text_frame, "\n\n".join(lines))


def _add(parent: Frame, tag: str, **attributes: str) -> Frame:
    element = parent.makeelement(qn(tag), attributes)
    parent.append(element)
    return element


def describe(frame: Frame, text: str) -> None:
    """The same in words, for those who do not see it."""
    properties = next(frame._element.iter(qn("p:cNvPr")))
    properties.set("descr", plain(text))


def drop(slide: Slide, *numbers: int) -> None:
    """Remove placeholders that nothing stands in."""
    for number in numbers:
        element = slide.placeholders[number]._element
        element.getparent().remove(element)
