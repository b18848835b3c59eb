"""Minutes as a document for word processors."""

from collections.abc import Iterable
from io import BytesIO

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from etatyopoyta.cards.minutes_model import Chapter, Fact, Minutes
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.look import DEEP, INK, LOCALE
from etatyopoyta.exports.minutes_html import beside
from etatyopoyta.exports.paper import set_font, set_language

QUIET = RGBColor(0x4B, 0x5A, 0x66)


def export(minutes: Minutes) -> bytes:
    """The document: real headings, lists and tables, and no name of an author."""
    words = Words(minutes.language)
    document = Document()
    _set_up(document, minutes)
    title = f"{minutes.title}: {minutes.workshop}"
    document.add_heading(title, level=1)
    about = " · ".join(filter(None, (minutes.council, minutes.desk, minutes.day)))
    _quiet(document.add_paragraph(), f"{about}\n{minutes.made}")
    _written(document, minutes.text)
    for chapter in minutes.chapters:
        _chapter(document, words, chapter)
    document.add_heading(words("minutes.parked"), level=2)
    _facts(document, words, minutes.parked, "minutes.parked.none")
    _quiet(document.add_paragraph(), words("minutes.joined.about"))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: OpenDocument, minutes: Minutes) -> None:
    properties = document.core_properties
    properties.title = f"{minutes.title}: {minutes.workshop}"
    properties.subject = minutes.desk
    properties.author = ""
    properties.comments = ""
    properties.language = LOCALE[minutes.language]
    properties.created = properties.modified = minutes.made_at.replace(tzinfo=None)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 11.5)):
        set_font(document.styles[name], size, INK if name in {"Normal", "Heading 3"} else DEEP)
    set_language(document, minutes.language)


def _chapter(document: OpenDocument, words: Words, chapter: Chapter) -> None:
    document.add_heading(chapter.title, level=2)
    times = " · ".join(filter(None, (chapter.planned, chapter.held)))
    _quiet(document.add_paragraph(), times)
    _written(document, chapter.text)
    if chapter.joined:
        document.add_heading(words("minutes.presence"), level=3)
        document.add_paragraph(chapter.joined)
    if chapter.presence:
        heads = (words("minutes.presence.organisation"), words("minutes.presence.people"))
        _table(document, heads, ((p.organisation, str(p.people)) for p in chapter.presence))
    if chapter.was_held:
        document.add_heading(words("minutes.facts"), level=3)
        _facts(document, words, chapter.facts, "minutes.no_facts")
    for vote in chapter.votes:
        document.add_heading(words("minutes.votes", title=vote.title), level=3)
        _quiet(document.add_paragraph(), vote.about)
        heads = (words("minutes.votes.target"), words("minutes.votes.result"))
        if vote.lines:
            _table(document, heads, ((line.target, line.result) for line in vote.lines))
        else:
            document.add_paragraph(words("minutes.votes.none"))


def _facts(document: OpenDocument, words: Words, facts: tuple[Fact, ...], none: str) -> None:
    if not facts:
        document.add_paragraph(words(none))
    for fact in facts:
        item = document.add_paragraph(style="List Bullet")
        if fact.when:
            _quiet(item, f"{fact.when} ")
        item.add_run(fact.text)
        for line in beside(words, fact):
            item.add_run().add_break()
            _quiet(item, line)


def _table(document: OpenDocument, heads: Iterable[str], rows: Iterable[tuple[str, str]]) -> None:
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(head).bold = True
    _repeat_heads(table)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _repeat_heads(table: Table) -> None:
    row = table.rows[0]._tr.get_or_add_trPr()
    heads = OxmlElement("w:tblHeader")
    heads.set(qn("w:val"), "true")
    row.append(heads)


def _quiet(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9.5), QUIET


def _written(document: OpenDocument, text: str | None) -> None:
    for paragraph in filter(None, (text or "").split("\n\n")):
        document.add_paragraph(paragraph)
