from bot.command import Command, Context, Level, RoomRef
from bot.features.room import cockpit
from bot.features.schedule.coming import coming
from bot.reply import Reply


class Status(Command):
    """See what goes on in a room and what waits for you, with what you can do about it."""

    level = Level.VIEWER
    reads = True
    also = ("",)  # what /hms alone means
    examples = ("status", "status standup")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        comes = (await coming(ctx, [self.room.id])).get(self.room.id, cockpit.NOTHING_COMES)
        sight = await cockpit.sight(ctx, self.room, comes)
        rights = await ctx.rights()
        waiting, more = await ctx.road.rows(ctx.actor, cockpit.MOST_WAITING)
        rows = [row for _, row in waiting]
        return cockpit.block(sight, ctx.now, lambda level: rights(level, self.room.id).allowed, rows, more)
