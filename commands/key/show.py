from bot.command import Command, Context, Level, RoomRef
from bot.features.key import acts
from bot.reply import Reply, Secret


class KeyShow(Command):
    """See the stream key of a room, for you alone; that you saw it is written down."""

    level = Level.ADMIN
    reads = True
    mints = True
    examples = ("key show", "key show standup")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        key = await acts.key_of(ctx, self.room)
        return Reply(
            "Whoever has both streams into {room}, from a studio such as OBS:\nServer: {server}\nKey: {key}",
            room=self.room,
            server=Secret(key.url),
            key=Secret(key.key),
        )
