"""From a command to a patch: authorise, decide, compare."""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone
from etatyopoyta.domain.desk import Change, Desk
from etatyopoyta.domain.freezing import must_not_be_frozen
from etatyopoyta.domain.patch import Patch, diff, form
from etatyopoyta.domain.permissions import authorise
from etatyopoyta.domain.records import May, Record
from etatyopoyta.domain.refused import Refused

MAX_PATCH_BYTES = 256 * 1024
MAX_WAS_BYTES = 4 * MAX_PATCH_BYTES
"""What is removed weighs more than the word that it is gone."""
_encoder = msgspec.json.Encoder()


class Decision(Struct, frozen=True):
    """What a command changes, and what undoes it. Empty when it changes nothing."""

    patch: Patch
    was: Patch
    changes: tuple[Change, ...] = ()
    """What applying the patch to this desk would do."""


def decide(desk: Desk, asked: Asked, command: Command) -> Decision:
    """The decision on `command`, or Refused. The desk stays as it is."""
    late = authorise(desk, asked, command.may, command.touches(desk))
    asked = asked if asked.late == late else replace(asked, late=late)
    after: dict[str, Record | None] = {}
    for item in command.decide(desk, asked):
        after[item.id] = None if isinstance(item, Gone) else item
    patch: Patch = {}
    was: Patch = {}
    changes: list[Change] = []
    for record_id, new in after.items():
        old = desk.find(record_id)
        if old == new:
            continue
        forms = form(old) if old else None, form(new) if new else None
        patch[record_id] = diff(*forms)
        was[record_id] = diff(*reversed(forms))
        changes.append(Change(record_id, old, new))
    if command.may is not May.FILL_DESK:
        must_not_be_frozen(desk, changes)
    is_too_big = len(_encoder.encode(patch)) > MAX_PATCH_BYTES
    if is_too_big or len(_encoder.encode(was)) > MAX_WAS_BYTES:
        raise Refused("change.too_big")
    return Decision(patch, was, tuple(changes))
