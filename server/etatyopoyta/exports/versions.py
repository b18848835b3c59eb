"""Pages about published versions: one of them, what changed in it, and what is not there."""

from msgspec import Struct

from etatyopoyta.cards.comparing import ChangedField, ChangedRow, Comparison
from etatyopoyta.cards.model import CardModel
from etatyopoyta.cards.words import Language, Words, moment_of, zone_of
from etatyopoyta.domain.publishing import in_force
from etatyopoyta.domain.records import CardVersion
from etatyopoyta.exports import PUBLIC_FORMATS
from etatyopoyta.exports.markup import Html, joined, tag
from etatyopoyta.exports.page import Frame, linked, listing, notice, page
from etatyopoyta.exports.public import card_body, card_head


class Shelf(Struct, frozen=True, kw_only=True):
    """The versions of a desk's card, and where one finds them."""

    desk: str
    timezone: str
    versions: tuple[CardVersion, ...]
    """Oldest first, the withdrawn ones as well."""
    language: Language

    @property
    def in_force(self) -> CardVersion | None:
        """The newest that was not withdrawn."""
        return in_force(self.versions)

    def before(self, number: int) -> CardVersion | None:
        """The version before, withdrawn ones left out."""
        return in_force(version for version in self.versions if version.number < number)

    def path(self, number: int, rest: str = "") -> str:
        """The address of a version, whatever the language."""
        return f"/kortti/{self.desk}/{number}{rest}"

    def link(self, number: int, words: str, rest: str = "") -> Html:
        """A link to a version, in the language of this page."""
        return tag("a", words, href=linked(self.path(number, rest), self.language))

    def day(self, at_ms: int) -> str:
        """The day in the desk's zone."""
        return Words(self.language).day(moment_of(at_ms, zone_of(self.timezone)).date())


def version_page(shelf: Shelf, version: CardVersion, card: CardModel, address: str) -> str:
    """A version as it was published; an older one says that there is a newer one."""
    words = Words(shelf.language)
    newest = shelf.in_force
    is_newest = newest is None or newest.number == version.number
    title = words("public.title", title=card.title, number=version.number)
    frame = Frame(language=shelf.language, address=address, title=title, index=is_newest)
    changes = None
    if shelf.before(version.number) is not None:
        link = shelf.link(version.number, words("public.changes"), "/muutokset")
        changes = tag("p", link)
    return page(
        frame,
        None
        if is_newest or newest is None
        else _in_force(shelf, newest, words("public.in_force", number=newest.number)),
        card_head(card),
        changes,
        card_body(card),
        _files(shelf, version, words),
        _versions(shelf, version, words),
    )


def changes_page(
    shelf: Shelf, version: CardVersion, cards: tuple[CardModel, CardModel], found: Comparison
) -> str:
    """What is otherwise in this version than in the one before."""
    words = Words(shelf.language)
    old, new = cards
    title = words("public.changes_title", title=new.title, number=version.number)
    frame = Frame(
        language=shelf.language,
        address=shelf.path(version.number, "/muutokset"),
        title=title,
        index=False,
    )
    numbers = {"old": old.version, "new": new.version}
    counts = words(
        "public.changes_counts",
        added=len(found.added),
        changed=len(found.changed),
        removed=len(found.removed),
        unchanged=found.unchanged,
    )
    return page(
        frame,
        tag("h1", title),
        tag("p", words("public.changes_between", **numbers)),
        tag("p", counts),
        _rows(words("public.added"), found.added, words),
        _rows(words("public.changed"), found.changed, words),
        _rows(words("public.removed"), found.removed, words),
        tag("p", shelf.link(version.number, words("public.to_version", number=version.number))),
    )


def withdrawn_page(shelf: Shelf, version: CardVersion, address: str) -> str:
    """A version that was taken back: when and why, and which one is in force instead."""
    words = Words(shelf.language)
    title = words("public.withdrawn", number=version.number)
    frame = Frame(language=shelf.language, address=address, title=title, index=False)
    newest = shelf.in_force
    return page(
        frame,
        tag("h1", title),
        tag(
            "p",
            words(
                "public.withdrawn_why",
                day=shelf.day(version.withdrawn_ms or 0),
                reason=version.withdrawn_why,
            ),
        ),
        None
        if newest is None
        else _in_force(shelf, newest, words("public.valid", number=newest.number)),
    )


def busy_page(shelf: Shelf, version: CardVersion) -> str:
    """The file could not be made now."""
    words = Words(shelf.language)
    title = words("public.busy")
    frame = Frame(
        language=shelf.language, address=shelf.path(version.number), title=title, index=False
    )
    link = shelf.link(version.number, words("public.to_version", number=version.number))
    return page(frame, tag("h1", title), tag("p", words("public.busy_text")), tag("p", link))


def missing_page(language: Language, address: str) -> str:
    """No published card is at this address."""
    words = Words(language)
    frame = Frame(language=language, address=address, title=words("public.none"), index=False)
    return page(frame, tag("h1", words("public.none")), tag("p", words("public.none_text")))


def _in_force(shelf: Shelf, newest: CardVersion, said: str) -> Html:
    return notice(tag("p", shelf.link(newest.number, said)))


def _files(shelf: Shelf, version: CardVersion, words: Words) -> Html:
    links = [
        shelf.link(version.number, words(f"public.file.{name}"), f"/tiedostot/{name}")
        for name in PUBLIC_FORMATS
    ]
    return tag(
        "section",
        tag("h2", words("public.files"), id="tiedostot"),
        tag("p", words("public.files_text")),
        listing(links),
    )


def _versions(shelf: Shelf, here: CardVersion, words: Words) -> Html:
    return tag(
        "section",
        tag("h2", words("public.versions"), id="versiot"),
        listing([_version(shelf, v, here, words) for v in reversed(shelf.versions)]),
    )


def _version(shelf: Shelf, version: CardVersion, here: CardVersion, words: Words) -> Html:
    said = words("public.listed", number=version.number, day=shelf.day(version.published_ms))
    if version.withdrawn_ms is not None:
        return joined(shelf.link(version.number, said), " – ", words("public.is_withdrawn"))
    if version.number == here.number:
        return tag("strong", said)
    return shelf.link(version.number, said)


def _rows(heading: str, rows: tuple[ChangedRow, ...], words: Words) -> Html | None:
    if not rows:
        return None
    return tag(
        "section",
        tag("h2", f"{heading} ({len(rows)})"),
        *(
            tag(
                "article",
                tag("h3", row.title),
                tag("p", row.place, class_="place"),
                tag("p", words("public.reason", reason=row.reason)) if row.reason else None,
                tag("dl", *(_field(field, words) for field in row.fields)),
            )
            for row in rows
        ),
    )


def _field(field: ChangedField, words: Words) -> Html:
    """The old and the new wording, each named in words and marked as removed and inserted."""
    return joined(
        tag("dt", field.name),
        None
        if field.old is None
        else tag("dd", tag("span", words("public.before"), class_="which"), tag("del", field.old)),
        None
        if field.new is None
        else tag("dd", tag("span", words("public.after"), class_="which"), tag("ins", field.new)),
    )
