from bot.command import Command, Context, Level
from bot.features.room import channels
from bot.reply import Reply, Undo


class RoomUnbind(Command):
    """Let this channel speak for no room any more."""

    level = Level.ADMIN
    examples = ("room unbind", "room unbind --reason 'the course is over'")

    async def consequence(self, ctx: Context) -> Reply:
        binding = await channels.bound(ctx)
        return Reply(
            "Lets {channel} no longer speak for {room}.", channel=channels.here(ctx), room=binding.room
        )

    async def run(self, ctx: Context) -> Reply:
        binding = await channels.bound(ctx)
        await channels.unbind(ctx)
        undo = Undo("room bind", room=binding.room, viewers="yes" if binding.viewers else "no")
        return Reply(
            "{channel} no longer speaks for {room}.", channel=channels.here(ctx), room=binding.room, undo=undo
        )
