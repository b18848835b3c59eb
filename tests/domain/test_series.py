"""The series of workshops."""

from msgspec.structs import replace
from tests.domain.given import AUTUMN, BREAK, MAPPING, NOW, SKETCHING, an_area, given

from etatyopoyta.domain.planning import RemoveSection
from etatyopoyta.domain.records import Area, Section, SectionState, Text, Workshop
from etatyopoyta.domain.series import REVIEW_MINUTES, ContinueWorkshop

THIRD = Workshop(id="workshop_3", number=3, title=Text(fi="Työpaja 3"))
ON = ContinueWorkshop(
    workshop=THIRD.id,
    after="workshop_1",
    review="section_review",
    sections={SKETCHING.id: "section_a", BREAK.id: "section_b", MAPPING.id: "section_c"},
    areas={"area_0": "area_1"},
)


def test_S1_the_workshop_has_no_agenda_yet_and_the_other_one_has():
    given(THIRD).when(replace(ON, workshop="workshop_2")).then_refused("workshop.planned")
    outcome = given(THIRD).when(RemoveSection(section=AUTUMN.id))
    outcome.when(replace(ON, after="workshop_2")).then_refused("workshop.not_planned")
    given().when(ON).then_refused("workshop.gone")


def test_S2_it_begins_with_what_was_agreed_and_the_others_follow():
    outcome = given(THIRD).when(ON)
    review = outcome.the(Section, "section_review")
    assert (review.kind, review.order, review.starts_at) == ("review", 1, SKETCHING.starts_at)
    copied = outcome.the(Section, "section_a")
    assert copied.order == 2
    assert copied.starts_at == SKETCHING.starts_at + REVIEW_MINUTES


def test_S3_the_structure_is_carried_over_as_it_was_planned():
    held = replace(
        MAPPING,
        state=SectionState.CLOSED,
        started_ms=NOW,
        ends_ms=NOW,
        closed_ms=NOW,
        given=7,
        is_private=True,
        revealed_ms=NOW,
        areas=("area_0", "area_gone"),
    )
    outcome = given(THIRD, held, an_area("area_0")).when(ON)
    copied = outcome.the(Section, "section_c")
    assert copied == replace(
        MAPPING,
        id="section_c",
        workshop=THIRD.id,
        order=4,
        starts_at=MAPPING.starts_at + REVIEW_MINUTES,
        is_private=True,
        areas=("area_1",),
    )
    assert outcome.the(Area, "area_1") == an_area("area_1", workshop=THIRD.id)


def test_S3_an_id_is_used_once():
    given(THIRD).when(replace(ON, review="section_a")).then_refused("id.taken")
    given(THIRD).when(replace(ON, review=MAPPING.id)).then_refused("id.taken")
