"""How an action stands is told by a sign and a word, never by colour alone."""

import re
from pathlib import Path

from tests.cards.given import edition, full_desk

from etatyopoyta.cards.building import build
from etatyopoyta.cards.statuses import MEANINGS, OTHERS, signs
from etatyopoyta.domain.followup import MAX_STATUSES
from etatyopoyta.domain.patch import Json
from etatyopoyta.domain.records import Choice, Text
from etatyopoyta.exports.glyphs import SHOWN

SCRIPT = Path(__file__).parents[2] / "web/src/lib/card/statuses.ts"


def choices(*keys: str) -> list[Choice]:
    return [Choice(key=key, name=Text(fi=key)) for key in keys]


def test_no_two_statuses_have_the_same_sign_and_every_font_has_it():
    all_of_them = (*MEANINGS.values(), *OTHERS)
    assert len(set(all_of_them)) == len(all_of_them)
    assert all(re.fullmatch(f"[{SHOWN}]", sign) for sign in all_of_them)
    own = signs(choices(*(f"tila_{number}" for number in range(MAX_STATUSES))))
    assert len(set(own.values())) == MAX_STATUSES


def test_a_goal_is_printed_with_its_sign_also_when_the_word_is_the_desks_own():
    desk = full_desk()
    words = {"tila_a": "Harkinnassa", "kaynnissa": "Menossa"}
    statuses: list[Json] = [{"key": key, "name": {"fi": word}} for key, word in words.items()]
    desk.apply({"desk": {"statuses": statuses}})
    desk.apply({"goal_1": {"status": "kaynnissa"}, "goal_3": {"status": "tila_a"}})
    card = build(desk, edition())
    goals = [goal for table in card.tables for row in table.rows for goal in row.goals]
    printed = {goal.place.id: goal.signed_status for goal in goals}
    assert (printed["goal_1"], printed["goal_3"]) == ("◐ Menossa", "■ Harkinnassa")


def test_the_browser_has_the_same_signs():
    script = SCRIPT.read_text("utf-8")
    assert f"'{OTHERS}'" in script
    assert all(f"'{key}'" in script for key in MEANINGS)
