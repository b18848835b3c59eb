"""Minutes as a tagged PDF (PDF/UA-1)."""

from etatyopoyta.cards.minutes_model import Fact, Minutes
from etatyopoyta.cards.words import Words
from etatyopoyta.exports.minutes_html import beside
from etatyopoyta.exports.typeset import pdf, shown


def export(minutes: Minutes) -> bytes:
    """The file, with □ for what no font shows; the same minutes give the same bytes."""
    return pdf("minutes.typ", "minutes", shown(_plain(minutes)), minutes.made_at)


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
                "presence": [[p.organisation, str(p.people)] for p in chapter.presence],
                "facts": _facts(words, chapter.facts),
                "votes": [
                    {
                        "title": words("minutes.votes", title=vote.title),
                        "about": vote.about,
                        "lines": [[line.target, line.result] for line in vote.lines],
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
        {"when": fact.when, "text": fact.text, "beside": list(beside(words, fact))}
        for fact in facts
    ]


def _paragraphs(text: str | None) -> list[str]:
    return [paragraph for paragraph in (text or "").split("\n\n") if paragraph]
