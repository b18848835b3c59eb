"""What minutes say of comments, approvals, states and versions of the card."""

import msgspec
import pytest
from tests.domain.given import AINO, FANNY, MAPPING
from tests.minutes.given import minutes
from tests.minutes.test_minutes import W, chapter, did
from tests.replays.publishing import AGREED, MAILS, publishing
from tests.replays.workshop import FANNYS

from etatyopoyta.cards.words import Language
from etatyopoyta.domain.agenda import OpenSection
from etatyopoyta.domain.comments import AddComment, HandleComment
from etatyopoyta.domain.goals import EditGoal
from etatyopoyta.domain.records import CommentState

pytestmark = pytest.mark.anyio
NAME, NOBODY = "Kulttuuriverkosto", W("minutes.no_organisation")
DRAFT, COMMENTED, APPROVED, PUBLISHED = (
    W(f"state.{key}") for key in ("luonnos", "kommentoitavana", "hyvaksytty", "julkaistu")
)


def of_comment(key: str, row: str, organisation: str) -> str:
    return did(key, row=row, organisation=organisation)


def of_row(key: str) -> str:
    return did(key, network=NAME, text=AGREED)


def moved(old: str, new: str) -> str:
    return did("card_state", old=old, new=new)


async def test_the_way_to_a_version_is_told_by_row_organisation_and_network():
    [made] = [c for c in (await minutes(publishing())).chapters if c.section is None]
    line = "Vapaaehtoiset"
    slot = {"network": NAME, "focus_area": W("focus_area.short", number=1)}
    reworded = did("goal_reworded", old=AGREED, text="Liikunta lisääntyy arjessa", **slot)
    assert [(fact.text, fact.reason) for fact in made.facts] == [
        (did("approvers", network=NAME, count=1), None),
        (of_comment("flagged", AGREED, "Martat"), None),
        (moved(DRAFT, COMMENTED), None),
        (did("comments_until", day="30.6.2025"), None),
        (of_comment("commented", line, "Martat"), None),
        (of_comment("commented", AGREED, NOBODY), None),
        (of_comment("comment_removed", AGREED, NOBODY), None),
        (of_comment("comment_rejected", AGREED, "Martat"), "On"),
        (of_comment("comment_accepted", line, "Martat"), None),
        (of_row("approved"), None),
        (of_row("approval_taken_back"), None),
        (of_row("approved"), None),
        (moved(COMMENTED, APPROVED), None),
        (did("published", version=1), None),
        (moved(APPROVED, PUBLISHED), None),
        (moved(PUBLISHED, DRAFT), None),
        (reworded, None),
        (of_row("lapsed"), None),
        (moved(DRAFT, COMMENTED), None),
        (did("comments_until", day="30.7.2025"), None),
        (moved(COMMENTED, APPROVED), "Kokous päätti"),
        (did("published", version=2), None),
        (moved(APPROVED, PUBLISHED), None),
        (did("withdrawn", version=2), "Väärä luku"),
        (moved(PUBLISHED, DRAFT), "Väärä luku"),
    ]


async def test_an_approval_that_lapsed_holds_again_when_its_wording_is_back():
    steps = publishing()
    edits = [i for i, (command, _) in enumerate(steps) if isinstance(command, EditGoal)]
    back = (EditGoal(id="goal_1", base=3, text=AGREED), FANNYS)
    facts = (await minutes([*steps[: edits[-1] + 1], back])).chapters[-1].facts
    assert facts[-1].text == of_row("approval_again")


async def test_what_happens_in_a_section_stands_in_its_chapter():
    steps = publishing()
    asked = 1 + next(i for i, (c, _) in enumerate(steps) if getattr(c, "comments_until", None))
    made = await minutes(
        [
            *steps[:asked],
            (OpenSection(section=MAPPING.id), FANNYS),
            (AddComment(id="comment_9", about="goal_1", text="Salattava"), MAILS),
            (HandleComment(id="comment_9", state=CommentState.PARKED), FANNYS),
            (HandleComment(id="comment_9", state=CommentState.PARKED, answer="Syksyllä"), FANNYS),
            (HandleComment(id="comment_9", state=CommentState.OPEN), FANNYS),
        ]
    )
    assert [(fact.text, fact.reason) for fact in chapter(made, MAPPING.id).facts] == [
        (did(key, row=AGREED, organisation=NOBODY), reason)
        for key, reason in (
            ("commented", None),
            ("comment_parked", None),
            ("comment_answered", "Syksyllä"),
            ("comment_open", None),
        )
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_no_person_is_in_them(language: Language):
    told = msgspec.json.encode(await minutes(publishing(), language=language)).decode()
    assert not [each for each in (AINO, FANNY, MAILS[0], "person_") if each in told]
