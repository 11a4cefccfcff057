"""``kill -9`` of the real ``serve`` while 100ms reports: what was answered with 200 is read, and once."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp

from bench.table import Table, limit
from bot.command import EVERY
from bot.features.subscription.book import Feature, Style, Subscription, Subscriptions
from bot.reply import Mention
from bot.store import Database
from tests.chat import PEOPLE
from tests.faults.launching import program
from tests.faults.test_events_survive_kills import SECRET, lost, report, told
from tests.faults.town import CHANNEL, Town, free_port, now, town

SEED = 2026
EVENTS = 5  # of a room each, in every round
WITHIN = 1.0  # seconds in which they come, and in which the kill comes
AGAIN = 0.25  # how many kills are followed by one of a bot that starts
PATIENCE = 60.0  # seconds until nothing more is waited for


@dataclass
class Heard:
    """What came of the events on one store."""

    store: str
    kills: int = 0
    events: int = 0
    unclear: int = 0
    twice: int = 0
    unread: int = 0


def table(found: Sequence[Heard]) -> Table:
    """What was counted on each store."""
    return Table(
        "Kills while 100ms reports",
        ("", "kills", "events", "read", "told of", "read twice", "never read"),
        [_row(one) for one in found],
        f"{EVENTS} rooms in which a recording broke are reported within {WITHIN:.0f} s of each kill, as "
        "often as it takes until the answer is 200; the channel is to read each once. Told of is a post that "
        "was cut off: who subscribed reads that it may be there or not, and can have it posted again.",
    )


async def killed(store: str, url: str, kills: int, folder: Path) -> Heard:
    """Report and kill so often on one store."""
    chance, heard = random.Random(f"{SEED} {store}"), Heard(store)
    launch = partial(program, log=folder / f"told {store}.log")
    async with town(url, launch, asleep=True) as here, aiohttp.ClientSession(headers=SECRET) as session:
        secret = SECRET["X-HMS-Webhook-Secret"]
        here.environment |= {"HMS_WEBHOOK_SECRET": secret, "PORT": str(free_port())}
        await _follow(url)
        await here.starts()
        reported: list[str] = []
        for number in range(kills):
            rooms = [here.world.add_room(f"room-{number}-{each}").name for each in range(EVENTS)]
            await _round(here, session, rooms, chance, heard)
            reported += rooms
        heard.twice = sum(len(told(here, room)) > 1 for room in reported)  # long after the round was over
    return heard


async def _follow(url: str) -> None:
    """Let #classes read of every room."""
    db = await Database.open(url)
    await db.migrate()
    by = Mention(PEOPLE["ada"], "Ada")
    async with db.write() as tx:
        one = Subscription(CHANNEL, EVERY, tuple(Feature), Style.NORMAL, by, 0, now())
        await Subscriptions(db, now).put(tx, one)
    await db.close()


async def _round(
    here: Town, session: aiohttp.ClientSession, rooms: Sequence[str], chance: random.Random, heard: Heard
) -> None:
    before = lost(here)
    reporting = [
        asyncio.create_task(_report(here, session, room, chance.uniform(0, WITHIN))) for room in rooms
    ]
    await asyncio.sleep(chance.uniform(0, WITHIN))
    await here.is_killed()
    if chance.random() < AGAIN:
        await here.launches()
        await asyncio.sleep(chance.uniform(0, WITHIN))
        await here.is_killed()
    await here.starts()
    await asyncio.gather(*reporting)
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await here.until(lambda: _read(here, rooms) + lost(here) - before >= len(rooms))
    read, unclear = _read(here, rooms), lost(here) - before
    heard.kills += 1
    heard.events += len(rooms)
    heard.unclear += unclear
    heard.unread += max(len(rooms) - read - unclear, 0)


async def _report(here: Town, session: aiohttp.ClientSession, room: str, after: float) -> None:
    await asyncio.sleep(after)
    await report(here, session, "INTERNAL_ERROR", room)


def _read(here: Town, rooms: Sequence[str]) -> int:
    return sum(bool(told(here, room)) for room in rooms)


def _row(heard: Heard) -> Sequence[str]:
    read = heard.events - heard.unread - heard.unclear
    wrong = (limit(count, 0, "{:.0f}") for count in (heard.twice, heard.unread))
    return heard.store, f"{heard.kills}", f"{heard.events}", f"{read}", f"{heard.unclear}", *wrong
