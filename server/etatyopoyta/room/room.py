"""One open desk. Read `handle`, `_commit` and `_take`: that is the whole flow.

frame in → decode → authorise → decide → append to the log → apply → broadcast
"""

import asyncio
from collections.abc import Sequence

import structlog
from msgspec import Raw

from etatyopoyta.domain.desk import Change
from etatyopoyta.domain.records import Shows
from etatyopoyta.domain.refused import Refused
from etatyopoyta.domain.visibility import NAMELESS, audiences, own_records
from etatyopoyta.log.batch import Batch, make_batch
from etatyopoyta.log.contract import Conflict, Log
from etatyopoyta.log.snapshots import pack
from etatyopoyta.protocol.closing import Closing
from etatyopoyta.protocol.frames import (
    AnyFromClient,
    Ask,
    Done,
    Hello,
    People,
    Ping,
    Pong,
    PresenceMoved,
    RefusedAsk,
    Resync,
    Welcome,
    decode_command,
)
from etatyopoyta.room.attendance import Attendance
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.clock import Clock
from etatyopoyta.room.drafting import RETRY_MS, Waiting, decide_all
from etatyopoyta.room.limits import Limits
from etatyopoyta.room.names import Names
from etatyopoyta.room.opening import PAGE, State
from etatyopoyta.room.pausing import Pausing
from etatyopoyta.room.picture import Packed, Picture, packed
from etatyopoyta.room.queue import Queue
from etatyopoyta.room.seat import Seat
from etatyopoyta.room.sending import Sending
from etatyopoyta.room.space import Space
from etatyopoyta.room.storing import Storing
from etatyopoyta.room.tail import Tail, frames_for, shown
from etatyopoyta.room.whispers import Ended, Here, Named, Whisper, encode

log_line = structlog.get_logger()


