from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, Sealed, Yes
from bot.features.stream import targets
from bot.reply import Reply, Undo


class StreamTargetAdd(Command):
    """Name a platform that a room may be streamed to; its key is kept encrypted and never shown."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("stream-target add twitch … …", "stream-target add twitch … … --room standup")

    name: Annotated[str, Field(description="What it is called here, in one word")]
    address: Annotated[Sealed, Field(description="Where its server is, such as rtmps://a.rtmp.example/live2")]
    key: Annotated[
        Sealed, Field(description="Its stream key; of one long address, what follows the last slash")
    ]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        host = await targets.check_new(ctx, self.room, self.name, self.address, self.key)
        leads = Reply("it leads to {host}", host=host) if host else Reply("its address is not said yet")
        return Reply(
            "Add {name} as a target of {room}?",
            button="Add {name}",
            facts=[leads, Reply("its key is kept encrypted"), Reply("moderators can stream there")],
            name=self.name,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        host = await targets.add(ctx, self.room, self.name, self.address, self.key)
        undo = Undo(Reply("Remove it"), "stream-target remove", name=self.name, room=self.room)
        return Reply(
            "{by} added {name} ({host}) as a target of {room}. Stream there: `/hms stream start {name}`.",
            by=ctx.actor.mention,
            name=self.name,
            host=host,
            room=self.room,
            undo=undo,
        )
