"""Has delivered again what 100ms could not deliver: its history says what failed, and not what that said."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

import structlog

from bot.command import Context
from bot.features.event.book import Looks
from bot.hms.event import Delivery
from bot.work.inbox import Inbox

log = structlog.get_logger()

NAME = "deliveries"
OVERLAP = timedelta(minutes=10)  # a delivery is dated by its event, and fails when its tries are over
LONGEST = timedelta(days=14)  # 100ms tells of no longer time at once
TOGETHER = 100  # asked of our own table at once
MOST_TRIES = 512  # a day and a half of five minutes


async def repair(ctx: Context, until: datetime) -> None:
    """Have the time since the last repair delivered again, if anything of it is missing here.

    What came already comes once more then: it is known by its id. While it stays missing it is asked for
    again, each time after twice as long.
    """
    looks = ctx[Looks]
    looked = await looks.last(NAME)
    start = max(looked.first, looked.until - OVERLAP, until - LONGEST)
    missing = start < until and await _is_missing(ctx, start, until)
    tries = looked.tries + 1
    if missing and tries <= MOST_TRIES:
        if _is_power_of_two(tries):
            asked = await ctx.hms.analytics.replay_webhooks(start_time=start, end_time=until, status="failed")
            log.info("events are delivered again", status=asked.status, since=start.isoformat())
        until = looked.until
    elif missing:
        log.warning("events stay missing", since=start.isoformat(), until=until.isoformat())
    async with ctx.transaction() as tx:
        await looks.looked(tx, NAME, until, tries if until == looked.until else 0)


async def _is_missing(ctx: Context, start: datetime, until: datetime) -> bool:
    """Whether any delivery failed whose event never came; the first one found is enough."""
    failed = ctx.hms.analytics.each_webhook_event(status="failed", start_time=start, end_time=until)
    async for together in _parts(failed):
        async with ctx.reading() as tx:
            if await ctx[Inbox].missing(tx, [one.event_id for one in together]):
                return True
    return False


async def _parts(failed: AsyncIterator[Delivery]) -> AsyncIterator[Sequence[Delivery]]:
    part: list[Delivery] = []
    async for one in failed:
        part.append(one)
        if len(part) == TOGETHER:
            yield part
            part = []
    if part:
        yield part


def _is_power_of_two(number: int) -> bool:
    return number & (number - 1) == 0
