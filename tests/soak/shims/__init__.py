"""Small C libraries that stand between a store and the system (LD_PRELOAD)."""

import shutil
import subprocess
from pathlib import Path

from tests.soak.part import Missing

HERE = Path(__file__).parent


def build(name: str, folder: Path) -> Path:
    """The library of this name, compiled into the folder; Missing without a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise Missing("a C compiler (on Debian: apt-get install gcc libc6-dev)")
    library = folder / f"{name}.so"
    if not library.exists():
        source = HERE / f"{name}.c"
        flags = ["-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-D_GNU_SOURCE"]
        subprocess.run([compiler, *flags, "-o", library, source, "-ldl"], check=True)
    return library
