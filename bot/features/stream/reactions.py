"""What is done for the targets of rooms by the clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.command.reaction import Reaction, ReactionContext
from bot.features.stream.book import StreamTargets
from bot.features.stream.targets import vault_of
from bot.store import JSON
from bot.work import Moment

DAY = timedelta(days=1)


def next_day(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When keys are sealed anew again: a day after ``SECRET_KEY`` holds two, the older one may go."""
    return after.replace(hour=0, minute=0, second=0, microsecond=0) + DAY


class SealedAnew(Reaction):
    """Seal every key that is kept with the newest secret."""

    on = Moment("seal anew", next=next_day, standing=("targets",))

    async def react(self, ctx: ReactionContext) -> None:
        """Do it; a key that cannot be opened stays as it is."""
        vault = vault_of(ctx)
        async with ctx.transaction() as tx:
            kept = await ctx[StreamTargets].all(tx)
            anew = [
                replace(one, address=vault.renewed(one.address), key=vault.renewed(one.key)) for one in kept
            ]
            await ctx[StreamTargets].put(tx, anew)
