from bot.command import Command, Context, Level, RoomRef, Yes
from bot.features.key import acts
from bot.reply import Button, Invocation, Reply


class KeyCreate(Command):
    """Make a stream key, with which a studio streams into a room."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "make key"
    examples = ("key create yoga", "key create --room yoga")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.free(ctx, self.room)
        facts = [Reply("whoever has it can stream into the room")]
        return Reply("Make a stream key for {room}?", button="Make a key", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        await acts.create(ctx, self.room)
        shows = Button("Show the key", Invocation("key show", room=self.room))
        by, room = ctx.actor.mention, self.room
        return Reply("{by} made a stream key for {room}.", by=by, room=room, buttons=[shows])
