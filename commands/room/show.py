from bot.command import Command, Context, Level, RoomRef
from bot.features.room.book import RoomBook
from bot.hms import Room
from bot.reply import Channel, Code, Reply, Table


class RoomShow(Command):
    """See how a room is set up."""

    level = Level.VIEWER
    reads = True
    examples = ("room show", "room show standup")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await ctx.hms.rooms.retrieve(self.room.id)
        channels = tuple(Channel(bound.channel) for bound in await ctx[RoomBook].bindings(self.room.id))
        defaults = (await ctx[RoomBook].defaults(self.room.id)).given().items()
        rows = [
            *_facts(found),
            *(("Channel", channel) for channel in channels or ("none",)),
            *((_label(name), value) for name, value in defaults),
        ]
        return Reply("{room} is set up like this.", room=self.room, table=Table(("What", "How"), tuple(rows)))


def _facts(room: Room) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Id", Code(room.id)),
        ("Open", "yes" if room.enabled else "no"),
        ("Template", room.template or room.template_id),
        ("Region", room.region or "auto"),
    ]
    return [*facts, ("Most people", room.size)] if room.size else facts


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
