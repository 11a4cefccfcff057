from bot.command import Command, Context, Level, RoomRef, Yes
from bot.features.key import acts
from bot.reply import Button, Invocation, Reply


class KeyRotate(Command):
    """Take the stream key of a room away and make another."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "change key"
    examples = ("key rotate", "key rotate standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.key_of(ctx, self.room)
        facts = [
            Reply("nobody starts a stream with the old one any more"),
            Reply("each studio needs the new one"),
        ]
        return Reply("Change the stream key of {room}?", button="Change the key", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        await acts.rotate(ctx, self.room)
        return Reply(
            "{by} changed the stream key of {room}: the old one works no more, and there is a new one.",
            by=ctx.actor.mention,
            room=self.room,
            buttons=[Button("Show the key", Invocation("key show", room=self.room))],
        )
