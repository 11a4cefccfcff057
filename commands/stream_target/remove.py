from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, TargetName, Yes
from bot.features.stream import targets
from bot.reply import Reply


class StreamTargetRemove(Command):
    """Forget a target and its key; a stream that goes there goes on."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("stream-target remove youtube", "stream-target remove youtube --room standup")

    name: Annotated[TargetName, Field(description="What it is called here")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        [found] = await targets.named(ctx, self.room, [self.name])
        return Reply(
            "Remove the target {name} of {room}?",
            button="Remove {name}",
            facts=[Reply("it leads to {host}", host=found.host), Reply("its key is forgotten")],
            name=found.name,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        host = await targets.remove(ctx, self.room, self.name)
        return Reply(
            "{by} removed the target {name} ({host}) of {room}, and its key is forgotten.",
            by=ctx.actor.mention,
            name=self.name,
            host=host,
            room=self.room,
        )
