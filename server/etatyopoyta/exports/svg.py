"""A workshop's board as a picture: everything at its place, as on the screen."""

from collections.abc import Iterator
from datetime import tzinfo

from etatyopoyta.cards.building import PUBLISHED, build
from etatyopoyta.cards.evidence import organisation_of, workshop_title
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.words import Words, zone_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Area, Cluster, Note, Shows, Workshop
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports.board import NOTE_WIDTH, Board, Rect, lay
from etatyopoyta.exports.charts import chart_svg
from etatyopoyta.exports.drawing import (
    BOLD,
    INK,
    LINE,
    MARK,
    MUTED,
    PALE,
    PAPER,
    PETROL,
    SURFACE,
    box,
    element,
    lines_of,
    one_line,
    picture,
    text,
    width_of,
    wrapped,
)
from etatyopoyta.exports.progress import steps

MARGIN = 60
LEAST_WIDTH = 900
"""For the heading; a board of three notes is narrower."""
HEADING_SHARE = 1 / 45
"""Of the board: on a large one the heading is to be read from as far as the notes are."""
TINTS = ("#fceeb5", "#fcdcc3", "#f8d7dd", "#e6ddf4", "#d3e6f4", "#d3ecdc", "#ebe4d4")
NOTE_TEXT = 176
"""Width of the text on a note."""
SIZES = ((22.0, 4), (18.0, 5), (15.5, 6), (13.5, 7), (12.0, 8))
"""Size of the words on a note, and lines that there is room for."""
LEADING = 1.22
SMALL = 11.5


def export(desk: Desk, edition: Edition) -> bytes:
    """The board of the workshop that is held now, or of the last one with something on it.

    Or a chart of the card; Refused("export.no_chart") when too little of it is known.
    """
    if edition.chart is not None:
        return _chart(build(desk, edition), edition.chart)
    return board_svg(desk, edition, shown_workshop(desk))


def _chart(card: CardModel, key: str) -> bytes:
    charts = (chart for part in card.parts for chart in part.charts if chart.key == key)
    chart = next(charts, None)
    if chart is None:
        raise Refused("export.no_chart")
    return chart_svg(card, chart)


def shown_workshop(desk: Desk) -> Workshop:
    """The workshop whose board is meant when none is named."""
    now = desk.get(Workshop, desk.info.workshop)
    filled = workshops_with_board(desk)
    return now if now in filled or not filled else filled[-1]


def workshops_with_board(desk: Desk) -> list[Workshop]:
    """The workshops on whose board something lies, in their order."""
    in_order = sorted(desk.of(Workshop), key=lambda workshop: (workshop.number, workshop.id))
    return [workshop for workshop in in_order if not lay(desk, workshop.id).is_empty]


def board_svg(desk: Desk, edition: Edition, workshop: Workshop) -> bytes:
    """The board of a workshop."""
    words = Words(edition.language)
    board = lay(desk, workshop.id)
    around = board.around()
    width = max(around.width, LEAST_WIDTH) + 2 * MARGIN
    size = min(width, around.height + LEAST_WIDTH) * HEADING_SHARE
    top = round(MARGIN + 4.2 * size)
    title = f"{words.text(desk.info.title)} – {workshop_title(desk, words, workshop.id)}"
    facts = _facts(desk, words, edition, workshop, board)
    height = around.height + top + MARGIN
    lying = element(
        "g",
        *(_area(area, place) for area, place in board.areas),
        *(_cluster(*placed) for placed in board.clusters),
        *(_note(desk, note, place) for note, place in steps(board.notes)),
        transform=f"translate({MARGIN - around.x} {top - around.y})",
    )
    heading = _heading(desk, words, title, facts, (width, size))
    paper = box(width, height, fill=PAPER)
    return picture(width, height, title, facts, [paper, *heading, lying])


def _heading(
    desk: Desk, words: Words, title: str, facts: str, room: tuple[float, float]
) -> Iterator[str]:
    width, size = room
    at = {"x": MARGIN, "fill": PETROL, "font_weight": BOLD}
    free = width - 2 * MARGIN
    if desk.card.state != PUBLISHED:
        mark = words("draft")
        end = {"x": width - MARGIN, "y": MARGIN + size, "text_anchor": "end", "fill": MARK}
        yield element("text", text(mark), font_size=size, font_weight=BOLD, **end)
        free -= 8 * size
    shown = one_line(title, size, free, is_bold=True)
    yield element("text", text(shown), y=MARGIN + size, font_size=size, **at)
    lines, _ = wrapped(facts, size * 0.55, width - 2 * MARGIN, 2)
    yield lines_of(lines, MARGIN, MARGIN + 2 * size, size * 0.55, 1.4, fill=MUTED)


