from bot.command import Command, Context, Level, RoomRef
from bot.features.room import defaults
from bot.features.room.book import RoomBook
from bot.features.room.cache import RoomCache, named
from bot.hms import Room
from bot.reply import Channel, Code, Reply, Table, Term


class RoomShow(Command):
    """See how a room is set up."""

    level = Level.VIEWER
    reads = True
    examples = ("room show", "room show standup")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await ctx.hms.rooms.retrieve(self.room.id)
        await ctx[RoomCache].saw([found])
        channels = tuple(Channel(bound.channel) for bound in await ctx[RoomBook].bindings(self.room.id))
        said = (await ctx[RoomBook].defaults(self.room.id)).given()
        rows = [
            *_facts(found),
            *((Term("Channel"), channel) for channel in channels or (Term("none", "channel"),)),
            *defaults.rows(said),
        ]
        return Reply(
            "{room} is set up like this.", room=named(found), table=Table(("What", "How"), tuple(rows))
        )


def _facts(room: Room) -> list[tuple[Term, object]]:
    facts: list[tuple[Term, object]] = [
        (Term("Id"), Code(room.id)),
        (Term("Open"), Term("yes") if room.enabled else Term("no")),
        (Term("Template"), room.template or room.template_id),
        (Term("Region"), room.region or Term("auto")),
    ]
    return [*facts, (Term("Most people"), room.size)] if room.size else facts
