from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomOrEvery
from bot.features.session import following
from bot.features.subscription import acts, cards
from bot.features.subscription.book import Feature, Style
from bot.reply import Reply


class SubscriptionAdd(Command):
    """Let this channel follow a room: a card for each session, and in its thread whatever else is told."""

    level = Level.MODERATOR
    also = ("subscribe",)
    verb = "follow a room"
    about_channel = True
    examples = ("subscription add standup", "subscription add standup peers roles --style verbose")

    room: RoomOrEvery
    features: Annotated[
        tuple[Feature, ...],
        Positional,
        Field(description="What of it; sessions, recordings, streams and schedule if none is named"),
    ] = ()
    style: Annotated[
        Style | None, Field(description="The card alone, its thread too, or each who comes and goes besides")
    ] = None

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check(ctx, self.room, self.features, self.style)
        return Reply("Follow {room} in this channel?", button="Follow {room}", room=cards.called(self.room))

    async def run(self, ctx: Context) -> Reply:
        sessions = await following.going_on(ctx, self.room)  # before anything is kept: 100ms may refuse
        change = await acts.add(ctx, self.room, self.features, self.style)
        await following.begin(ctx, sessions)
        return cards.added(ctx.actor.mention, change)
