"""The worker as the server sees it: how it ends, what it may do, and what it costs the desks."""

import asyncio
from collections.abc import Sequence
from time import process_time

import pytest
from tests.cards.given import edition
from tests.exports.given import big_desk, children
from tests.room.hall import until

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import FORMATS, asking, line
from etatyopoyta.exports.asking import make_in_worker
from etatyopoyta.exports.line import Line
from etatyopoyta.exports.making import Makes, Task
from etatyopoyta.exports.progress import steps, told_to
from etatyopoyta.exports.worker import make

pytestmark = pytest.mark.anyio

BOOT = "import sys; sys.path[:] = sys.argv[1:]\n"
READ = "sys.stdin.buffer.read()\n"
BOUND = BOOT + READ + "from etatyopoyta.confined.confining import bound\n"
SAY = 'print(\'{"type":"made","size":%d}\' % len(told)); sys.stdout.write(told)\n'


async def made(runs: str = asking.PROGRAM, wall_s: float = 60, name: str = "json") -> bytes:
    task = Task(name, edition())
    steps = [step async for step in make_in_worker([], task, runs=runs, wall_s=wall_s)]
    last = steps[-1]
    assert isinstance(last, bytes)
    return last


async def refused(runs: str, wall_s: float = 60) -> str:
    with pytest.raises(Refused) as refusal:
        await made(runs, wall_s)
    return refusal.value.code


async def test_a_file_is_made_as_without_a_worker_and_it_is_told_how_far_it_is() -> None:
    desk = big_desk(10)
    steps = [step async for step in make_in_worker(list(desk), Task("xlsx", edition()))]
    *told, content = steps
    assert content == FORMATS["xlsx"].export(desk, edition())
    shares = [step.share for step in told if isinstance(step, Makes)]
    assert len(shares) == len(told)
    assert shares == sorted(shares)


async def test_a_worker_that_never_ends_is_killed() -> None:
    before = children()
    assert await refused("while True: pass", wall_s=0.2) == "export.too_slow"
    assert children() == before


async def test_a_worker_that_does_not_read_is_killed_too() -> None:
    desk = big_desk(3_000)
    with pytest.raises(Refused) as refusal:
        async for _ in make_in_worker(
            list(desk), Task("json", edition()), runs="while True: pass", wall_s=0.3
        ):
            pass
    assert refusal.value.code == "export.too_slow"


async def test_a_worker_that_computes_too_long_is_ended_by_the_kernel() -> None:
    assert await refused(BOUND + "bound(2**31, 1)\nwhile True: pass") == "export.too_slow"


async def test_a_worker_that_wants_more_memory_does_not_get_it() -> None:
    program = BOUND + "bound(2**29, 9)\ntry: bytearray(10**9); told = 'got'\n"
    assert await made(program + "except MemoryError: told = 'none'\n" + SAY) == b"none"


async def test_it_may_read_files_but_writes_none_and_calls_nobody() -> None:
    program = BOUND + "import os\nis_alone = bound(2**31, 9)\ntold = ''\n"
    program += "told += 'read ' if open('/etc/hosts').read() else ''\n"
    program += "import tempfile\ntry: tempfile.TemporaryFile().write(b'x' * 9999)\n"
    program += "except OSError: told += 'unwritten '\n"
    program += "told += str('PATH' in os.environ)\n"
    ignored = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    assert await made(ignored + program + SAY) == b"read unwritten False"


