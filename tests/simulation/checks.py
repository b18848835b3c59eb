"""What must hold when all has come to rest (RELIABILITY: D, C, O; ARCHITECTURE: O1–O9)."""

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from tests.simulation.world import Broken

from etatyopoyta.domain.command import Asked
from etatyopoyta.domain.deciding import decide
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.visibility import ANYBODY, veil
from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, Damaged, Entry, check_follows
from etatyopoyta.protocol.frames import Done, RefusedAsk
from etatyopoyta.room.opening import State, open_state
from etatyopoyta.room.results import Results
from etatyopoyta.room.room import Room

if TYPE_CHECKING:
    from tests.simulation.outbox import Act
    from tests.simulation.schedule import Schedule
    from tests.simulation.server import Server


class Replay(Struct, frozen=True):
    """The log from its first entry to its last."""

    state: State
    entries: list[Entry]


def replay(batches: list[Batch]) -> Replay:
    """Everything again, from nothing; Damaged when a number or a link is missing (O1)."""
    state = State(Desk(), Results())
    entries: list[Entry] = []
    hash_before = NO_BATCH_HASH
    for batch in batches:
        check_follows(batch, state.batch, hash_before, state.n)
        for entry in batch.entries:
            state.desk.apply(entry.patch)
            state.results.add(entry.by, entry.rid, entry.n)
            entries.append(entry)
        state.stand_at(batch)
        hash_before = batch.hash
    return Replay(state, entries)


def is_whole(batches: list[Batch]) -> bool:
    """No number and no link is missing."""
    try:
        replay(batches)
    except Damaged:
        return False
    return True


async def check_all(schedule: "Schedule") -> None:
    """Pass, or Broken with the first promise that does not hold."""
    log = replay(schedule.store.streams[schedule.desk_id])
    _check_order(log)
    _check_undo(log)
    _check_asks(schedule, log)
    await _check_servers(schedule, log)
    _check_pages(schedule, log)


def _check_order(log: Replay) -> None:
    times = [entry.at_ms for entry in log.entries]
    _promise(times == sorted(times), "time in the log runs backwards")


def _check_undo(log: Replay) -> None:
    """What was there before is the exact inverse (L8)."""
    desk = Desk(log.state.desk)
    for entry in reversed(log.entries):
        desk.apply(entry.was)
    _promise(not list(desk), f"undone to the beginning, {[item.id for item in desk]} are left")


def _check_asks(schedule: "Schedule", log: Replay) -> None:
    """D and O: what was acknowledged is there, and nothing twice."""
    asked: dict[tuple[str, str], int] = {}
    for entry in log.entries:
        ask = (entry.by, entry.rid)
        _promise(ask not in asked, f"O: {ask} is in the log twice")
        asked[ask] = entry.n
    is_shaken = schedule.truth.is_shaken
    for by, rid, done in schedule.settled:
        _promise(is_shaken or asked.get((by, rid)) == done.n, f"D: {by} {rid} as {done.n} is lost")
    for act in schedule.acts:
        became = [asked[ask] for rid in act.rids if (ask := (act.person, rid)) in asked]
        told = f"{act.person} {act.rids} {act.command}: {act.outcome}, in the log as {became}"
        _promise(len(became) < 2, f"O: {told}")
        match act.outcome:
            case Done(_, n):
                is_there = became == [n] if n is not None else not _must_be_there(act) or became
                _promise(is_shaken or bool(is_there), f"D: {told}")
            case RefusedAsk():
                may_be = act.is_in_doubt and all(_was_refused(log, act, n) for n in became)
                _promise(not became or may_be, f"O5: refused and yet done: {told}")


def _was_refused(log: Replay, act: "Act", n: int) -> bool:
    """Somewhere before entry `n` the rule that was told did say no.

    A server that has not reached the store for a while may hold a copy of an ask that another one
    has refused since. Refusals are in no log: the copy is decided anew (L7), and what stood in its
    way may be gone. So an ask that went out twice may be refused and done, if it was rightly both.
    """
    assert isinstance(act.outcome, RefusedAsk)
    desk = Desk()
    entry = log.entries[n - 1]
    asked = Asked(entry.by, entry.role, entry.at_ms, act.section)
    for before in log.entries[: n - 1]:
        desk.apply(before.patch)
        try:
            decide(desk, asked, act.command)
        except Refused as refused:
            if refused.code == act.outcome.code:
                return True
    return False


def _must_be_there(act: "Act") -> bool:
    """It cannot have changed nothing."""
    return isinstance(act.command, AddNote)


async def _check_servers(schedule: "Schedule", log: Replay) -> None:
    """C: every server has what the log says, and so has whoever opens the desk by a snapshot."""
    fresh = log.state
    states = {}
    view = schedule.store.view("auditor")
    states["whoever opens it"] = await open_state(view, schedule.desk_id)
    for server in schedule.servers:
        room = await _caught_up(schedule, server, fresh.n)
        _promise(room.is_at_rest, f"{server.name} is not at rest")
        states[server.name] = room.state
        body = room.picture.json(room.state.n, room.state.mark)
        shown = msgspec.json.decode(body)["records"]
        _promise(
            shown == {item.id: veil(item, ANYBODY) for item in fresh.desk},
            f"C: {server.name} shows another desk to who comes in",
        )
    for name, state in states.items():
        stands = (state.n, state.batch, state.hash, state.mark)
        _promise(
            stands == (fresh.n, fresh.batch, fresh.hash, fresh.mark),
            f"C: {name} stands at {stands}, the log at {fresh.n}",
        )
        is_same = state.desk.state_hash() == fresh.desk.state_hash()
        _promise(is_same, f"C: {name} has another desk than the log")
        is_same = _known(state) == _known(fresh)
        _promise(is_same, f"O5: {name} knows of other asks than the log")


def _known(state: State) -> object:
    return state.results.dump(), state.results.earlier()


async def _caught_up(schedule: "Schedule", server: "Server", n: int) -> Room:
    """The server's room, once it has entry `n`; one that is put away meanwhile is opened again."""
    while True:
        room = await server.request(lambda rooms: rooms.get(schedule.desk_id))
        is_done = partial(_has_all_or_is_away, server, room, n)
        await schedule.world.until(is_done, 10.0, f"C: {server.name} stays behind")
        if room.state.n >= n:
            return room


def _has_all_or_is_away(server: "Server", room: Room, n: int) -> bool:
    assert server.rooms is not None
    return room.state.n >= n or room not in server.rooms.opened()


def _check_pages(schedule: "Schedule", log: Replay) -> None:
    """C: every page has what it would get afresh."""
    for page in schedule.pages:
        fresh = {item.id: veil(item, page.who.audiences) for item in log.state.desk}
        wrong = [i for i in fresh.keys() | page.shown.keys() if fresh.get(i) != page.shown.get(i)]
        _promise(not wrong, f"C: {page.lane.name} at {page.n} differs in {sorted(wrong)}")


def _promise(holds: bool, told: str) -> None:
    if not holds:
        raise Broken(told)
