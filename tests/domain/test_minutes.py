"""The words of the minutes."""

from msgspec.structs import replace
from tests.domain.given import AUTUMN, MAPPING, given

from etatyopoyta.domain.minutes import MAX_MINUTES_CHARACTERS, WriteMinutes
from etatyopoyta.domain.records import MinutesText

FIRST = MinutesText(
    id="minutes_1", workshop="workshop_1", section=MAPPING.id, text="Ryhmittely jäi kesken."
)


def writing(text: str, base: int = 0, **fields: object) -> WriteMinutes:
    plain = {"id": "minutes_1", "workshop": "workshop_1", "section": MAPPING.id}
    return WriteMinutes(base=base, text=text, **{**plain, **fields})  # type: ignore[arg-type]


def test_Y1_the_first_text_of_a_place():
    given().when(writing(f"  {FIRST.text}\n")).then(FIRST)
    given(FIRST).when(writing("Avattiin.", id="minutes_2", section=None)).then(
        MinutesText(id="minutes_2", workshop="workshop_1", text="Avattiin.")
    )
    given(FIRST).when(writing("Avattiin.", section=None)).then_refused("id.taken")


def test_Y1_the_next_text_is_the_same_one_changed():
    given(FIRST).when(writing("Valmis.", base=1, id="minutes_9")).then(
        replace(FIRST, text="Valmis.", version=2)
    )


def test_Y1_a_text_has_its_length():
    longest = "x" * MAX_MINUTES_CHARACTERS
    given().when(writing(longest)).then(replace(FIRST, text=longest))
    given().when(writing(longest + "x")).then_refused(
        "minutes.too_long", limit=MAX_MINUTES_CHARACTERS
    )


def test_Y2_a_chapter_is_a_section_of_the_workshop():
    given().when(writing("x", section=AUTUMN.id)).then_refused("section.gone", id=AUTUMN.id)
    given().when(writing("x", section="section_none")).then_refused("section.gone")
    given().when(writing("x", workshop="workshop_none")).then_refused("workshop.gone")


def test_Y3_who_edited_another_text_is_shown_the_present_one():
    edited = replace(FIRST, text="Siirtyi.", version=2)
    for base in (0, 1):
        given(edited).when(writing("Valmis.", base=base)).then_refused(
            "text.changed", text="Siirtyi.", version=2
        )
    given().when(writing("Valmis.", base=1)).then_refused("text.changed", text="", version=0)


def test_Y4_a_text_without_words_is_taken_away():
    given(FIRST).when(writing(" \n", base=1)).then_gone(FIRST.id)
    given(FIRST).when(writing("", base=2)).then_refused("text.changed", version=1)
    given().when(writing("")).then_nothing()
