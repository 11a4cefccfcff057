from bot.access import EVERYWHERE
from bot.command import Command, Context, Level
from bot.features.room.book import RoomBook
from bot.reply import Channel, Mention, Reply, Table, Term


class AccessList(Command):
    """See who may do what, and the channels whose members may look."""

    level = Level.VIEWER
    reads = True
    examples = ("access list", "access list --here")

    async def run(self, ctx: Context) -> Reply:
        rooms = {room.id: room.name for room in await ctx.names.rooms()}
        people = [
            (Mention(one.user, one.user), one.level.term, _where(one.room, rooms))
            for one in await ctx.access.all()
        ]
        channels = [
            (Channel(bound.channel), Level.VIEWER.term, bound.room)
            for bound in await ctx[RoomBook].bindings()
            if bound.viewers
        ]
        if not people and not channels:
            return Reply("Nobody holds a level. The setting HMS_BOT_ADMINS names the first admins.")
        table = Table(("Who", "Level", "Where"), (*people, *channels), caption="Who may do what")
        return Reply("Who may do what:", table=table)


def _where(room: str, names: dict[str, str]) -> str | Term:
    return Term("everywhere") if room == EVERYWHERE else names.get(room, room)
