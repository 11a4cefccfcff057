"""Events of 100ms a second, each on disk before its 200, and how soon Slack is acked meanwhile."""

import asyncio
import json
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from statistics import median

from bench.load import send
from bench.peers.events_taken import HEADER, SECRET, row
from bench.processes import Program, Running, python, running
from bench.stage import BOT, Stage, set_up, taken
from bench.table import Table, at, bar, milliseconds, times
from bot.store import Database
from bot.work.arrivals import read
from bot.work.inbox import inbox
from tests.postgres import cluster

CONNECTIONS = 32
PEOPLE = 20  # in each session
LINES = 50
PAUSE = 0.02  # seconds between two lines of whoever types meanwhile
OURS, EACH, BATCH, NONE = (
    "hms-bot",
    "one INSERT and commit per request",
    "the driver's own batch",
    "no database",
)
STORES = ("SQLite", "PostgreSQL")


@dataclass
class Measured:
    """What was measured on one store: rates by who took the events, and acks in seconds."""

    rates: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], EACH: [], BATCH: [], NONE: []})
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def run(*, quick: bool) -> Table:
    rounds, count = (2, 500) if quick else (5, 4000)
    found = {store: Measured() for store in STORES}
    with set_up() as stage, cluster() as postgres:
        urls = {store: _databases(stage, store, postgres.server.create) for store in STORES}
        with ExitStack() as held:
            servers = {store: _servers(stage, *urls[store], held) for store in STORES}
            for _ in range(rounds):
                for store in STORES:
                    _round(stage, found[store], servers[store], urls[store][1], count)
    return Table(
        f"Events of 100ms a second, {CONNECTIONS} connections",
        ("", "events a second", "beside the first", "beside no database", "ack p99", "beside idle"),
        [cells for store in STORES for cells in _rows(store, found[store])],
        f"{count} events in each of {rounds} interleaved rounds, as sessions of {PEOPLE} people bring them; "
        "the median. The first is the bot's own route with one INSERT and commit per request behind it, the "
        "last the same without a database; the batch is all rows in one statement and one commit, with no "
        "HTTP. The bot hands events on to reactions, which work meanwhile. The bar is five times the first "
        "or half of the last, whichever is lower. Somebody asks for help meanwhile.",
    )


def _databases(stage: Stage, store: str, create: object) -> tuple[str, str]:
    """A database for the bot, and one for its peers."""
    if store == "SQLite":
        return f"sqlite:///{stage.folder}/events.db", f"sqlite:///{stage.folder}/peers.db"
    return create("events"), create("peers")  # type: ignore[operator]


def _servers(stage: Stage, ours: str, peers: str, held: ExitStack) -> dict[str, Running]:
    asyncio.run(_migrated(peers))
    given = {
        **stage.programs[BOT].environment,
        "DATABASE_URL": ours,
        "HMS_WEBHOOK_SECRET": SECRET,
        "HMS_BOT_POLL": "off",
    }
    name = f"{BOT} {uuid.uuid4().hex}"
    programs = {OURS: replace(stage.programs[BOT], name=name, environment=given)}
    for what, url in ((EACH, peers), (NONE, "none")):
        module = python("bench.peers.events_taken", url)
        programs[what] = Program(f"{what} {uuid.uuid4().hex}", module)
    started = {what: held.enter_context(running(one, stage.folder)) for what, one in programs.items()}
    for one in started.values():
        one.listens()
    return started


async def _migrated(url: str) -> None:
    db = await Database.open(url)
    await db.migrate()
    await db.close()


def _round(stage: Stage, found: Measured, servers: dict[str, Running], peers: str, count: int) -> None:
    for what in (NONE, EACH):
        found.rates[what].append(count / _sent(servers[what], count))
    found.rates[BATCH].append(count / asyncio.run(_batch(peers, count)))
    before = stage.answered()
    found.idle += stage.load(servers[OURS], "help", count=LINES, pause=PAUSE).latencies
    stage.wait_for_answers(before + LINES)
    helped = stage.loading(servers[OURS], "help", count=LINES, pause=PAUSE)
    stage.wait_for_answers(before + LINES + 1)  # until it types
    found.rates[OURS].append(count / _sent(servers[OURS], count))
    found.busy += taken(helped).latencies


def _sent(server: Running, count: int) -> float:
    made = [_request(server.port, body) for body in _bodies(count)]
    return send(server.port, iter(made), CONNECTIONS).seconds


async def _batch(url: str, count: int) -> float:
    """Seconds for all rows in one statement and one commit."""
    db = await Database.open(url)
    rows = [row(read(body)) for body in _bodies(count)]
    began = time.perf_counter()
    async with db.write() as tx:
        await tx.execute(inbox.insert(), rows)
    took = time.perf_counter() - began
    await db.close()
    return took


def _bodies(count: int) -> Iterator[bytes]:
    """Sessions that open, fill, empty and close, one after the other."""
    run, of_one = uuid.uuid4().hex, 2 * PEOPLE + 2
    kinds = ["session.open.success", *["peer.join.success"] * PEOPLE, *["peer.leave.success"] * PEOPLE]
    kinds.append("session.close.success")
    for number in range(count):
        session, place = divmod(number, of_one)
        yield json.dumps(_event(kinds[place], f"{run}-{session}", place, f"{run}-{number}")).encode()


def _event(kind: str, session: str, place: int, event: str) -> dict[str, object]:
    now = datetime.now(UTC).isoformat()
    peer = f"{session}-{(place - 1) % PEOPLE}"
    data = {
        "room_id": "64f0c3a1b2d4e5f601234567",
        "room_name": "algebra-9b",
        "template_id": "64e22222b2d4e5f601230003",
        "session_id": session,
        "session_started_at": now,
    }
    if kind.startswith("peer"):
        data |= {"peer_id": peer, "user_id": peer, "user_name": "Ivy", "role": "guest", "joined_at": now}
    return {"version": "2.0", "id": event, "account_id": "1", "timestamp": now, "type": kind, "data": data}


def _request(port: int, body: bytes) -> bytes:
    head = (
        f"POST /hms/webhooks HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"{HEADER}: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _rows(store: str, found: Measured) -> Sequence[Sequence[str]]:
    rate = {what: median(several) for what, several in found.rates.items()}
    ours, first, bare = rate[OURS], rate[EACH], rate[NONE]
    # Whichever is lower: five times the first, or half of the last.
    by_first = 5 * first <= bare / 2
    beside = bar(ours / first, least=5) if by_first else times(ours, first)
    of_bare = times(ours, bare) if by_first else bar(ours / bare, least=0.5)
    busy, idle = at(found.busy, 0.99), at(found.idle, 0.99)
    peers = [
        (f"{what}, {store}", f"{rate[what]:.0f}", times(rate[what], first), times(rate[what], bare), "", "")
        for what in (EACH, BATCH, NONE)
    ]
    mine = f"{OURS}, {store}", f"{ours:.0f}", beside, of_bare, milliseconds(busy), bar(busy / idle, most=3)
    return [*peers, mine]
