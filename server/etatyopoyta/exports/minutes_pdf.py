"""Minutes as a tagged PDF (PDF/UA-1)."""

import re
from importlib.resources import files

import msgspec
import typst

from etatyopoyta.cards.minutes_model import Fact, Minutes
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.minutes_html import beside

MOST_TRIES = 4
"""The first one names all that no font shows."""
MISSING = "□"
LONGEST_RUN = 40
"""A longer run of letters may be broken anywhere."""
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINING = re.compile("[\u200d\ufe00-\ufe0f]")
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")


def export(minutes: Minutes) -> bytes:
    """The file, with □ for what no font shows; the same minutes give the same pages."""
    source = files(__package__).joinpath("minutes.typ").read_bytes()
    data = msgspec.json.encode(_plain(minutes)).decode()
    for _ in range(MOST_TRIES):
        try:
            return _printed(source, data, int(minutes.made_at.timestamp()))
        except typst.TypstError as error:
            not_shown = "".join(map(_unescaped, _NOT_SHOWN.findall(error.diagnostic)))
            if not not_shown:
                raise
        data = data.translate(dict.fromkeys(map(ord, not_shown), MISSING))
    return _printed(source, data, int(minutes.made_at.timestamp()))


def _printed(source: bytes, data: str, at_s: int) -> bytes:
    printed = typst.compile(
        source,
        format="pdf",
        sys_inputs={"minutes": data},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=at_s,
    )
    assert isinstance(printed, bytes)
    return printed


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _shown(text: str) -> str:
    """The text with places to break it where it has none."""
    return _RUN.sub(lambda run: f"{run[0]}\u200b", _JOINING.sub("", text))


def _plain(minutes: Minutes) -> dict[str, object]:
    """The minutes as the template takes them: no text is put together there."""
    words = Words(minutes.language)
    return {
        "language": minutes.language,
        "heading": f"{minutes.title}: {minutes.workshop}",
        "about": " · ".join(filter(None, (minutes.council, minutes.desk, minutes.day))),
        "made": minutes.made,
        "text": _paragraphs(minutes.text),
        "chapters": [
            {
                "title": chapter.title,
                "times": " · ".join(filter(None, (chapter.planned, chapter.held))),
                "text": _paragraphs(chapter.text),
                "was_held": chapter.was_held,
                "joined": chapter.joined,
                "presence": [[_shown(p.organisation), str(p.people)] for p in chapter.presence],
                "facts": _facts(words, chapter.facts),
                "votes": [
                    {
                        "title": words("minutes.votes", title=vote.title),
                        "about": vote.about,
                        "lines": [[_shown(line.target), line.result] for line in vote.lines],
                    }
                    for vote in chapter.votes
                ],
            }
            for chapter in minutes.chapters
        ],
        "parked": _facts(words, minutes.parked),
        "words": {
            "presence": words("minutes.presence"),
            "organisation": words("minutes.presence.organisation"),
            "people": words("minutes.presence.people"),
            "facts": words("minutes.facts"),
            "no_facts": words("minutes.no_facts"),
            "target": words("minutes.votes.target"),
            "result": words("minutes.votes.result"),
            "no_votes": words("minutes.votes.none"),
            "parked": words("minutes.parked"),
            "nothing_parked": words("minutes.parked.none"),
            "joined_about": words("minutes.joined.about"),
        },
    }


def _facts(words: Words, facts: tuple[Fact, ...]) -> list[dict[str, object]]:
    return [
        {"text": _shown(fact.text), "beside": [_shown(line) for line in beside(words, fact)]}
        for fact in facts
    ]


def _paragraphs(text: str | None) -> list[str]:
    return [_shown(paragraph) for paragraph in (text or "").split("\n\n") if paragraph]
