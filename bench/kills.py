"""``kill -9`` of the real ``serve`` while people ask things of it: what must never come of that, counted.

The moment of each kill is drawn by lot; some meet the bot while it starts again.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import told
from bench.errands import ASKS, LATE, TWICE, WRONGS, Bot, Errand
from bench.sight import Sight
from bench.table import Table, limit
from bot.store import Database
from bot.work import open_work
from tests.faults.launching import program
from tests.faults.people import employ
from tests.faults.town import Town, now, town
from tests.postgres import cluster

KILLS, QUICK = 100, 5  # on each store and door
STORES, DOORS = ("SQLite", "PostgreSQL"), ("Socket Mode", "HTTP")
SEED = 2026
WITHIN = 20.0  # seconds from the return of the bot to the answer
PATIENCE = 60.0  # seconds until nothing more is waited for
ASKED, KILLED = 1.5, 3.0  # seconds in which people ask, and in which the kill comes
AGAIN, STARTING = 0.25, 1.5  # how many kills are followed by one of a bot that starts, and within how long


@dataclass
class Toll:
    """What came of the kills on one store and at one door."""

    where: str
    kills: int = 0
    accepted: int = 0
    slowest: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)
    errands: list[Errand] = field(default_factory=list)

    def count(self, wrong: str, errand: Errand) -> None:
        """Count it, and say at once where it was."""
        self.wrong[wrong] += 1
        _say(f"{self.where}: {errand.name}, /hms {errand.ask.line}: {wrong}")


async def run(*, quick: bool, kills: int = 0) -> Sequence[Table]:
    """A table of what people ask for, and one of what 100ms reports."""
    count = kills or (QUICK if quick else KILLS)
    with TemporaryDirectory(prefix="hms-bot-bench-") as made, _databases(Path(made)) as databases:
        tolls = [
            await _killed(f"{store}, {door}", next(databases[store]), door, count, Path(made))
            for store, door in product(STORES, DOORS)
        ]
        heard = [await told.killed(store, next(databases[store]), count, Path(made)) for store in STORES]
    return [_table(count, tolls), told.table(heard)]


def _table(count: int, tolls: Sequence[Toll]) -> Table:
    return Table(
        f"{count} kills at random moments, on each store and door",
        ("", "kills", "lines and clicks", *WRONGS, "slowest answer after the return"),
        [_row(toll) for toll in tolls],
        f"`kill -9` within {KILLED:.0f} s in which {len(ASKS)} things are asked for, confirmed, approved, "
        f"denied and planned; of {1 / AGAIN:.0f} kills one is followed by another while the bot starts. "
        "Whoever is shown an error by Slack and reads nothing asks again. A post that was cut off, of which "
        "whoever asked is told that it may be there or not, cannot be edited and is no card left pressable. "
        "Looks are not among the lines: "
        "they change nothing, and whoever waited for one that died is told so (`make faults`).",
    )


def _row(toll: Toll) -> Sequence[str]:
    wrongs = (limit(toll.wrong[wrong], 0, "{:.0f}") for wrong in WRONGS)
    return toll.where, f"{toll.kills}", f"{toll.accepted}", *wrongs, limit(toll.slowest, WITHIN, "{:.1f} s")


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, Iterator[str]]]:
    """A fresh database of each store, as often as one is wanted."""
    with cluster() as postgres:
        yield {
            "SQLite": (f"sqlite:///{folder / f'kills-{number}.db'}" for number in range(len(DOORS) + 1)),
            "PostgreSQL": (postgres.server.create(f"kills_{number}") for number in range(len(DOORS) + 1)),
        }


async def _killed(where: str, url: str, door: str, kills: int, folder: Path) -> Toll:
    chance, toll = random.Random(f"{SEED} {where}"), Toll(where)
    async with town(url, partial(program, log=folder / f"{where}.log")) as here, AsyncExitStack() as held:
        await employ(url)
        if door == "HTTP":
            await here.goes_over_http(held)
        db = await Database.open(url)
        held.push_async_callback(db.close)
        for number in range(kills):
            await _round(number, here, db, chance, toll)
            _say(f"{where}: {number + 1} of {kills} kills, {toll.wrong.total()} wrong")
        for errand in toll.errands:
            if len(errand.calls) > errand.called:  # long after the round was over
                toll.count(TWICE, errand)
    return toll


async def _round(number: int, here: Town, db: Database, chance: random.Random, toll: Toll) -> None:
    """Let people ask, kill the bot, let it come back, and look at what came of it."""
    sight, bot = Sight(here), Bot(asyncio.Event(), time.monotonic())
    bot.up.set()
    errands = [Errand(ask, f"round-{number}-{which}", here, db, sight, bot) for which, ask in enumerate(ASKS)]
    asking = [asyncio.create_task(errand.run(chance.uniform(0, ASKED))) for errand in errands]
    await asyncio.sleep(chance.uniform(0, KILLED))
    await _kill_and_return(here, bot, chance)
    done, given_up = await asyncio.wait(asking, timeout=PATIENCE)
    for task in given_up:
        task.cancel()
    await asyncio.gather(*done)  # raises what a task did not expect
    await open_work(db, now, guest=True).idle()
    toll.kills += 1
    for errand in errands:
        await _look(errand, toll)
    toll.errands += errands


async def _kill_and_return(here: Town, bot: Bot, chance: random.Random) -> None:
    bot.up.clear()
    await here.is_killed()
    if chance.random() < AGAIN:
        await here.launches()
        await asyncio.sleep(chance.uniform(0, STARTING))
        await here.is_killed()
    await here.starts()
    bot.since = time.monotonic()
    bot.up.set()


async def _look(errand: Errand, toll: Toll) -> None:
    toll.accepted += errand.accepted
    toll.slowest = max(toll.slowest, errand.slowest)
    errand.called = len(errand.calls)
    wrongs = set(await errand.wrongs())
    if errand.slowest > WITHIN:
        wrongs.add(LATE)
    for wrong in wrongs:
        toll.count(wrong, errand)
        _say(await errand.told())


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
