"""What a person waits for: from a typed line to its answer, and the processor that it takes.

Once with a 100ms that answers at once, so that all of it is ours; once with one that is as far away as others
are on a network, where it counts how many answers are waited for one after the other.
"""

import json
import re
import subprocess
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, product
from pathlib import Path

from bench.processes import ROOT, SIGNING_SECRET, Running, python
from bench.stage import BEFORE, BOT, Stage, set_up
from bench.table import Table, at, bar, milliseconds
from bench.town import ROOMS

ACT = "end-room room-{n} --yes"
LINES = ("help", f"status room-{ROOMS - 1}", f"who room-{ROOMS - 1}", ACT)
FAR_LINES = (
    *LINES[1:3],
    f"end-room room-{ROOMS - 1}",
    f"remove Gus --room room-{ROOMS - 1} --reason spamming --dry-run",
    ACT,
)
FAR = 0.1  # seconds
ROOM = re.compile(r"( --room)? room-([0-9]+|{n})")
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


def run(*, quick: bool, before: Path | None = None) -> Sequence[Table]:
    rounds, counts = (1, {1: 15, CROWD: 48}) if quick else (5, {1: 30, CROWD: 96})
    near, far = list(product(LINES, counts)), [(line, 1) for line in FAR_LINES]
    names = (BOT, BEFORE) if before else (BOT,)
    with set_up(before=before) as stage, ExitStack() as held:
        servers = {name: stage.start(name, held) for name in names}
        asked = _asked(stage, servers, near, counts, rounds)
        stage.lag(FAR)
        asked_far = _asked(stage, servers, far, {1: counts[1]}, rounds, first=rounds * sum(counts.values()))
    return (
        Table(
            "From a typed line to its answer",
            ("", "p50", "p99", "processor a line", *(_BESIDE if before else ())),
            [_row(case, *(asked[name, case] for name in names)) for case in near],
            f"{rounds} interleaved rounds of {counts[1]} lines by one and of {counts[CROWD]} by {CROWD} "
            "people at once, each of whom types the next line once the last is answered. 100ms answers at "
            f"once, and the rooms are {ROOMS:,}. Processor is that of the bot's process, the work after the "
            f"answer included.{_turned_away(asked.values())}",
        ),
        Table(
            f"The same where 100ms takes {FAR * 1000:.0f} ms for each answer",
            ("", "p50", "p99", *(_FAR_BESIDE if before else ())),
            [_far_row(case, *(asked_far[name, case] for name in names)) for case in far],
            f"{rounds} interleaved rounds of {counts[1]} lines by one person. Calls that go out together are "
            f"one wait, so it counts those one after the other.{_turned_away(asked_far.values())}",
        ),
    )


def _asked(
    stage: Stage,
    servers: Mapping[str, Running],
    cases: Sequence[Case],
    counts: Mapping[int, int],
    rounds: int,
    first: int = 0,
) -> Mapping[tuple[str, Case], Measured]:
    """Let every bot be asked each case in turn; ``first`` is the first room that an act may end."""
    measured = {(name, case): Measured() for name in servers for case in cases}
    towns, names = {BOT: stage.town, BEFORE: stage.town_before}, list(servers)
    for turn in range(rounds):
        for line, people in cases:
            room = first + turn * sum(counts.values()) + (counts[1] if people == CROWD else 0)
            for name in names[:: -1 if turn % 2 else 1]:  # nobody is always first
                ours = measured[name, (line, people)]
                type_lines(servers[name], towns[name], line, people, counts[people], room, ours)
    return measured


_FAR_BESIDE = ("p50 before", "p50 beside before")
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


def _said(line: str) -> str:
    """A line as people read it, without its room."""
    return f"`/hms {ROOM.sub('', line)}`"


def _far_row(case: Case, ours: Measured, *others: Measured) -> Sequence[str]:
    compared = [
        (milliseconds(other.typical), bar(ours.typical / other.typical, most=HALF)) for other in others
    ]
    return (
        _said(case[0]),
        milliseconds(ours.typical),
        milliseconds(at(ours.latencies, 0.99)),
        *chain(*compared),
    )


def _row(case: Case, ours: Measured, *others: Measured) -> Sequence[str]:
    line, people = case
    said = _said(line)
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
