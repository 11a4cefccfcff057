from typing import Annotated

from pydantic import Field

from bot.command import EVERY, Command, Context, Level, Positional, RoomOrEvery
from bot.features.room import channels
from bot.features.subscription import acts, cards
from bot.features.subscription.book import Feature
from bot.reply import Reply


class SubscriptionRemove(Command):
    """Let this channel follow a room no more, or less of it."""

    level = Level.MODERATOR
    also = ("unsubscribe",)
    verb = "stop following"
    about_channel = True
    examples = ("subscription remove standup", "subscription remove standup recordings")

    room: RoomOrEvery
    features: Annotated[
        tuple[Feature, ...], Positional, Field(description="What of it; all if none is named")
    ] = ()

    async def consequence(self, ctx: Context) -> Reply:
        channels.here(ctx)  # a direct message follows nothing, and that is said first
        return Reply(
            "Stop following {room} in this channel?", button="Stop following", room=cards.called(self.room)
        )

    async def run(self, ctx: Context) -> Reply:
        by = ctx.actor.mention
        if self.room == EVERY and not self.features:
            return cards.removed_all(by, channels.here(ctx), await acts.remove_all(ctx))
        return cards.removed(by, await acts.remove(ctx, self.room, self.features))
