"""An empty deck of our own: wide slides, five layouts, all with a title and room for the mark."""

from typing import Any

from msgspec import Struct
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from etatyopoyta.exports.look import DEEP, INK, MARK

WIDTH, HEIGHT = 960, 540
"""Points of a slide, 16:9."""


class Box(Struct, frozen=True):
    """A place on a slide, in points."""

    x: float
    y: float
    width: float
    height: float


TITLE, BODY = 0, 1
TABLE, CAPTION, REMARK = 13, 21, 22
CHART, RIGHT_TABLE, RIGHT_CAPTION = 15, 14, 23
MARKED = 20
"""Numbers of the placeholders, the same on all layouts."""
TITLE_BOX = Box(43, 22, 690, 74)
BODY_BOX = Box(43, 112, 874, 376)
CAPTION_BOX = Box(43, 104, 874, 34)
TABLE_BOX = Box(43, 142, 874, 318)
TALL_TABLE_BOX = Box(43, 142, 874, 350)
"""Where nothing stands below it."""
HALF_CAPTION_BOX = Box(43, 104, 427, 34)
HALF_TABLE_BOX = Box(43, 142, 427, 318)
REMARK_BOX = Box(43, 464, 874, 32)
RIGHT_X = 490
FIRST_TITLE_BOX = Box(70, 130, 820, 110)
FIRST_BODY_BOX = Box(70, 250, 820, 200)
MARK_BOX = Box(750, 30, 167, 36)
FOOTER_BOX = Box(43, 506, 760, 22)
NUMBER_BOX = Box(827, 506, 90, 22)
FIRST, BULLETS, ONE_TABLE, TWO_TABLES, CHART_AND_TABLE = range(5)
"""The layouts by their number."""
Element = Any  # what python-pptx makes of XML has no types
_ROOM = 'lIns="0" tIns="0" rIns="0" bIns="0"'
_COLORS = {"accent1": DEEP, "accent2": "B86E00", "accent3": "6B3FA0", "dk2": DEEP, "lt2": "E8F1F3"}


def empty_deck() -> Deck:
    """A deck without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.part._element.find(qn("p:sldSz")).attrib.pop("type")
    _drop_leftovers(deck)
    _set_master(deck)
    for layout in list(deck.slide_layouts)[5:]:
        deck.slide_layouts.remove(layout)
    left, right = HALF_TABLE_BOX, _moved(HALF_TABLE_BOX, RIGHT_X)
    captions = [
        _place(CAPTION, "body", HALF_CAPTION_BOX, 14),
        _place(RIGHT_CAPTION, "body", _moved(HALF_CAPTION_BOX, RIGHT_X), 14),
    ]
    remark = _place(REMARK, "body", REMARK_BOX, 12)
    contents = [
        ("Otsikkodia", [_place(BODY, "subTitle", FIRST_BODY_BOX, 18)]),
        ("Luettelo", [_place(BODY, "body", BODY_BOX, None)]),
        (
            "Taulukko",
            [
                _place(CAPTION, "body", CAPTION_BOX, 14),
                _place(TABLE, "tbl", TABLE_BOX, 12),
                remark,
            ],
        ),
        (
            "Kaksi taulukkoa",
            [
                captions[0],
                _place(TABLE, "tbl", left, 11),
                captions[1],
                _place(RIGHT_TABLE, "tbl", right, 11),
                remark,
            ],
        ),
        (
            "Kaavio ja taulukko",
            [
                captions[0],
                _place(CHART, "chart", left, 11),
                captions[1],
                _place(RIGHT_TABLE, "tbl", right, 11),
                remark,
            ],
        ),
    ]
    for number, (name, places) in enumerate(contents):
        _set_layout(deck.slide_layouts[number]._element, name, number == FIRST, places)
    return deck


def _moved(box: Box, x: float) -> Box:
    return Box(x, box.y, box.width, box.height)


def _drop_leftovers(deck: Deck) -> None:
    """What the library's own template carries along: a picture of it, and a printer."""
    package = deck.part.package
    for owner in (package, deck.part):
        for key, relation in list(owner._rels.items()):
            if relation.reltype in (
                RELATIONSHIP_TYPE.THUMBNAIL,
                RELATIONSHIP_TYPE.PRINTER_SETTINGS,
            ):
                owner._rels.pop(key)


def _set_master(deck: Deck) -> None:
    master = deck.slide_master._element
    _set_theme(deck)
    tree = master.find(qn("p:cSld")).find(qn("p:spTree"))
    for shape in tree.findall(qn("p:sp")):
        tree.remove(shape)
    tree.append(_line(Box(0, 0, WIDTH, 8), "Palkki"))
    for shape in (
        _place(TITLE, "title", TITLE_BOX, None),
        _place(BODY, "body", BODY_BOX, None),
        _place(3, "ftr", FOOTER_BOX, 10),
        _place(4, "sldNum", NUMBER_BOX, 10),
    ):
        tree.append(parse_xml(shape))
    styles = master.find(qn("p:txStyles"))
    styles.replace(styles.find(qn("p:titleStyle")), parse_xml(_TITLE_STYLE))
    styles.replace(styles.find(qn("p:bodyStyle")), parse_xml(_BODY_STYLE))


