"""Several people come by one link to comment, and each has their own comments."""

from tests.domain.given import MARTAT, SMALL_DESK, a_goal
from tests.replays.workshop import FANNYS, SYSTEMS, Step

from etatyopoyta.domain.comments import AddComment, HandleComment, RemoveComment
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.people import Join
from etatyopoyta.domain.publishing import MoveCard
from etatyopoyta.domain.records import CommentState, Role

LINK = "person_link"
ANNAS, BOS = ("person_anna", Role.COMMENTER), ("person_bo", Role.COMMENTER)


def commenting() -> list[Step]:
    """Two come by a link, comment, and one takes theirs back."""
    desk = (*SMALL_DESK, a_goal("goal_1"))
    return [
        (FillDesk(records=desk), SYSTEMS),  # type: ignore[arg-type]
        (MoveCard(to="kommentoitavana", comments_until="2025-06-30"), FANNYS),
        (Join(id=ANNAS[0], role=ANNAS[1], organisation=MARTAT, came_by=LINK), SYSTEMS),
        (Join(id=BOS[0], role=BOS[1], came_by=LINK), SYSTEMS),
        (
            AddComment(id="comment_1", about="goal_1", text="Tarkempi", organisation=MARTAT),
            ANNAS,
        ),
        (AddComment(id="comment_2", about="goal_1", text="Turha"), BOS),
        (RemoveComment(id="comment_2"), BOS),
        (HandleComment(id="comment_1", state=CommentState.ACCEPTED), FANNYS),
    ]
