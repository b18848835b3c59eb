"""The desk itself."""

import pytest
from msgspec.structs import replace
from tests.domain.given import BREAD, CULTURE, HERE, INFO, MILK, NAMELESS, given

from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.domain.desks import FillDesk, NameDesk, NameNetwork, SetAnonymity
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Note, Role, Shows, Text
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS


def test_D1_records_are_put_on_a_desk():
    outcome = given().when(FillDesk(records=(MILK, BREAD)), by="system", role=Role.SYSTEM)
    outcome.then(MILK, BREAD)


def test_D1_records_that_are_there_are_not_overwritten():
    outcome = given(MILK).when(
        FillDesk(records=(BREAD, replace(MILK, text="Maito"))), by="system", role=Role.SYSTEM
    )
    outcome.then_refused("id.taken", id=MILK.id)


def test_D1_no_id_comes_twice():
    twice = FillDesk(records=(MILK, replace(MILK, text="Maito")))
    given().when(twice, by="system", role=Role.SYSTEM).then_refused("id.taken", id=MILK.id)


def test_D1_not_even_a_facilitator_says_this():
    given().when(FillDesk(records=(MILK,))).then_refused("not_allowed")


def test_D2_the_desk_gets_another_title():
    title = Text(fi=" Toinen pöytä ", sv="Annat bord", en=" ")
    given().when(NameDesk(title=title)).then(
        replace(INFO, title=Text(fi="Toinen pöytä", sv="Annat bord"))
    )


def test_D2_the_finnish_title_is_not_blank():
    given().when(NameDesk(title=Text(fi=" ", sv="Bord"))).then_refused("desk.empty")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_D2_a_title_has_its_length_in_each_language(language: str):
    longest = "x" * MAX_TITLE_CHARACTERS
    fits = Text(**{"fi": "Pöytä", language: longest})
    given().when(NameDesk(title=fits)).then(replace(INFO, title=fits))
    too_long = Text(**{"fi": "Pöytä", language: longest + "x"})
    given().when(NameDesk(title=too_long)).then_refused("desk.too_long")


def test_D3_anonymity_holds_for_notes_written_from_now_on():
    strict = replace(INFO, shows=Shows.NOTHING)
    loosened = given(strict, replace(MILK, shows=Shows.NOTHING)).when(
        SetAnonymity(shows=Shows.NAME)
    )
    loosened.then(replace(INFO, shows=Shows.NAME))
    later = loosened.when(AddNote(id="note_new", text="Maito", at=HERE))
    assert later.the(Note, "note_new").shows is Shows.NAME
    assert later.the(Note, MILK.id).shows is Shows.NOTHING


def test_D4_a_named_network_is_no_example_any_more():
    given().when(NameNetwork(network=CULTURE.id, name=Text(fi=" Kulttuuri "))).then(
        replace(CULTURE, name=Text(fi="Kulttuuri"), is_example=False)
    )


def test_D4_confirming_the_example_name_is_a_change():
    outcome = given().when(NameNetwork(network=CULTURE.id, name=CULTURE.name))
    outcome.then(replace(CULTURE, is_example=False))


def test_D4_without_a_name_the_slot_is_to_be_named_again():
    named = replace(NAMELESS, name=Text(fi="Liikunta"))
    given(named).when(NameNetwork(network=NAMELESS.id, name=None)).then(NAMELESS)


def test_D4_a_name_is_not_blank_and_the_network_is_there():
    given().when(NameNetwork(network=CULTURE.id, name=Text(fi=" "))).then_refused("network.empty")
    given().when(NameNetwork(network="network_9", name=None)).then_refused("network.gone")


def test_every_command_has_a_name_of_its_own():
    assert all(tag == kind.__struct_config__.tag for tag, kind in COMMANDS.items())
