"""Reactions that only tests state: what is announced in a room at a moment, or when something happened."""

from collections.abc import AsyncIterator, Iterator, Mapping, MutableMapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog

from bot.command import RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext, Reactions
from bot.features.room import live
from bot.reply import Mention, Place, Reply
from bot.request.request import Cause
from bot.work import Backoff, CatchUp, Moment, Timer
from sandbox.hms.state.room.room import Room
from tests.chat import CHANNELS, MORNING, PEOPLE, Chat, opened

PATIENT = Backoff(first=0.0, most=0.0)  # gives up where the reaction does, and does not wait for it
MO = Mention(PEOPLE["mo"], "Mo")
MAX = Mention(PEOPLE["max"], "Max")


def tomorrow(_: Mapping[str, Any], after: datetime) -> datetime:
    """The next day's nine o'clock."""
    return after.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


class Announcement(Reaction):
    """Say something in a room at a moment; too late it would be wrong."""

    on = Moment("announce once", late=CatchUp.SKIP, counted=False)
    attempts = 2

    room: RoomRef
    text: str = "We begin"

    async def react(self, ctx: ReactionContext) -> None:
        """Say it once, and tell the channel."""

        async def call() -> None:
            await ctx.hms.active_rooms.send_message(self.room.id, self.text)

        await ctx.once("announce", self.room.id, call)
        said = Reply(
            "Announced in {room}, as {by} asked in request {request}.",
            room=self.room,
            by=ctx.cause.by,
            request=ctx.cause.request,
        )
        async with ctx.transaction() as tx:
            for place in ctx.cause.places:
                await ctx.show(tx, ctx.occurrence.key, Place(place), said)


class DailyAnnouncement(Announcement):
    """Say something in a room every morning."""

    on = Moment("announce daily", next=tomorrow, counted=False)


class SeenEnd(Announcement):
    """End a session, where a look tells whether that happened."""

    on = Moment("end and look", counted=False)

    async def react(self, ctx: ReactionContext) -> None:
        """End it once."""

        async def call() -> None:
            await ctx.hms.active_rooms.end_room(self.room.id)

        async def is_over() -> bool:
            return not await live.session(ctx, self.room)

        await ctx.once("end", self.room.id, call, read_back=is_over)


class Greeting(Announcement):
    """Say something in a room when somebody comes."""

    on = Event("peer.join.success")


class Chronicle(Reaction):
    """Tell a channel who came."""

    on = Event("peer.join.success")

    name: str
    channel: str = CHANNELS["classes"]

    async def react(self, ctx: ReactionContext) -> None:
        """Post it; heard of twice it is one post."""
        async with ctx.transaction() as tx:
            said = Reply("{name} is here.", name=self.name)
            await ctx.show(tx, ctx.occurrence.key, Place(self.channel), said)


KNOWN = Reactions("bot.features", besides=[Announcement, DailyAnnouncement, SeenEnd, Greeting, Chronicle])


@pytest.fixture
def logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged of failures on purpose; printed with all its locals it takes seconds."""
    with structlog.testing.capture_logs() as logs:
        yield logs


@asynccontextmanager
async def announcing(database_url: str, known: Reactions = KNOWN) -> AsyncIterator[Chat]:
    """A chat whose bot knows these reactions too."""
    async with opened(database_url, backoff=PATIENT, known=known) as chat:
        yield chat


def cause(request: int = 7) -> Cause:
    """What Mo asked for and Max approved, read in #classes."""
    return Cause(request, MO, MORNING, (MAX,), (CHANNELS["classes"],))


def timer(reaction: type[Announcement], room: Room, after: timedelta) -> Timer:
    """The moment of an announcement in a room, so long after the morning."""
    planned = reaction(room=RoomRef(id=room.id, name=room.name))
    return planned.timer(room.id, MORNING + after, cause())


async def plan(chat: Chat, *timers: Timer) -> None:
    """Write moments down, as a command does."""
    async with chat.bot.db.write() as tx:
        await chat.bot.timers.set(tx, *timers)
