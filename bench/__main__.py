"""Every benchmark: ``python -m bench [--quick] [--write] [name …]`` prints docs/performance.md's figures."""

import argparse
import asyncio
import importlib
import inspect
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.table import TIMES, Table

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by `make bench` -->", "<!-- end of figures -->"
NAMES = (
    "acks",
    "throughput",
    "waits",
    "busy",
    "start",
    "storm",
    "stretches",
    "events",
    "hostile",
    "hms_client",
    "kills",
    "hours",
)
COUNTED = ("storm", "hostile")
COMPARED = ("acks", "waits", "start")  # with another checkout, where one is named


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, help=f"some of {', '.join(NAMES)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: some minutes in all")
    parser.add_argument("--kills", type=int, default=0, help="how many on each store and door")
    parser.add_argument(
        "--count", type=int, default=0, help="how many moments a storm has, or how many of each are hostile"
    )
    parser.add_argument("--before", type=Path, help="another checkout, to compare with in the same run")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    arguments = parser.parse_args()
    said = [machine(), command(arguments)]
    print("\n\n".join(said), flush=True)
    for name in arguments.names:
        for table in measured(name, arguments):
            said.append(table.markdown())
            print(f"\n{said[-1]}", flush=True)
    if arguments.write:
        write(said)


def measured(name: str, arguments: argparse.Namespace) -> Iterable[Table]:
    """The tables of one benchmark; it may be a coroutine, and bring one table or several."""
    before, kills = arguments.before, arguments.kills
    compared = {"before": before.resolve()} if before and name in COMPARED else {}
    counted = {"kills": kills} if kills and name == "kills" else {}
    counted |= {"count": arguments.count} if arguments.count and name in COUNTED else {}
    found = importlib.import_module(f"bench.{name}").run(quick=arguments.quick, **compared, **counted)
    tables = asyncio.run(found) if inspect.iscoroutine(found) else found
    return [tables] if isinstance(tables, Table) else tables


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    model = Path("/proc/cpuinfo")
    if model.exists():
        lines = model.read_text(encoding="utf-8").splitlines()
        cpu = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), cpu)
    load = os.getloadavg()[0]
    return (
        f"Measured on {datetime.now(UTC):%-d %B %Y}: {os.cpu_count()} {TIMES} {cpu}, {platform.system()}, "
        f"Python {platform.python_version()}; load {load:.1f} before."
    )


def command(arguments: argparse.Namespace) -> str:
    named = "" if tuple(arguments.names) == NAMES else " ".join(["", *arguments.names])
    quick = " --quick" if arguments.quick else ""
    before = " --before ../before" if arguments.before else ""
    kills = f" --kills {arguments.kills}" if arguments.kills else ""
    count = f" --count {arguments.count}" if arguments.count else ""
    return f"    python -m bench --write{quick}{kills}{count}{before}{named}"


def write(said: Sequence[str]) -> None:
    """Put the figures between their marks; what stands around them stays."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    figures = "\n\n".join(said)
    PAGE.write_text(f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
