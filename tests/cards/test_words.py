"""The wording of what is printed."""

import json
import re
from datetime import date, datetime
from importlib.resources import files

import pytest

from etatyopoyta.cards.order import distinct
from etatyopoyta.cards.words import Language, Words, day_of
from etatyopoyta.domain.records import Text


def written(language: Language) -> dict[str, str]:
    content = files("etatyopoyta").joinpath("locales", f"{language}.json").read_text("utf-8")
    texts: dict[str, str] = json.loads(content)
    return {key: text for key, text in texts.items() if key.startswith("export.")}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_language_has_the_same_keys_and_placeholders(language: Language):
    def placeholders(texts: dict[str, str]) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{\w+\}", text)) for key, text in texts.items()}

    assert placeholders(written(language)) == placeholders(written("fi"))


def test_a_value_is_filled_in_once_and_never_read_as_a_placeholder():
    words = Words("fi")
    assert words("network.example", name="{name} {0.__class__}") == "{name} {0.__class__} (ESIM)"


def test_a_text_that_nobody_wrote_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        Words("fi")("no.such.text")
    assert Words("fi").known("no.such.text", "otherwise") == "otherwise"


def test_a_missing_translation_falls_back_to_finnish():
    assert Words("sv").text(Text(fi="Tauko")) == "Tauko"
    assert Words("en").text(Text(fi="Tauko", sv="Paus")) == "Tauko"


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("fi", 1695, "1695"),
        ("fi", 157500, "157\u00a0500"),
        ("sv", 31.4, "31,4"),
        ("en", 157500.5, "157,500.5"),
        ("fi", -3.0, "-3"),
    ],
)
def test_numbers(language: Language, value: float, shown: str):
    assert Words(language).number(value) == shown


def test_days_and_moments():
    at = datetime(2025, 11, 4, 9, 5)  # noqa: DTZ001  the zone was settled before
    assert Words("fi").day(date(2024, 11, 4)) == "4.11.2024"
    assert Words("fi").moment(at) == "4.11.2025 klo 9.05"
    assert Words("en").moment(at) == "2025-11-04 at 09:05"


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [("2024-11-04", "4.11.2024"), ("2024-03", "3/2024"), ("2024", "2024"), ("2024-13-01",) * 2],
)
def test_what_a_figure_stands_for(as_of: str, shown: str):
    assert Words("fi").as_of(as_of) == shown


def test_only_a_whole_day_is_a_day():
    assert day_of("2024-11-04") == date(2024, 11, 4)
    assert [day_of(text) for text in (None, "2024", "2024-11", "XX.XX.XXXX")] == [None] * 4


def test_the_finnish_alphabet_ends_with_three_letters_of_its_own():
    names = ["Örö", "Ähtäri", "Åbo", "zeta", "Évora", "Alfa", "Zorro", None, "Alfa"]
    assert distinct(names) == ("Alfa", "Évora", "zeta", "Zorro", "Åbo", "Ähtäri", "Örö")
