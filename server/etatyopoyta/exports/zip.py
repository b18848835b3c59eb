"""Everything in one file that survives us: all formats, all tables, and a page to read them by."""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from etatyopoyta.cards.building import build
from etatyopoyta.cards.evidence import workshop_title
from etatyopoyta.cards.model import CardModel, Edition
from etatyopoyta.cards.public import one_table, tables_of
from etatyopoyta.cards.words import Words
from etatyopoyta.domain.desk import Desk
from etatyopoyta.exports import FORMATS, name_of
from etatyopoyta.exports.charts import chart_svg
from etatyopoyta.exports.csv import table_csv
from etatyopoyta.exports.png import raster
from etatyopoyta.exports.progress import steps
from etatyopoyta.exports.schema import schema_json
from etatyopoyta.exports.svg import board_svg, workshops_with_board
from etatyopoyta.exports.viewer import page

IN_PARTS = ("csv", "svg", "png", "zip")
"""Formats that are in it table by table and board by board, or not at all."""
PAGE = "index.html"
README = "README.txt"
SUMS = "SHA256SUMS.txt"
PACKED = (".png", ".xlsx", ".pptx", ".docx", ".pdf")
"""They are packed already."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP knows. The same desk gives the same bytes."""
READABLE = 0o644 << 16


def export(desk: Desk, edition: Edition) -> bytes:
    """The archive."""
    card = build(desk, edition)
    inside: dict[str, bytes] = {}
    named: dict[str, str] = {}
    parts = ("formats", "others") if edition.is_public else ("formats", "boards", "others")
    for part in steps(parts):
        if part == "formats":
            made = _whole(desk, edition)
        else:
            made = _boards(desk, edition) if part == "boards" else _others(card)
        for path, name, content in made:
            inside[path] = content
            named[path] = name
    readable = {path: name for path, name in named.items() if name}
    inside[PAGE] = page(card, readable.items())
    inside[README] = readme(card, readable).encode()
    sums = "".join(f"{sha256(inside[path]).hexdigest()}  {path}\n" for path in sorted(inside))
    return _packed({**inside, SUMS: sums.encode()})


def _whole(desk: Desk, edition: Edition) -> Iterator[tuple[str, str, bytes]]:
    """Path, name for people and content of the formats that hold all of the desk."""
    words = Words(edition.language)
    for key in steps([key for key in FORMATS if key not in IN_PARTS]):
        file_format = FORMATS[key]
        path = name_of(desk, edition, file_format.suffix).ascii
        yield path, words(f"menu.{key}"), file_format.export(desk, edition)


def _boards(desk: Desk, edition: Edition) -> Iterator[tuple[str, str, bytes]]:
    words = Words(edition.language)
    for workshop in steps(workshops_with_board(desk)):
        drawn = board_svg(desk, edition, workshop)
        name = workshop_title(desk, words, workshop.id)
        yield f"boards/{workshop.id}.svg", words("viewer.board", workshop=name), drawn
        yield f"boards/{workshop.id}.png", "", raster(drawn)


def _others(card: CardModel) -> Iterator[tuple[str, str, bytes]]:
    for chart in (chart for part in card.parts for chart in part.charts):
        drawn = chart_svg(card, chart)
        yield f"charts/{chart.key}.svg", chart.title, drawn
        yield f"charts/{chart.key}.png", "", raster(drawn)
    yield "csv/all.csv", Words(card.edition.language)("menu.csv"), _csv(card)
    for table in tables_of(card):
        yield f"csv/{table.key}.csv", f"{table.title} (CSV)", table_csv(table, card.edition)
    described = _described(card)
    yield _schema(described), "", schema_json(described)


def _described(card: CardModel) -> str:
    return "card" if card.edition.is_public else "desk"


def _schema(described: str) -> str:
    return f"schema/{described}.json"


def _csv(card: CardModel) -> bytes:
    return table_csv(one_table(card), card.edition)


def readme(card: CardModel, named: dict[str, str]) -> str:
    """What is in it and how to open it, in lines that every editor shows."""
    words = Words(card.edition.language)
    title = f"{card.title} – {card.mark}" if card.mark else card.title
    made = f"{words.moment(card.made_at)} · {words('printed.entry', n=card.edition.n)}"
    described = _described(card)
    lines = [
        *(title, card.report, card.council, made, ""),
        words("readme.page", page=PAGE),
        words(f"readme.json.{described}", schema=_schema(described)),
        words("readme.sums", sums=SUMS),
        words("readme.authors"),
        "",
        *(f"{path}  {name}" for path, name in sorted(named.items())),
    ]
    return "\r\n".join(lines) + "\r\n"


def _packed(inside: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for path in sorted(inside):
            entry = ZipInfo(path, FIRST_DAY)
            entry.external_attr = READABLE
            entry.compress_type = ZIP_STORED if path.endswith(PACKED) else ZIP_DEFLATED
            archive.writestr(entry, inside[path])
    return written.getvalue()
