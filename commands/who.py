from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PersonRef, RoleName, RoomRef
from bot.command.matching import holding
from bot.features.room.live import counted, nobody
from bot.features.room.rows import Rows
from bot.reply import Reply, Table

UNNUMBERED = Reply("My database takes no writes, so type names just now, and not the numbers.")


class Who(Command):
    """See who is in a live session; the numbers can be typed instead of names."""

    level = Level.VIEWER
    reads = True
    examples = ("who standup", "who --role guest --find gus")

    room: RoomRef
    role: Annotated[RoleName, Field(description="Only people with this role")] = ""
    find: Annotated[str, Field(description="Only people with this in their name or user id")] = ""

    async def run(self, ctx: Context) -> Reply:
        here = await ctx.names.people(self.room.id)
        if not here:
            raise nobody(self.room)
        found = await holding(self.find, [one for one in here if self.role in ("", one.role)])
        if not found:
            return Reply("Nobody of the {people} in {room} fits that.", people=counted(here), room=self.room)
        keeping = ctx[Rows].keep(ctx.actor.id, [someone.key for someone in found], ctx.now)
        said = self._list(found, here)
        return said if await ctx.written(keeping) else said + UNNUMBERED

    def _list(self, found: Sequence[PersonRef], here: Sequence[PersonRef]) -> Reply:
        rows = tuple((f"#{number}", one, one.role) for number, one in enumerate(found, start=1))
        table = Table(("Row", "Name", "Role"), rows)
        people = counted(here)
        if len(found) < len(here):
            return Reply(
                "{found} of the {people} in {room}.",
                found=len(found),
                people=people,
                room=self.room,
                table=table,
            )
        return Reply("{people} in {room}.", people=people, room=self.room, table=table)
