"""How long many timers that are due at once take, beside what the calls they set off take at least."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.processes import python
from bench.storm import AMONG, IN_FLIGHT, LATENCY
from bench.table import Table, bar, milliseconds
from tests.postgres import cluster

Told = Mapping[str, float]
STORES = ("SQLite", "PostgreSQL")


def run(*, quick: bool) -> Table:
    rounds, count = (1, 2_500) if quick else (3, 10_000)
    ideal = count * LATENCY / IN_FLIGHT
    told: dict[str, list[Told]] = {store: [] for store in STORES}
    for _ in range(rounds):
        with TemporaryDirectory(prefix="hms-bot-bench-") as folder:
            told["SQLite"].append(storm(f"sqlite:///{Path(folder) / 'storm.db'}", count))
        with cluster("-c", "shared_preload_libraries=pg_stat_statements") as ours:
            told["PostgreSQL"].append(storm(ours.server.url("postgres"), count))
    return Table(
        f"{count:,} timers due at once",
        ("", "all done", "beside the ideal", "loop held", "statements a call", "memory"),
        [(store, *_figures(told[store], ideal)) for store in STORES],
        f"Among {count * AMONG:,}; each sets off a call of {LATENCY * 1000:.0f} ms, {IN_FLIGHT} in flight, "
        f"so the ideal is {ideal:.2f} s. The median of {rounds} interleaved rounds, each on a new database.",
    )


def storm(url: str, count: int) -> Told:
    """Raises CalledProcessError when it did not end well."""
    command = python("bench.storm", url, count)
    root = Path(__file__).parents[1]
    said = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(said.stdout)


def _figures(told: list[Told], ideal: float) -> tuple[str, ...]:
    took, held, statements, memory = (
        median(one[figure] for one in told) for figure in ("took", "held", "statements", "memory")
    )
    counted = f"{statements:.2f}" if statements else "not counted"
    return f"{took:.2f} s", bar(took / ideal, most=1.15), milliseconds(held), counted, f"{memory:+.0f} MB"
