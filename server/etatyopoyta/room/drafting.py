"""From what is asked to what a batch would be: authorise and decide, on an overlay."""

from collections.abc import Callable

import structlog
from msgspec import Raw, Struct

from etatyopoyta.domain.command import Asked, Command
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desk import Change
from etatyopoyta.domain.records import Role
from etatyopoyta.domain.refused import Refused
from etatyopoyta.log.batch import Entry, encode_entry
from etatyopoyta.protocol.frames import Done
from etatyopoyta.room.opening import State
from etatyopoyta.room.results import Results

RETRY_MS = 2_000
MAX_BATCH_BYTES = 1024 * 1024
"""What is more waits for the next batch."""

log_line = structlog.get_logger()


class Waiting(Struct):
    """A command on its way to the log, and who waits for the answer."""

    by: str
    role: Role
    rid: str
    command: Command
    cmd: Raw
    answer: Callable[[Done | Refused], None]
    section: str | None = None


class Draft(Struct):
    """What a batch would be, decided on an overlay of the confirmed desk (L4)."""

    entries: list[Entry]
    encoded: list[bytes]
    """The entries as the log has them."""
    changes: list[tuple[Change, ...]]
    """What each entry does."""
    answers: list[tuple[Waiting, Done | Refused]]


def decide_all(state: State, asks: list[Waiting], now_ms: int) -> Draft:
    """The batch that these asks make, each seeing the ones before it. Changes nothing (L4).

    Asks beyond `MAX_BATCH_BYTES` have no answer in the draft: they are for the next one.
    """
    draft = Draft([], [], [], [])
    size_bytes = 0
    desk = state.desk.overlay()
    results = Results()
    at_ms = max(state.at_ms, now_ms)
    for waiting in asks:
        if size_bytes > MAX_BATCH_BYTES:
            break
        known = results.find(waiting.by, waiting.rid)
        if known is None:
            known = state.results.find(waiting.by, waiting.rid)
        if known is not None:
            draft.answers.append((waiting, Done(waiting.rid, known or None)))
            continue
        try:
            asked = Asked(waiting.by, waiting.role, at_ms, waiting.section)
            decision = decide(desk, asked, waiting.command)
        except Refused as refused:
            draft.answers.append((waiting, refused))
            continue
        except Exception:  # our bug: it must not come back with every resend, nor stop the others
            log_line.exception("not decided", n=state.n, rid=waiting.rid)
            draft.answers.append((waiting, Refused("server.fault")))
            continue
        if not decision.patch:
            draft.answers.append((waiting, Done(waiting.rid, None)))
            continue
        n = state.n + len(draft.entries) + 1
        entry = Entry(
            n=n,
            at_ms=at_ms,
            by=waiting.by,
            role=waiting.role,
            rid=waiting.rid,
            cmd=waiting.cmd,
            patch=decision.patch,
            was=decision.was,
        )
        draft.entries.append(entry)
        draft.encoded.append(encode_entry(entry))
        size_bytes += len(draft.encoded[-1])
        draft.changes.append(decision.changes)
        desk.adopt(decision.changes)
        results.add(waiting.by, waiting.rid, n)
        draft.answers.append((waiting, Done(waiting.rid, n)))
    return draft
