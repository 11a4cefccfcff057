from bot.command import Command, Context, Level
from bot.features.room import channels
from bot.reply import Reply


class RoomUnbind(Command):
    """Let this channel speak for no room any more."""

    level = Level.ADMIN
    examples = ("room unbind", "room unbind --reason 'the course is over'")

    async def consequence(self, ctx: Context) -> Reply:
        binding = await channels.bound(ctx)
        return Reply(
            "Let this channel no longer speak for {room}?",
            button="Unbind {room}",
            facts=[Reply("{channel} speaks for it now", channel=channels.here(ctx))],
            room=binding.room,
        )

    async def run(self, ctx: Context) -> Reply:
        # What was cut off runs again, and unbinds what it had unbound.
        binding = await channels.before(ctx, channels.here(ctx)) or await channels.bound(ctx)
        await channels.unbind(ctx)
        return Reply(
            "{by} unbound {room}: {channel} no longer speaks for it.",
            by=ctx.actor.mention,
            channel=channels.here(ctx),
            room=binding.room,
            undo=channels.bind_again(binding),
        )
