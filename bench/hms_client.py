"""What a call of our client costs, beside plain httpx, aiohttp, raw sockets and the official SDK for Node."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import peers
from bench.hms_callers import CALLERS
from bench.processes import Program, python, running
from bench.table import Table, bar, times

ROOT = Path(__file__).parents[1]
OURS, HTTPX, RAW, NODE = "hms-bot", "httpx", "raw sockets", "@100mslive/server-sdk"
SDK = f"{NODE}@0.3.0"  # GPL-3.0, and no part of ours
IN_FLIGHT = (1, 16, 64, 256)
WAITS = (0, 20)  # milliseconds
PAGES = 101  # of 10,000 rooms: the last one is empty, since the one before it is full
GROWS_AT_MOST = 2.0  # megabytes; more is not flat


@dataclass(frozen=True)
class Caller:
    """A process that carries out orders, one at a time."""

    process: "subprocess.Popen[str]"

    def told(self, **order: object) -> Mapping[str, float]:
        """Have an order carried out; raises ChildProcessError when it was not."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise ChildProcessError("A caller went away.")
        told: Mapping[str, float] = json.loads(said)
        return told


@dataclass
class Figures:
    """What one caller did against one stub, by how many calls were under way."""

    rates: dict[int, list[float]]
    costs: dict[int, list[float]]

    def rate(self, in_flight: int) -> float:
        return median(self.rates[in_flight])

    def cost(self, in_flight: int) -> float:
        return median(self.costs[in_flight])


def run(*, quick: bool) -> Sequence[Table]:
    with TemporaryDirectory(prefix="hms-bot-bench-") as made:
        folder = Path(made)
        measured = {wait: measure(wait, folder, quick=quick) for wait in WAITS}
        return [
            *(_calls(wait, figures, quick=quick) for wait, figures in measured.items()),
            _rest(folder, quick=quick),
        ]


def measure(wait: int, folder: Path, *, quick: bool) -> Mapping[str, Figures]:
    """Let all take turns against one stub."""
    figures = {who: Figures({}, {}) for who in (*CALLERS, NODE)}
    with stub(wait, folder) as port, ExitStack() as held:
        callers = {who: held.enter_context(calling(who, port)) for who in figures}
        for turn in range(_rounds(quick=quick)):
            order = [*callers][turn:] + [*callers][:turn]  # nobody is always first
            for in_flight in IN_FLIGHT:
                for who in order:
                    said = callers[who].told(
                        in_flight=in_flight, count=_count(who, in_flight, wait, quick=quick)
                    )
                    figures[who].rates.setdefault(in_flight, []).append(said["rate"])
                    figures[who].costs.setdefault(in_flight, []).append(said["cpu"])
    return figures


def _rounds(*, quick: bool) -> int:
    return 1 if quick else 5


def _count(who: str, in_flight: int, wait: int, *, quick: bool) -> int:
    """How many calls take about a second; httpx is slow with many under way, and nobody waits for it."""
    whole = min(in_flight * 1000 // wait, 3000) if wait else 3000
    return max(whole // (2 if quick else 1) // (8 if who == HTTPX else 1), in_flight)


@contextmanager
def stub(wait: int, folder: Path) -> Iterator[int]:
    with running(Program(f"stub of {wait} ms", python("bench.hms_stub", wait)), folder) as started:
        started.listens()
        yield started.port


@contextmanager
def calling(who: str, port: int) -> Iterator[Caller]:
    command = (
        ["node", str(peers.HERE / "hms_sdk.cjs")] if who == NODE else [*python("bench.hms_callers", who)]
    )
    packages = {"NODE_PATH": str(peers.node_packages(SDK)), "NODE_ENV": "production"} if who == NODE else {}
    process = subprocess.Popen(
        [*command, str(port)],
        cwd=ROOT,
        env={**os.environ, **packages},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Caller(process)
        assert process.stdin
        process.stdin.close()


def _calls(wait: int, figures: Mapping[str, Figures], *, quick: bool) -> Table:
    rows = [_row(who, each) for who, each in figures.items()]
    note = (
        "Calls a second, and microseconds of processor a call, by how many calls are under way. "
        f"The median of {_rounds(quick=quick)} interleaved rounds, each caller in a process of its own."
    )
    return Table(
        f"Asking 100ms for a room, which answers after {wait} ms",
        ("", *(f"{count} under way" for count in IN_FLIGHT)),
        rows,
        f"{note}\n\n{_bars(figures)}" if wait else note,
    )


def _row(who: str, figures: Figures) -> Sequence[str]:
    return (who, *(f"{figures.rate(each):.0f}, {figures.cost(each):.0f} µs" for each in IN_FLIGHT))


def _bars(figures: Mapping[str, Figures]) -> str:
    ours, node = figures[OURS], figures[NODE]
    return (
        f"With 64 under way, ours does {bar(ours.rate(64) / node.rate(64), least=1.25)} of the SDK's calls, "
        f"{bar(ours.rate(64) / figures[HTTPX].rate(64), least=4)} of plain httpx's and "
        f"{bar(ours.rate(64) / figures[RAW].rate(64), least=0.5)} of raw sockets', "
        f"for {bar(ours.cost(64) / node.cost(64), most=0.75)} of the SDK's processor. "
        "Nobody can do more than 64 calls in 20 ms, which is 3,200 a second."
    )


def _rest(folder: Path, *, quick: bool) -> Table:
    """Walking a long list, and whether memory stays where it is."""
    rounds, calls = (1, 20_000) if quick else (3, 100_000)
    with stub(20, folder) as port, calling(OURS, port) as caller:
        walks = [caller.told(walk=True) for _ in range(rounds)]
    limit = PAGES * 0.020
    seconds = median(each["seconds"] for each in walks)
    with stub(0, folder) as port, calling(OURS, port) as caller:
        before = caller.told(in_flight=64, count=10_000)["memory"]
        grown = caller.told(in_flight=64, count=calls)["memory"] - before
    return Table(
        "Long lists, and many calls",
        ("", "measured", "beside"),
        [
            (
                f"walking {walks[0]['found']:.0f} rooms, 100 a page, 20 ms an answer",
                f"{seconds:.2f} s",
                f"{bar(seconds / limit, most=1.15)} of {PAGES} answers",
            ),
            (
                f"peak memory after {calls:,} more calls",
                f"{grown:+.1f} MB",
                times(before + grown, before)
                if grown <= GROWS_AT_MOST
                else f"**{times(before + grown, before)}**",
            ),
        ],
    )
