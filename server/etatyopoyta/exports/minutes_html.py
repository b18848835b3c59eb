"""Minutes as one HTML file that needs nothing else, to read and to print."""

from collections.abc import Iterable, Iterator

from etatyopoyta.cards.minutes_model import Chapter, Fact, Minutes, VoteResult
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.markup import Html, tag

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
    title = f"{minutes.title}: {minutes.workshop}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    body = tag("body", tag("main", *_content(minutes, title)))
    return f"<!doctype html>\n{tag('html', head, body, lang=minutes.language)}\n".encode()


def _content(minutes: Minutes, title: str) -> Iterator[Html]:
    words = Words(minutes.language)
    about = " · ".join(filter(None, (minutes.council, minutes.desk, minutes.day)))
    yield tag("h1", title)
    yield tag("p", about, class_="about")
    yield tag("p", minutes.made, class_="about")
    yield from _written(minutes.text)
    for chapter in minutes.chapters:
        yield tag("section", *_chapter(words, chapter))
    yield tag("h2", words("minutes.parked"))
    yield _facts(words, minutes.parked, "minutes.parked.none")
    yield tag("p", words("minutes.joined.about"), class_="about")


def _chapter(words: Words, chapter: Chapter) -> Iterator[Html]:
    yield tag("h2", chapter.title)
    times = " · ".join(filter(None, (chapter.planned, chapter.held)))
    yield tag("p", times, class_="about")
    yield from _written(chapter.text)
    if chapter.joined:
        yield tag("h3", words("minutes.presence"))
        yield tag("p", chapter.joined)
    if chapter.presence:
        heads = (words("minutes.presence.organisation"), words("minutes.presence.people"))
        rows = ((each.organisation, str(each.people)) for each in chapter.presence)
        yield _table(heads, rows, "number")
    if chapter.was_held:
        yield tag("h3", words("minutes.facts"))
        yield _facts(words, chapter.facts, "minutes.no_facts")
    for vote in chapter.votes:
        yield from _vote(words, vote)


def _vote(words: Words, vote: VoteResult) -> Iterator[Html]:
    yield tag("h3", words("minutes.votes", title=vote.title))
    yield tag("p", vote.about, class_="about")
    if not vote.lines:
        yield tag("p", words("minutes.votes.none"))
        return
    heads = (words("minutes.votes.target"), words("minutes.votes.result"))
    yield _table(heads, ((line.target, line.result) for line in vote.lines))


def _facts(words: Words, facts: tuple[Fact, ...], none: str) -> Html:
    if not facts:
        return tag("p", words(none))
    return tag(
        "ul",
        *(
            tag("li", *_when(fact), fact.text, *(tag("small", li) for li in beside(words, fact)))
            for fact in facts
        ),
    )


def _when(fact: Fact) -> Iterator[Html | str]:
    if fact.when:
        yield tag("span", fact.when, class_="about")
        yield " "


def beside(words: Words, fact: Fact) -> Iterator[str]:
    """The lines below a fact: why, and whose notes lie behind it."""
    if fact.reason:
        yield words("minutes.reason", reason=fact.reason)
    if fact.organisations:
        yield words("minutes.behind", organisations=", ".join(fact.organisations))


def _table(
    heads: tuple[str, str], rows: Iterable[tuple[str, str]], second: str | None = None
) -> Html:
    """`second` is the kind of the second column's cells."""
    head = tag("tr", *(tag("th", each, scope="col") for each in heads))
    body = (
        tag("tr", tag("th", first, scope="row"), tag("td", rest, class_=second))
        for first, rest in rows
    )
    return tag("table", tag("thead", head), tag("tbody", *body))


def _written(text: str | None) -> Iterator[Html]:
    for paragraph in filter(None, (text or "").split("\n\n")):
        yield tag("p", paragraph, class_="words")
