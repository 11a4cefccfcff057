"""What is due by the clock so that nothing that happened at 100ms stays unheard."""

from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.command.reaction import Reaction, ReactionContext
from bot.features.event import looking, repairing
from bot.hms import HmsError
from bot.store import JSON, Database
from bot.work import Moment, Timer, Timers

log = structlog.get_logger()

SUBJECT = "100ms"
REPAIRS = timedelta(minutes=5)
UNDER_WAY = timedelta(minutes=1)  # three tries within 14 s, each of which may take ten


def again(payload: Mapping[str, JSON], after: datetime) -> datetime:
    """The next look."""
    return after + timedelta(seconds=payload["every"])


class Look(Reaction):
    """Ask 100ms what happened, where it cannot tell by itself."""

    on = Moment("look at 100ms", next=again, counted=True)

    every: int

    async def react(self, ctx: ReactionContext) -> None:
        """Look, unless the next look is due already: a slow one is followed by one, not by all it missed."""
        if ctx.occurrence.lateness < timedelta(seconds=self.every):
            await try_to_look(ctx, ctx.now)


class Repair(Reaction):
    """Make up for what 100ms reported in vain: at each start, and every five minutes."""

    on = Moment("repair events", next=again, counted=True)

    every: int

    async def react(self, ctx: ReactionContext) -> None:
        """See what is so, whoever was to report it, and have delivered again what was not."""
        if ctx.occurrence.lateness < timedelta(seconds=self.every):
            before = ctx.now - UNDER_WAY
            await try_to_look(ctx, before)
            await _tried(repairing.repair(ctx, before))


async def try_to_look(ctx: ReactionContext, before: datetime) -> None:
    """Look; where 100ms does not answer, the next look goes back as far as this one would have."""
    await _tried(looking.look(ctx, before))


async def _tried(deed: Awaitable[None]) -> None:
    try:
        await deed
    except HmsError as error:  # that 100ms is in trouble is noticed, and told, where it is asked
        log.warning("100ms could not be looked at", why=error.words)


async def follow(db: Database, timers: Timers, now: datetime, every: timedelta, *, reported: bool) -> None:
    """Look as often as the settings of this start say, whatever those of the last one said."""
    wanted = {Look: every, Repair: REPAIRS if reported else timedelta()}
    async with db.write() as tx:
        for kind, span in ((reaction.kind(), span) for reaction, span in wanted.items()):
            if span:
                await timers.set(tx, Timer(kind, SUBJECT, now, {"every": int(span.total_seconds())}))
            else:
                await timers.cancel(tx, kind, SUBJECT)
