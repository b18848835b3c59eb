"""Minutes as one HTML file that needs nothing else, to read and to print."""

from collections.abc import Iterable, Iterator
from html import escape

from etatyopoyta.cards.minutes_model import Chapter, Fact, Minutes, VoteResult
from etatyopoyta.cards.words import Words

STYLE = """
:root { color-scheme: light; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; color: #1f2a37;
  font: 1rem/1.5 "Atkinson Hyperlegible Next", Calibri, "Segoe UI", sans-serif; }
h1 { margin-bottom: .25rem; color: #124e5c; font-size: 2rem; line-height: 1.2; }
h2 { margin: 2.25rem 0 .25rem; padding-top: .75rem; border-top: 2px solid #c5d3d8; color: #124e5c;
  font-size: 1.35rem; }
h3 { margin: 1.25rem 0 .25rem; font-size: 1.05rem; }
h2, h3 { break-after: avoid; }
p, ul { margin: .35rem 0; }
.about, small { color: #4b5a66; font-size: .9rem; }
.words { white-space: pre-line; }
li { margin: .25rem 0; overflow-wrap: anywhere; break-inside: avoid; }
li small { display: block; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; font-size: .95rem; }
th, td { padding: .3rem .5rem; border: 1px solid #c5d3d8; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
thead th { background: #e8f1f3; }
td.number { text-align: right; }
@page { size: A4; margin: 18mm 16mm; }
@media print { body { max-width: none; padding: 0; } thead { display: table-header-group; } }
"""


def export(minutes: Minutes) -> bytes:
    """The file; every text in it is escaped."""
    return "\n".join(_lines(minutes)).encode()


def _lines(minutes: Minutes) -> Iterator[str]:
    words = Words(minutes.language)
    title = f"{minutes.title}: {minutes.workshop}"
    about = " · ".join(filter(None, (minutes.council, minutes.desk, minutes.day)))
    yield f'<!doctype html>\n<html lang="{minutes.language}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{escape(title)}</h1>"
    yield _paragraph(about, "about")
    yield _paragraph(minutes.made, "about")
    yield from _written(minutes.text)
    for chapter in minutes.chapters:
        yield "<section>"
        yield from _chapter(words, chapter)
        yield "</section>"
    yield f"<h2>{escape(words('minutes.parked'))}</h2>"
    yield from _facts(words, minutes.parked, "minutes.parked.none")
    yield _paragraph(words("minutes.joined.about"), "about")
    yield "</main>\n</body>\n</html>\n"


def _chapter(words: Words, chapter: Chapter) -> Iterator[str]:
    yield f"<h2>{escape(chapter.title)}</h2>"
    yield _paragraph(" · ".join(filter(None, (chapter.planned, chapter.held))), "about")
    yield from _written(chapter.text)
    if chapter.joined:
        yield f"<h3>{escape(words('minutes.presence'))}</h3>"
        yield _paragraph(chapter.joined)
    if chapter.presence:
        heads = (words("minutes.presence.organisation"), words("minutes.presence.people"))
        rows = ((each.organisation, str(each.people)) for each in chapter.presence)
        yield from _table(heads, rows, is_counted=True)
    if chapter.was_held:
        yield f"<h3>{escape(words('minutes.facts'))}</h3>"
        yield from _facts(words, chapter.facts, "minutes.no_facts")
    for vote in chapter.votes:
        yield from _vote(words, vote)


def _vote(words: Words, vote: VoteResult) -> Iterator[str]:
    yield f"<h3>{escape(words('minutes.votes', title=vote.title))}</h3>"
    yield _paragraph(vote.about, "about")
    if not vote.lines:
        yield _paragraph(words("minutes.votes.none"))
        return
    heads = (words("minutes.votes.target"), words("minutes.votes.result"))
    yield from _table(heads, ((line.target, line.result) for line in vote.lines))


def _facts(words: Words, facts: tuple[Fact, ...], none: str) -> Iterator[str]:
    if not facts:
        yield _paragraph(words(none))
        return
    yield "<ul>"
    for fact in facts:
        more = "".join(f"<small>{escape(line)}</small>" for line in beside(words, fact))
        yield f"<li>{escape(fact.text)}{more}</li>"
    yield "</ul>"


def beside(words: Words, fact: Fact) -> Iterator[str]:
    """The lines below a fact: why, and whose notes lie behind it."""
    if fact.reason:
        yield words("minutes.reason", reason=fact.reason)
    if fact.organisations:
        yield words("minutes.behind", organisations=", ".join(fact.organisations))


def _table(
    heads: tuple[str, str], rows: Iterable[tuple[str, str]], is_counted: bool = False
) -> Iterator[str]:
    shown = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield f"<table>\n<thead><tr>{shown}</tr></thead>\n<tbody>"
    number = ' class="number"' if is_counted else ""
    for first, second in rows:
        yield f'<tr><th scope="row">{escape(first)}</th><td{number}>{escape(second)}</td></tr>'
    yield "</tbody>\n</table>"


def _written(text: str | None) -> Iterator[str]:
    for paragraph in filter(None, (text or "").split("\n\n")):
        yield _paragraph(paragraph, "words")


def _paragraph(text: str, kind: str = "") -> str:
    of_kind = f' class="{kind}"' if kind else ""
    return f"<p{of_kind}>{escape(text)}</p>"
