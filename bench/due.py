"""Many moments that are due at once, met by the bot's own reaction or by a peer, in a process of its own.

``python -m bench.due '<order as JSON>'`` prints what came of it as JSON.
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import sqlalchemy as sa
from procrastinate import App, PsycopgConnector
from pydantic import SecretStr

from bench.apscheduled import LEFT, Left, scheduler_of
from bench.load import Order as Typed
from bench.load import form
from bench.moments import MOMENTS, Moments
from bench.table import at
from bot.app import Bot
from bot.clock import system
from bot.hms import Hms
from bot.settings import Settings
from bot.shell import logs
from bot.shell.serve import GARBAGE
from bot.slack.inbound.acks import delivering
from bot.slack.inbound.app import taken
from bot.slack.inbound.payloads import DELIVERED
from bot.slack.outbound import outbox
from bot.work import Job, Later

IN_FLIGHT, IN_ONE_JOB = 50, 20
PATIENCE = 60.0  # seconds in which none is done
LOOK_EVERY = 0.2
PACE = 0.1  # seconds from one line to the next, whether the last was acked or not
IDLE = 50  # lines that are typed before the storm
COUNTED = "SELECT sum(calls) FROM pg_stat_statements WHERE toplevel AND query !~* '^(begin|commit|rollback)'"
SECRET = SecretStr("a secret of the benchmark, long enough for HS256")


@dataclass(frozen=True)
class Order:
    """Who is to meet how many moments of which kind, at which 100ms; the rest is for who has a database."""

    who: str
    kind: str
    count: int
    hms: str
    among: int = 0
    url: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def moments(self) -> Moments:
        """What comes due."""
        return MOMENTS[self.kind]


@dataclass(frozen=True)
class Told:
    """Seconds, statements an occurrence, megabytes over idle; of a peer only what it has."""

    took: float
    held: float = 0.0
    statements: float = 0.0
    idle_ack: float = 0.0
    ack: float = 0.0
    start: float = 0.0
    memory: float = 0.0


class Loop:
    """How long the event loop was held, measured by somebody who wants to run every millisecond."""

    def __init__(self) -> None:
        self.held = 0.0

    async def watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.held = max(self.held, time.perf_counter() - before - 0.001)


class Typist:
    """Somebody who asks for help at a steady pace, however long the acks take."""

    def __init__(self, bot: Bot, response_url: str) -> None:
        self._bot = bot
        self._line = Typed(0, "", "help", 1, uuid4().hex, response_url=response_url)
        self._acks: list[float] = []
        self._under_way: list[asyncio.Task[None]] = []
        self.typed = 0

    async def types(self, lines: int | None = None) -> None:
        """Type so many lines, or on and on."""
        began, until = time.perf_counter(), None if lines is None else self.typed + lines
        first = self.typed
        while self.typed != until:
            moment = began + (self.typed - first) * PACE
            await asyncio.sleep(max(0.0, moment - time.perf_counter()))
            self.typed += 1
            self._under_way.append(asyncio.create_task(self._type(self.typed, moment)))

    async def acks(self) -> float:
        """p99 of what was typed since one asked last."""
        await asyncio.gather(*self._under_way)
        acks, self._acks = self._acks, []
        self._under_way.clear()
        return at(acks, 0.99)

    async def _type(self, number: int, moment: float) -> None:
        with delivering() as delivered:
            asked = {DELIVERED: delivered}
            response = await taken(self._bot.slack, form(self._line, number), asked)
            delivered.set_result(True)
        assert response.status == 200
        self._acks.append(time.perf_counter() - moment)


class Statements:
    """Counts what a database is asked to do: by its own count, or on SQLite by ours."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._count = 0
        if self._ours:
            sa.event.listen(sa.Engine, "before_cursor_execute", self._one)

    def so_far(self) -> int:
        if self._ours:
            return self._count
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            row = connection.execute(COUNTED).fetchone()
        return int(row[0]) if row else 0

    @property
    def _ours(self) -> bool:
        return not self._url.startswith("postgresql")

    def _one(self, *_: object) -> None:
        self._count += 1


