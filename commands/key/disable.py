from bot.command import Command, Context, Level, RoomRef, Yes
from bot.features.key import acts
from bot.reply import Button, Invocation, Reply


class KeyDisable(Command):
    """Let the stream key of a room work no longer."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("key disable", "key disable standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.key_of(ctx, self.room)
        facts = [Reply("nobody starts a stream with it any more"), Reply("it cannot be enabled again")]
        return Reply("Disable the stream key of {room}?", button="Disable it", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        await acts.disable(ctx, self.room)
        makes = Button("Make a key", Invocation("key create", room=self.room))
        return Reply(
            "{by} disabled the stream key of {room}: nobody starts a stream with it any more.",
            by=ctx.actor.mention,
            room=self.room,
            buttons=[makes],
        )
