"""From starting the process to its first ack, and what it then holds in memory; and one line at a shell."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.load import Caller, Order, requests
from bench.processes import SIGNING_SECRET, Program, environment, python, running
from bench.stage import ASGI, BEFORE, BOLT, BOT, NODE, set_up
from bench.table import Table, bar, milliseconds, times
from sandbox.demo import account

REST = 1.0  # seconds
LINE = "help"

Times = dict[str, list[float]]
_BESIDE = ("before", "beside before")


def run(*, quick: bool, before: Path | None = None) -> Sequence[Table]:
    rounds = 2 if quick else 7
    bots = (BOT, BEFORE) if before else (BOT,)
    names = (ASGI, NODE, BOLT, *bots)
    took: Times = {name: [] for name in names}
    held: Times = {name: [] for name in names}
    lines: Times = {name: [] for name in bots}
    with set_up(ASGI, NODE, BOLT, before=before) as stage:
        for name in bots:  # migrates, compiles
            _started(stage.programs[name], stage.folder)
            _line(stage.programs[name])
        for _ in range(rounds):
            for name in names:
                seconds, megabytes = _started(stage.programs[name], stage.folder)
                took[name].append(seconds)
                held[name].append(megabytes)
            for name in bots:
                lines[name].append(_line(stage.programs[name]))
        called = {name: program.name for name, program in stage.programs.items()}
    return _starts(called, took, held, rounds), _lines(lines, median(took[BOLT]), rounds)


def _starts(called: Mapping[str, str], took: Times, held: Times, rounds: int) -> Table:
    cold = {name: median(so_far) for name, so_far in took.items()}
    rows = [
        (
            called[name],
            milliseconds(cold[name]),
            bar(cold[name] / cold[BOLT], most=2) if name == BOT else times(cold[name], cold[BOLT]),
            f"{median(held[name]):.0f} MB",
            *(_before(cold, name) if BEFORE in took else ()),
        )
        for name in (ASGI, NODE, BOLT, BOT)
    ]
    return Table(
        "Cold start and idle memory",
        ("", "to the first ack", "beside bare Bolt", "resident memory", *(_BESIDE if BEFORE in took else ())),
        rows,
        f"The median of {rounds} interleaved starts; memory {REST:.0f} s after the first ack. The bot's "
        "start opens and checks its database, asks Slack who it is and takes up what was left undone.",
    )


def _lines(lines: Times, bolt: float, rounds: int) -> Table:
    took = {name: median(so_far) for name, so_far in lines.items()}
    row = [f"`hms-bot do {LINE} --as U123`", milliseconds(took[BOT]), times(took[BOT], bolt)]
    return Table(
        "One line at a shell",
        ("", "to its end", "beside bare Bolt's first ack", *(_BESIDE if BEFORE in took else ())),
        [(*row, *(_before(took, BOT) if BEFORE in took else ()))],
        f"The median of {rounds} rounds, in turn with the starts above, with bytecode written beforehand.",
    )


def _before(took: Mapping[str, float], name: str) -> Sequence[str]:
    return (milliseconds(took[BEFORE]), times(took[BOT], took[BEFORE])) if name == BOT else ("", "")


def _line(program: Program) -> float:
    """Type a line at a shell; answers the seconds until the prompt is back."""
    began = time.perf_counter()
    subprocess.run(
        python("bot", "do", "--as", account.ADMIN, LINE),
        cwd=program.root,
        env=environment(program.environment),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def _started(program: Program, folder: Path) -> tuple[float, float]:
    began = time.perf_counter()
    with running(program, folder) as started:
        order = Order(started.port, SIGNING_SECRET, "help", 1, f"start-{began}")
        started.listens()
        caller = Caller(started.port)
        caller.ask(next(requests(order)))
        while caller.heard() is None:
            pass
        seconds = time.perf_counter() - began
        caller.socket.close()
        time.sleep(REST)
        return seconds, started.memory()
