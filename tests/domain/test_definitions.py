"""What a measure is made of: its definition, field by field."""

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from tests.domain.given import AINO, CULTURE, INFO, MARTAT, a_measure, given, is_readable
from tests.properties.started import AGE_GROUPS

from etatyopoyta.domain.measures import (
    MAX_MEANING_CHARACTERS,
    MAX_TARGET_YEAR,
    MIN_TARGET_YEAR,
    EditMeasure,
)
from etatyopoyta.domain.records import Direction, Level
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

STEPS = a_measure("measure_1", unit="askelta")
AGED = replace(INFO, age_groups=AGE_GROUPS)


def editing(**fields: object) -> EditMeasure:
    return EditMeasure(id=STEPS.id, base=1, **fields)  # type: ignore[arg-type]


WHOLE = editing(
    name="Askeleet",
    name_sv="Steg",
    meaning="Kuinka paljon liikutaan.",
    source="askelmittarit",
    collection="kysely",
    interval="vuosittain",
    owner=MARTAT,
    direction=Direction.MORE,
    baseline=4_200.5,
    baseline_as_of="2025-02",
    target=5_000.0,
    target_year=2029,
    level=Level.OUTPUT,
    age_groups=("old", "young", "old"),
    indicator="sotkanet:127",
)


def test_M4_a_whole_definition_is_kept_at_once():
    given(AGED, STEPS).when(WHOLE).then(
        a_measure(
            STEPS.id,
            name="Askeleet",
            unit="askelta",
            name_sv="Steg",
            meaning="Kuinka paljon liikutaan.",
            source="askelmittarit",
            collection="kysely",
            interval="vuosittain",
            owner=MARTAT,
            direction=Direction.MORE,
            baseline=4_200.5,
            baseline_as_of="2025-02",
            target=5_000.0,
            target_year=2029,
            level=Level.OUTPUT,
            age_groups=("young", "old"),
            indicator="sotkanet:127",
            version=2,
        )
    )


@pytest.mark.parametrize(
    "field", [f for f in WHOLE.__struct_fields__ if f not in {"id", "base", "name", "unit"}]
)
def test_M4_every_part_of_it_but_the_name_is_taken_away_again(field: str):
    whole = given(AGED, STEPS).when(WHOLE).the(type(STEPS), STEPS.id)
    outcome = given(AGED, whole).when(EditMeasure(id=STEPS.id, base=2, **{field: None}))  # type: ignore[arg-type]
    outcome.then(replace(whole, **{field: None}, version=3))


def test_M4_texts_keep_to_their_limits():
    meaning, short = "x" * MAX_MEANING_CHARACTERS, "x" * MAX_TITLE_CHARACTERS
    given(STEPS).when(editing(meaning=meaning, source=short)).then(
        replace(STEPS, meaning=meaning, source=short, version=2)
    )
    for text in (editing(meaning=meaning + "x"), editing(collection=short + "x")):
        given(STEPS).when(text).then_refused("measure.detail.too_long")


@pytest.mark.parametrize("owner", [MARTAT, AINO, CULTURE.id])
def test_M7_an_organisation_a_person_or_a_network_answers_for_it(owner: str):
    given(STEPS).when(editing(owner=owner)).then(replace(STEPS, owner=owner, version=2))


def test_M7_owner_and_age_groups_are_on_the_desk():
    given(STEPS).when(editing(owner="org_none")).then_refused("owner.gone", id="org_none")
    given(AGED, STEPS).when(editing(age_groups=("young", "middle"))).then_refused(
        "age_group.gone", id="middle"
    )
    given(AGED, STEPS).when(editing(age_groups=())).then_nothing()


@pytest.mark.parametrize("indicator", ["sotkanet:127", "statfin:vaerak/11ra.px", "x:" + "9" * 60])
def test_M8_an_indicator_names_its_source(indicator: str):
    outcome = given(STEPS).when(editing(indicator=indicator))
    outcome.then(replace(STEPS, indicator=indicator, version=2))


@pytest.mark.parametrize(
    "indicator", ["127", "sotkanet:", "Sotkanet:1", "sotkanet:1 2", "javascript:alert(1)", "x:\n1"]
)
def test_M8_anything_else_is_no_indicator(indicator: str):
    given(STEPS).when(editing(indicator=indicator)).then_refused("measure.no_such_indicator")


def test_M9_the_baseline_is_of_a_day_of_the_calendar():
    given(STEPS).when(editing(baseline_as_of="2024-02-29")).then(
        replace(STEPS, baseline_as_of="2024-02-29", version=2)
    )
    given(STEPS).when(editing(baseline_as_of="2025-02-29")).then_refused("measure.no_such_day")
    assert not is_readable(editing(baseline_as_of="helmikuu"))


def test_M9_a_target_year_is_within_reach():
    assert is_readable(editing(target_year=MIN_TARGET_YEAR, target=UNSET))
    assert is_readable(editing(target_year=MAX_TARGET_YEAR))
    assert not is_readable(editing(target_year=MIN_TARGET_YEAR - 1))
    assert not is_readable(editing(target_year=MAX_TARGET_YEAR + 1))
