"""How a document looks: A4, styles, language, header and footer."""

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.text.paragraph import Paragraph

from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.words import Language, Words
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.front import front
from etatyopoyta.exports.look import DEEP, FONT, INK, LOCALE, MARK

MARGIN = Cm(2)
TEXT_WIDTH = Cm(21 - 2 * 2)
MAX_EDGE_CHARACTERS = 38
"""What fits beside the mark in a header."""
LONG_TITLE_CHARACTERS = 60
LONG_TITLE_POINTS = 18
SIZES = {"Normal": 10.5, "Title": 28, "Subtitle": 14, "Heading 1": 17, "Heading 2": 12.5}


def set_up(document: Document, card: CardModel) -> None:
    """Page, styles and edges of an empty document."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1)
    set_language(document, card.edition.language)
    _set_styles(document)
    # Word refuses settings that do not stand in the order of its schema.
    before = document.settings.element.find(qn("w:defaultTabStop"))
    before.addnext(OxmlElement("w:autoHyphenation"))
    if len(card.title) > LONG_TITLE_CHARACTERS:
        document.styles["Title"].font.size = Pt(LONG_TITLE_POINTS)
    _set_edges(section, card)


def set_language(document: Document, language: Language) -> None:
    """The language of all that is written."""
    for known in document.styles.element.iter(qn("w:lang")):
        known.set(qn("w:val"), LOCALE[language])


def set_font(style: CharacterStyle, points: float, color: str) -> None:
    """Our font in that size and colour, whatever the theme has."""
    style.font.name, style.font.size, style.font.italic = FONT, Pt(points), False
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for attribute in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[attribute]  # a theme's font would win over the named one


def _set_styles(document: Document) -> None:
    for name, size in SIZES.items():
        set_font(document.styles[name], size, INK if name in ("Normal", "Subtitle") else DEEP)
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(22)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(8)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    document.styles["Heading 2"].paragraph_format.space_after = Pt(6)


def _set_edges(section: Section, card: CardModel) -> None:
    words, first = Words(card.edition.language), front(card)
    header = _three(section.header.paragraphs[0])
    _put(header, _short(first.council), first.mark, _short(first.title))
    footer = _three(section.footer.paragraphs[0])
    _put(footer, first.lines[-1], first.mark, "")
    page = words("printed.page", page="\0PAGE\0", pages="\0NUMPAGES\0")
    for at, piece in enumerate(page.split("\0")):
        if at % 2:
            _put_field(footer, piece)
        elif piece:
            footer.add_run(piece)


def _three(paragraph: Paragraph) -> Paragraph:
    stops = paragraph.paragraph_format.tab_stops
    paragraph.style.paragraph_format.tab_stops.clear_all()  # type: ignore[union-attr]  # it has one
    stops.add_tab_stop(Length(TEXT_WIDTH // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def _put(paragraph: Paragraph, left: str, mark: str | None, right: str) -> None:
    paragraph.add_run(f"{left}\t").font.size = Pt(8.5)
    if mark:
        run = paragraph.add_run(plain(mark))
        run.bold, run.font.color.rgb = True, RGBColor.from_string(MARK)
    paragraph.add_run(f"\t{right}").font.size = Pt(8.5)


def _put_field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor counts."""
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )


def _short(text: str) -> str:
    shown = " ".join(plain(text).split())
    most = MAX_EDGE_CHARACTERS
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
