"""The card as slides in the form of the council's own: native charts and tables, speaker notes."""

from collections.abc import Iterable
from io import BytesIO

from pptx.slide import Slide

from etatyopoyta.cards.building import build
from etatyopoyta.cards.chapters import chapters
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.pages import Chapter, Picture
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports.cells import plain
from etatyopoyta.exports.front import front
from etatyopoyta.exports.look import QUIET
from etatyopoyta.exports.slides import template as on
from etatyopoyta.exports.slides.charts import put_chart
from etatyopoyta.exports.slides.paging import Page
from etatyopoyta.exports.slides.planning import Bullets, Pair, Whole, planned
from etatyopoyta.exports.slides.putting import Pen, describe, drop
from etatyopoyta.exports.zipped import made_at_utc, undated

TITLE_SIZES = (28, 24, 20, 16, 14)
FIRST_TITLE_SIZES = (40, 32, 24, 18)
FIRST_BODY_SIZES = (18, 16, 14, 12, 10)
CAPTION_SIZES = (14, 12, 10)
MAX_PROPERTY_CHARACTERS = 255


def export(desk: Desk, edition: Edition) -> bytes:
    """The deck; the same desk and edition give the same bytes."""
    return undated(_Slides(build(desk, edition)).made())


class _Slides:
    """One deck while it is made."""

    def __init__(self, card: CardModel) -> None:
        self._card = card
        self._words = Words(card.edition.language)
        self._pen = Pen(card, self._words("missing"))
        self._deck = on.empty_deck()

    def made(self) -> bytes:
        self._put_first()
        for chapter in chapters(self._card):
            if not chapter.is_appendix:
                self._put_chapter(chapter)
        self._put_properties()
        written = BytesIO()
        self._deck.save(written)
        return written.getvalue()

    def _put_first(self) -> None:
        first = front(self._card)
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[on.FIRST])
        title = f"{first.title} – {self._card.state}"
        self._pen.put_fitting(
            slide.placeholders[on.TITLE].text_frame, title, on.FIRST_TITLE_BOX, FIRST_TITLE_SIZES
        )
        below = (first.report, first.council, *first.lines)
        body = slide.placeholders[on.BODY].text_frame
        self._pen.put_lines_fitting(body, below, on.FIRST_BODY_BOX, FIRST_BODY_SIZES)
        self._finish(slide, ())

    def _put_chapter(self, chapter: Chapter) -> None:
        contents = list(planned(chapter, self._pen.missing))
        for number, content in enumerate(contents, 1):
            title = chapter.title
            if len(contents) > 1:
                count = len(contents)
                title = self._words("printed.of", title=title, number=number, count=count)
            match content:
                case Bullets():
                    self._put_bullets(title, content)
                case Whole():
                    self._put_table(title, content.page)
                case Pair():
                    self._put_pair(title, content)

    def _new(self, layout: int, title: str) -> Slide:
        slide: Slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        self._pen.put_fitting(
            slide.placeholders[on.TITLE].text_frame, title, on.TITLE_BOX, TITLE_SIZES
        )
        return slide

    def _put_bullets(self, title: str, content: Bullets) -> None:
        slide = self._new(on.BULLETS, title)
        frame = slide.placeholders[on.BODY].text_frame
        if not content.lines:
            self._pen.put(frame, self._pen.missing, color=QUIET)
        for number, line in enumerate(content.lines):
            self._pen.put_bullet(frame, line.text, 0, is_first=number == 0)
            if line.remark:
                self._pen.put_bullet(frame, line.remark, 1, is_first=False)
        self._finish(
            slide, (f"{line.text}\n{line.behind}" for line in content.lines if line.behind)
        )

    def _put_table(self, title: str, page: Page) -> None:
        slide = self._new(on.ONE_TABLE, title)
        self._put_caption(slide, on.CAPTION, page.grid.caption, on.CAPTION_BOX)
        self._pen.put_table(slide.placeholders[on.TABLE], page, page.grid.caption or title)
        self._put_remarks(slide, [page])
        self._finish(slide, page.behind)

    def _put_pair(self, title: str, content: Pair) -> None:
        left, right = content.left, content.right
        is_chart = isinstance(left, Picture)
        slide = self._new(on.CHART_AND_TABLE if is_chart else on.TWO_TABLES, title)
        self._put_caption(slide, on.CAPTION, content.caption, on.HALF_CAPTION_BOX)
        self._put_caption(slide, on.RIGHT_CAPTION, right.grid.caption, on.HALF_CAPTION_BOX)
        tables = [right]
        if isinstance(left, Picture):
            made_at = self._card.edition.made_at
            describe(put_chart(slide.placeholders[on.CHART], left.chart, made_at), left.alternative)
        else:
            tables.insert(0, left)
            self._pen.put_table(slide.placeholders[on.TABLE], left, left.grid.caption or title)
        self._pen.put_table(slide.placeholders[on.RIGHT_TABLE], right, right.grid.caption or title)
        self._put_remarks(slide, tables)
        self._finish(slide, [text for page in tables for text in page.behind])

    def _put_caption(self, slide: Slide, number: int, caption: str, box: on.Box) -> None:
        if caption:
            self._pen.put_fitting(
                slide.placeholders[number].text_frame, caption, box, CAPTION_SIZES
            )
        else:
            drop(slide, number)

    def _put_remarks(self, slide: Slide, tables: Iterable[Page]) -> None:
        remarks = [text for page in tables if page.is_last for text in page.grid.remarks]
        if remarks:
            self._pen.put(slide.placeholders[on.REMARK].text_frame, "\n".join(remarks), color=QUIET)
        else:
            drop(slide, on.REMARK)

    def _finish(self, slide: Slide, behind: Iterable[str]) -> None:
        self._pen.put_edges(slide)
        self._pen.note(slide, [*behind, front(self._card).lines[-1]])

    def _put_properties(self) -> None:
        card, known = self._card, self._deck.core_properties
        known.title = plain(front(card).document)[:MAX_PROPERTY_CHARACTERS]
        known.subject = plain(card.report)[:MAX_PROPERTY_CHARACTERS]
        known.author = known.last_modified_by = ""  # authors are never printed
        known.comments = self._words("printed.entry", n=card.edition.n)
        known.content_status = plain(card.state)[:MAX_PROPERTY_CHARACTERS]
        known.language = self._pen.locale
        known.created = known.modified = made_at_utc(card.edition.made_at)
