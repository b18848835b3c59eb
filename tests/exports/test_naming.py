"""Names of files."""

from datetime import date

import pytest

from etatyopoyta.exports import FORMATS, file_name

DAY = date(2025, 11, 24)


def test_a_draft_says_so_in_its_name():
    name = file_name("Järjestökortti", "luonnos", "xlsx", DAY)
    assert name.utf8 == "Järjestökortti-LUONNOS-2025-11-24.xlsx"
    assert name.ascii == "Jarjestokortti-LUONNOS-2025-11-24.xlsx"


@pytest.mark.parametrize("state", ["kommentoitavana", "hyvaksytty", "", "unheard of"])
def test_only_publishing_takes_the_mark_off(state: str):
    assert "LUONNOS" in file_name("Kortti", state, "json", DAY).utf8
    assert file_name("Kortti", "julkaistu", "json", DAY).utf8 == "Kortti-2025-11-24.json"


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", 'a"; filename=b', "a\r\nSet-Cookie: x", "CON", "\u202egnp", "x" * 500, ""],
)
def test_a_title_cannot_do_anything_in_a_name(title: str):
    name = file_name(title, "luonnos", "xlsx", DAY)
    for form in (name.utf8, name.ascii):
        assert all(c.isalnum() or c in "-." for c in form), form
        assert not form.startswith((".", "-"))
        assert len(form) < 100
    assert name.ascii.isascii()


def test_a_title_without_latin_letters_still_has_a_name():
    assert file_name("卡片", "julkaistu", "json", DAY).ascii == "kortti-2025-11-24.json"


def test_formats_have_different_suffixes_and_media_types():
    assert [form.suffix for form in FORMATS.values()] == list(FORMATS)
    assert len({form.media_type for form in FORMATS.values()}) == len(FORMATS)
