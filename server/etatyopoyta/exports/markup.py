"""HTML out of parts: everything is escaped, unless it was made here."""

from html import escape
from typing import TypeAlias


class Html(str):
    """Markup that was made here and is safe to put into a page."""

    __slots__ = ()


Part: TypeAlias = "str | Html | None"
VOID = frozenset({"meta", "link", "br"})


def tag(name: str, /, *children: Part, **attributes: str | float | bool | None) -> Html:
    """An element. `class_` and `data_x` are the attributes class and data-x.

    Attributes that are None or False are left out, those that are True have no value.
    """
    written = "".join(_attribute(*each) for each in attributes.items())
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*parts: Part) -> Html:
    """One after the other; None is nothing."""
    return Html("".join(text(part) for part in parts if part is not None))


def text(part: str) -> Html:
    """The text with what HTML would take for its own escaped."""
    return part if isinstance(part, Html) else Html(escape(part))


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'
