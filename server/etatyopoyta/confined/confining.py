"""What a process can no longer do once it is confined: grow, run on, open files, call anybody."""

import ctypes
import resource
import signal
from collections.abc import Mapping
from types import MappingProxyType

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 10
STANDARD_FILES = 3
"""Input, output and errors. Without room for a fourth no file and no socket can be opened."""
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWNET = 0x4000_0000


def confine(memory_bytes: int = MEMORY_BYTES, cpu_s: int = CPU_S) -> bool:
    """Give up what reading a file does not need; whether there is a network of its own, too.

    Nothing can be imported after this. The kernel, a container or systemd may forbid namespaces
    of one's own: then the limits alone keep it from the network. OSError where these fail.
    """
    files = {
        resource.RLIMIT_NOFILE: (STANDARD_FILES, STANDARD_FILES),
        resource.RLIMIT_NPROC: (0, 0),
    }
    return bound(memory_bytes, cpu_s, files)


def bound(
    memory_bytes: int, cpu_s: int, more: Mapping[int, tuple[int, int]] = MappingProxyType({})
) -> bool:
    """As `confine`, of a process that may still read files and start threads.

    It writes no files, leaves none behind, and ends with the one that started it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    is_alone = bool(libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
    limits = {
        resource.RLIMIT_AS: (memory_bytes, memory_bytes),
        resource.RLIMIT_CPU: (cpu_s, cpu_s + 1),  # SIGXCPU, which says why, then SIGKILL
        resource.RLIMIT_CORE: (0, 0),  # a dead worker leaves no content behind
        resource.RLIMIT_FSIZE: (0, 0),
        **more,
    }
    for limit, (soft, hard) in limits.items():
        most = resource.getrlimit(limit)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(limit, (soft, hard))
    libc.prctl(PR_SET_DUMPABLE, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return is_alone
