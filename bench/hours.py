"""The hours of many rooms end and begin while the real ``serve`` is killed, frozen, or without its database.

On SQLite one process serves, on PostgreSQL two, of which one meets the fault. When all is quiet again each
moment is looked for in what 100ms was asked, and what people read: none lost, none twice, none too early.
"""

import asyncio
import random
import re
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.table import TIMES, Table, at, limit
from bot.features.schedule.book import windows
from bot.store import Database
from bot.work import open_work
from sandbox.hms.state.room.room import Room
from tests.faults.hours import (
    ClosedUntil,
    OpenUntil,
    closed_rooms,
    ends,
    is_shut,
    open_rooms,
    openings,
)
from tests.faults.launching import ROOT, program
from tests.faults.people import reported
from tests.faults.town import Town, now, town
from tests.postgres import Cluster, cluster
from tests.processes import started

ROUNDS, QUICK = 10, 1  # of each fault on each store
ROOMS = 50  # whose hours end in a round, and as many whose hours begin
FOUND = 6.0  # seconds until a process has found what another wrote down
SPREAD = 4.0  # seconds within which all of them come, and the fault too
FROZEN = 7.0  # seconds: two processes take one for dead after five
WITHIN = 20.0  # seconds from when it could be done
PATIENCE = 60.0  # seconds until nothing more is waited for
SEED = 2026
DURABLE = ("-c", "fsync=off")  # the machine stays up, but what was committed must be there
OVER = re.compile(r"The hours of \*?([\w-]+)\*? are over")
LOST, TWICE, EARLY = "lost", "twice", "too early"
AJAR, UNTOLD = "open though closed", "not told once"
WRONGS = (LOST, TWICE, EARLY, AJAR, UNTOLD)


@dataclass(frozen=True)
class Stage:
    """What a fault may hit: the bot of a town, and on PostgreSQL a second one and the server."""

    here: Town
    second: Process | None = None
    server: Cluster | None = None


Fault = Callable[[Stage], Awaitable[datetime]]


@dataclass(frozen=True)
class Planned:
    """One moment of the hours of a room, and their number."""

    room: Room
    at: datetime
    number: int


@dataclass
class Toll:
    """What came of one fault on one store."""

    where: str
    moments: int = 0
    repeats: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    late: list[float] = field(default_factory=list)

    def count(self, wrong: str, moment: Planned) -> None:
        """Count it, and say at once where it was."""
        self.wrong[wrong] += 1
        _say(f"{self.where}: {moment.room.name} at {moment.at:%T.%f}: {wrong}")


async def is_killed(stage: Stage) -> datetime:
    """``kill -9``: the only one is started again, one of two is not; from when on all can be done."""
    if stage.second is None:
        await stage.here.is_killed()
        await stage.here.starts()
        return now()
    stage.second.kill()
    await stage.second.wait()
    return now()


async def is_frozen(stage: Stage) -> datetime:
    """Stand still for so long that another takes it for dead, and go on; the other one goes on at once."""
    began = now()
    stage.here.freezes()
    await asyncio.sleep(FROZEN)
    stage.here.thaws()
    return now() if stage.second is None else began


async def has_no_database(stage: Stage) -> datetime:
    """The database goes as in a crash, and comes back."""
    assert stage.server
    await asyncio.to_thread(stage.server.stop)
    await asyncio.to_thread(stage.server.start, *DURABLE)
    return now()


FAULTS: Sequence[tuple[str, str, Fault]] = (
    ("SQLite", "kill -9", is_killed),
    ("SQLite", "frozen", is_frozen),
    ("PostgreSQL", "kill -9 of one of two", is_killed),
    ("PostgreSQL", "one of two frozen", is_frozen),
    ("PostgreSQL", "database restarted", has_no_database),
)


async def run(*, quick: bool) -> Table:
    rounds = QUICK if quick else ROUNDS
    tolls = []
    with TemporaryDirectory(prefix="hms-bot-bench-") as made, cluster(*DURABLE) as server:
        urls = _databases(Path(made), server)
        for store, called, fault in FAULTS:
            toll = Toll(f"{store}, {called}")
            ours = None if store == "SQLite" else server
            await _meets(toll, next(urls[store]), ours, fault, rounds, Path(made))
            tolls.append(toll)
    return Table(
        f"The hours of {2 * ROOMS} rooms, over each fault {rounds} {TIMES}",
        ("", "moments", *WRONGS, "repeated unlocks", "late, p50", "latest after the fault"),
        [_row(toll) for toll in tolls],
        f"In each round {ROOMS} rooms with people in them are ended and locked and {ROOMS} are opened by "
        f"their hours, at moments drawn from {SPREAD:.0f} s, within which the fault comes. An end that comes "
        "twice is a second `end-room`; an unlock is desired state, and a repeat harmless. Not told once is "
        "what nobody reads in the channel or of which several posts stand there; a post that was cut off, of "
        "which whoever asked is told that it may be there, is told. The latest counts from the moment, or "
        "from when the bot could act again: one process that is back and reached by Slack, or the other of "
        "two at the fault.",
    )


def _row(toll: Toll) -> Sequence[str]:
    wrongs = (limit(toll.wrong[wrong], 0, "{:.0f}") for wrong in WRONGS)
    late = f"{at(toll.late, 0.5):.2f} s", limit(max(toll.late), WITHIN, "{:.1f} s")
    return toll.where, f"{toll.moments}", *wrongs, f"{toll.repeats}", *late