def _set_theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    for name, color in _COLORS.items():
        for shade in theme.iter(qn(f"a:{name}")):
            shade[0].set("val", color)
    part._blob = serialize_part_xml(theme)


def _set_layout(layout: Element, name: str, is_first: bool, places: list[str]) -> None:
    layout.attrib.pop("type", None)
    content = layout.find(qn("p:cSld"))
    content.set("name", name)
    tree = content.find(qn("p:spTree"))
    for shape in tree.findall(qn("p:sp")):
        tree.remove(shape)
    title = (
        _place(TITLE, "ctrTitle", FIRST_TITLE_BOX, 36)
        if is_first
        else _place(TITLE, "title", TITLE_BOX, None)
    )
    edges = [_place(3, "ftr", FOOTER_BOX, 10), _place(4, "sldNum", NUMBER_BOX, 10)]
    for place in (title, *places, _mark(), *edges):
        tree.append(parse_xml(place))
    for number, shape in enumerate(tree.iter(qn("p:cNvPr")), 1):
        shape.set("id", str(number))


def _place(number: int, kind: str, box: Box, size: int | None) -> str:
    """A placeholder as XML."""
    look = ""
    if size:
        bullet = "<a:buNone/>" if kind in ("body", "subTitle") else ""
        align = ' algn="r"' if kind == "sldNum" else ""
        level = f'<a:lvl1pPr marL="0" indent="0"{align}>{bullet}<a:defRPr sz="{size * 100}">'
        look = f'{level}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    anchor = "ctr" if kind in ("title", "ftr", "sldNum") else "b" if kind == "ctrTitle" else "t"
    anchor = "b" if number in (CAPTION, RIGHT_CAPTION) else anchor
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number + 2}" name="{kind} {number}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"'
        f"{_index(number, kind)}/></p:nvPr></p:nvSpPr>"
        f'<p:spPr>{_transform(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" {_ROOM} anchor="{anchor}"/>'
        f"<a:lstStyle>{look}</a:lstStyle>{_sample(kind)}</p:txBody></p:sp>"
    )


def _index(number: int, kind: str) -> str:
    return "" if kind in ("title", "ctrTitle") else f' idx="{number}"'


def _sample(kind: str) -> str:
    if kind == "sldNum":
        return (
            '<a:p><a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            '<a:rPr lang="fi-FI"/><a:t>‹#›</a:t></a:fld></a:p>'
        )
    return '<a:p><a:endParaRPr lang="fi-FI"/></a:p>'


def _mark() -> str:
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="22" name="Merkintä"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="{MARKED}"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_transform(MARK_BOX)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:ln w="25400"><a:solidFill><a:srgbClr val="{MARK}"/></a:solidFill></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" {_ROOM} anchor="ctr"/><a:lstStyle>'
        '<a:lvl1pPr marL="0" indent="0" algn="ctr"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr sz="1600" b="1"><a:solidFill><a:srgbClr val="{MARK}"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr></a:lstStyle>"
        '<a:p><a:endParaRPr lang="fi-FI"/></a:p></p:txBody></p:sp>'
    )


def _line(box: Box, name: str) -> Element:
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="30" name="{name}"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr>{_transform(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "</p:sp>"
    )


def _transform(box: Box) -> str:
    x, y, width, height = (Pt(value) for value in (box.x, box.y, box.width, box.height))
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _level(number: int, margin: float, size: int, bullet: str) -> str:
    return (
        f'<a:lvl{number}pPr marL="{Pt(margin)}" indent="{-Pt(14) if "Char" in bullet else 0}"'
        ' algn="l" rtl="0"><a:spcBef><a:spcPts val="500"/></a:spcBef>'
        f'{bullet}<a:defRPr sz="{size * 100}" kern="1200"><a:solidFill><a:srgbClr val="{INK}"/>'
        '</a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


_TITLE_STYLE = (
    f'<p:titleStyle {nsdecls("p", "a")}><a:lvl1pPr algn="l" rtl="0"><a:buNone/>'
    '<a:defRPr sz="2800" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
    '<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle>'
)
_BODY_STYLE = (
    f"<p:bodyStyle {nsdecls('p', 'a')}>"
    + _level(1, 16, 18, '<a:buFont typeface="Arial"/><a:buChar char="•"/>')
    + _level(2, 16, 14, "<a:buNone/>")
    + "</p:bodyStyle>"
)
