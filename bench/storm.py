"""Storms of moments through the reactions that ship, beside the same calls made by others."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.due import IN_FLIGHT, IN_ONE_JOB, PACE, Told
from bench.moments import MOMENTS
from bench.processes import HOST, ROOT, Program, python, running, secrets
from bench.table import Table, bar, limit, milliseconds, times
from tests.postgres import cluster

AMONG, LATENCY = 10, 20  # times as many timers; milliseconds a call
CLIENT, LIBRARY, SCHEDULER, SQLITE, POSTGRESQL = (
    "our client alone",
    f"procrastinate, {IN_ONE_JOB} rooms a job",
    f"APScheduler {version('apscheduler')}, its own store on SQLite",
    "hms-bot on SQLite",
    "hms-bot on PostgreSQL",
)
NAMES = (CLIENT, LIBRARY, SCHEDULER, SQLITE, POSTGRESQL)
WITH_COUNTS = ("-c", "shared_preload_libraries=pg_stat_statements")


def run(*, quick: bool, count: int = 0) -> Iterable[Table]:
    """A table for each kind of moment, as each is measured; ``count`` are due at once, where it is said."""
    rounds, usual = (1, 500) if quick else (3, 10_000)
    return (_storm(kind, rounds, count or usual) for kind in MOMENTS)


def _storm(kind: str, rounds: int, count: int) -> Table:
    told: dict[str, list[Told]] = {name: [] for name in NAMES}
    with TemporaryDirectory(prefix="hms-bot-bench-") as made, ExitStack() as held:
        hms = _listening(Program("stub", python("bench.hms_stub", LATENCY)), Path(made), held)
        town = _listening(Program("town", python("bench.town")), Path(made), held)
        for turn in range(rounds):
            for name, said in _round(kind, count, hms, town, Path(made) / f"{turn}").items():
                told[name].append(said)
    return table(kind, told, count)


def table(kind: str, told: Mapping[str, Sequence[Told]], count: int) -> Table:
    moments = MOMENTS[kind]
    client = median(one.took for one in told[CLIENT])
    ideal = count * moments.calls * LATENCY / 1000 / IN_FLIGHT
    return Table(
        f"{count:,} {moments.title} due at once",
        ("", "all done", "beside the client", "loop held", "statements each", "ack p99", "start", "memory"),
        [_row(name, some, client) for name, some in told.items()],
        f"Among {count * AMONG:,} timers; each {moments.each} of {LATENCY} ms, {IN_FLIGHT} in "
        f"flight, so nobody is done before {ideal:.2f} s. The median of {len(told[CLIENT])} interleaved "
        "rounds, each on a new database. Posts are planned, not sent. Meanwhile somebody asks for help "
        f"{1 / PACE:.0f} times a second: acks are beside those of the idle bot; the answers' processor is in "
        "the figures, their statements are not. Start is until jobs are taken, memory the most above idle.",
    )


def _round(kind: str, count: int, hms: str, town: str, file: Path) -> Mapping[str, Told]:
    """Let all take their turn once."""
    ours = {**secrets(town), "HMS_API_URL": f"{hms}/v2"}
    bot = {"who": "hms-bot", "among": count * AMONG, "environment": ours}
    with cluster(*WITH_COUNTS) as postgres:
        library, store = postgres.server.create("library"), postgres.server.create("store")
        orders: Mapping[str, Mapping[str, object]] = {
            CLIENT: {"who": "client"},
            LIBRARY: {"who": "procrastinate", "url": library},
            SCHEDULER: {"who": "apscheduler", "among": count * AMONG, "url": f"sqlite:///{file}.jobs"},
            SQLITE: {**bot, "url": f"sqlite:///{file}.db"},
            POSTGRESQL: {**bot, "url": store},
        }
        about = {"kind": kind, "count": count, "hms": f"{hms}/v2"}
        return {name: _taken({**about, **order}) for name, order in orders.items()}


def _taken(order: Mapping[str, object]) -> Told:
    """Raises CalledProcessError when it did not end well."""
    command = python("bench.due", json.dumps(order))
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Told(**json.loads(said.stdout))


def _listening(program: Program, folder: Path, held: ExitStack) -> str:
    started = held.enter_context(running(program, folder))
    started.listens()
    return f"http://{HOST}:{started.port}"


def _row(name: str, told: Sequence[Told], client: float) -> Sequence[str]:
    def typical(figure: str) -> float:
        return float(median(getattr(one, figure) for one in told))

    took = typical("took")
    if name in {CLIENT, LIBRARY}:
        return name, f"{took:.2f} s", times(took, client), *[""] * 5
    if name == SCHEDULER:
        held, asked = f"{typical('held') * 1000:.0f} ms", f"{typical('statements'):.2f}"
        return name, f"{took:.2f} s", times(took, client), held, asked, *[""] * 3
    return (
        name,
        f"{took:.2f} s",
        bar(took / client, most=1.4),
        limit(typical("held") * 1000, 25, "{:.0f} ms"),
        limit(typical("statements"), 1.5, "{:.2f}"),
        f"{milliseconds(typical('ack'))}, {bar(typical('ack') / typical('idle_ack'), most=3)}",
        limit(typical("start"), 1, "{:.2f} s"),
        limit(typical("memory"), 60, "{:+.0f} MB"),
    )
