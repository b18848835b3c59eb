"""Whether a store keeps what it acknowledges. What is weaker is refused, with the reason."""

import re

import structlog

from etatyopoyta.log.contract import Away
from etatyopoyta.log.redis import RedisLog

NEEDED = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "maxmemory-policy": "noeviction",
}
EXTERNAL_FLOOR = (7, 2, 12)
EMBEDDED_FLOOR = (6, 2, 0)


log_line = structlog.get_logger()


class TooWeak(Exception):
    """The store would lose acknowledged changes; `reasons` say why."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


async def check_store(log: RedisLog, floor: tuple[int, int, int]) -> None:
    """Pass, or TooWeak, or Away. Asks the store itself: what a file says may not be what runs."""
    try:
        says = await log.settings(*NEEDED)
    except Away as away:
        if "permission" not in str(away).lower():
            raise
        raise TooWeak([f"the store does not tell its settings: {away}"]) from away
    reasons = [
        f"{name} is {says.get(name, 'unknown')}, it must be {needed}"
        for name, needed in NEEDED.items()
        if says.get(name) != needed
    ]
    version = says.get("valkey_version") or says.get("redis_version", "0")
    if _numbers(version) < floor:
        lowest = ".".join(map(str, floor))
        reasons.append(f"version {version} has known faults, {lowest} or later is needed")
    if reasons:
        raise TooWeak(reasons)
    connected = int(says.get("connected_slaves", 0))
    if connected < log.replicas:  # no reason to stay away: reading goes on, and they may come
        log_line.warning("replicas are missing", connected=connected, needed=log.replicas)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
