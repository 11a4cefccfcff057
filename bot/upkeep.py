"""What the bot does for itself once a day: post the head of its log, forget what is old."""

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.ports import Place
from bot.dispatch import Parts
from bot.reply import Message, Reply
from bot.slack.outbound.outbox import Posts
from bot.work import Job, Timer, due

DAILY = "daily"
HOUR = 6  # UTC: before the working day of most of the world begins


def next_time(now: datetime) -> datetime:
    """The next time it is due; the same for every process that asks."""
    today = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


class Pruned(Protocol):
    """A table that would grow for ever."""

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what is from before that moment."""


class Daily:
    """Keeps house; a day that was slept through is made up for once."""

    def __init__(self, parts: Parts, posts: Posts, keep: timedelta) -> None:
        self._parts = parts
        self._books: tuple[Pruned, ...] = (parts.requests, parts.effects, posts)
        self._keep = keep

    async def plan(self) -> None:
        """Make sure that there is a next time."""
        async with self._parts.db.write() as tx:
            if not await self._parts.timers.pending(tx, kind=DAILY):
                await self._parts.timers.set(tx, Timer(DAILY, DAILY, next_time(self._parts.clock())))

    async def keep_house(self, job: Job) -> None:
        """Do what is due for a day, and set the next; run twice it does no more."""
        head = await self._parts.audit.head()
        admins = await self._parts.access.admins()
        async with self._parts.db.write() as tx:
            await self._parts.timers.set(tx, Timer(DAILY, DAILY, next_time(self._parts.clock())))
            for book in self._books:
                await book.prune(tx, self._parts.clock() - self._keep)
            for admin in admins:
                key = f"log head:{due(job)[0].fire_at.date()}:{admin}"
                said = Reply("The log of who did what, today:") + head
                closing = Reply("Keep this message: a log that later ends before it was cut.")
                await self._parts.voice.post(tx, key, Place(admin), Message(said + closing))
