"""The card as a document for a word processor: headings as styles, native tables."""

from io import BytesIO

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_BREAK
from docx.shared import Pt, RGBColor
from docx.text.run import Run

from etatyopoyta.cards.building import build
from etatyopoyta.cards.chapters import chapters
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.pages import Chapter, Grid, Lines, Picture
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.charts import chart_svg
from etatyopoyta.exports.front import front
from etatyopoyta.exports.look import MARK, QUIET
from etatyopoyta.exports.paper import TEXT_WIDTH, set_up
from etatyopoyta.exports.png import raster
from etatyopoyta.exports.word_table import add_table
from etatyopoyta.exports.zipped import made_at_utc, undated


def export(desk: Desk, edition: Edition) -> bytes:
    """The document; the same desk and edition give the same bytes."""
    card = build(desk, edition)
    document = Document()
    set_up(document, card)
    _put_front(document, card)
    for chapter in chapters(card):
        _put_chapter(document, card, chapter)
    _put_properties(document, card)
    written = BytesIO()
    document.save(written)
    return undated(written.getvalue())


def _put_front(document: Written, card: CardModel) -> None:
    first = front(card)
    document.add_paragraph(plain(first.council))
    document.add_paragraph(plain(first.title), style="Title")
    if first.mark:
        run = document.add_paragraph().add_run(plain(first.mark))
        run.bold, run.font.size, run.font.color.rgb = True, Pt(22), RGBColor.from_string(MARK)
    document.add_paragraph(plain(first.report), style="Subtitle")
    for line in first.lines:
        document.add_paragraph(plain(line)).paragraph_format.space_after = Pt(2)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _put_chapter(document: Written, card: CardModel, chapter: Chapter) -> None:
    words = Words(card.edition.language)
    document.add_heading(plain(chapter.title), 1)
    for block in chapter.blocks:
        if isinstance(block, Lines):
            _put_lines(document, words, block)
        else:
            _put_grid(document, card, chapter, block)


def _put_lines(document: Written, words: Words, block: Lines) -> None:
    if not block.lines:
        _quiet(document.add_paragraph().add_run(words("missing")))
    for line in block.lines:
        paragraph = document.add_paragraph(plain(line.text), style="List Bullet")
        if line.remark:
            paragraph.add_run().add_break()
            paragraph.add_run(plain(line.remark))
        if line.behind:
            paragraph.add_run().add_break()
            _quiet(paragraph.add_run(plain(line.behind)))


def _put_grid(document: Written, card: CardModel, chapter: Chapter, grid: Grid) -> None:
    words = Words(card.edition.language)
    if grid.caption:
        document.add_heading(plain(grid.caption), 2)
    if grid.picture:
        _put_picture(document, card, grid.picture)
    if grid.rows:
        add_table(document, grid, name=grid.caption or chapter.title, missing=words("missing"))
    else:
        _quiet(document.add_paragraph().add_run(words("missing")))
    for remark in grid.remarks:
        _quiet(document.add_paragraph().add_run(plain(remark)))


def _put_picture(document: Written, card: CardModel, picture: Picture) -> None:
    """The chart over the whole width, sharp in print, and the same in words."""
    drawn = raster(chart_svg(card, picture.chart))
    document.add_picture(BytesIO(drawn), width=TEXT_WIDTH)
    about = document.inline_shapes[-1]._inline.docPr
    about.set("descr", plain(picture.alternative))
    about.set("title", plain(picture.chart.title))


def _quiet(run: Run) -> None:
    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor.from_string(QUIET)


def _put_properties(document: Written, card: CardModel) -> None:
    words = Words(card.edition.language)
    known = document.core_properties
    known.title = plain(front(card).document)[:255]
    known.subject = plain(card.report)[:255]
    known.author = known.last_modified_by = ""  # authors are never printed
    known.comments = words("printed.entry", n=card.edition.n)
    known.content_status = plain(card.state)[:255]
    known.language = card.edition.language
    known.created = known.modified = made_at_utc(card.edition.made_at)
