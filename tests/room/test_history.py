"""What is seen when one looks back."""

from pathlib import Path

import msgspec
import pytest
from tests.domain.given import MAPPING
from tests.minutes.given import afternoon, logged
from tests.replays.make import LOGS
from tests.replays.workshop import Step

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.patch import Form, merge
from etatyopoyta.domain.visibility import ANYBODY, veil
from etatyopoyta.log.batch import Damaged
from etatyopoyta.log.memory import MemoryLog
from etatyopoyta.protocol.frames import WireEntry
from etatyopoyta.room import history
from etatyopoyta.room.history import KEPT_TRACKS, Histories, Track, desk_at, entries
from etatyopoyta.room.opening import NoDesk

pytestmark = pytest.mark.anyio
FOLDER = Path(__file__).parent


async def tracked(steps: list[Step], upto: int = 1_000) -> tuple[Track, Desk]:
    log = MemoryLog()
    desk = await logged(steps, log)
    return await Histories(log).track("desk_1", upto), desk


def past(track: Track, after: int = 0, until: int = 1_000) -> list[WireEntry]:
    body = b"[%b]" % track.page(after, until)[1]
    return msgspec.json.decode(body, type=list[WireEntry])


def common(desk: Desk) -> dict[str, Form]:
    veiled = {item.id: veil(item, ANYBODY) for item in desk}
    return {record_id: form for record_id, form in veiled.items() if form is not None}


@pytest.mark.parametrize("steps", [afternoon, *LOGS.values()], ids=lambda steps: steps.__name__)
async def test_history_leads_to_what_all_see_now(steps):
    track, desk = await tracked(steps())
    seen: dict[str, Form] = {}
    for entry in past(track):
        for record_id, change in entry.p.items():
            if change is None:
                del seen[record_id]
            else:
                seen[record_id] = merge(seen.get(record_id), change)
    assert seen == common(desk)


async def test_V2_drafts_from_before_a_reveal_stay_hidden():
    track, _ = await tracked(afternoon())
    body = track.page(0, 1_000)[1]
    assert "Kätketty".encode() not in body
    reveal = next(e for e in past(track) if (e.p.get("note_1") or {}).get("text"))
    assert (reveal.p["note_1"] or {})["text"] == "Kävijät vuodessa"
    before = msgspec.json.encode(past(track, 0, reveal.n - 1)).decode()
    for secret in ("Kävijät vuodessa", "Talkootunnit", 'created_ms":175000'):
        assert secret not in before.split("note_1", 1)[1]


async def test_V2_what_showed_nothing_to_all_is_left_out():
    track, _ = await tracked(afternoon())
    numbers = {entry.n for entry in past(track)}
    hidden = {n for n, (c, _) in enumerate(afternoon(), 1) if type(c).__name__ == "MoveNotes"}
    assert hidden
    assert hidden & numbers == set()


async def test_V4_memos_and_speaker_notes_are_in_nobodys_history():
    track, _ = await tracked(LOGS["workshop"]())
    body = track.page(0, 1_000)[1].decode()
    assert "alaisuus" not in body
    assert "speaker_notes" not in body


async def test_chapters_are_the_times_in_which_sections_were_open():
    track, _ = await tracked(afternoon())
    [mapping, autumn] = track.chapters
    assert (mapping.section, mapping.workshop) == (MAPPING.id, "workshop_1")
    assert mapping.closed_n is not None
    assert mapping.opened_n < mapping.closed_n < autumn.opened_n
    assert autumn.closed_n is None
    assert [mark.n for mark in track.marks] == list(range(1, track.n + 1))


async def test_a_page_ends_where_it_is_full_and_the_next_one_goes_on(
    monkeypatch: pytest.MonkeyPatch,
):
    track, _ = await tracked(afternoon())
    whole = past(track)
    monkeypatch.setattr(history, "MAX_PAGE_BYTES", 1_000)
    seen: list[WireEntry] = []
    pages, after = 0, 0
    while after < track.n:
        end, _ = track.page(after, 1_000)
        seen += past(track, after, end)
        assert end > after
        pages, after = pages + 1, end
    assert seen == whole
    assert pages > 2


async def test_a_track_reads_on_where_it_was_and_no_further_than_it_is_told():
    log = MemoryLog()
    await logged(afternoon(), log)
    histories = Histories(log)
    first = await histories.track("desk_1", 7)
    assert first.n == 7
    again = await histories.track("desk_1", 12)
    assert again is first
    assert again.n == 12
    assert past(again) == past((await tracked(afternoon(), 12))[0])


async def test_only_the_last_desks_are_kept():
    log = MemoryLog()
    for number in range(KEPT_TRACKS + 1):
        await logged(afternoon()[:2], log, f"desk_{number}")
    histories = Histories(log)
    first = await histories.track("desk_0", 2)
    for number in range(1, KEPT_TRACKS + 1):
        await histories.track(f"desk_{number}", 2)
    assert await histories.track("desk_0", 2) is not first


async def test_the_desk_as_it_was_at_an_entry():
    log = MemoryLog()
    now = await logged(afternoon(), log)
    last = len(afternoon())
    assert (await desk_at(log, "desk_1", last)).state_hash() == now.state_hash()
    early = await desk_at(log, "desk_1", 5)
    elsewhere = MemoryLog()
    assert early.state_hash() == (await logged(afternoon()[:5], elsewhere)).state_hash()
    for n in (0, last + 1):
        with pytest.raises(NoDesk):
            await desk_at(log, "desk_1", n)


async def test_entries_come_in_order_and_a_log_that_was_tampered_with_is_not_told():
    log = MemoryLog()
    await logged(afternoon(), log)
    numbers = [entry.n async for entry in entries(log, "desk_1")]
    assert numbers == list(range(1, len(afternoon()) + 1))
    other = MemoryLog()
    await logged(afternoon()[:3], other)
    log._streams["desk_1"][1] = log._streams["desk_1"][2]
    with pytest.raises(Damaged):
        _ = [entry.n async for entry in entries(log, "desk_1")]