async def by_the_bot(order: Order) -> Told:
    """Open the bot on a database, and let its timers and reactions do what is due."""
    await order.moments.fill(order.url, order.count, order.among)
    statements, loop = Statements(order.url), Loop()
    began = time.perf_counter()
    opened = await Bot.open(Settings.read({**order.environment, "DATABASE_URL": order.url}))
    bot = replace(opened, handlers={**opened.handlers, outbox.KIND: _not_sent})
    await bot.start()
    started = time.perf_counter() - began
    typist = Typist(bot, f"{order.hms}/")
    before = statements.so_far()
    await typist.types(IDLE)
    idle_ack = await typist.acks()
    await bot.idle()
    for_help = (statements.so_far() - before) / IDLE
    _settle()
    beside = [asyncio.create_task(loop.watch()), asyncio.create_task(typist.types())]
    before, memory, began = statements.so_far(), resident(), time.perf_counter()
    bot.timers.start(bot.reconcile)
    await _all_done(bot, order.moments)
    took = time.perf_counter() - began
    asked = statements.so_far() - before - (typist.typed - IDLE) * for_help
    told = Told(
        took=took,
        held=loop.held,
        statements=asked / order.count,
        idle_ack=idle_ack,
        ack=await typist.acks(),
        start=started,
        memory=resident("VmHWM") - memory,
    )
    await _ended(beside)
    await bot.close()
    return told


async def by_the_client(order: Order) -> Told:
    """The same calls made by our client alone, so many in flight."""
    left_over = iter(range(order.count))
    async with Hms(order.hms, "key", SECRET, clock=system) as hms:

        async def work() -> None:
            for number in left_over:
                await order.moments.call(hms, f"{number:024x}")

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
        return Told(time.perf_counter() - began)


async def by_procrastinate(order: Order) -> Told:
    """The same calls as jobs of twenty, and nothing besides."""
    app = App(connector=PsycopgConnector(conninfo=order.url))
    async with Hms(order.hms, "key", SECRET, clock=system) as hms, app.open_async():

        @app.task(name="due")
        async def due(rooms: Sequence[str]) -> None:
            for room in rooms:
                await order.moments.call(hms, room)

        await app.schema_manager.apply_schema_async()
        rooms = [f"{number:024x}" for number in range(order.count)]
        jobs: list[Any] = [
            {"rooms": rooms[start : start + IN_ONE_JOB]} for start in range(0, order.count, IN_ONE_JOB)
        ]
        await due.batch_defer_async(*jobs)
        began = time.perf_counter()
        await app.run_worker_async(concurrency=IN_FLIGHT, wait=False, delete_jobs="always")
        return Told(time.perf_counter() - began)


async def by_apscheduler(order: Order) -> Told:
    """The same calls as jobs of its own store, none of which comes too late."""
    statements, loop = Statements(order.url), Loop()
    scheduler = scheduler_of(order.url, order.count, order.among)
    async with Hms(order.hms, "key", SECRET, clock=system) as hms:
        left = Left(order.kind, order.count, hms, IN_FLIGHT)
        LEFT.set(left)
        watch = asyncio.create_task(loop.watch())
        before, began = statements.so_far(), time.perf_counter()
        scheduler.start()
        await left.none.wait()
        took = time.perf_counter() - began
        asked = statements.so_far() - before
        scheduler.shutdown(wait=False)
        await _ended([watch])
    return Told(took, held=loop.held, statements=asked / order.count)


BY: Mapping[str, Callable[[Order], Awaitable[Told]]] = {
    "hms-bot": by_the_bot,
    "client": by_the_client,
    "procrastinate": by_procrastinate,
    "apscheduler": by_apscheduler,
}


async def _not_sent(_: Job) -> None:
    """Posts are planned, and that is all: how fast Slack takes them is no question of ours."""
    raise Later(3600)


async def _all_done(bot: Bot, moments: Moments) -> None:
    """Raises TimeoutError when some stay undone."""
    left, since = await moments.left(bot.db), time.perf_counter()
    while left:
        await asyncio.sleep(LOOK_EVERY)
        before, left = left, await moments.left(bot.db)
        since = time.perf_counter() if left < before else since
        if time.perf_counter() - since > PATIENCE:
            raise TimeoutError(f"{left} {moments.title} stay undone.")


async def _ended(tasks: Sequence["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _settle() -> None:
    """Treat garbage as ``serve`` does, and begin to look for the most memory anew."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def resident(which: str = "VmRSS") -> float:
    """Megabytes of memory, now or with ``VmHWM`` at most."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(which)) / 1024


async def carry_out(order: Order) -> Told:
    return await BY[order.who](order)


if __name__ == "__main__":
    logs.set_up("json")
    print(json.dumps(asdict(asyncio.run(carry_out(Order(**json.loads(sys.argv[1])))))))
