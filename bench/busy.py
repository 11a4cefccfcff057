"""Whether acks stay quick while many slow calls of 100ms are under way."""

import time
from contextlib import ExitStack

from bench.processes import Running
from bench.stage import BOT, Stage, set_up, taken
from bench.table import Table, at, bar, milliseconds

ACTS, DELAY, PAUSE = 50, 3.0, 0.01
SECONDS = 6.0  # from the first act until all are done


def run(*, quick: bool) -> Table:
    rounds = 1 if quick else 6
    idle: list[float] = []
    busy: list[float] = []
    with set_up() as stage, ExitStack() as held:
        server = stage.start(BOT, held)
        for turn in range(rounds):
            idle += _helped(stage, server)
            stage.fault(method="POST", path="/v2/active-rooms", delay_s=DELAY, times=ACTS)
            before = stage.answered()
            acts = stage.loading(server, "end-room room-{n} --yes", count=ACTS, first=turn * ACTS)
            helped = _helped(stage, server)
            taken(acts)
            stage.wait_for_answers(before + len(helped))
            time.sleep(1)
            busy += helped
    return Table(
        f"Acks while {ACTS} slow calls of 100ms are under way",
        ("", "p50", "p99", "p99 beside idle"),
        [
            ("`/hms help`, idle", milliseconds(at(idle, 0.5)), milliseconds(at(idle, 0.99)), ""),
            (
                f"`/hms help`, while {ACTS} rooms are ended",
                milliseconds(at(busy, 0.5)),
                milliseconds(at(busy, 0.99)),
                bar(at(busy, 0.99) / at(idle, 0.99), most=3),
            ),
        ],
        f"{rounds} rounds. {ACTS} `end-room` lines are typed as fast as they are acked, and 100ms takes "
        f"{DELAY:.0f} s for each call that ends a room. Meanwhile somebody asks for help every "
        f"{PAUSE * 1000:.0f} ms.",
    )


def _helped(stage: Stage, server: Running) -> list[float]:
    return [*stage.load(server, "help", count=int(SECONDS / PAUSE * 0.75), pause=PAUSE).latencies]
