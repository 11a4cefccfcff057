"""Has delivered again what 100ms could not deliver: its history says what failed, and not what that said."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

import structlog

from bot.command import Context
from bot.features.event.book import DELIVERIES, Looks
from bot.hms.event import Delivery
from bot.work.inbox import Inbox

log = structlog.get_logger()

OVERLAP = timedelta(minutes=10)  # a delivery is dated by its event, and fails when its tries are over
LONGEST = timedelta(days=14)  # 100ms tells of no longer time at once
AT_ONCE = 2_500  # failed deliveries: ten a second come again, and a page of them at a time can be looked at
SHORTER, SHORTEST = 2 / 3, timedelta(seconds=1)  # steps towards a part; events are dated by the second
TOGETHER = 100  # asked of our own table at once
MOST_TRIES = 512  # a day and a half of five minutes


async def repair(ctx: Context, until: datetime) -> None:
    """Have the time since the last repair delivered again, if anything of it is missing here.

    What came already comes once more then: it is known by its id. While it stays missing it is asked for
    again, each time after twice as long. Of a long outage, no more is seen to at once than comes again until
    the next repair.
    """
    looks = ctx[Looks]
    looked = await looks.last(DELIVERIES)
    done, tries = looked.until, looked.tries
    start = max(looked.first, min(done, until - OVERLAP), until - LONGEST)
    while True:
        end = await _end_of_part(ctx, start, until)
        missing = start < end and await _is_missing(ctx, start, end)
        waits = missing and await _is_waited_for(ctx, start, end, tries + 1)
        done, tries = (done, tries + 1) if waits else (end, 0)
        async with ctx.transaction() as tx:
            await looks.looked(tx, DELIVERIES, done, tries)
        if waits or end >= until:
            return
        start = end


async def _end_of_part(ctx: Context, start: datetime, until: datetime) -> datetime:
    """Up to when so few deliveries failed that they can be seen to at once; at each try the same."""
    span = LONGEST
    while span > SHORTEST and start + span * SHORTER >= until:
        span *= SHORTER
    while span > SHORTEST and await _failed(ctx, start, min(start + span, until)) > AT_ONCE:
        span *= SHORTER
    return min(start + span, until)


async def _failed(ctx: Context, start: datetime, until: datetime) -> int:
    page = await ctx.hms.analytics.list_webhook_events(
        status="failed", start_time=start, end_time=until, limit=1
    )
    return page.pagination.total_items


async def _is_waited_for(ctx: Context, start: datetime, until: datetime, tries: int) -> bool:
    """Have what is missing delivered again, now and then; False once it was waited for long enough."""
    if tries > MOST_TRIES:
        log.warning("events stay missing", since=start.isoformat(), until=until.isoformat())
        return False
    if _is_power_of_two(tries):
        asked = await ctx.hms.analytics.replay_webhooks(start_time=start, end_time=until, status="failed")
        log.info("events are delivered again", status=asked.status, since=start.isoformat())
    return True


async def _is_missing(ctx: Context, start: datetime, until: datetime) -> bool:
    """Whether any delivery failed whose event never came; the first one found is enough.

    Where more failed in one second than can be seen to at once, only so many are looked at.
    """
    looked_at = 0
    failed = ctx.hms.analytics.each_webhook_event(status="failed", start_time=start, end_time=until)
    async for together in _parts(failed):
        async with ctx.reading() as tx:
            if await ctx[Inbox].missing(tx, [one.event_id for one in together]):
                return True
        looked_at += len(together)
        if looked_at >= AT_ONCE:
            break
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
