"""From starting the process to its first ack, and what it then holds in memory."""

import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.load import Caller, Order, requests
from bench.processes import SIGNING_SECRET, Program, running
from bench.stage import ASGI, BOLT, BOT, NODE, set_up
from bench.table import Table, bar, milliseconds, times

REST = 1.0  # seconds


def run(*, quick: bool) -> Table:
    rounds = 2 if quick else 7
    took: dict[str, list[float]] = {ASGI: [], NODE: [], BOLT: [], BOT: []}
    held: dict[str, list[float]] = {name: [] for name in took}
    with set_up(ASGI, NODE, BOLT) as stage:
        with ExitStack() as first:  # migrates, compiles
            stage.start(BOT, first)
        for _ in range(rounds):
            for name, so_far in took.items():
                seconds, megabytes = _started(stage.programs[name], stage.folder)
                so_far.append(seconds)
                held[name].append(megabytes)
        called = {name: program.name for name, program in stage.programs.items()}
    cold = {name: median(so_far) for name, so_far in took.items()}
    rows = [
        (
            called[name],
            milliseconds(cold[name]),
            bar(cold[name] / cold[BOLT], most=2) if name == BOT else times(cold[name], cold[BOLT]),
            f"{median(held[name]):.0f} MB",
        )
        for name in took
    ]
    return Table(
        "Cold start and idle memory",
        ("", "to the first ack", "beside bare Bolt", "resident memory"),
        rows,
        f"The median of {rounds} interleaved starts; memory {REST:.0f} s after the first ack. The bot's "
        "start opens and checks its database, asks Slack who it is and takes up what was left undone.",
    )


def _started(program: Program, folder: Path) -> tuple[float, float]:
    began = time.perf_counter()
    with running(program, folder) as started:
        order = Order(started.port, SIGNING_SECRET, "help", 1, f"start-{began}")
        started.listens()
        caller = Caller(started.port)
        caller.ask(requests(order)[0])
        while caller.heard() is None:
            pass
        seconds = time.perf_counter() - began
        caller.socket.close()
        time.sleep(REST)
        return seconds, started.memory()