class Room:
    """The desk, the seats at it, and the one writer between them and the log."""

    def __init__(
        self,
        desk_id: str,
        state: State,
        log: Log,
        chance: Chance,
        build: str,
        limits: Limits,
        space: Space,
    ) -> None:
        self.desk_id = desk_id
        self.state = state
        self.picture = Picture(state.desk)
        self.names = Names(log, desk_id)
        self.attendance = Attendance(limits)
        self.pausing = Pausing(desk_id, space, self.attendance.tell)
        self._storing = Storing(log, desk_id, (state.batch, state.hash), self.pausing)
        self._log = log
        self._chance = chance
        self._build = build
        self._tail = Tail(state.n, state.mark)
        self._sending = Sending(self.attendance.welcomed)
        self._queue = Queue()
        self._in_hand: list[Waiting] = []
        self._has_work = asyncio.Event()
        self._is_idle = asyncio.Event()
        self._turn = asyncio.Lock()
        self._picturing = asyncio.Lock()
        self._packed: Packed | None = None
        self._kept_n = 0
        self._clock = Clock(state.desk, self.submit, chance)

    # --- what a seat sends ---------------------------------------------------------------

    def handle(self, seat: Seat, frame: AnyFromClient) -> None:
        """Do what the frame says. Answers come by the seat, changes by way of the log."""
        match frame:
            case Ask(rid, cmd, section):
                self._ask(seat, rid, cmd, section)
            case PresenceMoved(at, is_writing):
                seat.is_writing = is_writing
                is_anonymous = self.state.desk.info.shows is Shows.NOTHING
                # Where a pointer rests tells who writes which note (V3).
                self.attendance.presences.point(seat.person, None if is_anonymous else at)
            case Hello(_, since, mark):
                self._hello(seat, since, mark)
            case Ping():
                seat.tell(Pong(self._chance.now_ms()))

    def _ask(self, seat: Seat, rid: str, cmd: Raw, section: str | None) -> None:
        def answer(outcome: Done | Refused) -> None:
            if isinstance(outcome, Refused):
                seat.tell(_refusal(rid, outcome))
            else:
                seat.settled(outcome)
                self._sending.owe(seat)

        try:
            self.attendance.turnstile.ask(seat, asyncio.get_running_loop().time())
            command = decode_command(cmd)
            self.submit(Waiting(seat.person, seat.role, rid, command, cmd, answer, section))
        except Refused as refused:
            answer(refused)

    def submit(self, waiting: Waiting) -> None:
        """Put a command on its way; Refused when too many wait already, or no room is left."""
        self.pausing.check_room()
        self._queue.put(waiting)
        self._is_idle.clear()
        self._has_work.set()

    # --- from asked to stored ------------------------------------------------------------

    async def run(self) -> None:
        """The one writer: what came in while the last batch was stored goes in the next one."""
        while True:
            self._is_idle.set()
            await self._has_work.wait()
            self._has_work.clear()
            while self._queue:
                await self._sending.due()
                self._in_hand = self._queue.take()
                await self._commit(self._in_hand)
                self._in_hand = []

    def give_up(self) -> None:
        """Answer everything asked that was not stored: it may be asked again, here or elsewhere."""
        refused = Refused("desk.not_saving", retry_ms=RETRY_MS)
        for waiting in (*self._in_hand, *self._queue.clear()):
            waiting.answer(refused)
        self._in_hand = []
        self._is_idle.set()

    async def _commit(self, asks: list[Waiting]) -> None:
        async with self._turn:
            # No await between reading and deciding: what was read is what is used.
            draft = decide_all(self.state, asks, self._chance.now_ms())
            if not draft.entries:  # no append would tell that others stored something, even this
                await self._catch_up()
                draft = decide_all(self.state, asks, self._chance.now_ms())
            while draft.entries:
                state = self.state
                batch = make_batch(
                    state.batch + 1,
                    state.hash,
                    tuple(draft.entries),
                    mark=self._chance.token(),
                    salt=self._chance.salt(),
                    encoded=draft.encoded,
                )
                try:
                    await self._storing.append(batch, state.batch)  # changes something
                except Conflict:
                    await self._catch_up()
                    draft = decide_all(self.state, asks, self._chance.now_ms())
                    continue
                self._take(batch, draft.changes)
                break
            else:  # the answers speak of what was stored before, perhaps by others
                await self._storing.vouch(self.state.batch, self.state.hash)
            for waiting, outcome in draft.answers:
                waiting.answer(outcome)
            self._queue.put_back(asks[len(draft.answers) :])
            self._sending.now()

    # --- from stored to everybody --------------------------------------------------------

    def _take(self, batch: Batch, known: list[tuple[Change, ...]] | None = None) -> None:
        """The only way to the desk and to the seats, for our batches and for those of others.

        `known` is what the entries do, where that was found when they were decided.
        """
        self.state.check(batch)
        for number, entry in enumerate(batch.entries):
            changes: Sequence[Change]
            if known is None:
                changes = self.state.desk.apply(entry.patch)
                self.names.expect(changes)
            else:
                changes = known[number]
                self.state.desk.adopt(changes)
            self.state.results.add(entry.by, entry.rid, entry.n)
            self.picture.take(changes)
            self.attendance.follow(self.state.desk, changes)
            news = shown(entry, batch.head.mark, changes)
            self._tail.add(news)
            self._sending.add(news)
        self.state.stand_at(batch)
        self._storing.keep(batch)

    async def take_from_others(self, batch: Batch) -> None:
        """Take a batch that the log tells of, unless it is known already."""
        async with self._turn:
            if batch.number <= self.state.batch:
                return
            if batch.number == self.state.batch + 1:
                self._take(batch)
            else:
                await self._take_missed()
            self._sending.soon()
        await self._learn_names()

    async def _catch_up(self) -> None:
        await self._storing.until_back(self._take_missed)
        await self._storing.until_back(self._learn_names)
        self.pausing.back()

    async def verify(self) -> None:
        """Return when the store has what we have: as before, or again; Damaged when it cannot."""
        async with self._turn:
            await self._storing.verify(self.state.batch, self.state.hash)

    async def _take_missed(self) -> None:
        count = PAGE
        while count == PAGE:
            batches = await self._log.read(self.desk_id, self.state.batch, PAGE)
            count = len(batches)
            for batch in batches:
                self._take(batch)

    async def snapshot_json(self) -> bytes:
        """The state that all see, gzipped JSON. A recent one will do: a hello brings the rest."""
        async with self._picturing:
            now = asyncio.get_running_loop().time()
            kept = self._packed
            if kept is None or not (
                kept.will_do(self.state.n, now)
                and self._tail.since(kept.n, kept.mark) is not None  # else the hello would resync
            ):
                n, mark = self.state.n, self.state.mark
                body = self.picture.json(n, mark)
                kept = Packed(n, mark, now, await asyncio.to_thread(packed, body))
                self._packed = kept
            return kept.body

    async def keep_snapshot(self) -> None:
        """Store the state, so that opening the desk need not replay the whole log."""
        state = self.state
        if state.n > self._kept_n:
            number, snapshot = state.batch, state.snapshot()
            body = await asyncio.to_thread(pack, snapshot)
            await self._log.save_snapshot(self.desk_id, number, body)
            self._kept_n = snapshot.n

    @property
    def unkept(self) -> int:
        """Entries since the last snapshot that was stored."""
        return self.state.n - self._kept_n

    # --- who is here ---------------------------------------------------------------------

    def _hello(self, seat: Seat, since: int | None, mark: str | None) -> None:
        """Join atomically: what was missed, then every entry after it (O6). No await here."""
        self._sending.now()  # else what waits would come to this seat a second time
        missed = None if since is None else self._tail.since(since, mark)
        if missed is None:
            seat.tell(Resync())
            return
        state = self.state
        seat.audiences = audiences(state.desk, seat.person, seat.role)
        for frame in frames_for(seat.audiences, missed):
            seat.write(frame)
        seat.tell(
            Welcome(
                n=state.n,
                mark=state.mark,
                person=seat.person,
                role=seat.role,
                now_ms=self._chance.now_ms(),
                build=self._build,
                own=own_records(state.desk, seat.audiences),
            )
        )
        if seat.role not in NAMELESS:
            seat.tell(People(self.names.all))
        self.attendance.welcome(seat)
        seat.tell(self.attendance.presences.everybody())
        if self.pausing.told.is_paused:
            seat.tell(self.pausing.told)

    def tick(self) -> None:
        """Tell who came, went or points elsewhere, in one frame, and whether changes are stored."""
        now = asyncio.get_running_loop().time()
        presences = self.attendance.presences
        presences.forget_silent(now)
        presences.write(self.attendance.writers())
        if whisper := presences.whisper(now):
            self._log.whisper(self.desk_id, encode(whisper))
        if news := presences.news():
            self.attendance.tell(news)
        self.pausing.look()
        self._clock.tick()

    @property
    def waiting(self) -> int:
        """How many asks wait for the log."""
        return len(self._queue)

    def heard(self, process: str, whisper: Whisper) -> None:
        """Another process tells of the desk; or this one of what has ended."""
        match whisper:
            case Here():
                now = asyncio.get_running_loop().time()
                self.attendance.presences.hear(process, whisper, now)
            case Named(person, name):
                if self.names.all.get(person) != name:
                    self.names.all[person] = name
                    self.attendance.tell_names({person: name})
            case Ended():
                self.attendance.close(Closing.NO_SESSION, whisper)

    async def name(self, person: str, name: str) -> None:
        """Keep a person's name, outside the log, and tell it (L13), at all processes."""
        await self.names.keep(person, name)
        self.attendance.tell_names({person: name})
        await self._log.call_out(self.desk_id, encode(Named(person, name)))

    async def _learn_names(self) -> None:
        """Another process let somebody in: their name is on the shelf."""
        if await self.names.learn():
            self.attendance.tell_names(self.names.all)

    @property
    def is_at_rest(self) -> bool:
        """Everything asked so far is answered."""
        return self._is_idle.is_set()

    async def at_rest(self) -> None:
        """Wait until everything asked so far is answered."""
        await self._is_idle.wait()


def _refusal(rid: str, refused: Refused) -> RefusedAsk:
    details = dict(refused.details)
    retry_ms = details.pop("retry_ms", None)
    assert retry_ms is None or isinstance(retry_ms, int)
    return RefusedAsk(rid, refused.code, details, retry_ms)
