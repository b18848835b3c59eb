"""How the cells of a workbook look."""

from typing import Literal

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no type marker
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # as above

from etatyopoyta.cards.words import Words
from etatyopoyta.exports import look

INK, DEEP, PALE, LINE = (f"#{color}" for color in (look.INK, look.DEEP, look.PALE, look.LINE))
MARK = f"#{look.MARK}"
QUIET = "#6B5B00"
DAY = {"fi": "d.m.yyyy", "sv": "d.m.yyyy", "en": "yyyy-mm-dd"}
WHOLE = "[>=10000]#,##0;0"
"""Years and note numbers have no thousands separator, nor does Finnish put one in 1695."""


class Styles:
    """The formats of one kind of sheet, made once for all its cells."""

    def __init__(self, book: Workbook, words: Words, numbers: Literal["left", "right"]) -> None:
        self.missing_word = words("missing")

        def style(**more: object) -> Format:
            return book.add_format(
                {"font_name": look.FONT, "font_size": 11, "font_color": INK, **more}
            )

        def cell(**more: object) -> Format:
            framed = {"border": 1, "border_color": LINE, "valign": "top"}
            return style(**{**framed, **more})

        day = DAY[words.language]
        beside = {"align": numbers, "indent": 1 if numbers == "right" else 0}
        self.title = style(bold=True, font_size=16, font_color=DEEP, valign="vcenter")
        self.marked_title = style(bold=True, font_size=16, font_color=MARK, valign="vcenter")
        self.subtitle = style(font_size=10, valign="vcenter")
        self.heading = cell(
            bold=True, font_color="#FFFFFF", bg_color=DEEP, text_wrap=True, valign="vcenter"
        )
        # The quote prefix keeps "=1+1" a text even after somebody edits the cell by hand.
        self.text = cell(text_wrap=True, quote_prefix=True)
        self.first = cell(text_wrap=True, quote_prefix=True, bold=True, bg_color=PALE)
        self.number = cell(num_format="#,##0.##########", **beside)
        self.whole = cell(num_format=WHOLE, **beside)
        self.day = cell(num_format=day, align="center")
        self.moment = cell(num_format=f"{day} hh:mm", align="left")
        self.missing = cell(italic=True, font_color=QUIET)
        self.empty = cell()
        self.remark = style(italic=True, font_color=QUIET)
