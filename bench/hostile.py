"""What nobody should send, in great numbers: lines, clicks and forms, events of 100ms, and bad weather.

The generators are those of the suite, with other seeds; here they go on for longer.
"""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import structlog
from structlog.testing import capture_logs

from bench.stretches import made_slow, mistyped
from bench.table import Table, limit, milliseconds
from bot.command import Registry, Unreadable, suggested, understood
from bot.errors import UserError
from bot.store import Database
from sandbox.hms.events.webhooks import Weather
from sandbox.slack.delivery import Payload
from tests.bot.features.event.reporting import HEADER, REPORTED, SECRET, Reported, reporting
from tests.bot.features.event.school import BAD, School
from tests.bot.features.event.test_repair import missing
from tests.bot.slack.inbound.hostile import pressed, spoilt, staged
from tests.bot.web.test_webhooks import hostile
from tests.chat import opened

SEED = 100
AT_ONCE = 50
PATIENCE = 24  # times five minutes: what was lost comes again ten a second
SETTLES = 4  # times five minutes until what had to come first is told
MORE = 36  # pupils in a lesson than in the suite's: a hundred events in each
BROKEN = {"error", "critical"}


def run(*, quick: bool, count: int = 0) -> Iterator[Table]:
    """A table of what is sent, ``count`` of each where it is said, and one of what bad weather leaves."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    usual, rooms, more = (2_000, 20, 0) if quick else (100_000, 500, MORE)
    yield asyncio.run(_sent(count or usual))
    yield asyncio.run(weather(rooms, more))


async def _sent(some: int) -> Table:
    return Table(
        "What nobody should send",
        ("", "sent", "taken", "let go", "broken", "acts at 100ms", "each"),
        [lines(some), await payloads(some), await events(some)],
        "Lines are read as the road reads them, half of them with a slip of the finger, the others made to "
        "be slow. Clicks, choices and forms are real ones with up to eight places changed, by people who "
        "may not or on old buttons. Events go over HTTP and through every reaction. Taken is what was read "
        "as something; let go is what was answered, and nothing else came of it.",
    )


def row(name: str, some: int, taken: int, broken: int, acts: int, seconds: float) -> list[str]:
    """One generator's cells."""
    bad = [limit(figure, 0, "{:.0f}") for figure in (broken, acts)]
    return [name, f"{some:,}", f"{taken:,}", f"{some - taken:,}", *bad, milliseconds(seconds / some)]


def lines(some: int) -> list[str]:
    """Every line becomes a command or a sentence."""
    registry, chance, found = Registry(), random.Random(SEED), Counter[str]()
    began = time.perf_counter()
    for _ in range(some):
        line = chance.choice((mistyped, made_slow))(chance)
        found[read(registry, line)] += 1
    return row("lines", some, found["taken"], found["broken"], 0, time.perf_counter() - began)


def read(registry: Registry, line: str) -> str:
    """What became of one line."""
    try:
        understood(registry, line, "U0MO")
    except Unreadable as wrong:
        suggested(registry, line, wrong, "U0MO", lambda _: True)
        return "let go"
    except UserError:
        return "let go"
    except Exception:  # noqa: BLE001 -- it is what is counted
        return "broken"
    return "taken"


async def payloads(some: int) -> list[str]:
    """Every click, choice and form is acked."""
    async with stored() as url, opened(url) as chat:
        await staged(chat)
        real, chance, before = await pressed(chat), random.Random(SEED), len(chat.world.calls)
        deliver, unacked, began = chat.workspace.state.delivery.deliver, 0, time.perf_counter()
        with capture_logs() as logged:
            for _ in range(some):
                ack = await deliver(Payload("interactive", spoilt(chance, real)))
                unacked += ack.error is not None
            await chat.passes("1m")
        took = time.perf_counter() - began
        acts = sum(call.method != "GET" for call in chat.world.calls[before:])
    levels = Counter(line["log_level"] for line in logged)
    strange = sum(line["event"].startswith("what Slack told is not") for line in logged)
    broken = unacked + sum(levels[level] for level in BROKEN)
    return row("clicks, choices, forms", some, some - strange, broken, acts, took)


async def events(some: int) -> list[str]:
    """Every event is refused or kept, and the next one is heard all the same."""
    chance, answers = random.Random(SEED), Counter[int]()
    async with stored() as url, reporting(url, REPORTED) as reported, aiohttp.ClientSession() as stranger:
        endpoint = reported.chat.world.webhooks.workspace
        assert endpoint
        address = str(endpoint.url)

        async def send() -> None:
            async with stranger.post(address, data=hostile(chance), headers={HEADER: SECRET}) as sent:
                answers[sent.status] += 1

        began = time.perf_counter()
        for _ in range(0, some, AT_ONCE):
            await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        await reported.chat.bot.idle()
        took = time.perf_counter() - began
        acts = sum(call.method != "GET" for call in reported.chat.world.calls)
        broken = sum(answers.values()) - answers[200] - answers[400] + await unheard(reported)
    return row("events of 100ms", some, answers[200], broken, acts, took)


async def unheard(reported: Reported) -> int:
    """Whether an event as it should be goes unheard after all these."""
    reported.room.join("Gus")
    await reported.passes("1m")
    assert reported.room.session
    heard = "\n".join(await reported.heard())
    return int(f"peer.join.success:{reported.room.session.id}" not in heard)


async def weather(rooms: int, more: int) -> Table:
    """What people finally read after a day of loss, repeats and a bot that was down, beside a clear day."""
    clear, sent, _ = await day(rooms, more, Weather(), down=False)
    bad, _, replayed = await day(rooms, more, BAD, down=True)
    different = sum(bad[room] != clear[room] for room in clear)
    return Table(
        "Bad weather at 100ms",
        ("rooms", "events", "found by looking", "rooms that read differently"),
        [(f"{rooms:,}", f"{sent:,}", f"{replayed:,}", limit(different, 0, "{:.0f}"))],
        "A lesson in each room, on a clear day and on one on which a tenth of the events is lost, a tenth "
        "comes twice, all come out of order, and the bot is down for five minutes: what its channel and its "
        "list of cases say in the end.",
    )


async def day(
    rooms: int, more: int, weather: Weather, *, down: bool
) -> tuple[dict[str, list[str]], int, int]:
    """What is read of each room in the end; how many events there were, and how many were found."""
    async with stored() as url, reporting(url, REPORTED) as reported:
        school = School(reported, rooms, more)
        await school.opens()
        await school.day(weather=weather, down=down)
        for _ in range(PATIENCE):
            if not await missing(reported):
                break
            await school.passes("5m")
        for _ in range(SETTLES):
            await school.passes("5m")
        sent = sum(one.type.is_webhook for one in reported.chat.world.journal.events)
        return dict(await school.read()), sent, (await reported.sources()).get("replay", 0)


@asynccontextmanager
async def stored() -> AsyncIterator[str]:
    """A database of its own."""
    with TemporaryDirectory(prefix="hms-bot-bench-") as folder:
        url = f"sqlite:///{Path(folder, 'hostile.db')}"
        db = await Database.open(url)
        await db.migrate()
        await db.close()
        yield url
