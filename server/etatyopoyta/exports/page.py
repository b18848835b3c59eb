"""A public page around its content: plain HTML that works without JavaScript."""

from hashlib import sha256
from importlib.resources import files

from msgspec import Struct

from etatyopoyta.cards.words import Language, Words
from etatyopoyta.exports.markup import Html, joined, tag

STYLE = files("etatyopoyta").joinpath("exports", "public.css").read_bytes()
STYLE_PATH = "/kortti.css"
_STYLE_URL = f"{STYLE_PATH}?v={sha256(STYLE).hexdigest()[:12]}"
LANGUAGES: dict[Language, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


class Frame(Struct, frozen=True, kw_only=True):
    """What is around the content."""

    language: Language
    address: str
    """Path of this page, to be shown in another language."""
    title: str
    index: bool = True
    """Whether search engines may list it: only what is in force."""


def page(frame: Frame, *content: Html | None) -> str:
    """The whole document."""
    words = Words(frame.language)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        None if frame.index else tag("meta", name="robots", content="noindex"),
        tag("title", frame.title),
        tag("link", rel="stylesheet", href=_STYLE_URL),
        tag("link", rel="icon", href="/icon.svg"),
    )
    body = tag(
        "body",
        tag("a", words("public.skip"), href="#sisalto", class_="skip"),
        tag("header", tag("p", words("public.made_with"), class_="app"), _languages(frame, words)),
        tag("main", *content, id="sisalto", tabindex="-1"),
        tag("footer", tag("p", words("public.footer"))),
    )
    return f"<!doctype html>{tag('html', head, body, lang=frame.language)}\n"


def notice(*content: Html) -> Html:
    """Something that is to be known before the rest is read."""
    return tag("div", *content, class_="notice")


def linked(address: str, language: Language) -> str:
    """The address of a page in that language."""
    return address if language == "fi" else f"{address}?kieli={language}"


def _languages(frame: Frame, words: Words) -> Html:
    links = [
        tag(
            "li",
            tag(
                "a",
                name,
                href=linked(frame.address, language),
                lang=language,
                hreflang=language,
                aria_current="true" if language == frame.language else None,
            ),
        )
        for language, name in LANGUAGES.items()
    ]
    return tag("nav", tag("ul", *links), aria_label=words("public.languages"))


def listing(items: list[Html], class_: str | None = None) -> Html:
    """A list of these."""
    return tag("ul", *(tag("li", item) for item in items), class_=class_)


def paragraphs(text: str) -> Html:
    """Text with its line breaks."""
    lines = text.split("\n")
    return joined(lines[0], *(joined(tag("br"), line) for line in lines[1:]))
