"""`make bench`: prints all figures of this machine."""

import asyncio
import os
import platform

from benchmarks import acknowledging, opening


async def main() -> None:
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, all on this machine")
    for part in (acknowledging, opening):
        for line in await part.measure():
            print(f"- {line}", flush=True)


asyncio.run(main())
