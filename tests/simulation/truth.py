"""What the log says, entry by entry: what everybody else is compared with."""

from collections.abc import Iterable

from tests.simulation.world import World

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form, Patch, merge
from etatyopoyta.domain.records import Record
from etatyopoyta.domain.visibility import ANYBODY, Audiences, sees_more, veil
from etatyopoyta.log.batch import NO_BATCH_HASH, Batch, check_follows
from etatyopoyta.protocol import frames

Stood = tuple[Record | None, dict[Audiences, Form | None]]


class Truth:
    """The desk as the synced log has it, and each record as every entry left it."""

    def __init__(self, world: World) -> None:
        self.desk = Desk()
        self.n = 0
        self.highest = 0
        """Entry that was ever synced."""
        self.asked: dict[tuple[str, str], int] = {}
        """By person and request id: the entry that it became."""
        self.is_shaken = False
        """The store has lost what it had synced: it is not looked at step by step any more."""
        self._world = world
        self._last: Batch | None = None
        self._left: list[dict[str, Stood]] = [{}]
        """By entry: the records that it touched, as it left them."""
        self._forms: dict[str, Form] = {}
        self._open_texts: set[object] = set()

    def synced(self, desk_id: str, batch: Batch) -> None:
        """The store has made a batch durable."""
        self.highest = max(self.highest, batch.entries[-1].n)
        self._note_texts(batch)
        if self.is_shaken:
            return
        last = self._last
        check_follows(  # O1
            batch,
            last.number if last else 0,
            last.hash if last else NO_BATCH_HASH,
            self.n,
        )
        self._last = batch
        for entry in batch.entries:
            ask = (entry.by, entry.rid)
            self._world.promise(ask not in self.asked, f"O5: {ask} is in the log twice")
            self.asked[ask] = entry.n
            changes = self.desk.apply(entry.patch)
            self._left.append({change.id: (change.new, {}) for change in changes})
            self.n = entry.n

    def check_told(self, frame: "frames.AnyFromServer") -> None:
        """Pass when nothing is told that is not in the log (O2)."""
        match frame:
            case frames.Entries(entries, _):
                told = entries[-1].n
            case frames.Settled(done):
                told = max((each.n or 0 for each in done), default=0)
            case _:
                return
        self._world.promise(told <= self.highest, f"O2: {told} is told, {self.highest} is stored")

    def check_seen(self, viewer: Audiences, n: int, patch: Patch, shown: dict[str, Form]) -> None:
        """Pass when the entry left with somebody what they would get afresh (delta = fresh)."""
        if self.is_shaken:
            return
        left = self._left[n]
        self._world.promise(patch.keys() <= left.keys(), f"entry {n} touches {patch.keys()}")
        for record_id, (record, forms) in left.items():
            mine = sees_more(record, viewer) if record else ANYBODY
            if record is not None and mine not in forms:
                forms[mine] = veil(record, mine)
            fresh = None if record is None else forms[mine]
            has = shown.get(record_id)
            told = f"{sorted(viewer)} has {record_id} at {n} as {has}, afresh it is {fresh}"
            self._world.promise(has == fresh, told)

    def shake(self, left: Iterable[Batch]) -> None:
        """The store has lost what it had synced but these."""
        self.is_shaken = True
        self._forms.clear()
        for batch in left:
            self._note_texts(batch)

    def was_open(self, text: str) -> bool:
        """Somebody wrote this in a note that was not hidden, neither before nor after.

        It was meant for a hidden note: one that was lost by the store or removed, and whose id
        another note got before the edit came. What a note hides is judged by the log, not by what
        its author saw; a text that was ever in the log as hidden stays a secret of that note.
        """
        return text in self._open_texts

    def _note_texts(self, batch: Batch) -> None:
        for entry in batch.entries:
            for record_id, change in entry.patch.items():
                before = self._forms.pop(record_id, None)
                if change is None:
                    continue
                after = self._forms[record_id] = merge(before, change)
                if _is_open(after) and (before is None or _is_open(before)):
                    self._open_texts.add(after.get("text"))


def _is_open(form: Form) -> bool:
    """It is a whole note that all may read."""
    return form.get("t") == "note" and not form.get("is_hidden")
