"""Random commands that comment, approve and publish the card."""

from hypothesis import strategies as st
from tests.domain.given import AINO, CULTURE, FANNY, MARTAT, OLLI

from etatyopoyta.domain import approving, comments, publishing
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import CommentState

WORDS = st.sampled_from(["Liikunta lisääntyy", "Kävijämäärä", " ", "a\u0308iti"])
COMMENT = st.sampled_from([f"comment_{i}" for i in range(3)])
APPROVAL = st.sampled_from([f"approval_{i}" for i in range(3)])
GOAL = st.sampled_from(["goal_0", "goal_1", "goal_none"])
PUBLISHING: list[st.SearchStrategy[Command]] = [
    st.builds(
        approving.NameApprovers,
        network=st.just(CULTURE.id),
        approvers=st.lists(st.sampled_from([AINO, FANNY, OLLI]), max_size=2).map(tuple),
    ),
    st.builds(approving.GiveApproval, id=APPROVAL, goal=GOAL, wording=WORDS),
    st.builds(approving.TakeBackApproval, id=APPROVAL),
    st.builds(
        comments.AddComment,
        id=COMMENT,
        about=st.sampled_from(["text_0", "measure_0"]) | GOAL,
        text=WORDS,
        organisation=st.sampled_from([None, MARTAT, "org_none"]),
        is_flag=st.booleans(),
    ),
    st.builds(
        comments.HandleComment,
        id=COMMENT,
        state=st.sampled_from(CommentState),
        answer=st.none() | WORDS,
    ),
    st.builds(comments.RemoveComment, id=COMMENT),
    st.builds(
        publishing.MoveCard,
        to=st.sampled_from(["luonnos", "kommentoitavana", "hyvaksytty"]),
        comments_until=st.sampled_from([None, "2025-01-01", "2030-02-28"]),
        reason=st.none() | WORDS,
    ),
    st.builds(publishing.PublishCard),
    st.builds(publishing.ReopenCard),
    st.builds(
        publishing.WithdrawVersion,
        id=st.sampled_from(["version_1", "version_2"]),
        reason=WORDS,
    ),
]
