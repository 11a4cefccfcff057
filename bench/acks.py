"""From a signed request to its ack, one after the other on one connection."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.stage import ASGI, BEFORE, BOLT, BOT, NODE, set_up
from bench.table import Table, at, bar, milliseconds, times
from bench.town import ROOMS
from bot.command import Registry

HELP, STATUS, ACT = "help", "status", "end-room room-{n} --yes"
OURS = (HELP, STATUS, ACT)
CONTESTS = ((ASGI, HELP), (NODE, HELP), (BOLT, HELP), *((BOT, line) for line in OURS))
READ_PAUSE, ACT_PAUSE = 0.05, 0.2  # seconds; by then what a line set off is done
LOOK_PAUSE = 0.3  # seconds; by then the longest look is answered
SLOWEST = 5  # of the other reads are shown
MENTION = re.compile(r"<@U0(\w+)>")  # as Slack sends it; a document says it as people type it

Took = dict[tuple[str, str], list[float]]


def run(*, quick: bool, before: Path | None = None) -> Iterator[Table]:
    """A table of acks beside those of others, and one of all that only looks."""
    yield _beside_others(quick=quick, before=before)
    yield _reads(quick=quick)


def _beside_others(*, quick: bool, before: Path | None) -> Table:
    rounds, count = (3, 20) if quick else (10, 60)
    contests = (*CONTESTS, *((BEFORE, line) for line in OURS)) if before else CONTESTS
    took: Took = {contest: [] for contest in contests}
    with set_up(ASGI, NODE, BOLT, before=before) as stage, ExitStack() as held:
        servers = {name: stage.start(name, held) for name in stage.programs}
        for turn in range(rounds):
            for name, line in contests:
                pause = ACT_PAUSE if line == ACT else READ_PAUSE
                acks = stage.load(servers[name], line, count=count, pause=pause, first=turn * count)
                took[name, line] += acks.latencies
        called = {name: program.name for name, program in stage.programs.items()}
    return Table(
        "Ack over signed HTTP, one connection",
        (
            *("", "p50", "p99", "p50 beside bare Bolt", "p50 beside raw ASGI"),
            *(("p50 before", "p50 beside before") if before else ()),
        ),
        [
            (_said(called[name], line), *_figures(name, line, took), *_before(name, line, took))
            for name, line in CONTESTS
        ],
        f"{rounds * count} requests each, in {rounds} interleaved rounds, {READ_PAUSE * 1000:.0f} ms apart "
        f"({ACT_PAUSE * 1000:.0f} ms for acts), so that each finds the server at rest. "
        "The peers ack and do nothing else; the bot answers every line, and ends a live room with each "
        "`end-room`, whose request is on disk (SQLite, `synchronous=full`) before its ack.",
    )


def _said(name: str, line: str) -> str:
    return f"{name}, `/hms {line.replace(' room-{n}', '')}`" if name == BOT else name


def _figures(name: str, line: str, took: Took) -> Sequence[str]:
    mine = took[name, line]
    typical, bolt, asgi = at(mine, 0.5), at(took[BOLT, HELP], 0.5), at(took[ASGI, HELP], 0.5)
    ours = name == BOT
    beside_bolt = bar(typical / bolt, most=0.3 if line == ACT else 0.1) if ours else times(typical, bolt)
    beside_asgi = bar(typical / asgi, most=3) if ours and line != ACT else times(typical, asgi)
    return milliseconds(typical), milliseconds(at(mine, 0.99)), beside_bolt, beside_asgi


def _before(name: str, line: str, took: Took) -> Sequence[str]:
    if (BEFORE, HELP) not in took:
        return ()
    if name != BOT:
        return "", ""
    typical, before = at(took[BOT, line], 0.5), at(took[BEFORE, line], 0.5)
    return milliseconds(before), times(typical, before)


def _reads(*, quick: bool) -> Table:
    """How the acks of reads compare with that of ``help``: what is looked up is looked up after the ack."""
    rounds, count = (1, 8) if quick else (5, 10)
    took: dict[str, list[float]] = {line: [] for line in (HELP, *_looks())}
    with set_up() as stage, ExitStack() as held:
        server = stage.start(BOT, held)
        for _ in range(rounds):
            for line in took:
                took[line] += stage.load(server, line, count=count, pause=LOOK_PAUSE).latencies
    typical = {line: at(latencies, 0.5) for line, latencies in took.items()}
    slowest = sorted(typical, key=lambda line: typical[line])[-SLOWEST:]
    return Table(
        "Ack of what only looks",
        ("", "p50", "p99", f"p50 beside `/hms {HELP}`"),
        [_look(line, took, typical) for line in dict.fromkeys((HELP, *reversed(slowest)))],
        f"The first example of each of {len(took) - 1} commands that only look, {rounds * count} times each "
        f"in {rounds} interleaved rounds, {LOOK_PAUSE * 1000:.0f} ms apart; of them the {SLOWEST} slowest.",
    )


def _looks() -> Iterator[str]:
    """An example of each command that only looks, as Slack sends it."""
    for command in Registry().commands.values():
        if command.reads and command.examples[0] != HELP:
            line = command.examples[0].replace("standup", f"room-{ROOMS - 1}")
            yield re.sub(r"@(\w+)", lambda found: f"<@U0{found[1].upper()}>", line)


def _look(line: str, took: Mapping[str, list[float]], typical: Mapping[str, float]) -> Sequence[str]:
    ratio = typical[line] / typical[HELP]
    beside = times(typical[line], typical[HELP]) if line == HELP else bar(ratio, most=1.5)
    as_typed = MENTION.sub(lambda found: f"@{found[1].lower()}", line)
    return f"`/hms {as_typed}`", milliseconds(typical[line]), milliseconds(at(took[line], 0.99)), beside
