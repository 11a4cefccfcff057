"""What a person waits for: from a typed line to its answer, and the processor that it takes."""

import json
import subprocess
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from bench.processes import ROOT, SIGNING_SECRET, Running, python
from bench.stage import BEFORE, BOT, set_up
from bench.table import Table, at, bar, milliseconds
from bench.town import ROOMS

ACT = "end-room room-{n} --yes"
LINES = ("help", f"status room-{ROOMS - 1}", f"who room-{ROOMS - 1}", ACT)
CROWD = 16
HALF = 0.5  # of before
PAUSE = 0.1  # seconds at rest, from an answer to the next line
SETTLES = 0.5  # seconds; by then what the last line set off is done, and belongs to the lines before

Case = tuple[str, int]


@dataclass
class Measured:
    """What one bot did with one line at one load."""

    latencies: list[float] = field(default_factory=list)
    processor: float = 0.0  # seconds
    turned_away: int = 0

    @property
    def typical(self) -> float:
        return at(self.latencies, 0.5)

    @property
    def each(self) -> float:
        """Seconds of processor for one line."""
        return self.processor / len(self.latencies)


def run(*, quick: bool, before: Path | None = None) -> Table:
    rounds, counts = (1, {1: 15, CROWD: 48}) if quick else (5, {1: 30, CROWD: 96})
    cases = list(product(LINES, counts))
    names = (BOT, BEFORE) if before else (BOT,)
    measured = {(name, case): Measured() for name in names for case in cases}
    with set_up(before=before) as stage, ExitStack() as held:
        servers = {name: stage.start(name, held) for name in names}
        towns = {BOT: stage.town, BEFORE: stage.town_before}
        for turn in range(rounds):
            for line, people in cases:
                first = turn * sum(counts.values()) + (counts[1] if people == CROWD else 0)
                for name in names[:: -1 if turn % 2 else 1]:  # nobody is always first
                    ours = measured[name, (line, people)]
                    type_lines(servers[name], towns[name], line, people, counts[people], first, ours)
    return Table(
        "From a typed line to its answer",
        ("", "p50", "p99", "processor a line", *(_BESIDE if before else ())),
        [_row(case, *(measured[name, case] for name in names)) for case in cases],
        f"{rounds} interleaved rounds of {counts[1]} lines by one person and of {counts[CROWD]} by {CROWD} "
        "at once, each of whom types the next line once the last is answered. 100ms answers at once, and the "
        f"rooms are {ROOMS:,}. Processor is that of the bot's process, the work after the answer included."
        f"{_turned_away(measured.values())}",
    )


_BESIDE = ("p50 before", "p99 before", "processor before", "p50 beside before", "processor beside before")


def type_lines(
    server: Running, town: str, line: str, people: int, count: int, first: int, measured: Measured
) -> None:
    """Let people type a line so often; raises CalledProcessError when an answer did not come."""
    order = {
        "port": server.port,
        "secret": SIGNING_SECRET,
        "line": line,
        "count": count,
        "run": uuid.uuid4().hex,
        "connections": people,
        "pause": PAUSE if people == 1 else 0,
        "first": first,
    }
    before = server.processor()
    command = python("bench.reader", json.dumps(order), town)
    said = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    time.sleep(SETTLES)
    measured.processor += server.processor() - before
    measured.latencies += said["latencies"]
    measured.turned_away += said["turned_away"]


def _row(case: Case, ours: Measured, *others: Measured) -> Sequence[str]:
    line, people = case
    said = f"`/hms {line.replace(' room-{n}', '').replace(f' room-{ROOMS - 1}', '')}`"
    compared = [
        bar(ratio, most=HALF)
        for other in others
        for ratio in (ours.typical / other.typical, ours.each / other.each)
    ]
    return (
        f"{said}, {'at rest' if people == 1 else f'{people} connections'}",
        *_figures(ours),
        *(cell for other in others for cell in _figures(other)),
        *compared,
    )


def _figures(one: Measured) -> Sequence[str]:
    return milliseconds(one.typical), milliseconds(at(one.latencies, 0.99)), milliseconds(one.each)


def _turned_away(measured: Iterable[Measured]) -> str:
    count = sum(one.turned_away for one in measured)
    return f" {count} acts were not taken in time, and whoever asked was told so." if count else ""
