from bot.command import Command, Context, Level
from bot.features.room import finding
from bot.features.room.book import RoomBook
from bot.features.room.cache import RoomCache
from bot.hms import Room
from bot.reply import Channel, Counted, Reply, Table, Term

MOST = 500  # ten calls, of those that are open and those that are locked


class RoomList(Command):
    """See the rooms, the newest first."""

    level = Level.VIEWER
    reads = True
    also = ("rooms",)
    verb = "list rooms"
    examples = ("room list", "room list --here")

    async def run(self, ctx: Context) -> Reply:
        rooms, more = await finding.listed(ctx.hms, MOST)
        await ctx[RoomCache].saw(rooms)
        if not rooms:
            return Reply("There is no room yet. An admin can make one: `/hms room create`.")
        bound = await ctx[RoomBook].bindings(*(room.id for room in rooms))
        channels = {one.room.id: Channel(one.channel) for one in bound}
        rows = tuple((room.name, _open(room), channels.get(room.id, "")) for room in rooms)
        table = Table(("Room", "Open", "Channel"), rows, caption="Rooms")
        if more:
            newest = Counted(MOST, "newest room", "newest rooms")
            return Reply("The {newest}. Any other can be named too.", newest=newest, table=table)
        return Reply("{rooms}.", rooms=Counted(len(rooms), "room", "rooms"), table=table)


def _open(room: Room) -> Term:
    return Term("open", "state") if room.enabled else Term("locked", "state")
