"""All parts, in the order in which they are run: what would hurt most, first."""

from tests.soak import (
    failovers,
    flips,
    full,
    growth,
    hostile,
    kills,
    partitions,
    power,
    readers,
    schedules,
    slow,
    sockets,
    torn,
    workers,
)
from tests.soak.part import Part

PARTS = {
    part.name: part
    for part in (
        Part("simulation", "schedules", schedules.play_many, 10_000, 1_000, 5, 3_000),
        Part("server-kills", "kills of the server", kills.kill_servers, 1_000, 100, 2, 900),
        Part("store-kills", "kills of the store", kills.kill_stores, 1_000, 250, 5, 900),
        Part("worker-kills", "kills of a worker", workers.kill_workers, 200, 100, 0, 900),
        Part("restarts", "restarts in turn", workers.restart_in_turn, 50, 50, 0, 900),
        Part("failovers", "failovers", failovers.fail_over, 100, 50, 0, 900),
        Part("power-cuts", "power cuts", power.cut_power, 200, 50, 1, 900),
        Part("full-disks", "full disks", full.fill, 100, 50, 0, 900),
        Part("partitions", "partitions", partitions.part_from_store, 2_000, 200, 0, 1_800),
        Part("stand-stills", "stand-stills", partitions.stand_still, 200, 50, 0, 900),
        Part("slow-disks", "slow spells of the disk", slow.slow_down, 100, 50, 0, 900),
        Part("torn-tails", "torn tails", torn.tear, torn.TAIL_BYTES, torn.PIECE, 24, 600),
        Part("flipped-bits", "flipped bits", flips.flip, 1_000, 250, 40, 600),
        Part("broken-frames", "broken frames", hostile.malformed, 1_000_000, 250_000, 20_000, 900),
        Part(
            "random-commands", "random commands", hostile.fuzzed, 1_000_000, 250_000, 15_000, 1_800
        ),
        Part("broken-sockets", "sockets with broken frames", sockets.break_in, 2_000, 500, 20, 900),
        Part("slow-readers", "readers who stop reading", readers.stall, 200, 200, 0, 300),
        Part("long-day", "minutes of a day", growth.live_through, 480, 480, 0, 3_500),
    )
}
