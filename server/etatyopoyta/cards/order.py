"""Orders in which people look for things."""

import unicodedata
from collections.abc import Iterable

_LAST_LETTERS = str.maketrans("åäö", "{|}")  # the three ASCII characters after z, in that order


def finnish(name: str) -> tuple[str, str]:
    """Sort key of the Finnish alphabet: å, ä and ö last, other accents and case do not count."""
    folded = unicodedata.normalize("NFC", name.casefold()).translate(_LAST_LETTERS)
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in plain if not unicodedata.combining(c)), name


def distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    """Each name once, in Finnish order; absent ones are left out."""
    return tuple(sorted({name for name in names if name is not None}, key=finnish))
