"""The steps from a draft to a published card, its withdrawal and the next version."""

from tests.domain.given import CULTURE, MARTAT, SMALL_DESK, a_goal, a_line
from tests.replays.workshop import AINOS, FANNYS, SYSTEMS, Step

from etatyopoyta.domain.approving import GiveApproval, NameApprovers, TakeBackApproval
from etatyopoyta.domain.card import AddCardText
from etatyopoyta.domain.comments import AddComment, HandleComment, RemoveComment
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.goals import EditGoal
from etatyopoyta.domain.publishing import MoveCard, PublishCard, ReopenCard, WithdrawVersion
from etatyopoyta.domain.records import CommentState, Role

MAILS = ("person_mail", Role.COMMENTER)
AGREED = "Liikunta lisääntyy"


def publishing() -> list[Step]:
    """Comments are asked for and handled, rows approved, versions published and withdrawn."""
    desk = (*SMALL_DESK, a_goal("goal_1", text=AGREED), a_line("text_1"))
    return [
        (FillDesk(records=desk), SYSTEMS),  # type: ignore[arg-type]
        (NameApprovers(network=CULTURE.id, approvers=(AINOS[0],)), FANNYS),
        (AddComment(id="comment_1", about="goal_1", text="Ei lappuni", is_flag=True), AINOS),
        (MoveCard(to="kommentoitavana", comments_until="2025-06-30"), FANNYS),
        (
            AddComment(id="comment_2", about="text_1", text="Tarkempi", organisation=MARTAT),
            MAILS,
        ),
        (AddComment(id="comment_3", about="goal_1", text="Turha"), MAILS),
        (RemoveComment(id="comment_3"), MAILS),
        (HandleComment(id="comment_1", state=CommentState.REJECTED, answer="On"), FANNYS),
        (HandleComment(id="comment_2", state=CommentState.ACCEPTED), FANNYS),
        (GiveApproval(id="approval_1", goal="goal_1", wording=AGREED), AINOS),
        (TakeBackApproval(id="approval_1"), AINOS),
        (GiveApproval(id="approval_2", goal="goal_1", wording=AGREED), AINOS),
        (MoveCard(to="hyvaksytty"), FANNYS),
        (PublishCard(), FANNYS),
        (EditGoal(id="goal_1", base=1, status="going"), FANNYS),
        (ReopenCard(), FANNYS),
        (EditGoal(id="goal_1", base=2, text="Liikunta lisääntyy arjessa"), FANNYS),
        (AddCardText(id="text_2", section="strengths", text="Talkoot"), FANNYS),
        (MoveCard(to="kommentoitavana", comments_until="2025-07-30"), FANNYS),
        (MoveCard(to="hyvaksytty", reason="Kokous päätti"), FANNYS),
        (PublishCard(), FANNYS),
        (WithdrawVersion(id="version_2", reason="Väärä luku"), FANNYS),
    ]
