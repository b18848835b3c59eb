"""The worker: a desk on standard input, progress and a file on standard output, nothing else.

It is bound before it reads the first byte. What it cannot answer it dies of, and the server
tells by its end (`asking.py`).
"""

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

import msgspec

from etatyopoyta.confined.confining import bound
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import AnyRecord
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports import FORMATS
from etatyopoyta.exports.making import Made, Makes, NotMade, Task
from etatyopoyta.exports.minutes import FORMATS as MINUTES_FORMATS
from etatyopoyta.exports.progress import told_to

NICENESS = 10
MEMORY_BYTES = 2 * 1024**3
"""Of addresses, not of memory in use: fonts and the compiler of pages are mapped."""
CPU_S = 170
FIRST_TO_GO = "1000"
"""When the machine is out of memory, the kernel ends this process before any other."""
LEAST_TOLD = 0.02


def main() -> None:
    """Make the file that the first line asks for of the desk on the others."""
    sys.stdout, answers = sys.stderr, sys.stdout.buffer  # libraries may print what they like
    os.nice(NICENESS)
    os.environ["RAYON_NUM_THREADS"] = "1"  # the other cores are for the desks
    with suppress(OSError):  # a container may not let it
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
    bound(MEMORY_BYTES, CPU_S)
    told = 0.0

    def tell(share: float) -> None:
        nonlocal told
        if share >= told + LEAST_TOLD:
            told = share
            answers.write(msgspec.json.encode(Makes(round(share, 3))) + b"\n")
            answers.flush()

    with told_to(tell):
        answer = make(sys.stdin.buffer.read())
    if isinstance(answer, NotMade):
        answers.write(msgspec.json.encode(answer) + b"\n")
    else:
        answers.write(msgspec.json.encode(Made(len(answer))) + b"\n")
        answers.write(answer)


def make(said: bytes) -> bytes | NotMade:
    """The file, or why there is none."""
    first, _, rest = said.partition(b"\n")
    task = msgspec.json.decode(first, type=Task)
    try:
        if task.minutes is not None:
            return MINUTES_FORMATS[task.format].export(task.minutes)
        some = msgspec.json.Decoder(list[AnyRecord]).decode_lines(rest)
        desk = Desk(record for records in some for record in records)
        return FORMATS[task.format].export(desk, task.edition)
    except Refused as refusal:
        return NotMade(refusal.code, msgspec.convert(refusal.details, dict[str, int | str]))
    except MemoryError:
        return NotMade("export.too_big")
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        return NotMade("export.failed", where=where)
