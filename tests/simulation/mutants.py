"""Engines that break one promise each. A simulation that lets them pass finds nothing."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any
from unittest.mock import patch

import msgspec

from etatyopoyta.domain import visibility
from etatyopoyta.domain.visibility import ANYBODY, Audiences, Views, views
from etatyopoyta.log.batch import Batch
from etatyopoyta.log.contract import Away, Conflict
from etatyopoyta.room import opening, sending, tail
from etatyopoyta.room.opening import State
from etatyopoyta.room.picture import Picture
from etatyopoyta.room.results import Results
from etatyopoyta.room.room import Room
from etatyopoyta.room.seat import Seat
from etatyopoyta.room.sending import Sending
from etatyopoyta.room.storing import Storing
from etatyopoyta.room.tail import Tail

Mutant = Callable[[], AbstractContextManager[object]]
append, snapshot, hello = Storing.append, State.snapshot, Room._hello
add, frames_for, since = Sending.add, tail.frames_for, Tail.since


def acknowledges_before_it_stores() -> AbstractContextManager[object]:
    storing: set[asyncio.Task[None]] = set()

    async def at_once(self: Storing, batch: Batch, after: int) -> None:
        storing.add(asyncio.get_running_loop().create_task(append(self, batch, after)))

    return patch.object(Storing, "append", at_once)


def takes_silence_for_success() -> AbstractContextManager[object]:
    async def hopeful(self: Storing, batch: Batch, after: int) -> None:
        with suppress(Away):
            await self._log.append(self._desk_id, batch)

    return patch.object(Storing, "append", hopeful)


def does_not_read_what_is_in_doubt() -> AbstractContextManager[object]:
    async def stubborn(self: Storing, batch: Batch, after: int) -> None:
        is_again = False
        while True:
            try:
                await self._log.append(self._desk_id, batch)
            except Away:
                is_again = True
                await asyncio.sleep(0.1)
            except Conflict:
                if not is_again:
                    raise
                return  # surely that was mine
            else:
                return

    return patch.object(Storing, "append", stubborn)


def takes_a_conflict_for_success() -> AbstractContextManager[object]:
    async def deaf(self: Storing, batch: Batch, after: int) -> None:
        with suppress(Conflict):
            await append(self, batch, after)

    return patch.object(Storing, "append", deaf)


def forgets_asks() -> AbstractContextManager[object]:
    return patch.object(Results, "find", lambda self, by, rid: None)


def forgets_asks_in_snapshots() -> AbstractContextManager[object]:
    def without(self: State) -> Any:
        return msgspec.structs.replace(snapshot(self), results={}, earlier={})

    return patch.object(State, "snapshot", without)


def welcomes_before_it_sends_what_waits() -> AbstractContextManager[object]:
    def hasty(self: Room, *args: Any) -> None:
        with patch.object(self._sending, "now"):
            hello(self, *args)

    return patch.object(Room, "_hello", hasty)


def tells_an_entry_twice() -> AbstractContextManager[object]:
    def twice(self: Sending, entry: Any) -> None:
        add(self, entry)
        add(self, entry)

    return patch.object(Sending, "add", twice)


def leaves_out_an_entry_of_several() -> AbstractContextManager[object]:
    def fewer(viewer: Audiences, entries: Any) -> Any:
        return frames_for(viewer, entries[1:] if len(entries) > 2 else entries)

    return patch.object(sending, "frames_for", fewer)


def answers_before_the_entry() -> AbstractContextManager[object]:
    def at_once(self: Seat, done: Any) -> None:
        self._done.append(done)
        self.flush()

    return patch.object(Seat, "settled", at_once)


def never_answers() -> AbstractContextManager[object]:
    return patch.object(Seat, "flush", lambda self: None)


def resumes_one_too_far() -> AbstractContextManager[object]:
    def further(self: Tail, n: int, mark: str | None) -> Any:
        missed = since(self, n, mark)
        return missed[1:] if missed else missed

    return patch.object(Tail, "since", further)


def does_not_look_at_marks() -> AbstractContextManager[object]:
    def blind(self: Tail, n: int, mark: str | None) -> Any:
        skipped = n - self._before[0]
        return list(self._entries)[skipped:] if 0 <= skipped <= len(self._entries) else None

    return patch.object(Tail, "since", blind)


def shows_authors() -> AbstractContextManager[object]:
    return patch.object(visibility, "_within", lambda part, of: of)


def forgets_what_owners_see() -> AbstractContextManager[object]:
    return patch.object(tail, "views", lambda *of: Views(views(*of).common, ANYBODY))


def shows_newcomers_an_old_desk() -> AbstractContextManager[object]:
    return patch.object(Picture, "take", lambda self, changes: None)


def does_not_check_the_chain() -> AbstractContextManager[object]:
    return patch.object(opening, "check_follows", lambda *of: None)


MUTANTS: dict[str, Mutant] = {
    mutant.__name__: mutant
    for mutant in (
        acknowledges_before_it_stores,
        takes_silence_for_success,
        does_not_read_what_is_in_doubt,
        takes_a_conflict_for_success,
        forgets_asks,
        forgets_asks_in_snapshots,
        welcomes_before_it_sends_what_waits,
        tells_an_entry_twice,
        leaves_out_an_entry_of_several,
        answers_before_the_entry,
        never_answers,
        resumes_one_too_far,
        does_not_look_at_marks,
        shows_authors,
        forgets_what_owners_see,
        shows_newcomers_an_old_desk,
        does_not_check_the_chain,
    )
}
NEEDS_A_LOSS = {does_not_look_at_marks.__name__, does_not_check_the_chain.__name__}
"""What they leave out matters only when a store has lost what it had synced."""