def _facts(desk: Desk, words: Words, edition: Edition, workshop: Workshop, board: Board) -> str:
    """Who, when and how much, also of what is not to be seen."""
    zone: tzinfo = zone_of(desk.info.timezone)
    of_workshop = (note for note in desk.of(Note) if note.workshop == workshop.id)
    hidden = sum(note.is_hidden for note in of_workshop)
    counts = {
        "about.notes": len(board.notes),
        "about.clusters": len(board.clusters),
        "about.notes_hidden": hidden,
    }
    return " · ".join(
        (
            words.text(desk.info.council),
            words.moment(edition.made_at.astimezone(zone)),
            words("printed.entry", n=edition.n),
            *(f"{words(key)}: {count}" for key, count in counts.items() if count),
        )
    )


def _area(area: Area, place: Rect) -> str:
    size = min(place.width / 8, 20)
    title = one_line(area.title, size, place.width - 2 * size, is_bold=True)
    at = {"x": place.x + size * 0.9, "y": place.y + size * 1.5}
    return element(
        "g",
        box(
            place.width,
            place.height,
            x=place.x,
            y=place.y,
            rx=20,
            fill=PALE,
            fill_opacity=0.45,
            stroke=LINE,
            stroke_width=3,
            stroke_dasharray="12 8" if area.is_closed else None,
        ),
        element("text", text(title), font_size=size, font_weight=BOLD, **at),
    )


def _cluster(cluster: Cluster, place: Rect, count: int) -> str:
    lines, _ = wrapped(cluster.title, 17.0, place.width - 90, 2, is_bold=True)
    first = place.y + (36 if len(lines) < 2 else 26)
    number = {"x": place.x + place.width - 18, "y": place.y + 36, "text_anchor": "end"}
    frame = {"x": place.x, "y": place.y, "rx": 16, "stroke": LINE, "stroke_width": 1.5}
    return element(
        "g",
        box(place.width, place.height, fill=SURFACE, fill_opacity=0.8, **frame),
        lines_of(lines, place.x + 16, first, 17.0, 1.15, font_weight=BOLD),
        element("text", str(count), font_size=15, fill=MUTED, **number),
    )


def _note(desk: Desk, note: Note, place: Rect) -> str:
    """A note; what does not fit on it is told to whoever points at it."""
    organisation = organisation_of(desk, note) or ""
    size, lines, is_all = _sized(note.text)
    foot = one_line(organisation, SMALL, NOTE_TEXT)
    told = " – ".join(part for part in (note.text, organisation) if part)
    return element(
        "svg",
        *(() if is_all else (element("title", text(told)),)),
        box(NOTE_WIDTH, place.height, rx=4, fill=_tint(note), stroke=LINE, stroke_width=0.5),
        lines_of(lines, 12, 10 + size, size, LEADING, fill=INK),
        *((element("text", text(foot), x=12, y=129, font_size=SMALL, fill=MUTED),) if foot else ()),
        x=place.x,
        y=place.y,
        width=NOTE_WIDTH,
        height=place.height,
    )


def _sized(words: str) -> tuple[float, list[str], bool]:
    """The largest size in which the words have room unbroken, else the smallest: a part of them."""
    longest = max(words.split(), key=len, default="")
    for size, most in SIZES:
        lines, is_all = wrapped(words, size, NOTE_TEXT, most)
        if is_all and width_of(longest, size) <= NOTE_TEXT:
            break
    return size, lines, is_all


def _tint(note: Note) -> str:
    """The same organisation has the same paper everywhere (web/src/lib/board/paper.ts)."""
    if note.organisation is None or note.shows is Shows.NOTHING:
        return TINTS[0]
    total = 0
    for letter in note.organisation:
        total = (total * 31 + ord(letter)) % 1_000_003
    return TINTS[total % len(TINTS)]
