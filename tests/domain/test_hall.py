"""The hall."""

from msgspec.structs import replace
from tests.domain.given import INFO, given

from etatyopoyta.domain.hall import MAX_ANNOUNCEMENT_CHARACTERS, Announce, ShowOnScreen
from etatyopoyta.domain.records import Screen


def test_H1_the_projector_shows_what_was_chosen():
    given().when(ShowOnScreen(screen=Screen.CARD)).then(replace(INFO, screen=Screen.CARD))


def test_H2_something_is_said_until_it_is_taken_away():
    said = replace(INFO, announcement="Kahvia on aulassa.")
    given().when(Announce(text=" Kahvia on aulassa. ")).then(said)
    for nothing in (None, " "):
        given(said).when(Announce(text=nothing)).then(INFO)


def test_H2_it_is_short():
    given().when(Announce(text="x" * MAX_ANNOUNCEMENT_CHARACTERS))
    long = Announce(text="x" * (MAX_ANNOUNCEMENT_CHARACTERS + 1))
    given().when(long).then_refused("announcement.too_long")