@pytest.mark.parametrize(
    ("last_words", "code"),
    [
        ("import os; os._exit(3)", "export.failed"),
        ("raise ValueError('content of a desk')", "export.failed"),
        ("import os; os.kill(os.getpid(), 11)", "export.failed"),
        ("import os; os.abort()", "export.too_big"),
        ("import os; os.kill(os.getpid(), 9)", "export.too_big"),
        ("print('{}')", "export.failed"),
        ("print('[' * 100_000)", "export.failed"),
        ("while True: print('x' * 10**6)", "export.failed"),
        ('print(\'{"type":"made","size":9}\\nshort\')', "export.failed"),
        (f'print(\'{{"type":"made","size":{asking.MAX_FILE_BYTES + 1}}}\')', "export.too_big"),
        ('print(\'{"type":"not_made","code":"card.gone"}\')', "card.gone"),
    ],
)
async def test_a_worker_that_dies_is_a_refusal(
    last_words: str, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert await refused(last_words) == code
    assert "content" not in "".join(capfd.readouterr())


def test_an_accident_is_told_by_its_kind_and_place_and_without_what_it_was_about() -> None:
    answer = make(b'{"format":"none of ours","edition":' + EDITION + b"}\n")
    assert answer.where is not None  # type: ignore[union-attr]
    assert answer.where.startswith("KeyError at ")  # type: ignore[union-attr]
    assert "none of ours" not in answer.where  # type: ignore[union-attr]


EDITION = b'{"language":"fi","n":1,"made_at":"2025-11-24T16:30:00Z"}'


async def test_who_stops_waiting_leaves_no_worker_behind() -> None:
    before = children()
    waiting = asyncio.create_task(made("while True: pass"))
    await until(lambda: children() > before)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert children() == before


# --- what it costs the desks ---------------------------------------------------------------


async def longest_turn_s(desk: Desk, name: str) -> tuple[float, bytes]:
    """What this process computed at most in one turn of its loop, and the file."""
    longest, last = 0.0, process_time()

    async def turn() -> None:
        nonlocal longest, last
        while True:
            await asyncio.sleep(0.001)
            now = process_time()
            longest, last = max(longest, now - last), now

    turning = asyncio.create_task(turn())
    content = b""
    async for step in make_in_worker(list(desk), Task(name, edition())):
        content = step if isinstance(step, bytes) else content
    turning.cancel()
    return longest, content


async def test_the_loop_goes_round_while_3000_notes_are_made_into_a_file() -> None:
    desk = big_desk(3_000)
    start = process_time()
    here = FORMATS["json"].export(desk, edition())
    whole_s = process_time() - start
    longest_s, content = await longest_turn_s(desk, "json")
    assert content == here
    # Computed seconds, so that it does not matter what else the machine does.
    assert longest_s < whole_s / 5


def test_records_are_written_down_a_few_at_a_time() -> None:
    records: Sequence[object] = list(big_desk(1_000))
    lines = list(asking._lines(records, Task("json", edition())))  # type: ignore[arg-type]
    assert len(lines) > 1_000 / asking.AT_ONCE
    assert max(len(line) for line in lines) < 256 * 1024


# --- who waits -----------------------------------------------------------------------------


async def test_who_waits_is_told_how_many_come_before() -> None:
    room = Line()
    told: list[int] = []

    async def wait(owner: str) -> None:
        with room.place(owner) as place:
            async for before in place.before():
                told.append(before)
            told.append(0)

    first, second = room.place("a"), room.place("b")
    first.__enter__()
    second.__enter__()
    waiting = asyncio.create_task(wait("c"))
    await until(lambda: told)
    second.__exit__(None, None, None)  # who goes away makes room as well
    await until(lambda: len(told) == 2)
    first.__exit__(None, None, None)
    await waiting
    assert told == [2, 1, 0]


def test_the_line_is_bounded_for_one_and_for_all() -> None:
    room = Line()
    held = [room.place("a") for _ in range(line.PLACES_OF_ONE)]
    held += [room.place(f"b{n}") for n in range(line.PLACES - line.PLACES_OF_ONE)]
    for place in held[: line.PLACES_OF_ONE]:
        place.__enter__()
    assert code_of(room, "a") == "export.busy"
    for place in held[line.PLACES_OF_ONE :]:
        place.__enter__()
    assert code_of(room, "c") == "export.busy"
    held[0].__exit__(None, None, None)
    with room.place("a"):
        pass


def code_of(room: Line, owner: str) -> str:
    with pytest.raises(Refused) as refusal, room.place(owner):
        pass
    assert refusal.value.details == {"retry_ms": line.BUSY_RETRY_MS}
    return refusal.value.code


def test_steps_within_steps_are_shares_of_a_share() -> None:
    told: list[float] = []
    with told_to(told.append):
        for step in steps("ab"):
            for _ in steps("cd") if step == "b" else ():
                pass
    assert told == [0.5, 0.75, 1.0, 1.0]
    for _ in steps("ab"):
        pass  # nobody asked to be told
    assert len(told) == 4