def _databases(folder: Path, server: Cluster) -> dict[str, Iterator[str]]:
    """A fresh database of each store, as often as one is wanted."""
    return {
        "SQLite": (f"sqlite:///{folder / f'hours-{number}.db'}" for number, _ in enumerate(FAULTS)),
        "PostgreSQL": (server.server.create(f"hours_{number}") for number, _ in enumerate(FAULTS)),
    }


async def _meets(
    toll: Toll, url: str, server: Cluster | None, fault: Fault, rounds: int, folder: Path
) -> None:
    chance, log = random.Random(f"{SEED} {toll.where}"), folder / f"{toll.where}.log"
    async with town(url, partial(program, log=log)) as here:
        for number in range(rounds):
            async with AsyncExitStack() as held:
                second = await held.enter_async_context(_second(here, log)) if server else None
                await _round(toll, Stage(here, second, server), fault, chance, f"round-{number}")
            _say(f"{toll.where}: {number + 1} of {rounds}, {toll.wrong.total()} wrong")


@asynccontextmanager
async def _second(here: Town, log: Path) -> AsyncIterator[Process]:
    """Another process of the bot on the same database."""
    with log.open("ab") as printed:
        command = (sys.executable, "-m", "bot", "serve")
        async with started(
            *command, cwd=ROOT, env=here.environment, stdout=printed, stderr=printed
        ) as second:
            await here.socket.connected(2)
            yield second


async def _round(toll: Toll, stage: Stage, fault: Fault, chance: random.Random, name: str) -> None:
    """Let moments come, have the fault in their midst, and look at what came of each once all is quiet."""
    here = stage.here
    ending, opening = await _plan(here, chance, name)
    await asyncio.sleep(FOUND + chance.uniform(0, SPREAD))
    back = await fault(stage)
    await _quiet(here, ending, opening)
    for moment in ending:
        _look_at_end(toll, here, moment, back)
    for moment in opening:
        _look_at_opening(toll, here, moment, back)
    for moment in _untold(here, ending):
        toll.count(UNTOLD, moment)


async def _plan(here: Town, chance: random.Random, name: str) -> tuple[Sequence[Planned], Sequence[Planned]]:
    """Write down the hours of rooms as the bot would have, in the place of those of an earlier round."""
    url, first = here.environment["DATABASE_URL"], now() + timedelta(seconds=FOUND)
    moments = [first + timedelta(seconds=chance.uniform(0, SPREAD)) for _ in range(2 * ROOMS)]
    rooms = [here.world.add_room(f"{name}-{number}", live=number < ROOMS) for number in range(2 * ROOMS)]
    for room in rooms[ROOMS:]:
        room.enabled = False
    planned = list(zip(rooms, moments, strict=True))
    await _forget_hours(url)
    ends_at = await open_rooms(url, [OpenUntil(room, moment) for room, moment in planned[:ROOMS]])
    opens_at = await closed_rooms(url, [ClosedUntil(room, moment) for room, moment in planned[ROOMS:]])
    several = [Planned(*one, number) for one, number in zip(planned, [*ends_at, *opens_at], strict=True)]
    return several[:ROOMS], several[ROOMS:]


async def _forget_hours(url: str) -> None:
    """Each of them is looked at after a start: those of earlier rounds would make it longer and longer."""
    db = await Database.open(url)
    async with db.write() as tx:
        await tx.execute(windows.delete())
    await db.close()


async def _quiet(here: Town, ending: Sequence[Planned], opening: Sequence[Planned]) -> None:
    """Wait until all is done and told, or until nothing more is waited for; then until no work is left."""

    def is_over() -> bool:
        doors = all(is_shut(one.room) for one in ending) and all(one.room.enabled for one in opening)
        return doors and not _untold(here, ending)

    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await here.until(is_over)
    db = await Database.open(here.environment["DATABASE_URL"])
    await open_work(db, now, guest=True).idle()
    await db.close()


def _untold(here: Town, ending: Sequence[Planned]) -> list[Planned]:
    """The ends that the channel does not read of once, and Mo not that nobody knows whether it does."""
    posts = Counter(name for text in here.reads("max").splitlines() for name in OVER.findall(text))
    others = [one for one in ending if posts[one.room.name] != 1]
    return [one for one in others if posts[one.room.name] or not reported(here, str(one.number))]


def _look_at_end(toll: Toll, here: Town, moment: Planned, back: datetime) -> None:
    asked = ends(here, moment.room)
    toll.moments += 1
    wrongs = {
        LOST: not asked,
        TWICE: len(asked) > 1,
        EARLY: any(at < moment.at for at in asked),
        AJAR: not is_shut(moment.room),
    }
    _note(toll, moment, wrongs, asked, back)


def _look_at_opening(toll: Toll, here: Town, moment: Planned, back: datetime) -> None:
    asked = openings(here, moment.room)
    toll.moments += 1
    toll.repeats += max(0, len(asked) - 1)
    wrongs = {LOST: not asked or not moment.room.enabled, EARLY: any(at < moment.at for at in asked)}
    _note(toll, moment, wrongs, asked, back)


def _note(
    toll: Toll, moment: Planned, wrongs: dict[str, bool], asked: Sequence[datetime], back: datetime
) -> None:
    """Count what was wrong, and how long after the moment it was done, or after it could be."""
    for wrong in (wrong for wrong, is_so in wrongs.items() if is_so):
        toll.count(wrong, moment)
    if asked:
        due = max(moment.at, back) if asked[0] >= back else moment.at
        toll.late.append((asked[0] - due).total_seconds())


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
