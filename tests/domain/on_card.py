"""What people say about the rows of the card, for tests."""

from tests.domain.given import AINO, CULTURE, MARTAT, NOW

from etatyopoyta.domain.records import Approval, Comment


def a_comment(comment_id: str, **fields: object) -> Comment:
    """Aino's open comment on a goal, with these fields instead."""
    plain = {"about": "goal_0", "text": "Tarkennetaan", "author": AINO, "organisation": MARTAT}
    fields = {**plain, "created_ms": NOW, **fields}
    return Comment(id=comment_id, **fields)  # type: ignore[arg-type]


def an_approval(approval_id: str, **fields: object) -> Approval:
    """Aino's approval of a goal of the culture network, with these fields instead."""
    plain: dict[str, object] = {
        "network": CULTURE.id,
        "goal": "goal_0",
        "by": AINO,
        "wording": "Liikunta lisääntyy",
        "at_ms": NOW,
    }
    return Approval(id=approval_id, **{**plain, **fields})  # type: ignore[arg-type]
