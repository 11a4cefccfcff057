"""Once a day: post the head of the log, forget what is old, seal what is secret anew."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.command import Registry
from bot.command.book import Books
from bot.command.reaction import Reaction, ReactionContext
from bot.reply import Place, Reply
from bot.store import JSON
from bot.work import Moment

HOUR = 6  # UTC: before the working day of most of the world begins


def next_time(_: Mapping[str, JSON], after: datetime) -> datetime:
    """The next time it is due; the same for every process that asks."""
    today = after.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if today > after else today + timedelta(days=1)


def next_day(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When secrets are sealed anew: a day after ``SECRET_KEY`` holds two, the older one may go."""
    return after.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


class HomeFades(Reaction):
    """Stop keeping somebody's Home up to date: they opened it an hour ago.

    That it is still to come is what says whose Home is drawn anew when something changes.
    """

    on = Moment("home fades", counted=True)

    async def react(self, ctx: ReactionContext) -> None:
        """Nothing is left to do: the moment is over, and with it what it said."""


class Daily(Reaction):
    """Keep house; a day that was slept through is made up for once."""

    on = Moment("daily", next=next_time, standing=("house",), counted=False)

    async def react(self, ctx: ReactionContext) -> None:
        """Do what is due for a day; run twice it does no more."""
        head = await ctx.audit.head()
        said = Reply("The log of who did what, today:") + (
            head.said() if head else Reply("It is empty so far.")
        )
        said += Reply("Keep this message: a log that later ends before it was cut.")
        admins = await ctx.access.admins()
        async with ctx.transaction() as tx:
            await ctx[Books].prune(tx)
            if head and admins:
                await ctx.audit.posted(tx, head)
            for admin in admins:
                await ctx.show(tx, f"log head:{ctx.occurrence.moment.date()}", Place(admin), said)


class SealedAnew(Reaction):
    """Seal every secret that is kept with the newest key."""

    on = Moment("seal anew", next=next_day, standing=("secrets",), counted=False)

    async def react(self, ctx: ReactionContext) -> None:
        """Do it; what cannot be opened stays as it is."""
        async with ctx.transaction() as tx:
            await ctx[Books].seal_anew(tx, ctx[Registry].secrets)
