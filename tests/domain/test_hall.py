"""The hall."""

from msgspec.structs import replace
from tests.domain.given import HERE, INFO, NOW, a_cluster, an_area, given

from etatyopoyta.domain.hall import (
    MAX_ANNOUNCEMENT_CHARACTERS,
    Announce,
    FreezeScreen,
    GatherAll,
    LetGo,
    ShowOnScreen,
    Spotlight,
)
from etatyopoyta.domain.records import Gathering, Screen


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


def test_H1_its_board_is_fitted_to_an_area():
    board = ShowOnScreen(screen=Screen.BOARD, area="area_0")
    fitted = replace(INFO, screen=Screen.BOARD, screen_area="area_0")
    given(an_area("area_0")).when(board).then(fitted)
    given().when(board).then_refused("area.gone")
    given(fitted).when(ShowOnScreen(screen=Screen.BOARD)).then(replace(fitted, screen_area=None))


def test_H3_what_is_frozen_goes_on_when_something_else_is_chosen():
    frozen = replace(INFO, screen=Screen.BOARD, is_frozen=True)
    given(replace(frozen, is_frozen=None)).when(FreezeScreen(is_frozen=True)).then(frozen)
    given(frozen).when(FreezeScreen(is_frozen=False)).then(replace(frozen, is_frozen=None))
    given(frozen).when(ShowOnScreen(screen=Screen.CARD)).then(replace(INFO, screen=Screen.CARD))


def test_H4_everybody_is_brought_somewhere_until_they_are_let_go():
    there = Gathering(view="board", at=HERE, width=900, since_ms=NOW)
    gathered = replace(INFO, gathering=there)
    given().when(GatherAll(view="board", at=HERE, width=900)).then(gathered)
    again = given(gathered).when(GatherAll(view="card"), at_ms=NOW + 1)
    again.then(replace(INFO, gathering=Gathering(view="card", since_ms=NOW + 1)))
    given(gathered).when(LetGo()).then(INFO)
    given().when(LetGo()).then_nothing()


def test_H5_everybody_looks_at_one_cluster():
    cluster = a_cluster("cluster_0")
    lit = replace(INFO, spotlight=cluster.id)
    given(cluster).when(Spotlight(cluster=cluster.id)).then(lit)
    given(lit).when(Spotlight(cluster=None)).then(INFO)
    given().when(Spotlight(cluster=cluster.id)).then_refused("cluster.gone")
