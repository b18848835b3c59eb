"""A page that shows a whole desk from a file: without a network, a server or a script."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from html import escape
from importlib.resources import files

from etatyopoyta.cards.model import CardModel, CardPart, FocusTable, GoalRow, MeasureRow
from etatyopoyta.cards.public import tables_of
from etatyopoyta.cards.table import MISSING, Cell, Table, measured
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.cells import fitting
from etatyopoyta.exports.charts import chart_svg

NOTES = "notes"
"""The table whose rows others point at."""


def page(card: CardModel, beside: Iterable[tuple[str, str]]) -> bytes:
    """The page; `beside` are files that lie next to it, each with what it is called."""
    words = Words(card.edition.language)
    css = files("etatyopoyta.exports").joinpath("page.css").read_text("utf-8")
    allowed = b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:"
    sections = list(_sections(card, words, tuple(beside)))
    mark = f' <span class="mark">{_text(card.mark)}</span>' if card.mark else ""
    facts = (
        card.report,
        " · ".join(part for part in (card.council, card.period, card.desk_title) if part),
        f"{words.moment(card.made_at)} · {words('printed.entry', n=card.edition.n)}",
    )
    parts = [
        f'<!doctype html>\n<html lang="{card.edition.language}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(' – '.join(filter(None, (card.title, card.mark))))}</title>",
        f"<style>{css}</style>\n</head>\n<body>\n<header>\n<h1>{_text(card.title)}{mark}</h1>",
        *(f"<p>{_text(fact)}</p>" for fact in facts),
        f'</header>\n<nav aria-label="{_text(words("viewer.contents"))}"><ul>',
        *(f'<li><a href="#{key}">{_text(title)}</a></li>' for key, title, _ in sections),
        "</ul></nav>\n<main>",
        *(
            f'<section id="{key}" aria-labelledby="{key}-title">'
            f'<h2 id="{key}-title">{_text(title)}</h2>\n{inside}\n</section>'
            for key, title, inside in sections
        ),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _sections(
    card: CardModel, words: Words, beside: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, str, str]]:
    """Id, heading and inside of each section: the card, where it comes from, and all of it."""
    for part in card.parts:
        yield f"part-{part.key}", part.title, "\n".join(_part(card, part, words))
    if not card.edition.is_public:
        goals = [goal for table in card.tables for row in table.rows for goal in row.goals]
        trail = "\n".join(_trail(goal, words) for goal in goals)
        yield "trail", words("viewer.trail"), trail or _missing(words)
    for table in tables_of(card):
        if not table.key.startswith("card_"):  # those stand in the card above
            yield table.key, table.title, _table(table, words)
    links = "".join(f'<li><a href="{_text(path)}">{_text(name)}</a></li>' for path, name in beside)
    yield "files", words("viewer.files"), f"<ul>{links}</ul>"


def _part(card: CardModel, part: CardPart, words: Words) -> Iterator[str]:
    if part.texts:
        lines = (f"{line.text} ({line.kind})" if line.kind else line.text for line in part.texts)
        yield "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>"
    if part.figures:
        rows = [
            (
                figure.group,
                figure.label,
                MISSING if figure.value is None else words.number(figure.value),
                figure.unit,
                words.as_of(figure.as_of) if figure.as_of else MISSING,
                figure.source or MISSING,
                figure.remark,
            )
            for figure in part.figures
        ]
        headings = ("group", "figure", "value", "unit", "as_of", "figure_source", "remark")
        yield _rows([words(f"column.{heading}") for heading in headings], rows, words)
    for chart in part.charts:
        drawn = b64encode(chart_svg(card, chart)).decode()
        yield f'<img alt="{_text(chart.title)}" src="data:image/svg+xml;base64,{drawn}">'
    if part.table:
        yield _focus(part.table, words)
    if part.measures:
        names = (measured(words, measure.name, measure.unit) for measure in part.measures)
        yield "<ul>" + "".join(f"<li>{_text(name)}</li>" for name in names) + "</ul>"
    if not (part.texts or part.figures or part.table or part.measures):
        yield _missing(words)


def _focus(table: FocusTable, words: Words) -> str:
    rows: list[tuple[Cell, ...]] = []
    for network in table.rows:
        name = words("network.example", name=network.name) if network.is_example else network.name
        rows += [(name, goal.text, goal.actual, goal.signed_status) for goal in network.goals] or [
            (name, None, None, None)
        ]
    headings = [words(f"column.{key}") for key in ("network", "goals", "actual", "status")]
    return _rows(headings, rows, words)


def _trail(goal: GoalRow, words: Words) -> str:
    """A goal, opened: its measures, and the notes that each of them grew from."""
    place = f"{goal.place.focus_area}, {goal.place.network}"
    measures = "".join(_measure(measure, words) for measure in goal.measures)
    return f"<details><summary>{_text(goal.text)} ({_text(place)})</summary>{measures}</details>"


def _measure(measure: MeasureRow, words: Words) -> str:
    notes = "".join(
        f'<li><a href="#{_text(note.id)}">{note.number}</a> {_text(note.text)}'
        + (f" – {_text(note.organisation)}" if note.organisation else "")
        + "</li>"
        for note in measure.sources
    )
    return f"<h3>{_text(measured(words, measure.name, measure.unit))}</h3><ul>{notes}</ul>"


def _table(table: Table, words: Words) -> str:
    headings = [column.heading for column in table.columns]
    has_ids = table.key == NOTES
    remarks = "".join(f"<p>{_text(remark)}</p>" for remark in table.remarks)
    return _rows(headings, table.rows, words, has_ids=has_ids) + remarks


def _rows(
    headings: Iterable[str],
    rows: Iterable[tuple[Cell, ...]],
    words: Words,
    *,
    has_ids: bool = False,
) -> str:
    head = "".join(f'<th scope="col">{_text(heading)}</th>' for heading in headings)
    body = "\n".join(_row(row, words, has_id=has_ids) for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
    return f'<div class="wide" tabindex="0">{table}</div>'


def _row(row: tuple[Cell, ...], words: Words, *, has_id: bool) -> str:
    """A row; its last cell is its id, where others point at it."""
    begin = f'<tr id="{_text(str(row[-1]))}">' if has_id else "<tr>"
    return begin + "".join(_cell(cell, words) for cell in row) + "</tr>"


def _cell(cell: Cell, words: Words) -> str:
    match cell:
        case None:
            return "<td></td>"
        case str():
            return f"<td>{_text(cell)}</td>"
        case datetime():
            return f"<td>{_text(words.moment(cell))}</td>"
        case date():
            return f"<td>{_text(words.day(cell))}</td>"
        case int() | float():
            return f'<td class="number">{_text(words.number(cell))}</td>'
        case _:
            return f'<td class="missing">{_text(words("missing"))}</td>'


def _missing(words: Words) -> str:
    return f'<p class="missing">{_text(words("missing"))}</p>'


def _text(words: str) -> str:
    """A text as text, also within an attribute."""
    return escape(fitting(words))
